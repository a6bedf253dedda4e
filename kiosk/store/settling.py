"""After the ticket: a filing that was committed gets its sealed file and its mark in the counter.

Nobody waits for it. Whoever comes first does it (the desk after the ticket and before the next filing, every start,
each round of kiosk-sync), and doing it again is harmless: file, counter, then its draft goes and it is settled. Cut anywhere,
the filing is still unsettled and the same is done once more.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from kiosk import journal
from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import sha256_hex
from kiosk.filings.envelope import parse_envelope
from kiosk.filings.frames import FrameType, encode_frame
from kiosk.sealing.seal import chunk_places, locked_size
from kiosk.store.connect import Database, atomic
from kiosk.store.high_water import HighWater, mark_of
from kiosk.store.outbox import Outbox, OutboxEntry
from kiosk.store.sealed_files import Disk, RealDisk, SealedFiles


class alone:
    """One process at a time between sealing and commit, and while settling; a process that dies lets go by dying."""

    __slots__ = ("_descriptor", "_path")

    def __init__(self, state: Path) -> None:
        self._path = f"{state}/submit.lock"
        self._descriptor = -1

    def __enter__(self) -> None:
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        except BaseException:  # a stop from outside while waiting: the file is closed all the same
            os.close(self._descriptor)
            raise

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


def settle(state: Path, db: Database, disk: Disk | None = None) -> bool:
    """Settle what is not settled, and say whether there was anything. After a trouble it is tried again."""
    if Outbox(db).is_settled():
        return False
    with alone(state):
        return settle_alone(state, db, disk)


def settle_alone(state: Path, db: Database, disk: Disk | None = None) -> bool:
    """The same for whoever holds the lock."""
    if Outbox(db).is_settled():
        return False
    entry = write_file(state, db, disk)
    if entry is None:
        return False
    try:
        HighWater(state / "high-water").set(mark_of(entry.place, entry.envelope_sha256))
    except OSError as error:  # the filing is safe whatever happens here; a counter one behind is put right at a start
        journal.note_exception("high-water not written", error)
    close(db, entry)
    return True


def write_file(state: Path, db: Database, disk: Disk | None = None) -> OutboxEntry | None:
    """The unsettled filing, if there is one, as a durable file; it stays unsettled."""
    entry = Outbox(db).unsettled()
    if entry is None:
        return None
    if sha256_hex(entry.envelope) != entry.envelope_sha256:
        raise KioskTrouble("store.damaged")
    files, envelope = SealedFiles(state / "sealed", disk or RealDisk()), parse_envelope(entry.envelope)
    try:
        files.finish(
            entry.filing_id, entry.rev, locked_size(envelope), encode_frame(FrameType.ENVELOPE, entry.envelope)
        )
    except KioskTrouble as trouble:
        if trouble.key != "sealing.file_damaged":
            raise
        # Somebody took its file away. Whoever wants to send it holds it for staff; the others are not stopped.
        journal.note("sealed file gone", filing_id=entry.filing_id)
    return entry


def close(db: Database, entry: OutboxEntry) -> None:
    """Its file is durable: from here it may travel, and the draft it was made from goes."""
    with atomic(db):
        Outbox(db).settled(entry, chunk_places(parse_envelope(entry.envelope)))
        db.execute(
            "DELETE FROM draft WHERE draft_id IN (SELECT draft_id FROM filing WHERE filing_id = ? AND rev = ?)",
            [entry.filing_id, entry.rev],
        )
