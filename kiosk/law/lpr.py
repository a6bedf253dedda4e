"""The loan prime rate and what it allows: the cap of private lending is four times the one-year rate.

Rules of the Supreme People's Court on private lending, arts.25, 28, 29 and 31. Rates are percent a year.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kiosk.law.money import to_fen
from kiosk.law.tables import Tables

CAP_TIMES = 4
NEW_RULES = date(2020, 8, 20)  # contracts formed earlier: see `cap_for`
PER_YEAR = {"year": 1, "quarter": 4, "month": 12}


def rate_on(day: date, tables: Tables) -> Decimal | None:
    """The one-year rate last published on or before this day; None before 2019-08-20."""
    found = None
    for row in tables.lpr.rows:
        if row.since > day:
            break
        found = row.one_year
    return found


def cap_on(day: date, tables: Tables) -> Decimal | None:
    """Four times the one-year rate of a contract formed on this day; None when no rate existed yet."""
    rate = rate_on(day, tables)
    return None if rate is None else rate * CAP_TIMES


def cap_for(contract: date, filing: date, tables: Tables) -> Decimal | None:
    """The cap for interest from 2020-08-20 on: an older contract takes the rate of the day of suit (art.31)."""
    return cap_on(filing if contract < NEW_RULES else contract, tables)


def is_certain(day: date, tables: Tables) -> bool:
    """False when a later announcement may exist that the shipped table has not seen."""
    return day <= tables.lpr.known_to


def year_rate(rate: Decimal, unit: str) -> Decimal | None:
    """The rate a year of a rate agreed by `year`, `quarter` or `month`."""
    times = PER_YEAR.get(unit)
    return None if times is None else rate * times


def interest(principal: Decimal, rate: Decimal, start: date, end: date, day_basis: int = 365) -> Decimal:
    """Simple interest; the first day does not count, the last does. Nothing runs backwards."""
    days = max(0, (end - start).days)
    return to_fen(principal * rate / 100 * days / day_basis)
