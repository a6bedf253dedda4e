"""The loan prime rate (LPR): what it was on a day, four times it, and interest. Rates are percent a year.

The table knows the months it has seen. A day after the next announcement is `Unknown`, never the last rate repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kiosk.law.money import to_fen
from kiosk.law.tables import Tables

CAP_TIMES = 4  # private lending (rules arts.25, 29)
FIRST = date(2019, 8, 20)  # no LPR before
ANNOUNCED_ON = 20  # of each month, or the next working day
PER_YEAR = {"year": 1, "quarter": 4, "month": 12}


@dataclass(frozen=True, slots=True)
class Rate:
    one_year: Decimal
    five_year: Decimal
    since: date

    @property
    def cap(self) -> Decimal:
        return self.one_year * CAP_TIMES


@dataclass(frozen=True, slots=True)
class NoRate:
    """No LPR existed yet."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A later announcement may stand: unknown from this day; `last` is what was known before."""

    since: date
    last: Rate


def rate(day: date, tables: Tables) -> Rate | NoRate | Unknown:
    """The rates last published on or before this day."""
    found = None
    for row in tables.lpr.rows:
        if row.since > day:
            break
        found = Rate(row.one_year, row.five_year, row.since)
    if found is None:
        return NoRate()
    return found if day < unknown_from(tables) else Unknown(unknown_from(tables), found)


def unknown_from(tables: Tables) -> date:
    """The day of the first announcement that the table has not seen."""
    seen = tables.lpr.known_to
    return (seen.replace(day=1) + timedelta(days=32)).replace(day=ANNOUNCED_ON)


def is_certain(day: date, tables: Tables) -> bool:
    return day < unknown_from(tables)


def rate_on(day: date, tables: Tables) -> Decimal | None:
    """The one-year rate; None when there was none or the table does not know."""
    found = rate(day, tables)
    return found.one_year if isinstance(found, Rate) else None


def cap_on(day: date, tables: Tables) -> Decimal | None:
    """Four times the one-year rate of a contract formed on this day; None when there was none or nobody knows."""
    found = rate(day, tables)
    return found.cap if isinstance(found, Rate) else None


def last_known(day: date, tables: Tables) -> Decimal | None:
    """The newest one-year rate the table has for this day, also where a later one may stand: for a note only."""
    match rate(day, tables):
        case Rate() as found:
            return found.one_year
        case Unknown() as unknown:
            return unknown.last.one_year
        case _:
            return None


def year_rate(rate_agreed: Decimal, unit: str) -> Decimal | None:
    """The rate a year of a rate agreed by `year`, `quarter` or `month`."""
    times = PER_YEAR.get(unit)
    return None if times is None else rate_agreed * times


def days_counted(start: date, end: date) -> int:
    """The first day does not count, the last does (Civil Code art.201). Nothing runs backwards."""
    return max(0, (end - start).days)


def interest(principal: Decimal, rate_a_year: Decimal, start: date, end: date, day_basis: int = 365) -> Decimal:
    """Simple interest by days over a year of 365, or 360 as banks often count: a setting of the court."""
    return to_fen(exact_interest(principal, rate_a_year, start, end, day_basis))


def exact_interest(principal: Decimal, rate_a_year: Decimal, start: date, end: date, day_basis: int) -> Decimal:
    return principal * rate_a_year * days_counted(start, end) / (100 * day_basis)


def floating_interest(
    principal: Decimal, start: date, end: date, tables: Tables, times: Decimal = Decimal(1), day_basis: int = 365
) -> Decimal | None:
    """Interest at the one-year LPR of each stretch between announcements, times a factor; None where unknown.

    The day of an announcement is the first at the new rate.
    """
    if end <= start:
        return Decimal("0.00")
    changes = [row.since - timedelta(days=1) for row in tables.lpr.rows if start + timedelta(days=1) < row.since <= end]
    total = Decimal(0)
    for begin, stop in zip([start, *changes], [*changes, end], strict=True):
        found = rate(begin + timedelta(days=1), tables)
        if not isinstance(found, Rate):
            return None
        total += exact_interest(principal, found.one_year * times, begin, stop, day_basis)
    return to_fen(total) if is_certain(end, tables) else None
