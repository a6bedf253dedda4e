"""`kiosk-sync`: carries sealed filings to the court. The only process of a kiosk that may use the network.

Exit codes: 0 nothing waits · 1 something waits · 2 staff needed · 3 stopped, the other end is not our court.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from kiosk import journal, process
from kiosk.clock import Clock, SystemClock
from kiosk.errors import KioskTrouble
from kiosk.filings.envelope import stamp
from kiosk.ids import FilingId
from kiosk.sealing.keys import CourtKeys, court_keys_path, read_court_keys, read_device_key, read_notice_key
from kiosk.settings import Settings, read_settings, settings_path
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, open_store
from kiosk.store.disk import free_mb
from kiosk.store.keys import StoreKey, store_key
from kiosk.store.meta import Meta
from kiosk.store.outbox import Outbox
from kiosk.store.receipts import Receipts
from kiosk.store.sealed_files import SealedFiles
from kiosk.store.settling import settle
from kiosk.wording import Wording, load_wording
from resources import folder
from sync import ferry, nightly, report
from sync.bookkeeping import ACTOR, Books
from sync.courier import Courier, connect
from sync.joining import join, write_court_keys
from sync.messenger import Messenger, Outcome, Patience, only_messenger
from sync.wire import Head

EXIT = {Outcome.NOTHING_WAITS: 0, Outcome.SOMETHING_WAITS: 1, Outcome.STAFF_NEEDED: 2, Outcome.STOPPED: 3}
TROUBLE_EXIT = 2
CARRIERS = (Courier.carrier,)
GREET_SECONDS = 900  # a quiet kiosk still says that it is alive
SYNC_NOW = "sync_now"  # written by a clerk's page, taken by the next look

with_settings = click.option("--settings", "settings_file", help="Settings file (default: $KIOSK_SETTINGS).")


@dataclass(frozen=True, slots=True)
class Post:
    """The open store of this kiosk, and what a round needs."""

    settings: Settings
    db: Database
    key: StoreKey
    clock: Clock

    def messenger(self) -> tuple[Messenger, Courier]:
        state, sync = self.settings.state, self.settings.sync
        if not sync.court_url:
            raise KioskTrouble("sync.url_missing")
        keys = read_court_keys(state)
        now, contact = self.clock.now(), Receipts(self.db).contact(Courier.carrier)
        floor = contact.court_time if contact.court_time and now < contact.court_time else None
        client = connect(sync.court_url, Path(sync.court_ca) if sync.court_ca else None, floor)
        courier = Courier(client, read_device_key(state), keys, self.head(keys), floor, read_notice_key(state))
        patience = Patience(sync.retry_first_seconds, sync.retry_most_seconds)
        return Messenger(self.db, state, keys, courier, self.clock, patience), courier

    def head(self, keys: CourtKeys, bundle_id: str = "") -> Head:
        """Who sends this bundle, and what its clocks say."""
        return Head(
            kiosk_id=keys.kiosk_id,
            court_code=keys.court_code,
            bundle_id=bundle_id,
            epoch=Outbox(self.db).head()[0],
            clock=stamp(self.clock.now()),
            boot_id=self.clock.boot_id(),
            monotonic_ms=self.clock.monotonic_ms(),
        )

    def note(self, event: AuditEvent, **body: int) -> None:
        Audit(self.db, self.clock).note(event, actor=ACTOR, object="", outcome="ok", **body)

    def status(self) -> report.SyncStatus:
        free = free_mb(self.settings.state)
        return report.gather(self.db, _keys_if_any(self.settings.state), CARRIERS, self.clock.now(), free)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", help="Language of the sentences.")
@click.pass_context
def cli(context: click.Context, language: str) -> None:
    """Carry sealed filings to the court. 把密封的材料送到法院。"""
    context.obj = language


@cli.command()
@with_settings
@click.pass_obj
def once(language: str, settings_file: str | None) -> None:
    """One round, and tonight's work if it is due."""
    with _opened(settings_file) as post, only_messenger(post.settings.state):
        messenger, courier = post.messenger()
        try:
            messenger.wake()
            outcome = messenger.round()
        finally:
            courier.close()
        if nightly.is_due(post.db, post.settings.kiosk_id, post.clock.now()):
            nightly.night_work(post.db, post.settings, post.key, post.clock)
        for line in report.sentences(post.status(), _wording(), language):
            click.echo(line, err=outcome is not Outcome.NOTHING_WAITS)
    sys.exit(EXIT[outcome])


@cli.command("nightly")
@with_settings
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def nightly_round(language: str, settings_file: str | None, as_json: bool) -> None:
    """What the night timer calls: a round, then checks, purge, audit chain, backup with its drill, and a report."""
    with _opened(settings_file) as post, only_messenger(post.settings.state):
        outcome = _round(post)
        night = nightly.night_work(post.db, post.settings, post.key, post.clock)
        outcome = outcome if night.sound else max(outcome, Outcome.STAFF_NEEDED, key=EXIT.__getitem__)
        if as_json:
            click.echo(json.dumps(report.as_plain(post.status()), ensure_ascii=False, indent=1))
        else:
            for line in (
                *report.sentences(post.status(), _wording(), language),
                *report.night_sentences(night, _wording(), language),
            ):
                click.echo(line)
    sys.exit(EXIT[outcome])


@cli.command()
@with_settings
def watch(settings_file: str | None) -> None:
    """Rounds for ever, night work included. Stops at SIGTERM."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    settings = read_settings(settings_path(settings_file))
    while not stopped.is_set():
        try:
            with only_messenger(settings.state):
                watcher = Watcher(settings_file)
                while not stopped.is_set():
                    watcher.look()
                    stopped.wait(settings.sync.poll_seconds)
                watcher.close()
        except KioskTrouble as trouble:  # another messenger is at work: wait for its end
            click.echo(_sentence(trouble, "en"), err=True)
            stopped.wait(settings.sync.poll_seconds)


@cli.command()
@with_settings
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def status(language: str, settings_file: str | None, as_json: bool) -> None:
    """What waits, what was received, when the court was last heard."""
    with _opened(settings_file) as post:
        found = post.status()
        if as_json:
            click.echo(json.dumps(report.as_plain(found), ensure_ascii=False, indent=1))
            return
        for line in report.sentences(found, _wording(), language):
            click.echo(line)


@cli.command()
@with_settings
@click.option("--url", help="The court's address; else sync.court_url of the settings.")
@click.option("--code", required=True, help="The one-time code the court issued.")
@click.pass_obj
def enrol(language: str, settings_file: str | None, url: str | None, code: str) -> None:
    """Make this kiosk's key known to the court and fetch the court's keys."""
    with _opened(settings_file) as post:
        address = url or post.settings.sync.court_url
        if not address:
            raise KioskTrouble("sync.url_missing")
        ca = post.settings.sync.court_ca
        with connect(address, Path(ca) if ca else None) as client:
            keys = join(post.db, post.settings, client, code, post.clock)
        click.echo(_wording().say("sync.enrolled", language, kiosk=keys.kiosk_id))


@cli.command()
@with_settings
@click.argument("filing")
@click.option("--rev", default=1, show_default=True, help="Which revision.")
@click.pass_obj
def resend(language: str, settings_file: str | None, filing: str, rev: int) -> None:
    """Send a held or returned filing again, after somebody has looked."""
    with _opened(settings_file) as post:
        if not Books(post.db, post.clock, Courier.carrier).resend(FilingId(filing), rev):
            raise KioskTrouble("sync.not_held", filing=filing)
        click.echo(_wording().say("sync.resent", language, filing=filing))


@cli.group("ferry")
def ferry_group() -> None:
    """Filings on a stick or through a one-way gate. 用U盘或光闸传送。"""


@ferry_group.command("export")
@with_settings
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.pass_obj
def ferry_export(language: str, settings_file: str | None, folder: Path) -> None:
    """Write everything the court has not receipted into FOLDER, as sealed bundles."""
    with _opened(settings_file) as post:
        keys, files = read_court_keys(post.settings.state), SealedFiles(post.settings.state / "sealed")
        key = read_device_key(post.settings.state)
        settle(post.settings.state, post.db)
        made = ferry.export(Outbox(post.db), files, lambda name: post.head(keys, name), key, folder)
        post.note(AuditEvent.FERRY_EXPORTED, filings=made.filings, bundles=len(made.files))
        click.echo(_wording().say("sync.ferry_exported", language, count=made.filings, folder=str(folder)))


@ferry_group.command("import")
@with_settings
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.pass_obj
def ferry_import(language: str, settings_file: str | None, folder: Path) -> None:
    """Read the court's receipts and refusals from FOLDER."""
    with _opened(settings_file) as post:
        state = post.settings.state
        known = read_court_keys(state)
        keys = ferry.read_keys(folder, known)
        if keys != known:
            write_court_keys(state, keys)
            post.note(AuditEvent.COURT_KEYS_CHANGED, keys=len(keys.keys))
        answers = ferry.read_answers(folder, keys, read_notice_key(state))
        Books(post.db, post.clock, ferry.CARRIER).take(answers)
        counts = {name: len(getattr(answers, name)) for name in ("receipts", "refusals", "notices")}
        post.note(AuditEvent.FERRY_IMPORTED, **counts)
        click.echo(_wording().say("sync.ferry_imported", language, **counts))


def _round(post: Post) -> Outcome:
    """One round; a kiosk without a court's address, or not enrolled, still has its night."""
    try:
        messenger, courier = post.messenger()
    except KioskTrouble as trouble:
        if trouble.key not in ("sync.url_missing", "sealing.not_enrolled"):
            raise
        return Outcome.STAFF_NEEDED
    try:
        messenger.wake()
        return messenger.round()
    finally:
        courier.close()


class Watcher:
    """Looks again and again. A trouble is written down, everything is opened anew, and the watch goes on."""

    def __init__(self, settings_file: str | None) -> None:
        self._settings_file = settings_file
        self._open = ExitStack()
        self._at_work: tuple[Post, Messenger] | None = None
        self._keys_seen: object = None
        self._told = ""

    def look(self) -> None:
        try:
            self._look()
            self._told = ""
        except KioskTrouble as trouble:
            if trouble.key != self._told:  # once for each new trouble
                journal.note("sync trouble", key=trouble.key)
                click.echo(_sentence(trouble, "en"), err=True)
                self._told = trouble.key
            self.close()
        except Exception as error:  # noqa: BLE001  (top of a loop that must not end: filings wait behind it)
            journal.note_exception("sync round failed", error)
            self.close()

    def _look(self) -> None:
        post, messenger = self._ready()
        if messenger.due() or self._asked(post) or self._quiet(post):
            messenger.round()
        if nightly.is_due(post.db, post.settings.kiosk_id, post.clock.now()):
            nightly.night_work(post.db, post.settings, post.key, post.clock)
            messenger.round()  # it always tries, whatever the backoff says

    def _ready(self) -> tuple[Post, Messenger]:
        """Store and court opened once, and again after a trouble or when the court's keys have changed."""
        if self._at_work and self._keys_seen != _version(court_keys_path(self._at_work[0].settings.state)):
            self.close()
        if self._at_work is None:
            post = self._open.enter_context(_opened(self._settings_file))
            self._keys_seen = _version(court_keys_path(post.settings.state))
            messenger, courier = post.messenger()
            self._open.callback(courier.close)
            messenger.wake()
            self._at_work = post, messenger
        return self._at_work

    def close(self) -> None:
        self._at_work = None
        self._open.close()

    @staticmethod
    def _asked(post: Post) -> bool:
        meta = Meta(post.db)
        if meta.read(SYNC_NOW) is None:
            return False
        meta.forget(SYNC_NOW)
        return True

    @staticmethod
    def _quiet(post: Post) -> bool:
        contact, now = Receipts(post.db).contact(Courier.carrier), post.clock.now()
        last = max((one for one in (contact.heard_at, contact.next_try_at) if one), default=None)
        return last is None or abs((now - last).total_seconds()) > GREET_SECONDS


@contextmanager
def _opened(settings_file: str | None) -> Iterator[Post]:
    settings = read_settings(settings_path(settings_file))
    key = store_key(settings.state, process.credentials_folder())
    db = open_store(settings.state, key)
    clock = SystemClock()
    journal.begin(settings.state / "log", "kiosk-sync", clock.now)
    try:
        yield Post(settings, db, key, clock)
    finally:
        journal.end()
        db.close()


def _keys_if_any(state: Path) -> CourtKeys | None:
    try:
        return read_court_keys(state)
    except KioskTrouble:
        return None


def _version(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def _wording() -> Wording:
    return load_wording(folder("wording"))


def _sentence(trouble: KioskTrouble, language: str) -> str:
    wording = _wording()
    return wording.say(trouble.key, language, **trouble.places) if wording.knows(trouble.key) else str(trouble)


def main(arguments: list[str] | None = None) -> Any:
    """The command; a trouble is a plain sentence, in both languages, and exit code 2."""
    process.begin()
    try:
        cli(arguments, standalone_mode=True)
    except KioskTrouble as trouble:
        click.echo(_sentence(trouble, "zh"), err=True)
        click.echo(_sentence(trouble, "en"), err=True)
        sys.exit(TROUBLE_EXIT)


if __name__ == "__main__":
    main()
