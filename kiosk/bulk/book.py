"""A spreadsheet of any kind as plain cells: exact texts with what they were, and nothing of fonts or formulas.

CSV in UTF-8 (with or without mark) and GB 18030 is read here, workbooks in `kiosk.bulk.workbook`. Everything has a cap.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kiosk.bulk.faults import Fault, SheetTrouble, Where, letters

LARGEST_FILE = 16 * 1024 * 1024
MOST_SHEETS = 40
MOST_ROWS = 5_000
MOST_COLUMNS = 500
MOST_CELLS = 500_000
LONGEST_CELL = 5_000
SEPARATORS = ",\t;，"


class Sort(StrEnum):
    TEXT = "text"
    NUMBER = "number"  # written out in full, without a power of ten
    SHARE = "share"  # a number shown as per cent: 0.12 is 12 %
    DAY = "day"  # 2026-11-23, or with a time behind it
    TRUTH = "truth"  # yes or no
    WRONG = "wrong"  # the text is the key of a fault


@dataclass(frozen=True, slots=True)
class Cell:
    sort: Sort
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    cells: dict[int, Cell] = field(repr=False)  # by column, from 1; empty ones are not there


@dataclass(slots=True)
class Sheet:
    name: str
    headers: dict[int, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def at(self, row: int = 0, column: int = 0) -> Where:
        return Where(self.name, row, letters(column))


@dataclass(slots=True)
class Book:
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        return [fault for sheet in self.sheets for fault in sheet.faults]


def read_book(path: Path) -> Book:
    """The sheets of a workbook or the one sheet of a CSV file; `SheetTrouble` when it is neither."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError:
        raise SheetTrouble("not_readable", file=path.name) from None
    return book_of(data, path.name)


def book_of(data: bytes, file: str) -> Book:
    """The same, of bytes already read: at most one more than `LARGEST_FILE`."""
    if len(data) > LARGEST_FILE:
        raise SheetTrouble("too_large", file=file, limit=LARGEST_FILE // 1024 // 1024)
    if file.lower().endswith(".csv"):
        return read_csv(data, file)
    try:
        from kiosk.bulk.workbook import read_workbook
    except ModuleNotFoundError:
        raise SheetTrouble("extra_missing") from None
    return read_workbook(data, file)


def read_csv(data: bytes, file: str) -> Book:
    sheet = Sheet("cases")
    try:
        text = _decoded(data, file)
        first = text.split("\n", 1)[0]
        separator = max(SEPARATORS, key=first.count)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        fill(sheet, _texts(rows))
    except csv.Error:
        raise SheetTrouble("not_text", file=file) from None
    return Book([sheet])


def _decoded(data: bytes, file: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise SheetTrouble("not_text", file=file)


def _texts(rows: Iterator[list[str]]) -> Iterator[dict[int, Cell]]:
    for row in rows:
        yield {at: cell_of(text) for at, text in enumerate(row, 1) if text.strip()}


def cell_of(text: str) -> Cell:
    kept = text.strip()
    return Cell(Sort.TEXT, kept) if len(kept) <= LONGEST_CELL else Cell(Sort.WRONG, "cell_too_long")


def fill(sheet: Sheet, rows: Iterator[dict[int, Cell]]) -> None:
    """Headers from the first row, lines from the rest. A line whose first cell begins with # is a remark."""
    cells = 0
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS + 1 or cells > MOST_CELLS:
            sheet.faults.append(Fault(sheet.at(number), "too_many_rows", places={"limit": MOST_ROWS}))
            return
        if row and max(row) > MOST_COLUMNS:
            sheet.faults.append(Fault(sheet.at(number), "too_many_columns", places={"limit": MOST_COLUMNS}))
            return
        cells += len(row)
        if number == 1:
            sheet.headers = {at: cell.text for at, cell in row.items() if cell.sort is Sort.TEXT}
        elif row and not (row[min(row)].sort is Sort.TEXT and row[min(row)].text.startswith("#")):
            sheet.lines.append(Line(number, row))
