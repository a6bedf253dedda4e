"""The shipped tables, read once into frozen values; every table says where it is from and how sure it is.

`read_tables(resources.folder("tables"))` is the only reader. A table that is missing, too large or does not fit
its shape is a `KioskTrouble("law.table_unreadable")` that names the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.errors import KioskTrouble

LARGEST_FILE = 4 * 1024 * 1024


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    source: str
    confidence: str


class ListRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One row of a list that choices are made from. `en` may be empty: then people read the Chinese."""

    code: str
    zh: str
    en: str = ""
    parent: str = ""


class Court(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    code: str  # the court word of a case number, such as 京0105
    zh: str
    en: str
    level: str
    region: str
    confidence: str


class Cause(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    code: str
    zh: str
    en: str
    level: int
    parent: str = ""
    common: bool = False
    pack: str = ""


class Bracket(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    above: Decimal
    rate: Decimal


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A progressive scale: each rate counts for the part of the amount above its line."""

    law: str
    brackets: tuple[Bracket, ...]
    flat_up_to: Decimal = Decimal(0)
    flat: Decimal = Decimal(0)
    cap: Decimal | None = None


class FixedFee(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    kind: str
    fee: Decimal
    law: str


class BaseFee(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    kind: str
    least: Decimal
    most: Decimal
    law: str


class FeeTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    property: Scale
    divorce: Scale
    personality: Scale
    enforcement: Scale
    preservation: Scale
    fixed: tuple[FixedFee, ...]
    bases: tuple[BaseFee, ...]
    payment_order_parts: int
    bankruptcy_cap: Decimal


class LprRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"since": "from"}):
    since: date
    one_year: Decimal
    five_year: Decimal
    confidence: str


class LprTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    known_to: date  # later announcements were not seen: an answer after this day is a guess
    rows: tuple[LprRow, ...]


class DayOff(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    date: date
    zh: str
    off: bool  # False: a weekend day on which everybody works


class HolidayTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    years: tuple[int, ...]
    rows: tuple[DayOff, ...]


class SmallClaimsRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"since": "from"}):
    province: str
    since: date
    average_wage: Decimal
    mandatory_up_to: Decimal
    by_agreement_up_to: Decimal
    basis: str
    confidence: str


class SmallClaimsTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    law: str
    rows: tuple[SmallClaimsRow, ...]


class LimitationRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    years: int
    law: str
    longest_years: int = 0


class LimitationTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    rows: tuple[LimitationRule, ...]


class ListTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    rows: tuple[ListRow, ...]
    licence: str = ""
    as_of: str = ""


class CourtTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    rows: tuple[Court, ...]


class CauseTable(Table, frozen=True, forbid_unknown_fields=True, kw_only=True):
    rows: tuple[Cause, ...]


class Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    fees: FeeTable
    lpr: LprTable
    holidays: HolidayTable
    small_claims: SmallClaimsTable
    limitation: LimitationTable
    regions: ListTable
    ethnic_groups: ListTable
    courts: CourtTable
    causes: CauseTable

    @cached_property
    def lists(self) -> Mapping[str, tuple[ListRow, ...]]:
        """The lists a pack may name under `lists:`, in their order."""
        return {
            "regions": self.regions.rows,
            "ethnic_groups": self.ethnic_groups.rows,
            "courts": tuple(ListRow(code=row.code, zh=row.zh, en=row.en) for row in self.courts.rows),
            "causes": tuple(
                ListRow(code=row.code, zh=row.zh, en=row.en, parent=row.parent) for row in self.causes.rows
            ),
        }

    @cached_property
    def region_rows(self) -> Mapping[str, ListRow]:
        return {row.code: row for row in self.regions.rows}

    @cached_property
    def region_children(self) -> Mapping[str, tuple[ListRow, ...]]:
        children: dict[str, list[ListRow]] = {}
        for row in self.regions.rows:
            children.setdefault(row.parent, []).append(row)
        return {code: tuple(rows) for code, rows in children.items()}

    @cached_property
    def court_rows(self) -> Mapping[str, Court]:
        return {row.code: row for row in self.courts.rows}

    @cached_property
    def days_off(self) -> Mapping[date, bool]:
        return {row.date: row.off for row in self.holidays.rows}


T = TypeVar("T")


def read_tables(folder: Path) -> Tables:
    """Read every table of the folder, or say which file is at fault."""
    return Tables(
        fees=_read(folder, "fees", FeeTable),
        lpr=_read(folder, "lpr", LprTable, _ascending(lambda table: [row.since for row in table.rows])),
        holidays=_read(folder, "holidays", HolidayTable, _unique(lambda table: [row.date for row in table.rows])),
        small_claims=_read(folder, "small_claims", SmallClaimsTable),
        limitation=_read(folder, "limitation", LimitationTable, _unique(lambda table: [row.id for row in table.rows])),
        regions=_read(folder, "regions", ListTable, _unique_codes_and_parents),
        ethnic_groups=_read(folder, "ethnic_groups", ListTable, _unique_codes_and_parents),
        courts=_read(folder, "courts", CourtTable, _unique(lambda table: [row.code for row in table.rows])),
        causes=_read(folder, "causes", CauseTable, _unique(lambda table: [row.code for row in table.rows])),
    )


def _read(folder: Path, name: str, shape: type[T], holds: Callable[[T], bool] = lambda table: True) -> T:
    path = folder / f"{name}.json"
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise KioskTrouble("law.table_unreadable", file=path.name)
        table = msgspec.json.decode(path.read_bytes(), type=shape)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KioskTrouble("law.table_unreadable", file=path.name) from error
    if not holds(table):
        raise KioskTrouble("law.table_unreadable", file=path.name)
    return table


def _unique(keys: Callable[[T], list[object]]) -> Callable[[T], bool]:
    return lambda table: len(set(keys(table))) == len(keys(table))


def _ascending(days: Callable[[T], list[date]]) -> Callable[[T], bool]:
    return lambda table: days(table) == sorted(set(days(table)))


def _unique_codes_and_parents(table: ListTable) -> bool:
    codes = {row.code for row in table.rows}
    return len(codes) == len(table.rows) and all(not row.parent or row.parent in codes for row in table.rows)
