"""The limitation period: a warning, never a gate. A court must take a late suit and may not raise it itself
(Civil Code art.193, JI art.219)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum

from kiosk.errors import KioskBug
from kiosk.law.calendar import add_months, deadline
from kiosk.law.shapes import LimitationRule
from kiosk.law.tables import Tables

NEAR_DAYS = 30
SUSPENSION_MONTHS = 6  # Civil Code art.194
STARTS = frozenset(("knew", "last_instalment", "grace_end", "victim_18", "agency_end", "employment_end", "given"))


class Standing(StrEnum):
    RUNNING = "running"
    NEAR = "near"  # ends within the court's days: a person whose court line is down goes to a window for a receipt
    PAST = "past"
    UNKNOWN = "unknown"  # no day to count from
    NOT_RUNNING = "not_running"  # wages while still employed; an obstacle that has not ended


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What kept the creditor from suing: force majeure, no statutory agent, no heir, controlled by the obligor."""

    start: date
    end: date | None  # None: it still stands


@dataclass(frozen=True, slots=True)
class Limitation:
    standing: Standing
    last_day: date | None
    law: str


def rule(rule_id: str, tables: Tables) -> LimitationRule:
    for row in tables.limitation.rows:
        if row.id == rule_id:
            return row
    raise KioskBug(f"no limitation rule {rule_id}")


def limitation(
    rule_id: str,
    start: date | None,
    today: date,
    tables: Tables,
    *,
    harmed: date | None = None,
    interruptions: Iterable[date] = (),
    obstacle: Obstacle | None = None,
) -> Limitation:
    """The standing on a day, counted from the fact the rule names (`LimitationRule.start`).

    An interruption starts the period anew if it came while the period ran (Civil Code art.195). `harmed` is the day
    of the harm itself: where the rule has a longest period, 20 years from it end everything (art.188(2)).
    """
    row = rule(rule_id, tables)
    if start is None:
        standing = Standing.NOT_RUNNING if row.start == "employment_end" else Standing.UNKNOWN
        return Limitation(standing, None, row.law)
    last = last_day(row, start, tables, interruptions)
    if obstacle is not None and obstacle.start <= last:
        if obstacle.end is None:
            return Limitation(Standing.NOT_RUNNING, None, "Civil Code art.194")
        if obstacle.end >= add_months(last, -SUSPENSION_MONTHS):
            last = max(last, deadline(obstacle.end, SUSPENSION_MONTHS, "month", tables))
    if harmed is not None and row.longest_years:
        last = min(last, deadline(harmed, row.longest_years, "year", tables))
    return Limitation(standing_on(today, last, tables), last, row.law)


def standing_on(today: date, last: date, tables: Tables) -> Standing:
    if today > last:
        return Standing.PAST
    return Standing.NEAR if (last - today).days <= tables.court.near_limitation_days else Standing.RUNNING


def last_day(row: LimitationRule, start: date, tables: Tables, interruptions: Iterable[date] = ()) -> date:
    """The last day after every interruption that came in time; one that came too late changes nothing."""
    last = deadline(start, row.years, "year", tables)
    for day in sorted(interruptions):
        if day <= last:
            last = max(last, deadline(day, row.years, "year", tables))
    return last


def eighteenth_birthday(birth: date) -> date:
    """From this day a minor's claim for sexual abuse runs (Civil Code art.191)."""
    if birth.year + 18 > MAXYEAR:
        raise KioskBug("a birthday leaves the calendar")
    try:
        return birth.replace(year=birth.year + 18)
    except ValueError:
        return date(birth.year + 18, 3, 1)  # born on 29 February


def is_subject(claim: str, tables: Tables) -> bool:
    """False for the claims limitation does not touch: support, deposits, return of real estate and others."""
    return claim not in {row.id for row in tables.limitation.not_subject}


def loan_start(due: date | None, last_payment: date | None, last_demand: date | None) -> date | None:
    """Private lending counts from the due day; a demand or a part payment starts it anew (Civil Code art.195).

    Without a due day nothing runs until the creditor asked and the time given is over: then the last demand counts.
    """
    known = [day for day in (due, last_payment, last_demand) if day is not None]
    return max(known) if known else None
