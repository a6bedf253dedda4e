"""The shipped tables, read once into frozen values; every table says where it is from and how sure it is.

`read_tables(resources.folder("tables"))` is the only reader. A table that is missing, too large or does not fit
its shape is a `KioskTrouble("law.table_unreadable")` that names the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.errors import KioskTrouble
from kiosk.law.shapes import (
    CaseTypeTable,
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
    case_types: CaseTypeTable
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


def read_tables(folder: Path, own: Path | None = None) -> Tables:
    """Read every table of the folder, or say which file is at fault.

    A file in the court's `own` folder stands in for the shipped one of the same name; one of no known name is refused,
    because a misspelt table would silently do nothing.
    """
    if own is not None:
        _known_names(own)
    read = _Reading(folder, own)
    tables = Tables(
        fees=read.table("fees", FeeTable),
        lpr=read.table("lpr", LprTable, _ascending(lambda table: [row.since for row in table.rows])),
        holidays=read.table("holidays", HolidayTable, _unique(lambda table: [row.date for row in table.rows])),
        small_claims=read.table("small_claims", SmallClaimsTable),
        limitation=read.table("limitation", LimitationTable, _unique(lambda table: [row.id for row in table.rows])),
        regions=read.table("regions", ListTable, _unique_codes_and_parents),
        ethnic_groups=read.table("ethnic_groups", ListTable, _unique_codes_and_parents),
        courts=read.table("courts", CourtList, _unique(lambda table: [row.code for row in table.rows])),
        causes=read.table("causes", CauseTable, _unique(lambda table: [row.code for row in table.rows])),
        court=read.table("court", CourtTable),
        jurisdiction=read.table("jurisdiction", ForumTable, _unique(lambda table: [row.id for row in table.rows])),
        case_types=read.table("case_types", CaseTypeTable),
        countries=read.table("countries", CountryTable, _unique(lambda table: [row.code for row in table.rows])),
    )
    bases = {row.kind: row for row in tables.fees.bases}
    for kind, base in tables.court.base_fees.items():
        if kind not in bases or not bases[kind].least <= base <= bases[kind].most:
            raise KioskTrouble("law.base_fee_out_of_range", file="court.json", kind=kind)
    return tables


def _known_names(own: Path) -> None:
    try:
        names = sorted(path.name for path in own.iterdir() if path.suffix == ".json")
    except OSError as error:
        raise KioskTrouble("law.tables_folder_missing", file=str(own)) from error
    for name in names:
        if name.removesuffix(".json") not in Tables.__struct_fields__:
            raise KioskTrouble("law.table_unknown", file=name)


@dataclass(frozen=True, slots=True)
class _Reading:
    shipped: Path
    own: Path | None

    def table(self, name: str, shape: type[T], holds: Callable[[T], bool] = lambda table: True) -> T:
        path = self.shipped / f"{name}.json"
        if self.own is not None and (self.own / path.name).exists():
            path = self.own / path.name
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
