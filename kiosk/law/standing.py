"""How far the tables of the law know the world: what is current, what ends soon, what is out of date.

A rule that hangs on a table answers "unknown from …" by itself; this is the list for the readiness check, the clerk
and the notes of a form, so that nobody has to meet the gap by accident.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kiosk.law import calendar, injury, lpr, small_claims
from kiosk.law.tables import Tables

SOON = timedelta(days=45)  # a period of a month begun now may reach behind the end
NAMES = ("lpr", "holidays", "small_claims", "injury")


class Known(StrEnum):
    CURRENT = "current"
    ENDS_SOON = "ends_soon"
    OUT_OF_DATE = "out_of_date"
    NOT_SET = "not_set"  # a court's own figures, never entered


@dataclass(frozen=True, slots=True)
class TableStanding:
    name: str  # one of `NAMES`
    known: Known
    unknown_from: date | None  # the first day the table knows nothing about

    @property
    def key(self) -> str:
        """The wording of this standing; its place is `{day}`."""
        return f"law.table.{self.name}.{self.known}"


def tables_standing(tables: Tables, today: date, province: str = "") -> tuple[TableStanding, ...]:
    """Every dated table on this day; `province` is the court's area code, for the lines that differ by province."""
    return (
        _until("lpr", lpr.unknown_from(tables), today, timedelta(0)),
        _until("holidays", calendar.unknown_from(tables), today, SOON),
        _small_claims(tables, today, province),
        _injury(tables, today),
    )


def is_current(name: str, day: date, tables: Tables, province: str = "") -> bool:
    """Whether a table can answer for this day."""
    match name:
        case "lpr":
            return lpr.is_certain(day, tables)
        case "holidays":
            return calendar.is_certain(day, tables)
        case "small_claims":
            row = small_claims.line_for(province, day, tables)
            return row is not None and small_claims.is_fresh(row, day)
        case "injury":
            return injury.figures(day, tables) is not None
        case _:
            return False


def unknown_from(name: str, tables: Tables) -> date | None:
    return {"lpr": lpr.unknown_from, "holidays": calendar.unknown_from}[name](tables) if name in NAMES[:2] else None


def _until(name: str, end: date, today: date, warn: timedelta) -> TableStanding:
    if today >= end:
        return TableStanding(name, Known.OUT_OF_DATE, end)
    return TableStanding(name, Known.ENDS_SOON if today + warn >= end else Known.CURRENT, end)


def _small_claims(tables: Tables, today: date, province: str) -> TableStanding:
    row = small_claims.line_for(province, today, tables) if province else None
    if row is None:
        return TableStanding("small_claims", Known.NOT_SET, None)
    return _until("small_claims", row.since + small_claims.FRESH + timedelta(days=1), today, timedelta(0))


def _injury(tables: Tables, today: date) -> TableStanding:
    row = injury.figures(today, tables)
    if row is None:
        return TableStanding("injury", Known.NOT_SET, None)
    return _until("injury", row.since + small_claims.FRESH + timedelta(days=1), today, timedelta(0))
