"""The desk for many cases at once: the same name is the same filing, however often it is asked for.

Nobody stands at the printer for each of three hundred rows: no slip is printed by itself, from the command line or by a
clerk. Every case has its slip in its folder, and any of them is printed when its ticket is looked up.

Typed at the command line it acts for whoever holds the store's key. For a clerk at the terminal every step asks first
whether this clerk is still signed in and no visit is open; the audit log names the clerk, the sheet by its hash, and
how many; one summary slip stands for the whole sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.clerks.actions import Action
from kiosk.desk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.desk.opening import noticing
from kiosk.errors import KioskTrouble
from kiosk.filings.filing import Filed, Submission
from kiosk.ids import ClerkNumber, DraftId
from kiosk.slips.parts import Slip
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.spool import Spool


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """A desk that files case after case, for the command line."""

    desk: Desk = field(repr=False)

    def filed_under(self, draft_id: DraftId) -> Filed | None:
        """What was filed under this name before, if anything was."""
        return self.desk.filed_under(draft_id)

    def papers(self, submission: Submission) -> Papers:
        return self.desk.papers(submission)

    def file_under(self, papers: Papers, draft_id: DraftId) -> Filed:
        return self.desk.file_under(papers, draft_id, prints=False)


@dataclass(frozen=True, slots=True)
class ClerkCaseDesk(CaseDesk):
    """The same for a clerk who is signed in at the terminal."""

    clerk: str

    def require_right(self) -> ClerkNumber:
        """A trouble unless this clerk is signed in and no citizen's visit is open."""
        with noticing(self.desk.settings.state):
            number = self.desk.signing_in.may(Action.IMPORT_CASES, self.clerk)
            if self.desk.visit_open:
                raise KioskTrouble("import.visit_open")
            return number

    def file_under(self, papers: Papers, draft_id: DraftId) -> Filed:
        return self.desk.file_under(papers, draft_id, actor=self.require_right(), prints=False)

    def note_begun(self, sheet_sha256: str, pack_id: str, cases: int) -> None:
        """Before the first case: no row, no filing."""
        self._note(AuditEvent.IMPORT_BEGUN, self.require_right(), sheet_sha256, "ok", pack_id=pack_id, count=cases)

    def note_ended(self, sheet_sha256: str, outcome: str, **counts: int) -> None:
        """Also when the sign-in has ended meanwhile: what was filed was filed by this clerk."""
        self._note(AuditEvent.IMPORT_ENDED, self.clerk, sheet_sha256, outcome, **counts)

    def print_summary(self, slip: Slip) -> None:
        """One paper for the whole sheet."""
        with noticing(self.desk.settings.state):
            Spool(self.desk.db).queue(slip.kind, slip.number, slip, self.desk.clock.now())

    def _note(self, event: AuditEvent, actor: str, sheet: str, outcome: str, **body: str | int) -> None:
        with noticing(self.desk.settings.state):
            Audit(self.desk.db, self.desk.clock).note(event, actor=actor, object=sheet, outcome=outcome, **body)
