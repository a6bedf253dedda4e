"""What a clerk may see of the filings, and have printed again: written into the audit log before it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.clerks.actions import Action
from kiosk.clock import Clock
from kiosk.desk.court_papers import receipt_of
from kiosk.desk.signing_in import SigningIn
from kiosk.errors import KioskTrouble
from kiosk.filings.content import Readable, cause_of, load_readable, parties
from kiosk.filings.filing import FilingSummary
from kiosk.filings.ticket import read_ticket
from kiosk.ids import TicketNumber
from kiosk.shelf import Shelf
from kiosk.slips.job import PrintJob
from kiosk.slips.slip import OFFLINE_SLIP, ticket_in
from kiosk.store import readable as readable_drawer
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, atomic
from kiosk.store.filings import FilingRow, Filings
from kiosk.store.spool import Spool

RECENT = 20


@dataclass(frozen=True, slots=True)
class LookingUp:
    clock: Clock
    shelf: Shelf
    db: Database = field(repr=False)
    signing_in: SigningIn = field(repr=False)

    def one(self, ticket: str, clerk: str) -> FilingSummary | None:
        """One filing by its number, typed or scanned: no audit row, no view."""
        actor = self.signing_in.may(Action.VIEW_FILING, clerk)
        number = ticket_in(ticket) or read_ticket(ticket)
        if number is None:
            return None
        row = Filings(self.db).by_ticket(number)
        outcome = "ok" if row else "not found"
        seen = row.filing_id if row else number
        Audit(self.db, self.clock).note(AuditEvent.FILING_VIEWED, actor=actor, object=seen, outcome=outcome)
        return self._summary(row, masked=False) if row else None

    def newest(self, clerk: str) -> tuple[FilingSummary, ...]:
        """The newest filings, names masked."""
        actor = self.signing_in.may(Action.LIST, clerk)
        rows = Filings(self.db).newest(RECENT)
        Audit(self.db, self.clock).note(AuditEvent.FILINGS_LISTED, actor=actor, count=len(rows))
        return tuple(self._summary(row, masked=True) for row in rows)

    def reprint(self, ticket: str, clerk: str) -> int:
        """The slip once more, marked 补打; returns the print job's number."""
        actor = self.signing_in.may(Action.REPRINT, clerk)
        number = ticket_in(ticket) or read_ticket(ticket)
        row = Filings(self.db).by_ticket(number) if number else None
        if row is None:
            raise KioskTrouble("clerk.not_found")
        with atomic(self.db):
            job = self.slip_job(row.ticket_number)
            Spool(self.db).reprint(job.id, self.clock.now())
            Audit(self.db, self.clock).note(
                AuditEvent.TICKET_REPRINTED, actor=actor, object=row.ticket_number, job=job.id
            )
        return job.id

    def slip_job(self, ticket: TicketNumber) -> PrintJob:
        """The print job of a filing's slip, as long as the slip may be read here."""
        job = Spool(self.db).find(OFFLINE_SLIP, ticket)
        if job is None or job.slip is None:
            raise KioskTrouble("clerk.form_gone")
        return job

    def _readable(self, row: FilingRow) -> Readable | None:
        kept = readable_drawer.Readable(self.db).get(row.filing_id, row.rev)
        return load_readable(kept.body) if kept else None

    def _cause(self, row: FilingRow) -> str:
        head = self.shelf.heads.get(row.pack_id)
        return cause_of(head.title, row.language or "zh") if head else row.pack_id

    def _summary(self, row: FilingRow, *, masked: bool) -> FilingSummary:
        readable = self._readable(row)
        job = Spool(self.db).find(OFFLINE_SLIP, row.ticket_number)
        return FilingSummary(
            filing_id=row.filing_id,
            ticket_number=row.ticket_number,
            status=row.status,
            court_state=row.court_state,
            ticket_time=row.ticket_time,
            received_at=row.received_at,
            receipt_number=row.receipt_number,
            cause=readable.cause if readable else self._cause(row),
            parties=parties(readable.answers, masked=masked) if readable else "",
            papers_printed=Spool(self.db).papers(job.id) if job else 0,
            receipt_here=readable is not None and receipt_of(self.db, row) is not None,
        )
