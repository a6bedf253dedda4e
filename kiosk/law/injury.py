"""Injury sums by the interpretation of 2022: estimates over a province's yearly figures, which are settings.

Without a figure for the day nothing is computed. The share of a disability grade (grade 1 all, each grade a tenth
less) is the practice of the courts and stands in no text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kiosk.errors import KioskBug
from kiosk.law.money import to_fen
from kiosk.law.shapes import InjuryYear
from kiosk.law.tables import Tables

YEARS = 20
FUNERAL_MONTHS = 6
FULL_AGE = 18

# Compulsory motor insurance since 2020-09-19 (secondary sources): with liability, without.
COMPULSORY = {
    "death_disability": (Decimal(180_000), Decimal(18_000)),
    "medical": (Decimal(18_000), Decimal(1_800)),
    "property": (Decimal(2_000), Decimal(100)),
}


@dataclass(frozen=True, slots=True)
class Dependant:
    age: int  # full years on the day that counts
    supporters: int = 1  # persons who owe support, the injured one among them
    unable: bool = False  # an adult without capacity for work and without other income


def figures(day: date, tables: Tables) -> InjuryYear | None:
    """The statistics in use on a day; None where the province has not set them."""
    found = None
    for row in tables.court.injury_years:
        if row.since <= day and (found is None or row.since > found.since):
            found = row
    return found


def years_counted(age: int) -> int:
    """20 years, one less for each year above 60, 5 from 75 (interpretation arts.12, 15)."""
    if age >= 75:
        return 5
    return YEARS - max(0, age - 60)


def share_of_grade(grade: int) -> Decimal:
    """Practice: grade 1 is 100 %, grade 10 is 10 %."""
    if not 1 <= grade <= 10:
        raise KioskBug("a disability grade is 1 to 10")
    return Decimal(11 - grade) / 10


def disability_compensation(income: Decimal, age: int, share: Decimal) -> Decimal:
    """Urban disposable income per head of the court's seat, times years, times the share of ability lost (art.12)."""
    return to_fen(income * years_counted(age) * share)


def death_compensation(income: Decimal, age: int) -> Decimal:
    """Urban disposable income per head times years (art.15)."""
    return to_fen(income * years_counted(age))


def funeral(monthly_wage: Decimal) -> Decimal:
    """The average monthly wage of the year before, times six (art.14)."""
    return to_fen(monthly_wage * FUNERAL_MONTHS)


def support_years(one: Dependant) -> int:
    """A minor to 18; an adult unable to work 20 years, one less for each above 60, 5 from 75 (art.17)."""
    if one.age < FULL_AGE:
        return FULL_AGE - one.age
    return years_counted(one.age) if one.unable else 0


def dependants_living(consumption: Decimal, dependants: Sequence[Dependant], share: Decimal = Decimal(1)) -> Decimal:
    """Living costs of dependants: each one's part, year by year; a year's total never above urban consumption (art.17).

    `share` is the share of ability lost; 1 after a death.
    """
    if any(one.supporters < 1 or one.age < 0 for one in dependants):
        raise KioskBug("a dependant has at least one supporter and an age")
    total = Decimal(0)
    for year in range(max((support_years(one) for one in dependants), default=0)):
        parts = [1 / Decimal(one.supporters) for one in dependants if support_years(one) > year]
        total += min(Decimal(1), sum(parts, Decimal(0)) * share) * consumption
    return to_fen(total)


def compulsory_limit(kind: str, liable: bool) -> Decimal:
    """What the compulsory motor policy pays at most of a kind of loss."""
    if kind not in COMPULSORY:
        raise KioskBug(f"the compulsory policy has no limit of the kind {kind}")
    return COMPULSORY[kind][0 if liable else 1]
