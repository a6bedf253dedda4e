"""After the ticket: a filing that was committed gets its sealed file and its mark in the counter.

Nobody waits for it. Whoever comes first does it (the desk after the ticket and before the next filing, every start,
each round of kiosk-sync), and doing it again is harmless: file, counter, then the row goes. Cut anywhere, the row is
still there and the same is done once more.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk import journal
from kiosk.store.connect import Database
from kiosk.store.high_water import HighWater, mark_of
from kiosk.store.outbox import Outbox
from kiosk.store.sealed_files import Disk, RealDisk, SealedFiles
from kiosk.store.unsettled import Unsettled, UnsettledFiling


@contextmanager
def alone(state: Path) -> Iterator[None]:
    """One process at a time between sealing and commit, and while settling; a process that dies lets go by dying."""
    descriptor = os.open(state / "submit.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def settle(state: Path, db: Database, disk: Disk | None = None) -> int:
    """Settle what is not settled, and say how many that were. A trouble leaves the rows for the next try."""
    if not Unsettled(db).any():
        return 0
    with alone(state):
        return settle_alone(state, db, disk)


def settle_alone(state: Path, db: Database, disk: Disk | None = None) -> int:
    """The same for whoever holds the lock."""
    written = write_files(state, db, disk)
    for filing in written:
        _mark(HighWater(state / "high-water"), Outbox(db), filing)
        Unsettled(db).drop(filing.filing_id, filing.rev)
    return len(written)


def write_files(state: Path, db: Database, disk: Disk | None = None) -> tuple[UnsettledFiling, ...]:
    """Every unsettled filing as a durable file; the rows stay."""
    files, waiting = SealedFiles(state / "sealed", disk or RealDisk()), Unsettled(db).all()
    for filing in waiting:
        files.keep(filing.filing_id, filing.rev, filing.frames)
    return waiting


def _mark(counter: HighWater, outbox: Outbox, filing: UnsettledFiling) -> None:
    """The filing is safe whatever happens here; a counter one behind is put right at the next start."""
    entry = outbox.get(filing.filing_id, filing.rev)
    try:
        if entry is not None:
            counter.set(mark_of(entry.place, entry.envelope_sha256))
    except OSError as error:
        journal.note_exception("high-water not written", error)
