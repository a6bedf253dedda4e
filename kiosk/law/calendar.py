"""Counting periods (Civil Code arts.201-203, CPL art.85).

The day of the event does not count; months and years end on the corresponding day, else on the month's last;
a last day that is a holiday moves to the next working day. Adjusted working Saturdays are working days.
"""

from __future__ import annotations

import calendar
from datetime import MAXYEAR, date, timedelta

from kiosk.errors import KioskBug
from kiosk.law.tables import Tables

UNITS = ("day", "month", "year")


def is_working_day(day: date, tables: Tables) -> bool:
    """By the holiday notice where one is known, else Monday to Friday."""
    off = tables.days_off.get(day)
    return day.weekday() < 5 if off is None else not off


def is_certain(day: date, tables: Tables) -> bool:
    """False in a year whose holiday notice is not in the table."""
    return day.year in tables.holidays.years


def add_months(day: date, months: int) -> date:
    """The corresponding day, else the last of that month."""
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    if not 1 <= year <= MAXYEAR:
        raise KioskBug("a period leaves the calendar")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add(day: date, length: int, unit: str) -> date:
    """The last day of a period, holidays not looked at."""
    if unit not in UNITS:
        raise KioskBug(f"a period has no unit {unit}")
    if unit == "day":
        return day + timedelta(days=length)
    return add_months(day, length * 12 if unit == "year" else length)


def deadline(event: date, length: int, unit: str, tables: Tables) -> date:
    """The last day on which the thing can still be done."""
    day = add(event, length, unit)
    while not is_working_day(day, tables):
        day += timedelta(days=1)
    return day


def age_on(birth: date, day: date) -> int:
    """Full years; someone born on 29 February turns a year older on 1 March of other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
