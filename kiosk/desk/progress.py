"""查进度: how a filing stands, for whoever has its slip and knows the last four of a number in it.

A slip may be found on the floor and a ticket number may be guessed, so neither is enough, and every pair that does not
fit gets the same answer after the same time. Tries are counted for each number asked about, whether there is such a
filing or not, before anything is compared; the waits are those of a clerk's PIN (`kiosk.clerks.lockout`) and never
more than two hours, so that nobody can shut somebody else out for good. For filings whose readable copy is gone there
are marks: keyed hashes, made while it could be read.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from kiosk.clerks.lockout import Failure, Now, seconds_left
from kiosk.clock import Clock
from kiosk.desk.handing_in import DIGEST_DIGITS
from kiosk.filings.content import load_readable
from kiosk.filings.notice import NoticeContent
from kiosk.filings.progress import NotTold, Progress
from kiosk.filings.status import life_of, told
from kiosk.filings.ticket import read_ticket
from kiosk.filings.told import NoticeWrong
from kiosk.ids import FilingId
from kiosk.slips.slip import query_code, ticket_in
from kiosk.store import readable as readable_drawer
from kiosk.store.askers import Askers
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.clerks import Clerks, TryRow
from kiosk.store.connect import Database, atomic
from kiosk.store.filings import FilingRow, Filings
from kiosk.store.notices import Notices

OWN_SIDE = ("plaintiff", "applicant", "agent", "agents")
NUMBERS = ("id_number", "uscc")
LAST = 4
MARK_BYTES = 16
ASKED = "asked after "  # how the counts of these tries are named
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AskingAfter:
    clock: Clock
    db: Database = field(repr=False)
    pepper: bytes = field(repr=False)

    def tell(self, typed: str, last_four: str) -> Progress | NotTold:
        """The number on the slip, typed or scanned, or its query code; and the last four of a number in the filing."""
        row = self._row(typed)
        about = row.ticket_number if row is not None else read_ticket(typed) or typed.strip().upper()
        who = ASKED + self._keyed("asked about", about)[:8].hex()  # one count, however the number is written
        clerks, now = Clerks(self.db), Now(self.clock.now(), self.clock.boot_id(), self.clock.monotonic_ms())
        with atomic(self.db):
            before = clerks.tries(who)
            if before is not None and (wait := seconds_left(_failure(before), now)):
                self._note("", "waiting")
                return NotTold(wait)
            counted = TryRow((before.failures if before else 0) + 1, now.at, now.boot_id, now.monotonic_ms)
            clerks.write_tries(who, counted)
        if not self._may_ask(row, last_four) or row is None:
            self._note("", "refused")
            return NotTold(seconds_left(_failure(counted), now))
        clerks.forget_tries(who)
        self._note(row.filing_id, "ok")
        return self._progress(row)

    def mark(self) -> None:
        """Note who may ask after each filing that can still be read. Harmless when there is nothing to do."""
        askers = Askers(self.db)
        for filing_id, rev in askers.unmarked():
            kept = readable_drawer.Readable(self.db).get(filing_id, rev)
            if kept is not None:
                askers.keep(filing_id, (self._mark(filing_id, one) for one in _own(load_readable(kept.body).answers)))

    def forget_old_tries(self) -> None:
        Clerks(self.db).forget_old_tries(ASKED, self.clock.now() - FORGOTTEN_AFTER)

    def _row(self, typed: str) -> FilingRow | None:
        number = ticket_in(typed) or read_ticket(typed)
        if number is not None:
            return Filings(self.db).by_ticket(number)
        code = typed.strip().upper()
        return next((row for row in Filings(self.db).newest(-1) if _query_code(row) == code), None)

    def _may_ask(self, row: FilingRow | None, last_four: str) -> bool:
        """As slow for a number that is nobody's."""
        filing_id = row.filing_id if row is not None else FilingId("")
        asked = self._mark(filing_id, last_four.strip().upper())
        fits = [hmac.compare_digest(asked, mark) for mark in Askers(self.db).of(filing_id)]
        return any(fits)

    def _progress(self, row: FilingRow) -> Progress:
        notice = Notices(self.db).newest(row.filing_id)
        try:
            said = notice.content if notice is not None else NoticeContent()
        except NoticeWrong:
            said = NoticeContent()  # kept as it came; what it says is for a window
        unknown = notice is not None and told(notice.court_state) is None
        return Progress(
            row.ticket_number,
            None if unknown else life_of(row.status, row.court_state),
            row.ticket_time,
            row.received_at,
            row.receipt_number,
            row.case_number,
            said,
        )

    def _mark(self, filing_id: FilingId, last_four: str) -> bytes:
        return self._keyed("mark", f"{filing_id}\0{last_four}")[:MARK_BYTES]

    def _keyed(self, what: str, text: str) -> bytes:
        return hmac.new(
            self.pepper, f"court-kiosk/asking/1\0{what}\0{text}".encode("utf-8", "replace"), hashlib.sha256
        ).digest()

    def _note(self, about: str, outcome: str) -> None:
        Audit(self.db, self.clock).note(AuditEvent.PROGRESS_ASKED, actor="person", object=about, outcome=outcome)


def _own(answers: Mapping[str, Any]) -> Iterator[str]:
    """The last four of every number of the side that filed."""
    for side in OWN_SIDE:
        for number in _numbers(answers.get(side)):
            if len(number) >= LAST:
                yield number.strip().upper()[-LAST:]


def _numbers(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        for name, inner in node.items():
            if name in NUMBERS and isinstance(inner, str):
                yield inner
            else:
                yield from _numbers(inner)
    elif isinstance(node, list | tuple):
        for inner in node:
            yield from _numbers(inner)


def _query_code(row: FilingRow) -> str:
    return query_code(row.ticket_number, row.content_sm3[:DIGEST_DIGITS])


def _failure(tries: TryRow) -> Failure:
    return Failure(tries.failures, tries.set_at, tries.boot_id, tries.mono_ms)
