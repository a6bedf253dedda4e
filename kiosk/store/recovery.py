"""After a crash, a restored backup or a new disk: does the database still know every filing this kiosk ever made?

The database is held against the high-water counter beside it, and both against the sealed files. A database that
fell behind opens a new epoch, so that no place in the chain is ever used twice, and takes in the files it forgot.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk import journal
from kiosk.clock import court_day
from kiosk.errors import KioskTrouble
from kiosk.filings.envelope import Envelope, envelope_bytes, envelope_hash
from kiosk.filings.frames import HEAD, FrameReader, FrameTrouble, FrameType
from kiosk.ids import DraftId, FilingId, TicketNumber
from kiosk.sealing.seal import ChunkPlace
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, atomic
from kiosk.store.filings import Filings, NewFiling
from kiosk.store.high_water import HighWater, Mark
from kiosk.store.outbox import FIRST_EPOCH, Outbox, OutboxEntry
from kiosk.store.purge import wipe_log
from kiosk.store.readable import Readable
from kiosk.store.sealed_files import PIECE_BYTES, SealedFiles
from kiosk.store.settling import alone, close, write_file


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What was found at the start."""

    new_epoch: int = 0  # 0: the chain simply goes on
    adopted: int = 0
    damaged: int = 0


def reckon(state: Path, db: Database, audit: Audit, kiosk_id: str) -> Reckoned:
    """Compare, repair, and say what was done. Run before the first filing of every start."""
    with alone(state):
        files, counter = SealedFiles(state / "sealed"), HighWater(state / "high-water")
        for part in files.folder.glob("*.tmp"):
            part.unlink(missing_ok=True)
        settled = _write_file(state, db)
        found = _reckon(files, counter, Outbox(db), audit, kiosk_id)
        if settled is not None:
            close(db, settled)
        _sweep(files, db)
        return found


def _sweep(files: SealedFiles, db: Database) -> None:
    """What was prepared and never handed in, by whoever is gone: its sealed bytes and its readable copy."""
    waiting = Outbox(db).unsettled()
    files.sweep((waiting.filing_id, waiting.rev) if waiting else None)
    readable = Readable(db)
    left = [one for one in readable.of_no_filing() if not files.held(*one)]
    for filing_id, rev in left:
        readable.drop(filing_id, rev)
    if left:
        wipe_log(db)


def _write_file(state: Path, db: Database) -> OutboxEntry | None:
    """What was promised has its file before anything is compared. The counter is not set: it is what we compare with."""
    try:
        return write_file(state, db)
    except KioskTrouble as trouble:
        if trouble.key != "sealing.file_not_written":
            raise
        journal.note("filing not settled", key=trouble.key)  # no room: it is tried again
        return None


def _reckon(files: SealedFiles, counter: HighWater, outbox: Outbox, audit: Audit, kiosk_id: str) -> Reckoned:
    mark = counter.read()
    epoch, seq, head = outbox.head()
    unknown = [one for one in files.all() if not outbox.knows(*one)]
    envelopes = {one: _envelope(files, *one) for one in unknown}
    ours = {one: found for one, found in envelopes.items() if found is not None and found.kiosk_id == kiosk_id}
    known_mark = mark or Mark(FIRST_EPOCH, 0, head if seq == 0 else "")
    lost_counter = mark is None and (seq > 1 or len(unknown) > 1)
    # A file is written after its commit, so one beyond our head tells of a commit this database has forgotten.
    reached = [(one.place.epoch, one.place.seq) for one in ours.values()]
    behind = (epoch, seq) < max([(known_mark.epoch, known_mark.seq), *reached])
    differs = (epoch, seq) == (known_mark.epoch, known_mark.seq) and seq > 0 and head != known_mark.head_hash
    new_epoch = 0
    if lost_counter or behind or differs:
        others = [one.place.epoch for one in envelopes.values() if one is not None]
        new_epoch = max(epoch, known_mark.epoch, *others) + 1
    for filing_id, rev in unknown:
        if (filing_id, rev) in ours:
            _adopt(files, outbox, audit, filing_id, rev, ours[filing_id, rev])
        else:
            audit.note(AuditEvent.SEALED_FILE_DAMAGED, object=filing_id, rev=rev)
    if new_epoch:
        with atomic(outbox.db):
            outbox.open_epoch(new_epoch)
            reason = "counter lost" if lost_counter else "database behind" if behind else "another head"
            audit.note(AuditEvent.EPOCH_OPENED, epoch=new_epoch, reason=reason)
    epoch, seq, head = outbox.head()
    if (seq or new_epoch) and mark != Mark(epoch, seq, head):
        counter.set(Mark(epoch, seq, head))
    return Reckoned(new_epoch, adopted=len(ours), damaged=len(unknown) - len(ours))


def _envelope(files: SealedFiles, filing_id: FilingId, rev: int) -> Envelope | None:
    try:
        return files.envelope(filing_id, rev)[0]
    except KioskTrouble:
        return None


def _adopt(files: SealedFiles, outbox: Outbox, audit: Audit, filing_id: FilingId, rev: int, envelope: Envelope) -> None:
    """A filing of which only numbers are left: its words are sealed to the court, its ticket number is inside."""
    day = court_day(envelope.ticket_time)
    with atomic(outbox.db):
        Filings(outbox.db).add(
            NewFiling(
                filing_id=filing_id,
                rev=rev,
                kind=envelope.kind,
                draft_id=DraftId(f"{filing_id}.{rev}"),
                ticket_number=TicketNumber(""),
                ticket_day=day,
                ticket_serial=Filings(outbox.db).next_serial(day),
                ticket_time=envelope.ticket_time,
                boot_id=envelope.boot_id,
                monotonic_ms=envelope.monotonic_ms,
                pack_id=envelope.pack_id,
                pack_version=envelope.pack_version,
                language="",
                pages=0,
                content_sha256="",
                content_sm3="",
            ),
            envelope_hash(envelope),
        )
        outbox.adopt(envelope, envelope_bytes(envelope), _chunks_in(files.path(filing_id, rev), envelope))
        audit.note(AuditEvent.SEALED_FILE_ADOPTED, object=filing_id, rev=rev)


def _chunks_in(path: Path, envelope: Envelope) -> tuple[ChunkPlace, ...]:
    """Where the chunks lie, from the file alone."""
    belongs = {chunk: (part.no, n) for part in envelope.parts for n, chunk in enumerate(part.chunks)}
    places: list[ChunkPlace] = []
    offset = 0
    reader = FrameReader()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                for frame in reader.feed(piece):
                    if frame.type == FrameType.CHUNK and frame.sha256 in belongs:
                        attachment, n = belongs[frame.sha256]
                        places.append(ChunkPlace(attachment, n, frame.sha256, len(frame.body), offset + HEAD.size))
                    offset += HEAD.size + len(frame.body)
    except (OSError, FrameTrouble) as error:
        raise KioskTrouble("sealing.file_damaged", file=path.name) from error
    return tuple(places)
