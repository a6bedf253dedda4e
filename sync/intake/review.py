"""What the court decides about a filing, along the arrows of the life of a filing and no others.

Each decision is one signed notice in the mailbox of the kiosk that filed. The kiosk never decides any of this; here it
is a person of the court, named with every step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.errors import KioskTrouble
from kiosk.filings.envelope import WORD
from kiosk.filings.status import COURT_TOLD, LIFE_ARROWS, Life
from kiosk.filings.told import DOCKETED, NoticeWrong
from sync.intake.mailbox import Mailboxes
from sync.intake.tables import Row, Tables

SHOWN = "court_code, filing_id, rev, kiosk_id, receipt_number, received_at, ticket_time"
# What a notice of these states must say, or the person at the screen would not know what to do.
NEEDED = {
    Life.CORRECTION_REQUIRED: ("items", "due"),
    Life.REFUSED: ("reason",),
    Life.RETURNED: ("reason",),
    Life.REDIRECTED: ("reason", "place"),
    Life.MEDIATION_OFFERED: ("place",),
    Life.DOCKETED: ("docket",),
    Life.FEE_PENDING: ("due",),
}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One filing as the court's people see it in a list."""

    court_code: str
    filing_id: str
    rev: int
    kiosk_id: str
    receipt_number: str
    received_at: str
    ticket_time: str
    state: Life
    decided_at: str  # "" before the first decision


@dataclass(frozen=True, slots=True)
class Review:
    """Belongs to one thread."""

    tables: Tables
    mailboxes: Mailboxes

    def filings(self, state: Life | None = None) -> tuple[Reviewed, ...]:
        """The newest revision of every filing, the one that has waited longest first."""
        rows = self.tables.all(f"SELECT {SHOWN} FROM filing ORDER BY received_at, receipt_number, rev")  # noqa: S608
        newest = {(row[0], row[1]): row for row in rows}
        told = {
            (court, filing): (Life(word), at)
            for court, filing, word, at in self.tables.all(
                "SELECT court_code, filing_id, court_state, at FROM notice ORDER BY notice_no"
            )
        }
        found = (_reviewed(row, *told.get(name, (Life.RECEIVED, ""))) for name, row in newest.items())
        return tuple(one for one in found if state is None or one.state is state)

    def find(self, name: str) -> Reviewed:
        """The one filing whose id or receipt number begins like this, or a trouble."""
        found = [one for one in self.filings() if one.filing_id.startswith(name) or one.receipt_number.startswith(name)]
        if len(found) != 1 or not name:
            raise KioskTrouble("intake.filing_not_found", filing=name)
        return found[0]

    def decide(self, name: str, state: Life, content: Mapping[str, Any], by: str) -> int:
        """Write the notice; its number. A trouble for a step the law does not have, or one that leaves people guessing."""
        if not WORD.fullmatch(by):
            raise KioskTrouble("intake.nobody_decides")
        with self.tables.atomic():
            self.tables.take_turn(self.find(name).court_code)
            filing = self.find(name)
            if state not in next_states(filing.state):
                raise KioskTrouble("intake.no_such_step", before=filing.state.value, after=state.value)
            missing = [part for part in NEEDED.get(state, ()) if not content.get(part)]
            if missing:
                raise KioskTrouble("intake.notice_incomplete", missing=", ".join(missing), state=state.value)
            said = dict(content)
            if said.get("docket"):
                if state not in DOCKETED:
                    raise KioskTrouble("intake.notice_wrong", fault="docket")
                said["docket"] = {**said["docket"], "filing_id": filing.filing_id, "state": state.value}
            try:
                return self.mailboxes.write_notice(
                    filing.court_code, filing.kiosk_id, filing.filing_id, filing.rev, state, said, by
                )
            except NoticeWrong as wrong:
                raise KioskTrouble("intake.notice_wrong", fault=wrong.fault.value) from wrong


def _reviewed(row: Row, state: Life, decided_at: str) -> Reviewed:
    court_code, filing_id, rev, kiosk_id, receipt_number, received_at, ticket_time = row
    return Reviewed(
        court_code, filing_id, int(rev), kiosk_id, receipt_number, received_at, ticket_time, state, decided_at
    )


def next_states(state: Life) -> frozenset[Life]:
    """Where the arrows lead from here; what a litigant or mediator did is entered by the court."""
    return frozenset(arrow.end for arrow in LIFE_ARROWS if arrow.start is state and arrow.end in COURT_TOLD)
