"""The shipped tables, read once into frozen values; every table says where it is from and how sure it is.

`read_tables(resources.folder("tables"))` is the only reader. A table that is missing, too large or does not fit
its shape is a `KioskTrouble("law.table_unreadable")` that names the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.errors import KioskTrouble
from kiosk.law.shapes import (
    Cause,
    CauseTable,
    Country,
    CountryTable,
    Court,
    CourtList,
    CourtTable,
    FeeTable,
    ForumTable,
    HolidayTable,
    LimitationTable,
    ListRow,
    ListTable,
    LprTable,
    SmallClaimsTable,
)

__all__ = ["ListRow", "Tables", "read_tables"]

LARGEST_FILE = 4 * 1024 * 1024


class Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    fees: FeeTable
    lpr: LprTable
    holidays: HolidayTable
    small_claims: SmallClaimsTable
    limitation: LimitationTable
    regions: ListTable
    ethnic_groups: ListTable
    courts: CourtList
    causes: CauseTable
    court: CourtTable
    countries: CountryTable
    jurisdiction: ForumTable

    def __repr__(self) -> str:
        return "Tables()"  # thousands of rows help nobody

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
    def cause_rows(self) -> Mapping[str, Cause]:
        return {row.code: row for row in self.causes.rows}

    @cached_property
    def country_rows(self) -> Mapping[str, Country]:
        return {row.code: row for row in self.countries.rows}

    @cached_property
    def days_off(self) -> Mapping[date, bool]:
        return {row.date: row.off for row in self.holidays.rows}


T = TypeVar("T")


def read_tables(folder: Path) -> Tables:
    """Read every table of the folder, or say which file is at fault."""
    tables = Tables(
        fees=_read(folder, "fees", FeeTable),
        lpr=_read(folder, "lpr", LprTable, _ascending(lambda table: [row.since for row in table.rows])),
        holidays=_read(folder, "holidays", HolidayTable, _unique(lambda table: [row.date for row in table.rows])),
        small_claims=_read(folder, "small_claims", SmallClaimsTable),
        limitation=_read(folder, "limitation", LimitationTable, _unique(lambda table: [row.id for row in table.rows])),
        regions=_read(folder, "regions", ListTable, _unique_codes_and_parents),
        ethnic_groups=_read(folder, "ethnic_groups", ListTable, _unique_codes_and_parents),
        courts=_read(folder, "courts", CourtList, _unique(lambda table: [row.code for row in table.rows])),
        causes=_read(folder, "causes", CauseTable, _unique(lambda table: [row.code for row in table.rows])),
        court=_read(folder, "court", CourtTable),
        jurisdiction=_read(folder, "jurisdiction", ForumTable, _unique(lambda table: [row.id for row in table.rows])),
        countries=_read(folder, "countries", CountryTable, _unique(lambda table: [row.code for row in table.rows])),
    )
    bases = {row.kind: row for row in tables.fees.bases}
    for kind, base in tables.court.base_fees.items():
        if kind not in bases or not bases[kind].least <= base <= bases[kind].most:
            raise KioskTrouble("law.base_fee_out_of_range", file="court.json", kind=kind)
    return tables


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
