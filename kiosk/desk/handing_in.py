"""From the last answer to the ticket: the papers, the sealing, and the one transaction after which loss is forbidden.

Order is everything. The sealed file is durable before the transaction; the transaction holds the filing, its
readable copy, its place in the outbox, its print job, its audit row and the end of its draft; only then is there a
ticket number. If the commit fails the sealed file goes and the person is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk import journal
from kiosk.clock import Clock, court_day
from kiosk.documents.font_runs import machine_fonts
from kiosk.documents.papers import Document, documents
from kiosk.errors import KioskBug, KioskTrouble
from kiosk.filings.canonical import sha256_hex
from kiosk.filings.content import Readable, court_header, dump_readable
from kiosk.filings.filing import Filed, Submission
from kiosk.filings.papers import PaperHandedIn
from kiosk.filings.ticket import ticket_number
from kiosk.filings.urgency import slip_words
from kiosk.ids import DraftId, FilingId, KioskId, uuid7
from kiosk.sealing.digest import sm3_hex
from kiosk.sealing.keys import CourtKey, read_court_keys
from kiosk.sealing.seal import Attachment, Identity, SealedFiling, seal
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.slips.parts import Slip
from kiosk.slips.slip import OFFLINE_SLIP, SlipFacts, offline_slip
from kiosk.store import readable as readable_drawer
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, atomic
from kiosk.store.drafts import Drafts
from kiosk.store.filings import FilingRow, Filings, NewFiling
from kiosk.store.high_water import HighWater, mark_of
from kiosk.store.outbox import Outbox
from kiosk.store.recovery import alone
from kiosk.store.sealed_files import Disk, RealDisk, SealedFiles
from kiosk.store.spool import Spool

DIGEST_DIGITS = 16
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
    # Worked out here, not while the person waits for the disk.
    pages: int = field(init=False)
    content_sha256: str = field(init=False)
    content_sm3: str = field(init=False)
    handed_in: tuple[PaperHandedIn, ...] = field(init=False)

    def __post_init__(self) -> None:
        found = _PAGES.search(self.complaint)
        counted = int(found[1]) if found else max(1, len(_PAGE.findall(self.complaint)))
        object.__setattr__(self, "pages", sum(one.pages for one in self.for_the_court) or counted)
        object.__setattr__(self, "handed_in", tuple(map(_handed_in, self.for_the_court)))
        object.__setattr__(self, "content_sha256", sha256_hex(self.complaint))
        object.__setattr__(self, "content_sm3", sm3_hex(self.complaint))

    @property
    def for_the_court(self) -> tuple[Document, ...]:
        return tuple(one for one in self.documents if one.copies.court)

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """What is sealed; named by kind, never by anything a person said."""
        papers = tuple((one.file_name, one.pdf) for one in self.for_the_court) or (("complaint.pdf", self.complaint),)
        return tuple(Attachment(name, "application/pdf", pdf) for name, pdf in papers)


def _handed_in(one: Document) -> PaperHandedIn:
    return PaperHandedIn(one.kind, one.pages, sha256_hex(one.pdf), sm3_hex(one.pdf), one.signed, one.signatures)


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

    def papers(self, submission: Submission) -> Papers:
        """The papers as the judge will read them, and the words of the slip."""
        completed = submission.form
        form = self.shelf.forms.get(completed.pack_id)
        if form is None or form.version != completed.pack_version:
            raise KioskBug(f"no form {completed.pack_id} {completed.pack_version} on the shelf")
        fonts = machine_fonts(self.settings.screen.rare_font)
        drawn = documents(form, completed, submission.signatures, self.shelf.tables, fonts)
        limit = slip_words(completed.answers, submission.court_reached, self.shelf.wording, completed.language)
        return Papers(submission, drawn[0].pdf, cause_of(form.title, completed.language), limit, drawn)

    def file(self, papers: Papers, draft_id: DraftId) -> Filed:
        """Seal and commit. Asked again for the same draft, it gives the same ticket."""
        done = Filings(self.db).by_draft(draft_id)
        if done is not None:
            return filed(done)
        sync = self.settings.sync
        keys = read_court_keys(self.settings.state).recipients(self.clock.now(), sync.expired_key_grace_days)
        with alone(self.settings.state):
            return self._file(papers, draft_id, keys)

    def _file(self, papers: Papers, draft_id: DraftId, keys: tuple[CourtKey, ...]) -> Filed:
        now = self.clock.now().replace(microsecond=0)
        day = court_day(now)
        filings, outbox = Filings(self.db), Outbox(self.db)
        serial = filings.next_serial(day)
        filing_id = FilingId(uuid7(int(now.timestamp() * 1000)))
        form = papers.submission.form
        new = NewFiling(
            filing_id=filing_id,
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
            place=outbox.next_place(),
            ticket_time=now,
            boot_id=new.boot_id,
            monotonic_ms=new.monotonic_ms,
            pack_id=form.pack_id,
            pack_version=form.pack_version,
        )
        header = court_header(
            papers.submission,
            new.ticket_number,
            now,
            papers.pages,
            new.content_sha256,
            new.content_sm3,
            papers.handed_in,
        )
        sealed = seal(identity, header, papers.attachments, keys, self.settings.sync.pad_kib)
        slip = self._slip(new, papers)
        self.sealed_files.keep(filing_id, new.rev, sealed.frames)
        try:
            self._commit(new, papers, sealed, slip)
        except BaseException as error:
            self._take_back(new, error)
            raise
        self._mark(sealed)
        return Filed(filing_id, new.ticket_number, now)

    def _commit(self, new: NewFiling, papers: Papers, sealed: SealedFiling, slip: Slip) -> None:
        form = papers.submission.form
        readable = Readable(papers.cause, form.language, form.answers)
        with atomic(self.db):
            Filings(self.db).add(new, sealed.envelope_sha256)
            readable_drawer.Readable(self.db).keep(
                readable_drawer.ReadableFiling(new.filing_id, new.rev, dump_readable(readable))
            )
            Outbox(self.db).add(sealed)
            job = Spool(self.db).queue(OFFLINE_SLIP, new.ticket_number, slip, new.ticket_time)
            if not self.prints:
                Spool(self.db).cancel(job, new.ticket_time, NOT_ASKED)
            Audit(self.db, self.clock).note(
                AuditEvent.FILING_STORED,
                actor=self.actor,
                object=new.filing_id,
                ticket=new.ticket_number,
                pack_id=new.pack_id,
                pack_version=new.pack_version,
                content_sha256=new.content_sha256,
                envelope_sha256=sealed.envelope_sha256,
                epoch=sealed.place.epoch,
                place=sealed.place.seq,
            )
            Drafts(self.db, self.clock).drop(new.draft_id)

    def _take_back(self, new: NewFiling, error: BaseException) -> None:
        """Nobody saw a ticket. If even this fails, the next start finds the file and removes it."""
        key = error.key if isinstance(error, KioskTrouble) else type(error).__name__
        try:
            if Filings(self.db).get(new.filing_id, new.rev) is None:
                self.sealed_files.drop(new.filing_id, new.rev)
                Audit(self.db, self.clock).note(
                    AuditEvent.FILING_NOT_STORED, actor=self.actor, object=new.filing_id, outcome="failed", trouble=key
                )
        except Exception as second:  # noqa: BLE001  (the first error is the one to tell)
            journal.note_exception("filing not taken back", second)

    def _mark(self, sealed: SealedFiling) -> None:
        """The filing is safe whatever happens here; a counter one behind is put right at the next start."""
        try:
            HighWater(self.settings.state / "high-water").set(mark_of(sealed.place, sealed.envelope_sha256))
        except OSError as error:
            journal.note_exception("high-water not written", error)

    def _slip(self, new: NewFiling, papers: Papers) -> Slip:
        court = self.settings.court
        facts = SlipFacts(
            court_name=court.name,
            ticket_number=new.ticket_number,
            ticket_time=new.ticket_time,
            cause=papers.cause,
            pages=new.pages,
            digest16=new.content_sm3[:DIGEST_DIGITS],
            near_limitation=papers.near_limitation,
            window=f"{court.hall} {court.window}",
            hotline=court.hotline,
        )
        return offline_slip(facts, self.shelf.wording, new.language)


def filed(row: FilingRow) -> Filed:
    return Filed(row.filing_id, row.ticket_number, row.ticket_time)


def cause_of(title: Mapping[str, str], language: str) -> str:
    """民间借贷纠纷 out of 民事起诉状（民间借贷纠纷）; a title without brackets is the cause."""
    whole = title.get(language) or title["zh"]
    inner = re.search(r"[（(](.+)[）)]\s*$", whole)
    return inner[1] if inner else whole
