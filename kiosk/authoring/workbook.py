"""A workbook as plain rows: headers in the first row, values below, every value with its cell.

Formulas are never evaluated: a cell that holds one is a finding. Reading has caps on bytes, rows and columns.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from kiosk.authoring.archive import require_safe
from kiosk.authoring.findings import At, AuthoringTrouble, Finding, finding

MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_SHEETS = 40
Value = str | int | bool
BROKEN = (
    AttributeError,
    AssertionError,
    EOFError,
    KeyError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RecursionError,
    RuntimeError,
    SyntaxError,  # what the XML reader of the standard library raises
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Row:
    sheet: Sheet = field(repr=False)
    number: int
    values: dict[str, Value] = field(repr=False)  # by header

    def at(self, header: str = "") -> At:
        return self.sheet.at(self.number, header)

    def text(self, header: str) -> str:
        value = self.values.get(header, "")
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value)


@dataclass(slots=True)
class Sheet:
    file: str
    name: str
    columns: dict[str, str] = field(default_factory=dict)  # header → letter of its column
    rows: list[Row] = field(default_factory=list)

    def at(self, row: int = 0, header: str = "") -> At:
        if row and not header:
            header = next(iter(self.columns), "")
        return At(self.file, 0, self.name, row, self.columns.get(header, "A" if row else ""), header)


@dataclass(slots=True)
class Book:
    file: str
    sheets: dict[str, Sheet] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def sheet(self, name: str) -> Sheet:
        return self.sheets.get(name) or Sheet(self.file, name)


def read_book(data: bytes, file: str) -> Book:
    """The sheets of an .xlsx, blanks around texts kept. Not a workbook at all: `AuthoringTrouble`."""
    require_safe(data, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of colours and drop-downs that it does not keep
            return _read(data, file)
    except BROKEN:
        raise AuthoringTrouble([finding(At(file), "not_a_workbook")]) from None


def _read(data: bytes, file: str) -> Book:
    book = Book(file)
    opened = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        for worksheet in opened.worksheets[:MOST_SHEETS]:
            worksheet.reset_dimensions()  # what a sheet says about its own size is not believed
            sheet = Sheet(file, str(worksheet.title).strip())
            book.sheets[sheet.name] = sheet
            _fill(book, sheet, worksheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS))
    finally:
        opened.close()
    return book


def _fill(book: Book, sheet: Sheet, rows: Iterator[Any]) -> None:
    headers: dict[int, str] = {}
    for number, cells in enumerate(rows, 1):
        if number > MOST_ROWS:
            book.findings.append(finding(sheet.at(number), "too_many_rows", limit=MOST_ROWS))
            return
        if number == 1:
            headers = _headers(book, sheet, cells)
            continue
        values: dict[str, Value] = {}
        for position, cell in enumerate(cells, 1):
            value = _value(cell)
            if value is None:
                continue
            if cell.data_type == "f":
                at = At(sheet.file, 0, sheet.name, number, get_column_letter(position), headers.get(position, ""))
                book.findings.append(finding(at, "formula"))
            elif position in headers:
                values[headers[position]] = value
        if values:
            sheet.rows.append(Row(sheet, number, values))


def _headers(book: Book, sheet: Sheet, cells: Any) -> dict[int, str]:
    headers: dict[int, str] = {}
    for position, cell in enumerate(cells, 1):
        word = str(cell.value).strip() if cell.value is not None else ""
        if not word:
            continue
        if word in sheet.columns:
            at = At(sheet.file, 0, sheet.name, 1, get_column_letter(position), word)
            book.findings.append(finding(at, "column_twice", name=word[:40]))
            continue
        headers[position] = word
        sheet.columns[word] = get_column_letter(position)
    return headers


def _value(cell: Any) -> Value | None:
    found = cell.value
    if isinstance(found, bool | int):
        return found
    if isinstance(found, float):
        return int(found) if found == int(found) and abs(found) < 1e15 else repr(found)
    if isinstance(found, datetime):
        return found.date().isoformat() if found.time() == time() else found.isoformat()
    if isinstance(found, date | time):
        return found.isoformat()
    if found is None:
        return None
    return str(found) or None


def stripped(book: Book) -> Book:
    """The same without blanks around texts, as spreadsheets by hand have them."""
    fresh = Book(book.file, findings=list(book.findings))
    for name, sheet in book.sheets.items():
        fresh.sheets[name] = Sheet(sheet.file, sheet.name, sheet.columns)
        for row in sheet.rows:
            values = {
                header: value.strip() if isinstance(value, str) else value for header, value in row.values.items()
            }
            kept = {header: value for header, value in values.items() if value != ""}
            if kept:
                fresh.sheets[name].rows.append(Row(fresh.sheets[name], row.number, kept))
    return fresh
