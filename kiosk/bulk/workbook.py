"""Workbooks (.xlsx) as plain cells, read row by row, with values only.

A formula is never worked out: the value that the spreadsheet program last saved with it counts, and a formula without
one is a fault. Numbers come exact: a spreadsheet program keeps fifteen digits, so fifteen digits of what is stored are
what somebody typed, and a longer whole number has already been cut and is refused.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kiosk.authoring.archive import require_safe
from kiosk.authoring.findings import AuthoringTrouble
from kiosk.bulk.book import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Book, Cell, Sheet, Sort, cell_of, fill
from kiosk.bulk.faults import SheetTrouble

EXACT_DIGITS = 15
BROKEN = (  # what openpyxl and the readers below it raise at damaged bytes
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError),
    *(RecursionError, RuntimeError, SyntaxError, TypeError, ValueError, InvalidFileException),
)


def read_workbook(data: bytes, file: str) -> Book:
    try:
        require_safe(data, file)
    except AuthoringTrouble:
        raise SheetTrouble("not_a_workbook", file=file) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drop-downs and colours that are not kept
            return _read(data, file)
    except BROKEN as error:
        if isinstance(error, SheetTrouble):
            raise
        raise SheetTrouble("not_a_workbook", file=file) from None


def _read(data: bytes, file: str) -> Book:
    book = Book()
    values = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    written = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        if len(values.worksheets) > MOST_SHEETS:
            raise SheetTrouble("too_many_sheets", file=file, limit=MOST_SHEETS)
        for shown, behind in zip(values.worksheets, written.worksheets, strict=True):
            if shown.sheet_state != "visible":
                continue
            sheet = Sheet(str(shown.title).strip())
            book.sheets.append(sheet)
            fill(sheet, _rows(shown, behind))
    finally:
        values.close()
        written.close()
    return book


def _rows(shown: Any, behind: Any) -> Iterator[dict[int, Cell]]:
    for one in (shown, behind):
        one.reset_dimensions()  # what a sheet says about its own size is not believed
    size = {"max_row": MOST_ROWS + 2, "max_col": MOST_COLUMNS + 1}
    for values, formulas in zip(shown.iter_rows(**size), behind.iter_rows(**size), strict=True):
        row: dict[int, Cell] = {}
        for at, (value, formula) in enumerate(zip(values, formulas, strict=True), 1):
            found = _cell(value, formula)
            if found is not None:
                row[at] = found
        yield row


def _cell(cell: Any, formula: Any) -> Cell | None:
    if cell.value is None:
        return Cell(Sort.WRONG, "formula_without_value") if formula.data_type == "f" else None
    if cell.data_type == "e":
        return Cell(Sort.WRONG, "error_cell")
    return _of(cell.value, str(getattr(cell, "number_format", "") or ""))


def _of(value: object, shown_as: str) -> Cell | None:
    match value:
        case bool():
            return Cell(Sort.TRUTH, "yes" if value else "no")
        case int() | float():
            return number(value, shown_as)
        case datetime() if value.time() == time():
            return Cell(Sort.DAY, value.date().isoformat())
        case datetime() | date():
            return Cell(Sort.DAY, value.isoformat())
        case str() if value.strip():
            return cell_of(value)
        case None | "":
            return None
        case _:
            return cell_of(str(value)) if str(value).strip() else None


def number(value: int | float, shown_as: str = "") -> Cell:
    """Exactly what was typed: fifteen digits, which every spreadsheet program keeps, and not one more."""
    whole = int(value) if value == value and abs(value) != float("inf") and value == int(value) else None
    if whole is not None and len(str(abs(whole))) > EXACT_DIGITS:
        return Cell(Sort.WRONG, "number_cut")
    exact = Decimal(whole) if whole is not None else Decimal(format(value, f".{EXACT_DIGITS}g"))
    if not exact.is_finite():
        return Cell(Sort.WRONG, "error_cell")
    plain = format(exact, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return Cell(Sort.SHARE if "%" in shown_as else Sort.NUMBER, plain)
