"""One round: everything that waits goes to the court, and what the court says is written down.

A round needs no new filing to try again, and may be cut anywhere: what was on its way is back in line at the next
start, and the court's ledger makes a second sending harmless. One messenger a kiosk, by a lock file.
"""

from __future__ import annotations

import fcntl
import os
import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from kiosk import journal
from kiosk.clock import Clock
from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import sha256_hex
from kiosk.filings.envelope import read_stamp, stamp
from kiosk.filings.status import FilingEvent, FilingStatus
from kiosk.sealing.keys import CourtKeys
from kiosk.sealing.seal import ChunkPlace
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, atomic
from kiosk.store.filings import Filings
from kiosk.store.meta import AUDIT_ANCHOR, Meta
from kiosk.store.outbox import Outbox, OutboxEntry
from kiosk.store.receipts import Receipts
from kiosk.store.recovery import reckon
from kiosk.store.sealed_files import SealedFiles
from kiosk.store.settling import settle
from sync import backoff
from sync.batch import Batch, Parcel, fill
from sync.bookkeeping import ACTOR, Books
from sync.court import CentralCourt, Delivery, Held, Mail, Rejected, Stopped, Unreachable
from sync.joining import write_court_keys
from sync.wire import MOST_OFFER_ITEMS, Hello, Welcome

SOFTWARE = "court-lobby-kiosk/0.1.0"
AUDIT_DIFFERS = "audit_differs"  # the anchor our audit log did not have
LEAST_SILENCE_SECONDS = 1.0
MOST_TRIES_UNANSWERED = 20  # a filing the court never says a word about


class Outcome(StrEnum):
    """How a round ended; the worst thing wins."""

    NOTHING_WAITS = "nothing waits"
    SOMETHING_WAITS = "something waits"
    STAFF_NEEDED = "staff needed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Patience:
    first_seconds: float = 2.0
    most_seconds: float = 900.0
    dice: Callable[[], float] = random.random


class Messenger:
    """Belongs to the thread of its database."""

    def __init__(
        self,
        db: Database,
        state: Path,
        keys: CourtKeys,
        court: CentralCourt,
        clock: Clock,
        patience: Patience | None = None,
    ) -> None:
        self._db, self._keys, self._court, self._clock = db, keys, court, clock
        self._patience = patience or Patience()
        self._outbox, self._filings, self._receipts = Outbox(db), Filings(db), Receipts(db)
        self._state, self._files = state, SealedFiles(state / "sealed")
        self._books = Books(db, clock, court.carrier)
        self._most_items = MOST_OFFER_ITEMS

    def wake(self) -> None:
        """Once after the start: nobody is sending, so whatever was on its way is back in line."""
        with atomic(self._db):
            for entry in self._outbox.with_status(FilingStatus.SENDING):
                self._filings.advance(entry.filing_id, entry.rev, FilingEvent.BATCH_LOST)
                self._outbox.try_again_at(entry.filing_id, entry.rev, None)
        reckon(self._state, self._db, Audit(self._db, self._clock), self._keys.kiosk_id)

    def due(self) -> bool:
        """Whether there is something to send and the waiting time is over."""
        self._settle()
        now = self._clock.now()
        contact = self._receipts.contact(self._court.carrier)
        if contact.next_try_at is not None and now < contact.next_try_at <= now + _longest_wait():
            return False
        return bool(self._outbox.waiting(now, 1))

    def round(self) -> Outcome:
        """Greet, then send until nothing is left that may go now."""
        self._most_items = MOST_OFFER_ITEMS
        self._settle()
        answer = self._court.greet(self._hello())
        if not isinstance(answer, Welcome):
            self._failed(answer)
            return self.outcome()
        self._heard(answer)
        self._keep_keys()
        if not self._give_back(answer) or not self._read_mail():
            return self.outcome()
        while True:
            batch = self._next_batch(answer.offer_items)
            if batch is None or not self._send(batch):
                return self.outcome()

    def _keep_keys(self) -> None:
        """The greeting taught us new keys of the court: from now on filings are sealed to them."""
        if self._court.keys == self._keys:
            return
        new = [key.key_id for key in self._court.keys.keys if key not in self._keys.keys]
        write_court_keys(self._state, self._court.keys)
        self._keys = self._court.keys
        for key_id in new:
            self._note(AuditEvent.COURT_KEYS_CHANGED, "ok", key_id)

    def _read_mail(self) -> bool:
        """What the court wrote, page after page. False when the line is gone, so that the round ends."""
        while True:
            mail = self._court.news(*self._books.mail_read())
            if not isinstance(mail, Mail):
                self._failed(mail)
                return False
            self._books.take_mail(mail)
            if not mail.more:
                return True

    def outcome(self) -> Outcome:
        """How things stand, from what is written down."""
        counts = self._filings.counts()
        if self._receipts.contact(self._court.carrier).stopped:
            return Outcome.STOPPED
        if counts[FilingStatus.HELD] or counts[FilingStatus.RETURNED] or self._outbox.forked():
            return Outcome.STAFF_NEEDED
        waits = counts[FilingStatus.STORED] or counts[FilingStatus.SENDING]
        return Outcome.SOMETHING_WAITS if waits else Outcome.NOTHING_WAITS

    def _settle(self) -> None:
        """A filing whose desk died after the ticket gets its file. Without room it waits, and the others go on."""
        try:
            settle(self._state, self._db)
        except KioskTrouble as trouble:
            if trouble.key == "store.damaged":
                raise
            journal.note("filing not settled", key=trouble.key)

    def _hello(self) -> Hello:
        epoch, seq, head = self._outbox.head()
        audit_seq, audit_head = Audit(self._db, self._clock).head()
        return Hello(
            kiosk_id=self._keys.kiosk_id,
            court_code=self._keys.court_code,
            nonce=secrets.token_hex(16),
            epoch=epoch,
            seq=seq,
            head_hash=head,
            audit_seq=audit_seq,
            audit_head=audit_head.hex(),
            clock=stamp(self._clock.now()),
            boot_id=self._clock.boot_id(),
            monotonic_ms=self._clock.monotonic_ms(),
            software=SOFTWARE,
        )

    def _heard(self, welcome: Welcome) -> None:
        """The court is there and is the court. If it knows more of our chain than we do, count anew."""
        now, court_time = self._clock.now(), read_stamp(welcome.server_time)
        contact = self._receipts.contact(self._court.carrier)
        floor = max(filter(None, (contact.court_time, court_time)))
        with atomic(self._db):
            self._check_anchor(welcome)
            self._receipts.set_contact(
                replace(
                    contact,
                    heard_at=now,
                    failures=0,
                    next_try_at=None,
                    trouble="",
                    stopped=False,
                    court_time=floor,
                    offset_ms=int((court_time - now).total_seconds() * 1000),
                )
            )
            if welcome.forked and self._outbox.fork(now):
                self._note(AuditEvent.FORK_FOUND, "fork")
            known = max(self._outbox.highest(), self._outbox.head()[:2])
            if (welcome.epoch, welcome.seq) > known:
                self._outbox.open_epoch(max(welcome.epoch, known[0]) + 1)
                self._note(AuditEvent.EPOCH_OPENED, "the court is ahead", epoch=self._outbox.head()[0])

    def _check_anchor(self, welcome: Welcome) -> None:
        """The court echoes the head of our audit log as it last saw it: a log that was cut or rebuilt no longer has it."""
        if not welcome.audit_seq:
            return
        rows = Audit(self._db, self._clock).rows(after=welcome.audit_seq - 1, limit=1)
        known = next((row.hash.hex() for row in rows if row.seq == welcome.audit_seq), "")
        meta, anchor = Meta(self._db), f"{welcome.audit_seq} {welcome.audit_head}"
        if known == welcome.audit_head:
            meta.write(AUDIT_ANCHOR, anchor)
        elif meta.read(AUDIT_DIFFERS) != anchor:
            meta.write(AUDIT_DIFFERS, anchor)
            self._note(AuditEvent.AUDIT_CHECKED, "not as the court knows it", seq=welcome.audit_seq)

    def _next_batch(self, offer_items: int) -> Batch | None:
        """The next filings in line, with their files looked at; a damaged file is held and the others go on."""
        most = min(self._most_items, max(1, offer_items))
        entries = self._outbox.waiting(self._clock.now(), most)
        parcels = fill(self._parcels(entries), most)
        return Batch(secrets.token_hex(16), parcels) if parcels else None

    def _parcels(self, entries: tuple[OutboxEntry, ...]) -> Iterator[Parcel]:
        for entry in entries:
            parcel = Parcel(entry, self._outbox.chunks(entry.filing_id, entry.rev))
            row = self._filings.get(entry.filing_id, entry.rev)
            same = row is not None and sha256_hex(entry.envelope) == entry.envelope_sha256 == row.envelope_sha256
            if same and self._files.is_whole(entry.filing_id, entry.rev, parcel.size):
                yield parcel
            else:
                self._note(AuditEvent.SEALED_FILE_DAMAGED, "missing, cut or changed", entry.filing_id)
                self._books.take_hold(Held(entry.filing_id, entry.rev, "sealed file damaged"))

    def _send(self, batch: Batch) -> bool:
        """One batch there and its verdicts back. False when the line is gone, so that the round ends."""
        with atomic(self._db):
            self._outbox.sent(
                (parcel.name for parcel in batch.parcels), batch.batch_id, self._court.carrier, self._clock.now()
            )
            for parcel in batch.parcels:
                self._filings.advance(*parcel.name, FilingEvent.BATCH_SENT)
            self._note(AuditEvent.BATCH_SENT, "ok", batch.batch_id, filings=len(batch.parcels))
        damaged: list[Held] = []
        try:
            answer = self._court.deliver(batch, lambda parcel, chunk: self._read(parcel, chunk, damaged))
        except KioskTrouble:
            answer = Delivery(holds=tuple(damaged))
        if isinstance(answer, Delivery):
            self._books.take(answer)
        silent = isinstance(answer, Delivery) and answer.cut_short is None and not damaged
        self._back_in_line(batch, silent=silent)
        match answer:
            case Delivery(cut_short=Unreachable() | Stopped() as failure):
                self._failed(failure)
                return False
            case Unreachable() | Stopped() as failure:
                self._failed(failure)
                return False
            case Rejected(status=status):
                return self._split(batch, status)
            case _:
                return True

    def _give_back(self, welcome: Welcome) -> bool:
        """A court restored from an older backup gets again what it had receipted, each with its own old receipt.

        Before anything new, so that a cut round goes on where it ended. False when the line is gone.
        """
        lost = self._outbox.receipted_after(welcome.epoch, welcome.seq)
        whole = (
            Parcel(entry, chunks, receipt.body)
            for entry in lost
            for chunks in [self._outbox.chunks(entry.filing_id, entry.rev)]
            if (receipt := self._receipts.get(entry.filing_id, entry.rev)) is not None
            and self._files.is_whole(entry.filing_id, entry.rev, sum(chunk.size for chunk in chunks))
        )
        while parcels := fill(whole, max(1, welcome.offer_items)):
            self._note(AuditEvent.BATCH_SENT, "given back", filings=len(parcels))
            try:
                answer = self._court.deliver(
                    Batch(secrets.token_hex(16), parcels), lambda parcel, chunk: self._read(parcel, chunk, [])
                )
            except KioskTrouble:
                continue  # a damaged file of a filing that was received once: the others go on
            failure = answer.cut_short if isinstance(answer, Delivery) else answer
            if isinstance(failure, Unreachable | Stopped):
                self._failed(failure)
                return False
        return True

    def _read(self, parcel: Parcel, chunk: ChunkPlace, damaged: list[Held]) -> bytes:
        """A chunk of the sealed file, checked; a damaged file ends this batch and holds its filing only."""
        try:
            data = self._files.chunk(*parcel.name, chunk.offset, chunk.size)
            if sha256_hex(data) != chunk.sha256:
                raise KioskTrouble("sealing.file_damaged", filing=parcel.name[0], rev=parcel.name[1])
        except KioskTrouble:
            damaged.append(Held(*parcel.name, "sealed file damaged"))
            raise
        return data

    def _back_in_line(self, batch: Batch, *, silent: bool) -> None:
        """Whatever got no verdict waits again; one the court passes over in silence waits longer each time."""
        with atomic(self._db):
            for parcel in batch.parcels:
                entry = self._outbox.get(*parcel.name)
                if entry is None or entry.status is not FilingStatus.SENDING:
                    continue
                self._filings.advance(*parcel.name, FilingEvent.BATCH_LOST)
                if silent and entry.tries >= MOST_TRIES_UNANSWERED:
                    self._books.take_hold(Held(*parcel.name, "the court gave no verdict"))
                elif silent:
                    self._outbox.try_again_at(*parcel.name, self._later(entry.tries, LEAST_SILENCE_SECONDS))

    def _split(self, batch: Batch, status: int) -> bool:
        """The court will not read this batch. Alone the filing is held; of several each is tried alone."""
        if len(batch.parcels) == 1:
            self._books.take_hold(Held(*batch.parcels[0].name, f"http {status}"))
        self._most_items = 1
        return True

    def _failed(self, failure: Unreachable | Stopped) -> None:
        contact = self._receipts.contact(self._court.carrier)
        failures = contact.failures + 1
        wait = failure.retry_after if isinstance(failure, Unreachable) else 0.0
        stopped = isinstance(failure, Stopped)
        with atomic(self._db):
            self._receipts.set_contact(
                replace(
                    contact,
                    failures=failures,
                    next_try_at=self._later(failures, wait),
                    trouble=failure.trouble,
                    stopped=stopped,
                )
            )
            if failure.trouble != contact.trouble:  # once for each new trouble, not for every attempt
                self._note(AuditEvent.SYNC_STOPPED if stopped else AuditEvent.SYNC_FAILED, failure.trouble)

    def _later(self, failures: int, retry_after: float = 0.0) -> datetime:
        patience = self._patience
        return backoff.next_try(
            self._clock.now(),
            failures,
            first=patience.first_seconds,
            most=patience.most_seconds,
            dice=patience.dice(),
            retry_after=retry_after,
        )

    def _note(self, event: AuditEvent, outcome: str, object: str = "", **body: str | int) -> None:
        Audit(self._db, self._clock).note(event, actor=ACTOR, object=object, outcome=outcome, **body)


@contextmanager
def only_messenger(state: Path) -> Iterator[None]:
    """Held while this process sends; a second one is told so."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(state / "sync.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KioskTrouble("sync.already_running") from error
        yield
    finally:
        os.close(descriptor)


def _longest_wait() -> timedelta:
    """A clock set back must not make us wait for years."""
    return timedelta(seconds=2 * backoff.MOST_RETRY_AFTER_SECONDS)
