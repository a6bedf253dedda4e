"""What stands in a cell is what was typed: exact numbers, whole days, no formula worked out, nothing without a cap."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from kiosk.bulk import book as book_module
from kiosk.bulk.book import Cell, Sort, read_book, read_csv
from kiosk.bulk.faults import SheetTrouble, letters
from kiosk.bulk.workbook import number, read_workbook


def book_of(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cells_of(*rows: list[object]) -> list[Cell]:
    (sheet,) = read_workbook(book_of(["h"] * 20, *rows), "t.xlsx").sheets
    return [cell for line in sheet.lines for cell in line.cells.values()]


@given(st.decimals(min_value=Decimal("-99999999999.99"), max_value=Decimal("99999999999.99"), places=2))
def test_a_sum_of_money_is_exactly_the_one_typed(typed: Decimal):
    cell = number(float(typed))
    assert (cell.sort, Decimal(cell.text)) == (Sort.NUMBER, typed)


@example(0.1 + 0.2, "0.3")
@example(1234.56 * 3, "3703.68")
@given(st.just(4.35 * 100), st.just("435"))
def test_what_a_formula_made_of_a_sum_is_what_the_program_shows(value: float, shown: str):
    assert number(value).text == shown


@pytest.mark.parametrize("value", [110105199001010221, 1.10105199001010e17, 1e22])
def test_a_number_that_a_spreadsheet_has_cut_is_refused(value: float):
    assert number(value) == Cell(Sort.WRONG, "number_cut")


@given(st.floats())
def test_any_number_at_all_is_a_cell(value: float):
    cell = number(value)
    assert cell.sort is Sort.WRONG or Decimal(cell.text).is_finite()
    assert "e" not in cell.text.lower() or cell.sort is Sort.WRONG


def test_days_times_and_truths_are_kept_as_such():
    found = cells_of(
        [date(2024, 2, 29), datetime.fromisoformat("2024-02-29T10:30:00"), True, False, "  words  ", 13700137000, 12.5]
    )
    assert [(one.sort, one.text) for one in found] == [
        (Sort.DAY, "2024-02-29"),
        (Sort.DAY, "2024-02-29T10:30:00"),
        (Sort.TRUTH, "yes"),
        (Sort.TRUTH, "no"),
        (Sort.TEXT, "words"),
        (Sort.NUMBER, "13700137000"),
        (Sort.NUMBER, "12.5"),
    ]


def test_a_formula_without_a_value_is_told_and_never_worked_out():
    assert cells_of(["=1+1"]) == [Cell(Sort.WRONG, "formula_without_value")]


def test_of_a_formula_the_saved_value_counts(tmp_path: Path):
    data = book_of(["h"], ["=1+1"])
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.infolist():
            body = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                assert b"<v></v>" in body or b"<v />" in body or b"<v/>" in body
                for empty in (b"<v></v>", b"<v />", b"<v/>"):
                    body = body.replace(empty, b"<v>2</v>")
            new.writestr(part.filename, body)
    (sheet,) = read_workbook(changed.getvalue(), "t.xlsx").sheets
    assert sheet.lines[0].cells == {1: Cell(Sort.NUMBER, "2")}


def test_an_error_value_is_told():
    assert cells_of(["#DIV/0!"]) == [Cell(Sort.WRONG, "error_cell")]


def test_remarks_and_empty_rows_are_no_cases():
    (sheet,) = read_workbook(book_of(["h"], ["# for people"], [None], ["a"]), "t.xlsx").sheets
    assert [(line.number, line.cells[1].text) for line in sheet.lines] == [(4, "a")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_is_read_in_the_encodings_that_offices_write(encoding: str, separator: str):
    rare = "张三䶮" if encoding != "gb18030" else "张三龑"
    text = f'case{separator}姓名\r\n"A,1"{separator}"{rare}\n二行"\r\n'
    (sheet,) = read_csv(text.encode(encoding), "t.csv").sheets
    assert sheet.headers == {1: "case", 2: "姓名"}
    assert [cell.text for cell in sheet.lines[0].cells.values()] == ["A,1", f"{rare}\n二行"]


@pytest.mark.parametrize(
    ("data", "key"),
    [(b"\xff\xfe\x00a", "not_text"), (b"a\0b", "not_text"), (b'a\n"open', "not_text")],
)
def test_what_is_no_csv_is_refused_in_words(data: bytes, key: str):
    with pytest.raises(SheetTrouble) as trouble:
        read_csv(data, "t.csv")
    assert trouble.value.key == key


def test_caps_on_rows_columns_cells_and_bytes_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    many = "h\n" + "x\n" * (book_module.MOST_ROWS + 5)
    wide = ",".join(["h"] * (book_module.MOST_COLUMNS + 1)) + "\n"
    assert [fault.key for fault in read_csv(many.encode(), "t.csv").faults] == ["too_many_rows"]
    assert [fault.key for fault in read_csv(wide.encode(), "t.csv").faults] == ["too_many_columns"]
    long = read_csv(f"h\n{'x' * (book_module.LONGEST_CELL + 1)}\n".encode(), "t.csv")
    assert long.sheets[0].lines[0].cells == {1: Cell(Sort.WRONG, "cell_too_long")}
    monkeypatch.setattr(book_module, "LARGEST_FILE", 10)
    (tmp_path / "big.csv").write_bytes(b"h\n" + b"x" * 20)
    with pytest.raises(SheetTrouble) as trouble:
        read_book(tmp_path / "big.csv")
    assert trouble.value.key == "too_large"


def test_a_workbook_that_unpacks_without_end_is_not_opened():
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<a>" + b" " * (80 * 1024 * 1024) + b"</a>")
    with pytest.raises(SheetTrouble) as trouble:
        read_workbook(bomb.getvalue(), "t.xlsx")
    assert trouble.value.key == "not_a_workbook"


GOOD = book_of(["case", "b"], ["1", 2.5], [date(2026, 1, 1), "=A1"])


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=6))
def test_damaged_bytes_end_in_words_or_cells(at: int, change: bytes):
    data = GOOD[:at] + change + GOOD[at + len(change) :]
    with suppress(SheetTrouble):  # of a closed set of keys, as it is made
        read_workbook(data, "t.xlsx")


@given(st.binary(max_size=200))
def test_any_bytes_as_csv_end_in_words_or_cells(data: bytes):
    with suppress(SheetTrouble):  # of a closed set of keys, as it is made
        read_csv(data, "t.csv")


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_the_letters_of_the_spreadsheet(column: int, name: str):
    assert letters(column) == name
