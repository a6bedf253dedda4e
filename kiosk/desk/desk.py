"""The desk: drafts, filings, slips and clerks, over one store. Whoever asks, the desk decides.

Every use case for a clerk asks first whether somebody with that right is signed in, whatever page called it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeVar

from kiosk import journal
from kiosk.clerks.actions import Action, ClerkSession, SignInRefused
from kiosk.clock import Clock
from kiosk.desk.court_papers import CourtPapers
from kiosk.desk.device_desk import DeviceDesk
from kiosk.desk.handing_in import HandingIn, Papers, Prepared, filed
from kiosk.desk.held_forms import HeldForms
from kiosk.desk.lamps import AuditReport, HealthLine, Lamps
from kiosk.desk.looking_up import LookingUp
from kiosk.desk.opening import clock_behind, noticing, open_or_restore, program_version, verify_since_last_start
from kiosk.desk.progress import AskingAfter
from kiosk.desk.saving import Saving
from kiosk.desk.signing_in import Approval, SigningIn
from kiosk.documents.papers import Document
from kiosk.errors import KioskTrouble
from kiosk.filings.filing import Filed, FilingSummary, Submission
from kiosk.filings.status import FilingStatus
from kiosk.ids import DraftId, TicketNumber
from kiosk.process import credentials_folder
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.slips.parts import Slip
from kiosk.store.audit import Audit, AuditFinding
from kiosk.store.audit_events import AuditEvent
from kiosk.store.ballast import Ballast
from kiosk.store.clerks import Clerks
from kiosk.store.connect import Database
from kiosk.store.disk import free_mb, require_room
from kiosk.store.drafts import Draft, Drafts
from kiosk.store.filings import Filings
from kiosk.store.keys import SecretKind, pin_pepper, store_key
from kiosk.store.meta import Meta
from kiosk.store.purge import Purged, purge_due, wipe_log
from kiosk.store.receipts import Receipts
from kiosk.store.recovery import reckon

CLOCK_DOUBT = timedelta(minutes=5)
COURT_LINE = "https"  # the carrier whose silence means that filings wait here
COURT_SILENT = timedelta(minutes=35)  # twice the time after which a quiet kiosk greets the court, and some
DISK_FULL = frozenset({"store.disk_full", "sealing.file_not_written"})
T = TypeVar("T")


@dataclass
class Desk:
    settings: Settings
    clock: Clock
    shelf: Shelf
    db: Database = field(repr=False)
    key_kind: SecretKind
    signing_in: SigningIn = field(repr=False)
    audit_finding: AuditFinding
    clock_behind: timedelta
    saving: Saving = field(repr=False)
    _draft: DraftId | None = None
    _prepared: Prepared | None = None
    _done: Filed | None = None
    _printable: tuple[Document, ...] = field(default=(), repr=False)  # until the visit is over

    @classmethod
    def open(cls, settings: Settings, clock: Clock, shelf: Shelf) -> Desk:
        """Open the store, put right what a crash left, and purge what is due."""
        try:
            return cls._open(settings, clock, shelf)
        except KioskTrouble as trouble:
            if trouble.key != "store.damaged":
                raise
        return cls._open(settings, clock, shelf)  # the doubt is written down: now every page is looked at

    @classmethod
    def _open(cls, settings: Settings, clock: Clock, shelf: Shelf) -> Desk:
        credentials = credentials_folder()
        key = store_key(settings.state, credentials)
        db = open_or_restore(settings, clock, key)
        try:
            with noticing(settings.state):
                # A new pepper beside clerks of an old one would turn all of them away without a word.
                pepper = pin_pepper(settings.state, credentials, may_make=Clerks(db).count() == 0)
                audit = Audit(db, clock)
                behind = clock_behind(audit, clock)
                desk = cls(
                    settings=settings,
                    clock=clock,
                    shelf=shelf,
                    db=db,
                    key_kind=key.kind,
                    signing_in=SigningIn(db, clock, pepper.value),
                    audit_finding=verify_since_last_start(audit),
                    clock_behind=behind,
                    saving=Saving(db, clock, settings.keeping.saved_form_days),
                )
                reckon(settings.state, db, audit, settings.kiosk_id)
                audit.note(AuditEvent.KIOSK_STARTED, outcome=str(desk.audit_finding.state), version=program_version())
                if behind > CLOCK_DOUBT:
                    audit.note(AuditEvent.CLOCK_JUMPED, outcome="behind", seconds=int(behind.total_seconds()))
                desk.saving.visit_over()
                desk._purge()
        except BaseException:  # even a stop from outside: a store nobody owns is closed
            db.close()
            raise
        return desk

    def close(self) -> None:
        self._settle_if_possible()
        with noticing(self.settings.state):
            self._abandon()
            self.signing_in.sign_out()
            Audit(self.db, self.clock).note(AuditEvent.KIOSK_STOPPED)
        self.db.close()

    # The person at the screen

    def start_draft(self) -> None:
        """A new visit. What an earlier one left open goes behind the counter."""
        with noticing(self.settings.state):
            require_room(self.settings.state, self.settings.keeping.min_free_mb)
            self._abandon()
            self._held_forms().hold_open()
            self._draft, self._done = Drafts(self.db, self.clock).begin(), None

    def save_draft(self, visit_bytes: bytes) -> None:
        """After each answer; on return the answer survives a power cut."""
        draft_id = self.own_draft()
        with noticing(self.settings.state):
            self.finish(lambda: Drafts(self.db, self.clock).save(draft_id, visit_bytes))

    def held_draft(self) -> bytes | None:
        """The form of whoever still stands here after a crash; anything older is held for its owner."""
        with noticing(self.settings.state):
            drafts = Drafts(self.db, self.clock)
            found = drafts.open_draft()
            if found is None:
                return None
            screen = self.settings.screen
            if not found.may_be_continued(self.clock, screen.idle_seconds + screen.leave_seconds):
                self._held_forms().hold_open()
                return None
            Audit(self.db, self.clock).note(AuditEvent.DRAFT_CONTINUED, actor="person", object=found.draft_id)
            self._draft, self._done = found.draft_id, None
            return found.body

    def drop_draft(self) -> None:
        """The visit is over and nothing of it stays."""
        with noticing(self.settings.state):
            self._abandon()
            if self._draft is not None:
                Drafts(self.db, self.clock).drop(self._draft)
                wipe_log(self.db)
            self.saving.visit_over()
            self._draft, self._done, self._printable = None, None, ()

    def own_draft(self) -> DraftId:
        """The name of what is being filled in now."""
        if self._draft is None or self._done is not None:
            self.start_draft()
        assert self._draft is not None
        return self._draft

    def take_over(self, draft_id: DraftId) -> None:
        """From here this draft is the one being filled in; another that was open goes behind the counter."""
        with noticing(self.settings.state):
            self._held_forms().hold_open()
            self._draft, self._done = draft_id, None

    def held_waiting(self) -> int:
        """How many interrupted forms wait for their owners. No more than the number is shown."""
        with noticing(self.settings.state):
            return self._held_forms().waiting()

    def claim_held(self, id_number: str) -> bytes | None:
        """A held form for the identity card whose number is in it."""
        return self._claimed(lambda: self._held_forms().by_card(id_number))

    def claim_held_by_last_four(self, last_four: str) -> bytes | None:
        """A held form for somebody without a card. Three tries for all held forms together, then a clerk must help."""
        return self._claimed(lambda: self._held_forms().by_last_four(last_four))

    def release_held(self, clerk: str = "") -> bytes | None:
        """The newest held form, by a clerk who has looked at the card."""
        return self._claimed(lambda: self._held_forms().newest(self.signing_in.may(Action.RELEASE_DRAFT, clerk)))

    def prepare(self, submission: Submission) -> int:
        """While the person reads the last page: papers, sealing, the staged file. Says how many pages there are."""
        with noticing(self.settings.state):
            return self._prepare(self.papers(submission)).papers.pages

    def abandon(self) -> None:
        """What was prepared is not handed in: the person went back to change something."""
        with noticing(self.settings.state):
            self._abandon()

    def submit(self, submission: Submission) -> Filed:
        """The press. What is not prepared yet is prepared now; asked twice in one visit it gives the same ticket."""
        with noticing(self.settings.state):
            if self._done is not None:
                return self._done
            ready = self._prepared
            if ready is None or (ready.papers.submission is not submission and ready.papers.submission != submission):
                self._prepare(self.papers(submission))
            return self._press(self._draft or Drafts(self.db, self.clock).begin())

    def papers(self, submission: Submission) -> Papers:
        """The slow part of `prepare`: changes nothing."""
        return self._handing_in().papers(submission, self._draft)

    def file(self, papers: Papers) -> Filed:
        """`submit` for papers that are made. The ticket number exists only when this returns."""
        with noticing(self.settings.state):
            if self._done is not None:
                return self._done
            if self._prepared is None or self._prepared.papers is not papers:
                self._prepare(papers)
            return self._press(self._draft or Drafts(self.db, self.clock).begin())

    def make_ready(self, papers: Papers) -> None:
        """`prepare` for papers that are made."""
        with noticing(self.settings.state):
            self._prepare(papers)

    def settle(self) -> None:
        """Right after the ticket is shown: what was filed gets its sealed file. Harmless when there is nothing to do."""
        with noticing(self.settings.state):
            self.finish(lambda: self._handing_in().settle())
            self.asking_after.mark()

    def filed_under(self, draft_id: DraftId) -> Filed | None:
        """What was filed under this name before, if anything was."""
        with noticing(self.settings.state):
            row = Filings(self.db).by_draft(draft_id)
            return filed(row) if row is not None else None

    def file_under(self, papers: Papers, draft_id: DraftId, *, actor: str = "person", prints: bool = True) -> Filed:
        """For a list of cases, beside any visit: the same name is the same filing, however often it is asked for."""
        with noticing(self.settings.state):
            require_room(self.settings.state, self.settings.keeping.min_free_mb)
            handing_in = replace(self._handing_in(), actor=actor, prints=prints)
            done = self.finish(lambda: handing_in.hand_in(papers, draft_id))
            journal.note("filing stored", filing_id=done.filing_id, ticket=done.ticket_number)
            return done

    @property
    def visit_open(self) -> bool:
        return self._draft is not None

    def documents(self, submission: Submission) -> tuple[Document, ...]:
        """Every paper of this filing, the complaint first."""
        return self.papers(submission).documents

    def slip(self, ticket: TicketNumber) -> Slip:
        """What the slip of this filing says, as long as the filing may be read here."""
        with noticing(self.settings.state):
            slip = self._looking_up().slip_job(ticket).slip
            assert slip is not None
            return slip

    def court_reached(self) -> bool:
        """The court answered when it was last asked, and that was not long ago."""
        with noticing(self.settings.state):
            contact = Receipts(self.db).contact(COURT_LINE)
            if contact.heard_at is None or contact.failures or contact.stopped:
                return False
            return self.clock.now() - contact.heard_at < COURT_SILENT

    def note_help_asked(self) -> None:
        with noticing(self.settings.state):
            Audit(self.db, self.clock).note(AuditEvent.HELP_ASKED, actor="person")

    # Clerks

    def sign_in(self, number: str, pin: str) -> ClerkSession | SignInRefused:
        with noticing(self.settings.state):
            return self.signing_in.sign_in(number, pin)

    def sign_in_service_user(self) -> ClerkSession:
        return self.signing_in.sign_in_service_user()

    def sign_out(self) -> None:
        with noticing(self.settings.state):
            self.signing_in.sign_out()

    def enrol_clerk(self, number: str, name: str = "", approvals: Sequence[Approval] = ()) -> str:
        """The PIN of a new clerk, to be shown once."""
        with noticing(self.settings.state):
            return self.signing_in.enrol(number, name, approvals)

    def unlock_clerk(self, number: str, approval: Approval) -> None:
        with noticing(self.settings.state):
            self.signing_in.unlock(number, approval)

    def reset_pin(self, number: str, approvals: Sequence[Approval]) -> str:
        """A clerk's new PIN, to be shown once."""
        with noticing(self.settings.state):
            return self.signing_in.reset_pin(number, approvals)

    def look_up(self, ticket: str, clerk: str = "") -> FilingSummary | None:
        """One filing by its number, typed or scanned. Written into the audit log first: no row, no view."""
        with noticing(self.settings.state):
            return self._looking_up().one(ticket, clerk)

    def recent(self, clerk: str = "") -> tuple[FilingSummary, ...]:
        """The newest filings, names masked."""
        with noticing(self.settings.state):
            return self._looking_up().newest(clerk)

    def reprint(self, ticket: str, clerk: str = "") -> int:
        """The slip once more, marked 补打; returns the print job's number."""
        with noticing(self.settings.state):
            return self._looking_up().reprint(ticket, clerk)

    def court_papers(self, clerk: str = "") -> CourtPapers:
        """What is printed because the court answered, for this clerk."""
        return CourtPapers(self.settings, self.clock, self.shelf, self.db, self.signing_in, clerk)

    def devices(self, clerk: str = "") -> DeviceDesk:
        """What is done about printers and their papers, for this clerk."""
        return DeviceDesk(self.settings, self.clock, self.shelf, self.db, self.signing_in, clerk)

    def print_on_a4(self) -> int:
        """Every paper of what was just handed in, in the copies each calls for."""
        return self.devices().print_documents(self._done.ticket_number, self._printable) if self._done else 0

    # The kiosk itself

    def purge(self) -> Purged:
        """What has served its time goes. Called every 30 s."""
        self._settle_if_possible()
        with noticing(self.settings.state):
            self._ballast().take_on(self.settings.keeping.min_free_mb)
            return self._purge()

    def counts(self) -> dict[FilingStatus, int]:
        with noticing(self.settings.state):
            return Filings(self.db).counts()

    def has_room(self) -> bool:
        """Whether a new visit may begin: below `min_free_mb` its filing might not find its place."""
        return free_mb(self.settings.state) >= self.settings.keeping.min_free_mb

    def health(self) -> tuple[HealthLine, ...]:
        with noticing(self.settings.state):
            lamps = self._lamps()
            return lamps.lines(self.key_kind, self.audit_finding, self.clock_behind) + lamps.tables(self.shelf.tables)

    def verify_audit(self) -> AuditReport:
        with noticing(self.settings.state):
            self.audit_finding = Audit(self.db, self.clock).verify(Meta(self.db).audit_anchor())
            return self._lamps().audit_report(self.audit_finding)

    def _prepare(self, papers: Papers) -> Prepared:
        self._abandon()
        if self._draft is None:
            require_room(self.settings.state, self.settings.keeping.min_free_mb)
        prepared = self.finish(lambda: self._handing_in().prepare(papers))
        self._prepared = prepared
        return prepared

    def _abandon(self) -> None:
        if self._prepared is not None:
            prepared, self._prepared = self._prepared, None
            self._handing_in().abandon(prepared)

    def _press(self, draft_id: DraftId) -> Filed:
        try:
            done = self.finish(lambda: self._handing_in().file(self._unused(), draft_id))
        except BaseException:  # whatever it was, the next press prepares again, under a new key
            self._abandon()
            raise
        self._printable = self._prepared.papers.documents if self._prepared is not None else ()
        self._prepared = None
        if draft_id == self._draft:
            self._done = done
        journal.note("filing stored", filing_id=done.filing_id, ticket=done.ticket_number)
        return done

    def _unused(self) -> Prepared:
        """What is prepared, made again when a press that failed has used it up."""
        assert self._prepared is not None
        if self._prepared.locked.is_used:
            self._prepare(self._prepared.papers)
        return self._prepared

    def _settle_if_possible(self) -> None:
        """Where something else is asked for: what cannot be settled now is settled before the next filing."""
        try:
            self.settle()
        except KioskTrouble as trouble:
            journal.note("filing not settled", key=trouble.key)

    @property
    def asking_after(self) -> AskingAfter:
        return AskingAfter(self.clock, self.db, self.signing_in.pepper)

    def _purge(self) -> Purged:
        self.asking_after.mark()  # before what they are made of goes
        self.asking_after.forget_old_tries()
        return purge_due(self.db, self._handing_in().sealed_files, self.settings.keeping, self.clock)

    def _ballast(self) -> Ballast:
        return Ballast(self.settings.state / "ballast", self.settings.keeping.ballast_mb)

    def finish(self, work: Callable[[], T]) -> T:
        """Whoever has begun may end: on a full disk the ballast goes, and the same is tried once more."""
        try:
            return work()
        except KioskTrouble as trouble:
            if trouble.key not in DISK_FULL or not self._ballast().drop():
                raise
            return work()

    def _handing_in(self) -> HandingIn:
        return HandingIn(self.settings, self.clock, self.shelf, self.db)

    def _lamps(self) -> Lamps:
        return Lamps(self.settings, self.clock, self.shelf.wording, self.db)

    def _looking_up(self) -> LookingUp:
        return LookingUp(self.clock, self.shelf, self.db, self.signing_in)

    def _held_forms(self) -> HeldForms:
        return HeldForms(self.clock, self.db)

    def _claimed(self, claim: Callable[[], Draft | None]) -> bytes | None:
        """A held form becomes the open one of this visit."""
        with noticing(self.settings.state):
            draft = claim()
            if draft is None:
                return None
            self._draft, self._done = draft.draft_id, None
            return draft.body
