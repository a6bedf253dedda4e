"""The small-claims procedure (CPL arts.165-166, JI art.272): whether it is likely, for a notice only.

Lines differ by province and year; a province without a row answers None and nothing is said about it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from kiosk.law.tables import SmallClaimsRow, Tables

EXCLUDED_KINDS = frozenset(("personal_status", "foreign", "appraisal", "missing_party", "counterclaim", "other"))


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


def small_claims(
    amount: Decimal, province: str, day: date, tables: Tables, excluded: frozenset[str] = frozenset()
) -> SmallClaims | None:
    row = line_for(province, day, tables)
    if row is None:
        return None
    if excluded & EXCLUDED_KINDS or amount > row.by_agreement_up_to:
        return SmallClaims.NOT_AVAILABLE
    return SmallClaims.MANDATORY if amount <= row.mandatory_up_to else SmallClaims.BY_AGREEMENT


def lines_of(average_wage: Decimal) -> tuple[Decimal, Decimal]:
    """Half the average wage, half a yuan upwards, and twice the wage: for a court that enters its own year."""
    return (average_wage / 2).quantize(Decimal(1), rounding="ROUND_HALF_UP"), average_wage * 2
