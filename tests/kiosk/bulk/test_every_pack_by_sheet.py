"""A made-up filing of every pack, written into that pack's own template, may be filed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kiosk.bulk.checked import Checker, Ready
from kiosk.bulk.columns import Columns, Target
from kiosk.bulk.filing import read_cases
from kiosk.bulk.template import template
from kiosk.ids import PackId
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from resources import folder

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ANSWERS = Path(__file__).parents[1] / "packs" / "answers"
MADE_UP = {path.stem: path for path in sorted(ANSWERS.glob("*.json"))} | {
    "private_lending": folder("demo") / "answers.json"
}


@pytest.mark.parametrize("pack", MADE_UP)
def test_the_made_up_filing_fits_its_template(
    pack: str, shelf: Shelf, settings: Settings, tmp_path: Path, flatten: Callable[..., Any]
):
    form = shelf.forms[PackId(pack)]
    columns = Columns(form)
    book = load_workbook(BytesIO(template(form, shelf.wording)))
    cases, common = book["cases"], book["common"]
    rows = {common.cell(row, 1).value: row for row in range(2, common.max_row + 1)}
    heads = {cell.value: cell.column for cell in cases[1]}
    cases.cell(5, 1).value = "甲-1"
    for path, text in flatten(json.loads(MADE_UP[pack].read_text("utf-8"))["answers"]):
        if not isinstance(columns.target(path), Target):
            continue  # worked out by the form itself
        if path in rows:
            common.cell(rows[path], 2).value = text
            continue
        if path not in heads:  # another of a list: a column by number
            heads[path] = cases.max_column + 1
            cases.cell(1, heads[path]).value = path
        cases.cell(5, heads[path]).value = text
    for row in range(2, book["notices"].max_row + 1):
        book["notices"].cell(row, 3).value = "是"
    book.save(tmp_path / "c.xlsx")
    found = read_cases(tmp_path / "c.xlsx", form)
    assert found.faults == []
    (ready,) = [Checker(form, settings, shelf.wording, NOW, found).check(one) for one in found.cases]
    assert isinstance(ready, Ready), [one.said(shelf.wording, "zh") for one in ready]
