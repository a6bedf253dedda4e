"""One mistake in a spreadsheet is one message, at the cell where it was made, and nothing that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.authoring.checking import check_file

Save = Callable[..., Path]
HEADERS = ("type", "name", "label", "relevant", "constraint", "required", "calculation", "repeat_count", "default")
GOOD = (("text", "a", "A"), ("select_one yn", "b", "B"), ("integer", "c", "C"))
LISTS = (("list_name", "name", "label"), ("yn", "y", "Y"), ("yn", "n", "N"))


def row(*first: str | None, **named: str) -> tuple[str | None, ...]:
    cells = dict(zip(HEADERS, first, strict=False)) | named
    return tuple(cells.get(header) for header in HEADERS)


def told(
    save: Save, *rows: tuple[str | None, ...], headers: tuple[str, ...] = HEADERS, lists: object = LISTS
) -> list[str]:
    found = check_file(save(survey=[headers, *GOOD, *rows], choices=lists)).findings
    return [f"{one.at.sheet}!{one.at.column}{one.at.row} {one.key}" for one in found]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("begin repeat", "r", "R"), ("text", "x", "X")], "survey!A5 begin_without_end"),
        ([("end group",)], "survey!A5 end_without_begin"),
        ([row("text", "x", "X", required="maybe")], "survey!F5 unknown_path"),
        (
            [row("begin repeat", "r", "R", repeat_count="${zz}"), ("text", "x", "X"), ("end repeat",)],
            "survey!H5 unknown_name",
        ),
        ([("text", "x")], "survey!C5 no_label"),
        ([("select_one", "x", "X")], "survey!A5 no_list_name"),
        ([("selectone yn", "x", "X")], "survey!A5 type_unknown"),
        ([(None, "x", "X")], "survey!A5 no_type"),
        ([row("text", "x", "X", "(${a} = 'x'")], "survey!D5 unfinished"),
        ([row("text", "x", "X", "${a} == 'x'")], "survey!D5 syntax"),
        ([row("text", "x", "X", "${a} = ‘x’")], "survey!D5 syntax"),
        ([row("text", "x", "X", "selected(${b})")], "survey!D5 wrong_count"),
        ([row("text", "x", "X", "${x} = 'x'")], "survey!D5 circle"),
        ([row("text", "x", "X", "${b} = 'perhaps'")], "survey!D5 code_unknown"),
        ([row("text", "x", "X", "${c} > 5 and ${c} < 2")], "survey!D5 never"),
        ([row("text", "x", "X", constraint="regex(., '([a-z')")], "survey!E5 bad_pattern"),
        ([row("integer", "x", "X", constraint=". > 10 and . < 5")], "survey!E5 constraint_never"),
        ([("calculate", "x")], "survey!G5 no_calculation"),
        ([row("date", "x", "X", default="31/12/2020")], "survey!I5 default_kind"),
        ([row("select_one yn", "x", "X", default="maybe")], "survey!I5 default_kind"),
        ([("note", "x", "Dear ${nobody}")], "survey!C5 unknown_name"),
        ([("begin group", "a", "G"), ("text", "x", "X"), ("end group",)], "survey!B5 name_twice"),
    ],
)
def test_each_mistake_is_told_once_at_its_cell(save: Save, rows: list[tuple[str | None, ...]], message: str):
    assert told(save, *rows) == [message]


def test_a_misspelt_column_is_read_as_what_it_was_meant_to_be(save: Save):
    assert told(save, headers=("type", "name", "lable", *HEADERS[3:])) == ["survey!C1 column_misspelt"]
    assert told(save, lists=(("list_name", "name", "lable"), *LISTS[1:])) == ["choices!C1 column_misspelt"]


def test_a_misspelt_sheet_is_read_as_what_it_was_meant_to_be(save: Save):
    (one,) = check_file(save(survey=[HEADERS, *GOOD], choice=LISTS)).findings
    assert (one.at.sheet, one.key) == ("choice", "sheet_missing")


def test_without_a_mistake_nothing_is_told(save: Save):
    assert told(save) == []
