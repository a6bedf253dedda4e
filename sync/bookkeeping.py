"""Writing down what the court said, whatever carried it here.

A verdict is written whole: receipt or refusal, the filing's status, the audit note. A verdict that is known
already, or comes after a receipt, changes nothing but leaves an audit note, so `advance` never sees it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.clock import Clock
from kiosk.filings.envelope import read_stamp
from kiosk.filings.status import FilingEvent, FilingStatus, told
from kiosk.ids import FilingId
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, atomic
from kiosk.store.filings import Filings
from kiosk.store.meta import MAIL_READ, Meta
from kiosk.store.notices import Notices
from kiosk.store.outbox import Outbox
from kiosk.store.receipts import Receipts, StoredReceipt, StoredRefusal
from sync.court import CameReceipt, CameRefusal, Delivery, Held, Mail
from sync.news import CameNotice

ACTOR = "sync"


@dataclass(frozen=True, slots=True)
class Books:
    """The drawers a verdict touches. Belongs to the thread of its database."""

    db: Database
    clock: Clock
    carrier: str

    def take(self, delivery: Delivery) -> None:
        """Everything one delivery proved, durable together: one sync for many receipts."""
        with atomic(self.db):
            for receipt in delivery.receipts:
                self.take_receipt(receipt)
            for refusal in delivery.refusals:
                self.take_refusal(refusal)
            for held in delivery.holds:
                self.take_hold(held)
            for filing_id, rev in delivery.forks:
                self.take_fork(filing_id, rev)
            for notice in delivery.notices:
                self.take_notice(notice)

    def take_receipt(self, came: CameReceipt) -> None:
        """The court has it. Only a receipt for exactly our envelope counts; the first one stands."""
        receipt, now = came.receipt, self.clock.now()
        filing_id = FilingId(receipt.filing_id)
        with atomic(self.db):
            entry = Outbox(self.db).get(filing_id, receipt.rev)
            if entry is None or entry.envelope_sha256 != receipt.envelope_sha256:
                self._note(AuditEvent.RECEIPT_REFUSED, filing_id, "not our envelope")
                return
            received_at = read_stamp(receipt.received_at)
            stored = StoredReceipt(
                filing_id,
                receipt.rev,
                receipt.envelope_sha256,
                receipt.receipt_number,
                received_at,
                came.body,
                self.carrier,
            )
            if not Receipts(self.db).keep(stored, now):
                self._note(AuditEvent.VERDICT_DROPPED, filing_id, "receipt known")
                return
            Filings(self.db).advance(
                filing_id,
                receipt.rev,
                FilingEvent.RECEIPT_CAME,
                now=now,
                received_at=received_at,
                receipt_number=receipt.receipt_number,
            )
            Outbox(self.db).try_again_at(filing_id, receipt.rev, None)
            self._note(AuditEvent.RECEIPT_CAME, filing_id, "ok", receipt_number=receipt.receipt_number)

    def take_refusal(self, came: CameRefusal) -> None:
        refusal = came.refusal
        filing_id = FilingId(refusal.filing_id)
        stored = StoredRefusal(refusal.refusal_id, filing_id, refusal.rev, refusal.reason, came.body)
        with atomic(self.db):
            news = Receipts(self.db).keep_refusal(stored, self.clock.now())
            self._stop(filing_id, refusal.rev, FilingEvent.REFUSAL_CAME, AuditEvent.REFUSAL_CAME, refusal.reason, news)

    def take_hold(self, held: Held) -> None:
        with atomic(self.db):
            self._stop(held.filing_id, held.rev, FilingEvent.HOLD_CAME, AuditEvent.HOLD_CAME, held.reason, True)

    def take_fork(self, filing_id: FilingId, rev: int) -> None:
        """The court holds another envelope at this filing's place: two machines count as one kiosk.

        In an epoch of the past that was settled by enrolling again.
        """
        with atomic(self.db):
            outbox = Outbox(self.db)
            entry = outbox.get(filing_id, rev)
            if entry and entry.place.epoch == outbox.head()[0] and outbox.fork(self.clock.now()):
                self._note(AuditEvent.FORK_FOUND, filing_id, "fork", rev=rev)

    def take_mail(self, mail: Mail) -> None:
        """A page of the mailbox: its notices, and how far we have read, durable together."""
        with atomic(self.db):
            for came in mail.notices:
                self.take_notice(came)
            Meta(self.db).write(MAIL_READ, f"{mail.generation} {mail.upto}")

    def take_notice(self, came: CameNotice) -> None:
        """The court's word about a case. The highest number wins, whatever came first or twice."""
        notice = came.notice
        with atomic(self.db):
            if not Notices(self.db).keep(notice, self.carrier, self.clock.now()):
                return
            docket = notice.content.docket
            case_number = docket.case_number if docket else ""
            taken = Filings(self.db).take_notice(
                notice.filing_id, notice.rev, notice.notice_no, notice.court_state, case_number
            )
            event = AuditEvent.NOTICE_CAME if taken else AuditEvent.VERDICT_DROPPED
            outcome = notice.court_state if told(notice.court_state) else "a state we do not know"
            self._note(event, notice.filing_id, outcome, number=notice.notice_no, opened=int(came.opened))

    def mail_read(self) -> tuple[int, int]:
        """Generation of the court's ledger and place in its mailbox up to which everything is written down here."""
        generation, _, upto = (Meta(self.db).read(MAIL_READ) or "0 0").partition(" ")
        return int(generation), int(upto)

    def resend(self, filing_id: FilingId, rev: int) -> bool:
        """Staff looked at a filing that was held or sent back: it waits again. False when it is neither."""
        with atomic(self.db):
            entry = Outbox(self.db).get(filing_id, rev)
            if entry is None or entry.status not in (FilingStatus.HELD, FilingStatus.RETURNED):
                return False
            Filings(self.db).advance(filing_id, rev, FilingEvent.CLERK_RESENT)
            Outbox(self.db).again(filing_id, rev)
            self._note(AuditEvent.FILING_RESENT, filing_id, "ok", reason=entry.hold_reason)
        return True

    def _stop(
        self, filing_id: FilingId, rev: int, event: FilingEvent, audit: AuditEvent, reason: str, news: bool
    ) -> None:
        entry = Outbox(self.db).get(filing_id, rev)
        if entry is None or entry.status not in (FilingStatus.STORED, FilingStatus.SENDING):
            if news:
                self._note(AuditEvent.VERDICT_DROPPED, filing_id, reason)
            return
        # A refusal known from before still stops a filing a clerk sent again.
        Filings(self.db).advance(filing_id, rev, event)
        Outbox(self.db).hold(filing_id, rev, reason)
        self._note(audit, filing_id, reason)

    def _note(self, event: AuditEvent, filing_id: FilingId, outcome: str, **body: str | int) -> None:
        Audit(self.db, self.clock).note(event, actor=ACTOR, object=filing_id, outcome=outcome, **body)
