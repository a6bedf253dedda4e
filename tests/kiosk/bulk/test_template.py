"""The empty workbook: every header is understood, nothing in it counts as a case, choices can be chosen."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kiosk.bulk.book import Book
from kiosk.bulk.cases import Reading
from kiosk.bulk.faults import SheetTrouble
from kiosk.bulk.filing import read_cases
from kiosk.bulk.template import template
from kiosk.bulk.workbook import read_workbook
from kiosk.forms.kinds import Kind
from kiosk.forms.model import Question
from kiosk.ids import PackId
from kiosk.shelf import Shelf
from resources import folder

PACKS = sorted(path.stem for path in folder("packs").glob("*.json"))


@pytest.fixture(scope="module", params=PACKS)
def pack(request: pytest.FixtureRequest) -> PackId:
    return PackId(request.param)


@pytest.fixture(scope="module")
def made(pack: PackId, shelf: Shelf) -> bytes:
    return template(shelf.forms[pack], shelf.wording)


def test_every_header_is_understood_and_nothing_in_it_is_a_case(
    made: bytes, pack: PackId, shelf: Shelf, tmp_path: Path
):
    path = tmp_path / "t.xlsx"
    path.write_bytes(made)
    found = Reading(shelf.forms[pack], read_workbook(made, "t.xlsx")).read()
    assert [(one.key, one.where, dict(one.places)) for one in found.faults] == []
    assert found.cases == []
    assert found.read == {}, "no notice is ticked beforehand"
    with pytest.raises(SheetTrouble) as trouble:
        read_cases(path, shelf.forms[pack])
    assert trouble.value.key == "no_cases"


def test_every_question_that_can_be_typed_has_a_place(made: bytes, pack: PackId, shelf: Shelf):
    form = shelf.forms[pack]
    wanted = {
        str(name)
        for name, one in form.elements.items()
        if isinstance(one, Question) and one.kind not in (Kind.SIGNATURE, Kind.FILE)
    }
    assert wanted - headers(read_workbook(made, "t.xlsx"), form) == set()


def headers(book: Book, form: object) -> set[str]:
    import re

    reading = Reading(form, book)  # type: ignore[arg-type]
    found: set[str] = set()
    for sheet in book.sheets:
        if sheet.name == "common":
            texts = [line.cells[1].text for line in sheet.lines if 1 in line.cells]
            within: tuple[str, ...] = ()
        elif sheet.name in ("choices", "notices"):
            continue
        else:
            texts = [text for text in sheet.headers.values() if text != "case" and not text.startswith("#")]
            within = () if sheet.name == "cases" else reading.columns.repeat(sheet.name)
        for text in texts:
            target = reading.columns.target(text, within)
            found.add(re.sub(r"\[\d+\]", "", target.path))  # type: ignore[union-attr]
    return found


def test_choices_can_be_chosen_from_a_list(made: bytes):
    book = load_workbook(BytesIO(made))
    rules = book["cases"].data_validations.dataValidation
    assert rules
    for rule in rules:
        if rule.formula1.startswith("choices!"):
            cells = book["choices"][rule.formula1.removeprefix("choices!").replace("$", "")]
            assert all(cell.value for row in cells for cell in row)
    book.close()


def test_every_header_has_its_name_rule_and_made_up_example(made: bytes):
    book = load_workbook(BytesIO(made))
    sheet = book["cases"]
    assert [str(sheet.cell(row, 1).value)[:1] for row in (2, 3, 4)] == ["#", "#", "#"]
    for column in range(2, sheet.max_column + 1):
        assert sheet.cell(1, column).value
        assert sheet.cell(3, column).value, sheet.cell(1, column).value
    book.close()
