"""From the last answer to the ticket: prepared while the person reads, handed in by one short transaction.

Order is everything. `prepare` makes the papers, seals them and stages them as a durable file; nobody has handed in
anything yet, and `abandon` undoes it. At the press `file` does what only the press can tell: the time, the ticket
number, the place in the chain, and the envelope that names them. ONE transaction then holds the filing, its envelope
in the outbox, its readable copy, its print job and its audit row; only then is there a ticket number. If the commit
fails nothing is left and the person is told. The name of the sealed file, the counter and the end of the draft follow
when nobody waits (`kiosk.store.settling`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kiosk import journal
from kiosk.clock import Clock, court_day
from kiosk.desk.scan_documents import ScanDocument, scan_documents
from kiosk.documents.font_runs import machine_fonts
from kiosk.documents.papers import Document, documents
from kiosk.errors import KioskBug, KioskTrouble
from kiosk.filings.canonical import sha256_hex
from kiosk.filings.content import Readable, cause_of, court_ticket, court_words, dump_readable
from kiosk.filings.envelope import Place
from kiosk.filings.filing import Filed, Submission
from kiosk.filings.papers import PaperHandedIn
from kiosk.filings.ticket import ticket_number
from kiosk.filings.urgency import slip_words
from kiosk.ids import DraftId, FilingId, KioskId, TicketNumber, uuid7
from kiosk.sealing.digest import sm3_hex
from kiosk.sealing.keys import read_court_keys
from kiosk.sealing.seal import Attachment, Identity, LockedFiling, lock, seal_locked
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.slips.parts import dump_slip
from kiosk.slips.slip import BLANKS, OFFLINE_SLIP, SlipFacts, stamp_of, stamped_slip, stamped_text
from kiosk.store import readable as readable_drawer
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, atomic, make_room
from kiosk.store.filings import FilingRow, Filings, NewFiling
from kiosk.store.outbox import Outbox
from kiosk.store.sealed_files import Disk, RealDisk, SealedFiles, Staged
from kiosk.store.settling import alone, settle, settle_alone
from kiosk.store.spool import Spool

DIGEST_DIGITS = 16
FIRST_REV = 1
NOT_ASKED = "not asked for"  # why a slip was not printed
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PAGES = re.compile(rb"/Count (\d+) [^>]*/Type /Pages\b")  # a signed file names its signed pages twice


@dataclass(frozen=True, slots=True)
class Papers:
    """A submission with everything that is slow to make, ready to be sealed and committed."""

    submission: Submission
    complaint: bytes = field(repr=False)
    cause: str
    near_limitation: str = ""
    documents: tuple[Document, ...] = ()  # every paper of the filing, the complaint first
    scans: tuple[ScanDocument, ...] = ()  # materials as they were photographed
    # Worked out here, not while the person waits for the disk.
    pages: int = field(init=False)
    content_sha256: str = field(init=False)
    content_sm3: str = field(init=False)
    handed_in: tuple[PaperHandedIn, ...] = field(init=False)
    words: bytes = field(init=False, repr=False)
    readable: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        found = _PAGES.search(self.complaint)
        counted = int(found[1]) if found else max(1, len(_PAGE.findall(self.complaint)))
        object.__setattr__(self, "pages", sum(one.pages for one in self.for_the_court) or counted)
        object.__setattr__(self, "handed_in", tuple(map(_handed_in, self.for_the_court)))
        object.__setattr__(self, "content_sha256", sha256_hex(self.complaint))
        object.__setattr__(self, "content_sm3", sm3_hex(self.complaint))
        told = self.handed_in, tuple(one.handed_in for one in self.scans)
        words = court_words(self.submission, self.pages, self.content_sha256, self.content_sm3, *told)
        object.__setattr__(self, "words", words)
        form = self.submission.form
        object.__setattr__(self, "readable", dump_readable(Readable(self.cause, form.language, form.answers)))

    @property
    def for_the_court(self) -> tuple[Document, ...]:
        return tuple(one for one in self.documents if one.copies.court)

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """What is sealed; named by kind, never by anything a person said."""
        papers = tuple((one.file_name, one.pdf) for one in self.for_the_court) or (("complaint.pdf", self.complaint),)
        scans = tuple((one.handed_in.name, one.pdf) for one in self.scans)
        return tuple(Attachment(name, "application/pdf", pdf) for name, pdf in (*papers, *scans))


def _handed_in(one: Document) -> PaperHandedIn:
    return PaperHandedIn(one.kind, one.pages, sha256_hex(one.pdf), sm3_hex(one.pdf), one.signed, one.signatures)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Papers sealed and staged, waiting for the press. Good for one."""

    papers: Papers
    locked: LockedFiling
    staged: Staged
    kept: readable_drawer.ReadableFiling
    slip: str


@dataclass(frozen=True, slots=True)
class HandingIn:
    settings: Settings
    clock: Clock
    shelf: Shelf
    db: Database
    disk: Disk = field(default_factory=RealDisk)
    actor: str = "person"  # whom the audit log names
    prints: bool = True  # otherwise the slip waits until a clerk asks for it

    @property
    def sealed_files(self) -> SealedFiles:
        return SealedFiles(self.settings.state / "sealed", self.disk)

    def papers(self, submission: Submission, draft_id: DraftId | None = None) -> Papers:
        """The papers as the judge will read them, and the words of the slip."""
        completed = submission.form
        form = self.shelf.forms.get(completed.pack_id)
        if form is None or form.version != completed.pack_version:
            raise KioskBug(f"no form {completed.pack_id} {completed.pack_version} on the shelf")
        fonts = machine_fonts(self.settings.screen.rare_font)
        drawn = documents(form, completed, submission.signatures, self.shelf.tables, fonts)
        limit = slip_words(completed.answers, submission.court_reached, self.shelf.wording, completed.language)
        scans = scan_documents(self.db, draft_id, submission.scans)
        return Papers(submission, drawn[0].pdf, cause_of(form.title, completed.language), limit, drawn, scans)

    def prepare(self, papers: Papers) -> Prepared:
        """All that does not depend on the moment of the press, sealed and on the disk. Changes nothing else."""
        sync, state = self.settings.sync, self.settings.state
        now = self.clock.now()
        keys = read_court_keys(state).recipients(now, sync.expired_key_grace_days)
        filing_id = FilingId(uuid7(int(now.timestamp() * 1000)))
        locked = lock(filing_id, FIRST_REV, papers.words, papers.attachments, keys, sync.pad_kib)
        with alone(state):  # a sweeper sees it staged and held, or not at all
            staged = self.sealed_files.stage(filing_id, FIRST_REV, locked.frames)
        try:
            kept = readable_drawer.ReadableFiling(filing_id, FIRST_REV, papers.readable)
            make_room(self.db)  # so that the press is not the one who empties the log
            readable_drawer.Readable(self.db).keep(kept)
        except BaseException:  # whatever it was, nobody will hand in what was staged
            self.sealed_files.unstage(staged)
            raise
        return Prepared(papers, locked, staged, kept, self._slip(papers))

    def abandon(self, prepared: Prepared) -> None:
        """The person went back, or away. What was handed in after all is only let go of."""
        filing_id, rev = prepared.kept.filing_id, prepared.kept.rev
        try:
            if Filings(self.db).get(filing_id, rev) is None:
                self.sealed_files.unstage(prepared.staged)
                readable_drawer.Readable(self.db).drop(filing_id, rev)
        finally:
            prepared.staged.let_go()

    def file(self, prepared: Prepared, draft_id: DraftId) -> Filed:
        """The press: the ticket, the envelope, the commit. Asked again for the same draft, it gives the same ticket."""
        state, rows = self.settings.state, Filings(self.db)
        with alone(state):
            try:
                with atomic(self.db):
                    if rows.has_draft(draft_id):
                        self.abandon(prepared)
                        done = rows.by_draft(draft_id)
                        assert done is not None
                        return filed(done)
                    place = Outbox(self.db).next_place()
                    if place is not None:
                        new = self._store(prepared, draft_id, place)
            except BaseException as error:  # even a stop from outside: what is not stored is noted as not stored
                self._note_not_stored(prepared.locked.filing_id, error)
                raise
            if place is None:
                settle_alone(state, self.db, self.disk)  # so that at most one is ever not settled
        if place is None:
            return self.file(prepared, draft_id)
        prepared.staged.let_go()
        return Filed(new.filing_id, new.ticket_number, new.ticket_time)

    def hand_in(self, papers: Papers, draft_id: DraftId) -> Filed:
        """Both at once, for whoever is not waiting at the glass."""
        prepared = self.prepare(papers)
        try:
            return self.file(prepared, draft_id)
        except BaseException:  # whatever it was, nobody will hand in what was staged
            self.abandon(prepared)
            raise

    def settle(self) -> bool:
        """Sealed file and counter of what was filed; called after the ticket is shown."""
        return settle(self.settings.state, self.db, self.disk)

    def _store(self, prepared: Prepared, draft_id: DraftId, place: Place) -> NewFiling:
        """Inside the one transaction: everything the ticket stands for."""
        if not prepared.staged.is_there():
            raise KioskTrouble("sealing.file_not_written")
        papers, locked = prepared.papers, prepared.locked
        now = self.clock.now().replace(microsecond=0)
        day = court_day(now)
        filings, outbox = Filings(self.db), Outbox(self.db)
        serial = filings.next_serial(day)
        filing_id = locked.filing_id
        form = papers.submission.form
        new = NewFiling(
            filing_id=filing_id,
            rev=locked.rev,
            draft_id=draft_id,
            ticket_number=ticket_number(self.settings.court.code, day, serial),
            ticket_day=day,
            ticket_serial=serial,
            ticket_time=now,
            boot_id=self.clock.boot_id(),
            monotonic_ms=self.clock.monotonic_ms(),
            pack_id=form.pack_id,
            pack_version=form.pack_version,
            language=form.language,
            pages=papers.pages,
            content_sha256=papers.content_sha256,
            content_sm3=papers.content_sm3,
        )
        identity = Identity(
            filing_id=filing_id,
            rev=new.rev,
            kind=new.kind,
            kiosk_id=KioskId(self.settings.kiosk_id),
            court_code=self.settings.court.code,
            place=place,
            ticket_time=now,
            boot_id=new.boot_id,
            monotonic_ms=new.monotonic_ms,
            pack_id=form.pack_id,
            pack_version=form.pack_version,
        )
        sealed = seal_locked(identity, court_ticket(new.ticket_number, now), locked)
        slip = stamped_text(prepared.slip, stamp_of(new.ticket_number, now, new.content_sm3[:DIGEST_DIGITS]))
        filings.add(new, sealed.envelope_sha256)
        readable_drawer.Readable(self.db).keep(prepared.kept)
        outbox.add(sealed)
        job = Spool(self.db).queue(OFFLINE_SLIP, new.ticket_number, slip, now)
        if not self.prints:
            Spool(self.db).cancel(job, now, NOT_ASKED)
        Audit(self.db, self.clock).note(
            AuditEvent.FILING_STORED,
            actor=self.actor,
            object=filing_id,
            ticket=new.ticket_number,
            pack_id=new.pack_id,
            pack_version=new.pack_version,
            content_sha256=new.content_sha256,
            envelope_sha256=sealed.envelope_sha256,
            epoch=sealed.place.epoch,
            place=sealed.place.seq,
        )
        return new

    def _note_not_stored(self, filing_id: FilingId, error: BaseException) -> None:
        """Nobody saw a ticket, and nothing of the filing is here."""
        key = error.key if isinstance(error, KioskTrouble) else type(error).__name__
        try:
            if Filings(self.db).get(filing_id, FIRST_REV) is None:
                Audit(self.db, self.clock).note(
                    AuditEvent.FILING_NOT_STORED, actor=self.actor, object=filing_id, outcome="failed", trouble=key
                )
        except Exception as second:  # noqa: BLE001  (the first error is the one to tell)
            journal.note_exception("filing not stored, and not noted", second)

    def _slip(self, papers: Papers) -> str:
        """The slip's text, with blanks for what only the press can tell."""
        court = self.settings.court
        facts = SlipFacts(
            court_name=court.name,
            ticket_number=TicketNumber(""),
            ticket_time=self.clock.now(),
            cause=papers.cause,
            pages=papers.pages + sum(one.handed_in.pages for one in papers.scans),
            digest16=papers.content_sm3[:DIGEST_DIGITS],
            near_limitation=papers.near_limitation,
            window=f"{court.hall} {court.window}",
            hotline=court.hotline,
        )
        return dump_slip(stamped_slip(facts, BLANKS, self.shelf.wording, papers.submission.form.language))


def filed(row: FilingRow) -> Filed:
    return Filed(row.filing_id, row.ticket_number, row.ticket_time)
