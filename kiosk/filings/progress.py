"""How a filing stands, for the person who handed it in and could say a number in it. No name and no claim is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.filings.notice import NoticeContent
from kiosk.filings.status import Life
from kiosk.ids import TicketNumber


@dataclass(frozen=True, slots=True)
class Progress:
    ticket_number: TicketNumber
    state: Life | None  # None: the court said something this program does not know; a window does
    ticket_time: datetime
    received_at: datetime | None  # the court's time, out of its signed receipt
    receipt_number: str
    case_number: str
    said: NoticeContent  # the court's newest notice, where it is kept


@dataclass(frozen=True, slots=True)
class NotTold:
    """One answer for everything that does not fit: no such number, other digits, too old. Or: wait first."""

    wait_seconds: int = 0
