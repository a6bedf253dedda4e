"""What happens between the program's start and the first use case: the store opened, checked, and put right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kiosk.clock import Clock
from kiosk.errors import KioskTrouble
from kiosk.settings import Settings
from kiosk.store.audit import Audit, AuditFinding, AuditState
from kiosk.store.audit_events import AuditEvent
from kiosk.store.backup import backups, restore_backup
from kiosk.store.connect import Database, is_sound, open_store, set_aside, troubles
from kiosk.store.keys import StoreKey
from kiosk.store.meta import Meta
from kiosk.store.times import moment

AUDIT_SEEN = "audit_seen"
CHECKED_BOOT = "checked_boot"


def open_or_restore(settings: Settings, clock: Clock, key: StoreKey) -> Database:
    """A damaged database is set aside, never deleted; the last backup or a fresh one takes its place."""
    db = _sound_store(settings, clock, key)
    if db is not None:
        return db
    _doubt(settings.state).unlink(missing_ok=True)
    aside = set_aside(settings.state, f"{clock.now():%Y%m%dT%H%M%SZ}")
    saved = backups(settings.state)
    if saved:
        restore_backup(settings.state, saved[-1])
    db = open_store(settings.state, key)
    audit = Audit(db, clock)
    audit.note(AuditEvent.STORE_SET_ASIDE, object=aside.name)
    if saved:
        audit.note(AuditEvent.STORE_RESTORED, object=saved[-1].name)
    return db


def _sound_store(settings: Settings, clock: Clock, key: StoreKey) -> Database | None:
    """The database as it lies there, or None when it is damaged. Every page is looked at once a boot, and in doubt."""
    db = None
    try:
        with troubles():
            db = open_store(settings.state, key)
            doubt = _doubt(settings.state)
            if Meta(db).read(CHECKED_BOOT) == clock.boot_id() and not doubt.exists():
                return db
            if is_sound(db):
                Meta(db).write(CHECKED_BOOT, clock.boot_id())
                doubt.unlink(missing_ok=True)
                return db
    except KioskTrouble as trouble:
        if trouble.key != "store.damaged":
            raise
    if db is not None:
        db.close()
    return None


@contextmanager
def noticing(state: Path) -> Iterator[None]:
    """What the disk says becomes a trouble; after damage the next start looks at every page, whatever boot it is."""
    try:
        with troubles():
            yield
    except KioskTrouble as trouble:
        if trouble.key == "store.damaged":
            with suppress(OSError):
                _doubt(state).touch(mode=0o600)
        raise


def _doubt(state: Path) -> Path:
    return state / "store" / "doubted"


def verify_since_last_start(audit: Audit) -> AuditFinding:
    """Only what was written since the last start that found all well; the whole chain is walked at night and by hand."""
    meta = Meta(audit.db)
    seq, head = (meta.read(AUDIT_SEEN) or "0 ").split(" ")
    since = int(seq)
    finding = audit.verify({since: bytes.fromhex(head)} if since else {}, since)
    if finding.state is AuditState.GOOD and finding.seq > since:
        last, hash_of_last = audit.head()
        meta.write(AUDIT_SEEN, f"{last} {hash_of_last.hex()}")
    return finding


def program_version() -> str:
    try:
        return version("court-lobby-kiosk")
    except PackageNotFoundError:
        return "checkout"


def clock_behind(audit: Audit, clock: Clock) -> timedelta:
    """By how much the wall clock is behind the last thing that was written down."""
    seq, _ = audit.head()
    last = next(iter(audit.rows(after=seq - 1, limit=1)), None) if seq else None
    return max(timedelta(0), moment(last.at) - clock.now()) if last else timedelta(0)
