"""What interest a private loan may bear (private-lending rules arts.24-31). Percent a year; None where nobody knows.

The cap takes in agreed interest, overdue interest, penalties and other fees together (art.29). It does not bind
licensed lenders and the seven kinds of local financial organisations (reply of 2020).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from kiosk.law import lpr
from kiosk.law.money import to_fen
from kiosk.law.tables import Tables

NEW_RULES = date(2020, 8, 20)
OLD_PROTECTED = Decimal(24)  # what a court awarded under the old rules
OLD_PAID = Decimal(36)  # what was paid up to here stayed paid under the old rules


class Line(StrEnum):
    OLD = "old_rules"  # 24 %, when the party asks for it
    CONTRACT = "lpr_at_contract"
    SUIT = "lpr_at_suit"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the loan's life under one cap; `last` is None for as long as the money is out."""

    first: date
    last: date | None
    line: Line
    cap: Decimal | lpr.Unknown


def stretches(contract: date, suit: date, tables: Tables) -> tuple[Stretch, ...]:
    """The caps of a loan, in order (art.31).

    From 2020-08-20 on: four times the LPR when the contract was formed. An older contract sued on later takes the
    old 24 % up to 2020-08-19, if the party asks for it, and from then four times the LPR of the day of suit. A suit
    taken before that day stays wholly under the old rules.
    """
    if contract >= NEW_RULES:
        return (Stretch(contract, None, Line.CONTRACT, _cap(contract, tables)),)
    if suit < NEW_RULES:
        return (Stretch(contract, None, Line.OLD, OLD_PROTECTED),)
    return (
        Stretch(contract, NEW_RULES - timedelta(days=1), Line.OLD, OLD_PROTECTED),
        Stretch(NEW_RULES, None, Line.SUIT, _cap(suit, tables)),
    )


def cap_for(contract: date, suit: date, tables: Tables) -> Decimal | None:
    """The cap that counts today; None when the table does not know the LPR it hangs on."""
    cap = stretches(contract, suit, tables)[-1].cap
    return cap if isinstance(cap, Decimal) else None


def _cap(day: date, tables: Tables) -> Decimal | lpr.Unknown:
    found = lpr.rate(day, tables)
    if isinstance(found, lpr.Rate):
        return found.cap
    if isinstance(found, lpr.NoRate):
        raise AssertionError("the new rules are younger than the first LPR")
    return found


def protected_rate(agreed: Decimal, cap: Decimal) -> Decimal:
    """What of an agreed rate a court can award (art.25)."""
    return min(agreed, cap)


def protected_interest(
    principal: Decimal, agreed: Decimal, contract: date, start: date, end: date, suit: date, tables: Tables
) -> Decimal | None:
    """Interest from `start` to `end` at the agreed rate, in each stretch never above its cap."""
    total = Decimal(0)
    for stretch in stretches(contract, suit, tables):
        # The first day of a span does not count: the day before a stretch's first is where its counting begins.
        begin = max(start, stretch.first - timedelta(days=1)) if stretch.first > contract else start
        stop = end if stretch.last is None else min(end, stretch.last)
        if stop <= begin:
            continue
        if not isinstance(stretch.cap, Decimal):
            return None
        rate = protected_rate(agreed, stretch.cap)
        total += lpr.exact_interest(principal, rate, begin, stop, tables.court.day_basis)
    return to_fen(total)


def term_rate(agreed: Decimal | None, clear: bool, between_individuals: bool) -> Decimal | None:
    """The rate before the due day: none agreed, or unclear between individuals, is no interest (art.24).

    Unclear where one side is no individual: None, the court decides by custom and the deal.
    """
    if agreed is None:
        return Decimal(0) if clear or between_individuals else None
    return agreed


def overdue_rate(term: Decimal | None, overdue: Decimal | None, default: date, tables: Tables) -> Decimal | None:
    """The rate after the due day (art.28): the agreed one, else the term's, else the one-year LPR from default."""
    if overdue is not None:
        return overdue
    if term is not None and term > 0:
        return term
    return lpr.rate_on(default, tables)


def principal(lent: Decimal, deducted_up_front: Decimal) -> Decimal:
    """Interest kept back when the money was handed over is no principal (art.26)."""
    return max(Decimal(0), lent - max(Decimal(0), deducted_up_front))


def cap_applies(licensed_lender: bool) -> bool:
    return not licensed_lender
