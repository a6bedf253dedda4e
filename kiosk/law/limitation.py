"""The limitation period: a warning, never a gate. A court must take a late suit and may not raise it itself
(Civil Code art.193, JI art.219)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.errors import KioskBug
from kiosk.law.calendar import deadline
from kiosk.law.tables import LimitationRule, Tables

NEAR_DAYS = 30


class Standing(StrEnum):
    RUNNING = "running"
    NEAR = "near"  # ends within `NEAR_DAYS`: a person whose court line is down goes to a window for a paper receipt
    PAST = "past"
    UNKNOWN = "unknown"  # no day to count from


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


def limitation(rule_id: str, start: date | None, today: date, tables: Tables) -> Limitation:
    """Counted from the day the creditor knew, or from the last interruption if that is later."""
    row = rule(rule_id, tables)
    if start is None:
        return Limitation(Standing.UNKNOWN, None, row.law)
    last = deadline(start, row.years, "year", tables)
    if today > last:
        standing = Standing.PAST
    else:
        standing = Standing.NEAR if (last - today).days <= NEAR_DAYS else Standing.RUNNING
    return Limitation(standing, last, row.law)


def loan_start(due: date | None, last_payment: date | None, last_demand: date | None) -> date | None:
    """Private lending counts from the due day; a demand or a part payment starts it anew (Civil Code art.195).

    Without a due day nothing runs until the creditor asked and the time given is over: then the last demand counts.
    """
    known = [day for day in (due, last_payment, last_demand) if day is not None]
    return max(known) if known else None
