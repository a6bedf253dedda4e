"""The small-claims procedure (CPL arts.165-166, JI art.272): whether it is likely, for a notice only.

Lines differ by province and year. A province without a row, a day before its first, or a row so old that a newer
notice must stand, is not known, and nothing is said about it.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from kiosk.law.shapes import SmallClaimsRow
from kiosk.law.tables import Tables

EXCLUDED_KINDS = frozenset(("personal_status", "foreign", "appraisal", "missing_party", "counterclaim", "other"))
FRESH = timedelta(days=400)  # averages come once a year


class SmallClaims(StrEnum):
    MANDATORY = "mandatory"
    BY_AGREEMENT = "by_agreement"
    NOT_AVAILABLE = "not_available"


def line_for(province: str, day: date, tables: Tables) -> SmallClaimsRow | None:
    """The row in force on this day; `province` is a region code, of which the first two digits count."""
    found = None
    for row in tables.small_claims.rows:
        if row.province[:2] == province[:2] and row.since <= day and (found is None or row.since > found.since):
            found = row
    return found


def is_fresh(row: SmallClaimsRow, day: date) -> bool:
    """False when a newer yearly notice must have come out since."""
    return day - row.since <= FRESH


def small_claims(
    amount: Decimal | None, province: str, day: date, tables: Tables, excluded: frozenset[str] = frozenset()
) -> SmallClaims | None:
    """By the line of the day; None where no line is known. Excluded kinds have it at no sum (CPL art.166)."""
    if excluded & EXCLUDED_KINDS or amount is None:
        return SmallClaims.NOT_AVAILABLE
    row = line_for(province, day, tables)
    if row is None:
        return None
    if amount > row.by_agreement_up_to:
        return SmallClaims.NOT_AVAILABLE
    return SmallClaims.MANDATORY if amount <= row.mandatory_up_to else SmallClaims.BY_AGREEMENT


def lines_of(average_wage: Decimal) -> tuple[Decimal, Decimal]:
    """Half the average wage, half a yuan upwards, and twice the wage: for a court that enters its own year."""
    return (average_wage / 2).quantize(Decimal(1), rounding=ROUND_HALF_UP), average_wage * 2
