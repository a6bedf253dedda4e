"""What the court told about a filing. Values of this module are made from verified signed messages and from nothing else.

The kiosk never makes up a receipt number, a case number, a fee or a state: papers that show one take it from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import msgspec

from kiosk.errors import KioskBug
from kiosk.filings.status import Life, told
from kiosk.ids import FilingId
from kiosk.law import identity
from kiosk.law.verdict import Wrong

MOST_BYTES = 64 * 1024
MOST_PARTIES = 200
LONGEST = 500


@dataclass(frozen=True, slots=True)
class CourtReceipt:
    """The court's signed receipt (FR art.2, JI art.208): it has the complaint, with the date. Not yet docketed."""

    filing_id: FilingId
    receipt_number: str
    received_at: datetime  # UTC, the court's clock

    def __post_init__(self) -> None:
        if not self.receipt_number or self.received_at.tzinfo is None:
            raise KioskBug("a receipt that no court gave")


@dataclass(frozen=True, slots=True)
class Party:
    side: str  # plaintiff, defendant or third_party
    name: str = field(repr=False)
    person: bool


@dataclass(frozen=True, slots=True)
class DocketNotice:
    """受理案件通知书/交费通知, as the court returned it. What it did not say is empty."""

    filing_id: FilingId
    state: Life
    case_number: str
    cause: str
    parties: tuple[Party, ...]
    docketed_on: date
    division: str
    fee: Decimal | None
    fee_due: date | None
    payment_code: str
    evidence_notice: str


class NoticeFault(StrEnum):
    TOO_LONG = "too long"
    NOT_A_NOTICE = "not a notice"
    NOT_THE_COURTS_WORD = "not the court's word"  # a state that only the kiosk sets
    NOT_DOCKETED = "not docketed"  # a state in which there is no case number yet
    CASE_NUMBER = "case number"
    FEE = "fee"


class NoticeWrong(ValueError):
    """A notice that cannot be shown. Holds nothing that stood in it."""

    def __init__(self, fault: NoticeFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


DOCKETED = frozenset(
    {Life.DOCKETED, Life.FEE_PENDING, Life.FEE_RELIEF_REVIEW, Life.FEE_PAID, Life.DEEMED_WITHDRAWN, Life.TRANSFERRED}
)
_Text = Annotated[str, msgspec.Meta(max_length=LONGEST)]


class _Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    side: Annotated[str, msgspec.Meta(pattern="^(plaintiff|defendant|third_party)$")]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    person: bool


class _Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    filing_id: Annotated[str, msgspec.Meta(pattern="^[0-9a-f-]{36}$")]
    state: _Text
    case_number: _Text
    cause: _Text
    parties: Annotated[tuple[_Party, ...], msgspec.Meta(min_length=1, max_length=MOST_PARTIES)]
    docketed_on: date
    division: _Text = ""
    fee: _Text = ""
    fee_due: date | None = None
    payment_code: _Text = ""
    evidence_notice: Annotated[str, msgspec.Meta(max_length=4 * LONGEST)] = ""


def read_docket_notice(body: bytes) -> DocketNotice:
    """The notice in a message whose signature was verified, or `NoticeWrong`."""
    if len(body) > MOST_BYTES:
        raise NoticeWrong(NoticeFault.TOO_LONG)
    try:
        found = msgspec.json.decode(body, type=_Notice)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NoticeWrong(NoticeFault.NOT_A_NOTICE) from None
    state = told(found.state)
    if state is None:
        raise NoticeWrong(NoticeFault.NOT_THE_COURTS_WORD)
    if state not in DOCKETED:
        raise NoticeWrong(NoticeFault.NOT_DOCKETED)
    number = identity.check("case_no", found.case_number)
    if isinstance(number, Wrong):
        raise NoticeWrong(NoticeFault.CASE_NUMBER)
    return DocketNotice(
        filing_id=FilingId(found.filing_id),
        state=state,
        case_number=number.text,
        cause=found.cause,
        parties=tuple(Party(one.side, one.name, one.person) for one in found.parties),
        docketed_on=found.docketed_on,
        division=found.division,
        fee=_fee(found.fee),
        fee_due=found.fee_due,
        payment_code=found.payment_code,
        evidence_notice=found.evidence_notice,
    )


def _fee(text: str) -> Decimal | None:
    """Yuan with two decimals as messages write them; empty when the court named no fee."""
    if not text:
        return None
    whole, dot, rest = text.partition(".")
    if not (text.isascii() and whole.isdigit() and len(whole) <= 12 and dot and rest.isdigit() and len(rest) == 2):
        raise NoticeWrong(NoticeFault.FEE)
    return Decimal(text)
