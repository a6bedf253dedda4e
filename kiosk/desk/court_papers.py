"""The filing receipt on paper (立案材料接收回执): the slip copy and the A4 sheet, once the court's receipt is here.

Written receipt with the date: FR art.2, JI art.208. The number and the time on it are the court's, out of the receipt
whose signature was verified before it was kept; without one there is no paper, and the asking is written down. The
A4 sheet is handed to whoever asked and is kept nowhere: evidence has names people chose.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.clerks.actions import Action
from kiosk.clock import Clock
from kiosk.desk.handing_in import DIGEST_DIGITS
from kiosk.desk.opening import noticing
from kiosk.desk.signing_in import SigningIn
from kiosk.documents.font_runs import machine_fonts
from kiosk.documents.papers import documents
from kiosk.documents.receipt import receipt_pdf
from kiosk.errors import KioskTrouble
from kiosk.filings.content import Readable, cause_of, load_readable
from kiosk.filings.filing import CompletedForm
from kiosk.filings.receipt import Material, Place, ReceiptFacts, receipt_facts
from kiosk.filings.ticket import read_ticket
from kiosk.filings.told import CourtReceipt
from kiosk.ids import ClerkNumber
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.slips.slip import query_code, ticket_in
from kiosk.slips.told import DOCKET_NOTICE, FILING_RECEIPT, docket_slip, filing_receipt_slip, receipt_reference
from kiosk.store import readable as readable_drawer
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, atomic
from kiosk.store.filings import FilingRow, Filings
from kiosk.store.notices import Notices
from kiosk.store.receipts import Receipts, StoredReceipt
from kiosk.store.spool import Spool

SLIP, A4 = "slip", "A4"
WHOLE = "全部立案材料"  # when the papers cannot be counted one by one any more


def receipt_of(db: Database, row: FilingRow) -> StoredReceipt | None:
    """The court's receipt for exactly what this kiosk sealed."""
    found = Receipts(db).get(row.filing_id, row.rev)
    return found if found is not None and found.envelope_sha256 == row.envelope_sha256 else None


@dataclass(frozen=True, slots=True)
class CourtPapers:
    """For one clerk, who must be signed in. Belongs to the thread of its database."""

    settings: Settings
    clock: Clock
    shelf: Shelf
    db: Database = field(repr=False)
    signing_in: SigningIn = field(repr=False)
    clerk: str = ""

    def print_receipt(self, ticket: str) -> int:
        """Queue the slip copy, or print it once more marked 补打; the print job's number."""
        with noticing(self.settings.state):
            actor = self.signing_in.may(Action.PRINT_RECEIPT, self.clerk)
            row, receipt = self._receipted(ticket, actor, SLIP)
            spool, number = Spool(self.db), receipt.receipt_number
            job = spool.find(FILING_RECEIPT, number)
            slip = job.slip if job else None
            if slip is None:
                facts = self._facts(row, receipt)
                slip = filing_receipt_slip(facts, self.shelf.wording, row.language)
            now = self.clock.now()
            with atomic(self.db):
                job_id = spool.queue(FILING_RECEIPT, number, slip, now)
                if job is not None:
                    spool.reprint(job_id, now)
                self._note(actor, row.filing_id, "ok", paper=SLIP, job=job_id)
            return job_id

    def print_docket(self, ticket: str) -> int:
        """Queue the slip of the court's docket notice (受理案件通知书), once its signed notice is here; the job's number."""
        with noticing(self.settings.state):
            actor = self.signing_in.may(Action.PRINT_RECEIPT, self.clerk)
            number = ticket_in(ticket) or read_ticket(ticket)
            row = Filings(self.db).by_ticket(number) if number else None
            told = (one.content.docket for one in Notices(self.db).of(row.filing_id)) if row else iter(())
            docket = next(filter(None, told), None)
            if row is None or docket is None:
                self._note(actor, row.filing_id if row else str(number), "no docket notice", paper=DOCKET_NOTICE)
                raise KioskTrouble("clerk.no_docket" if row else "clerk.not_found")
            spool, now = Spool(self.db), self.clock.now()
            printed = spool.find(DOCKET_NOTICE, docket.case_number)
            slip = docket_slip(docket, self.settings.court.name, self.shelf.wording, row.language)
            with atomic(self.db):
                job_id = spool.queue(DOCKET_NOTICE, docket.case_number, slip, now)
                if printed is not None:
                    spool.reprint(job_id, now)
                self._note(actor, row.filing_id, "ok", paper=DOCKET_NOTICE, job=job_id)
            return job_id

    def receipt_sheet(self, ticket: str) -> bytes:
        """The A4 sheet as a PDF, in Chinese, with room for the stamp."""
        with noticing(self.settings.state):
            actor = self.signing_in.may(Action.PRINT_RECEIPT, self.clerk)
            row, receipt = self._receipted(ticket, actor, A4)
            facts = self._facts(row, receipt)
            if row.pack_id in self.shelf.heads:
                facts = replace(facts, cause=cause_of(self.shelf.heads[row.pack_id].title, "zh"))
            reference = receipt_reference(facts.receipt_number)
            sheet = receipt_pdf(facts, reference, self.shelf.tables, machine_fonts(self.settings.screen.rare_font))
            self._note(actor, row.filing_id, "ok", paper=A4)
            return sheet

    def _receipted(self, ticket: str, actor: ClerkNumber, paper: str) -> tuple[FilingRow, StoredReceipt]:
        """The filing and its receipt, or the reason why there is no paper, written down."""
        number = ticket_in(ticket) or read_ticket(ticket)
        row = Filings(self.db).by_ticket(number) if number else None
        if row is None:
            if number is not None:
                self._note(actor, number, "not found", paper=paper)
            raise KioskTrouble("clerk.not_found")
        receipt = receipt_of(self.db, row)
        if receipt is None:
            self._note(actor, row.filing_id, "no receipt", paper=paper)
            raise KioskTrouble("clerk.no_receipt")
        return row, receipt

    def _facts(self, row: FilingRow, receipt: StoredReceipt) -> ReceiptFacts:
        kept = readable_drawer.Readable(self.db).get(row.filing_id, row.rev)
        if kept is None:
            raise KioskTrouble("clerk.receipt_gone")
        readable, court = load_readable(kept.body), self.settings.court
        return receipt_facts(
            CourtReceipt(row.filing_id, receipt.receipt_number, receipt.received_at),
            readable.answers,
            readable.cause,
            self._materials(row, readable),
            query_code(row.ticket_number, row.content_sm3[:DIGEST_DIGITS]),
            Place(court.name, self.settings.kiosk_id, f"{court.hall} {court.window}".strip(), court.hotline),
            self.shelf.tables,
        )

    def _materials(self, row: FilingRow, readable: Readable) -> tuple[Material, ...]:
        """The papers the court has, drawn again to count them: one by one only if they are what was handed in."""
        form = self.shelf.forms.get(row.pack_id)
        if form is not None and form.version == row.pack_version:
            completed = CompletedForm(row.pack_id, row.pack_version, readable.language, readable.answers)
            drawn = documents(form, completed, {}, self.shelf.tables, machine_fonts(self.settings.screen.rare_font))
            handed_in = [one for one in drawn if one.copies.court]
            if sum(one.pages for one in handed_in) == row.pages:
                return tuple(
                    Material(one.title, one.copies.court + one.copies.parties, one.pages, True, printed=True)
                    for one in handed_in
                )
        return (Material(WHOLE, 1, row.pages, True, printed=True),)

    def _note(self, actor: ClerkNumber, about: str, outcome: str, **body: str | int) -> None:
        Audit(self.db, self.clock).note(
            AuditEvent.FILING_RECEIPT_PRINTED, actor=actor, object=about, outcome=outcome, **body
        )
