"""Counting periods (Civil Code arts.201-203, CPL art.85).

The day of the event does not count; months and years end on the corresponding day, else on the month's last; a last
day that is a holiday moves to the next working day. Adjusted working Saturdays are working days. The time a posted
paper travels is not counted.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta

from kiosk.errors import KioskBug
from kiosk.law.tables import Tables

UNITS = ("day", "month", "year", "working_day")
LONGEST = 100 * 366


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a period. Without the holiday notice of that year `last` counts weekends only and may be wrong."""

    raw: date
    last: date
    certain: bool

    @property
    def safe(self) -> date:
        """A day that is never too late: where holidays are unknown, the last day before any is allowed for."""
        return self.last if self.certain else self.raw


# The holidays that stand on the same day every year (全国年节及纪念日放假办法 art.2; 2 May since 2025). The notice of a
# year moves working days around them and adds those of the lunar calendar.
FIXED = frozenset(((1, 1), (5, 1), (10, 1), (10, 2), (10, 3)))
SECOND_OF_MAY_SINCE = 2025


def is_working_day(day: date, tables: Tables) -> bool:
    """By the holiday notice where one is known, else Monday to Friday without the holidays that never move."""
    off = tables.days_off.get(day)
    return day.weekday() < 5 and not is_fixed_holiday(day) if off is None else not off


def is_fixed_holiday(day: date) -> bool:
    at = (day.month, day.day)
    return at in FIXED or (at == (5, 2) and day.year >= SECOND_OF_MAY_SINCE)


def is_certain(day: date, tables: Tables) -> bool:
    """False in a year whose holiday notice is not in the table."""
    return day.year in tables.holidays.years


def unknown_from(tables: Tables) -> date:
    """The first day after the last year whose holiday notice is known."""
    return date(max(tables.holidays.years) + 1, 1, 1)


def add_months(day: date, months: int) -> date:
    """The corresponding day, else the last of that month."""
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    if not 1 <= year <= MAXYEAR:
        raise KioskBug("a period leaves the calendar")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add(day: date, length: int, unit: str) -> date:
    """The last day of a period of days, months or years, holidays not looked at."""
    if unit not in UNITS or unit == "working_day":
        raise KioskBug(f"a period has no unit {unit}")
    if unit == "day":
        if not 0 <= day.toordinal() + length - 1 < date.max.toordinal():
            raise KioskBug("a period leaves the calendar")
        return day + timedelta(days=length)
    return add_months(day, length * 12 if unit == "year" else length)


def period(event: date, length: int, unit: str, tables: Tables) -> Deadline:
    """The last day of a period that begins with an event, and whether every day looked at was known."""
    if not 0 <= length <= LONGEST or event.year > MAXYEAR - 250:
        raise KioskBug("a period of no sensible length")
    if unit == "working_day":
        return _working_days(event, length, tables)
    raw = day = add(event, length, unit)
    certain = is_certain(day, tables)
    while not is_working_day(day, tables):
        day += timedelta(days=1)
        certain = certain and is_certain(day, tables)
    return Deadline(raw, day, certain)


def _working_days(event: date, length: int, tables: Tables) -> Deadline:
    day, left, certain = event, length, True
    while left:
        day += timedelta(days=1)
        certain = certain and is_certain(day, tables)
        left -= is_working_day(day, tables)
    return Deadline(day, day, certain)


def deadline(event: date, length: int, unit: str, tables: Tables) -> date:
    """The last day on which the thing can safely be done."""
    return period(event, length, unit, tables).safe


def procedure(period_id: str, event: date, tables: Tables) -> Deadline | None:
    """The end of a step of the procedure by its id in the table; None for those counted in hours."""
    row = next((row for row in tables.limitation.procedure if row.id == period_id), None)
    if row is None:
        raise KioskBug(f"no period of procedure {period_id}")
    return None if row.unit == "hour" else period(event, row.length, row.unit, tables)


def hours_after(moment: datetime, hours: int) -> datetime:
    """A period in hours: the hour it begins in does not count (CPL art.85)."""
    begun = moment.replace(minute=0, second=0, microsecond=0)
    return (begun if begun == moment else begun + timedelta(hours=1)) + timedelta(hours=hours)


def in_time(last: date, handed_in: date | None = None, posted: date | None = None) -> bool:
    """Handed in by the last day, or posted by it: travel time does not count (CPL art.85)."""
    return any(day is not None and day <= last for day in (handed_in, posted))


def age_on(birth: date, day: date) -> int:
    """Full years; someone born on 29 February turns a year older on 1 March of other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
