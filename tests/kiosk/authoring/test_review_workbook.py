"""A pack goes out to a workbook for review and comes back the same, or the reviewer's mistake is named."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import resources
from kiosk.authoring.checking import as_json, check_file, compiled
from kiosk.authoring.entries import plain
from kiosk.authoring.exchange import export_pack, import_file
from kiosk.authoring.review_in import read_review
from kiosk.authoring.review_out import workbook_of
from kiosk.authoring.workbook import read_book
from kiosk.forms.source import compile_pack

PACKS = sorted(path.stem for path in resources.folder("packs").glob("*.json"))
CLAUSES = {
    "pack": "small",
    "version": "1",
    "languages": ["zh", "en"],
    "title": {"zh": "小表", "en": "Small"},
    "valid_to": "",
    "choices": {"yn": [{"code": "y", "who": "any", "label": {"zh": "是", "en": "Yes"}}]},
    "form": [
        {
            "group": "g",
            "label": {"zh": "组", "en": "Group"},
            "items": [
                {"ask": "a", "label": {"zh": "=1+1", "en": "'quoted"}, "kind": "choice", "choices": "yn", "class": "public"},
                {"note": "n", "label": {"zh": "注", "en": "Note"}, "body": [{"zh": "一", "en": "one"}, {"zh": "二", "en": "two"}]},
                {"compute": "c", "value": '""', "note": "a remark"},
            ],
        },
        {"repeat": "r", "min": 1, "label": {"zh": "项", "en": "Item"}, "item": "${x}", "items": [
            {"ask": "x", "unknown": True, "label": {"zh": "问", "en": "Ask"}, "class": "public"}]},
    ],
    "materials": [],
    "notices": [{"id": "p", "version": "1", "title": {"zh": "告知", "en": "Notice"}, "items": [{"zh": "一", "en": "one"}] * 2}],
    "paper": {"sheets": [{"name": "s/1", "rows": [], "deep": {"#a~b": [1, True, "", [["x"]], {}]}}]},
}  # fmt: skip


def back(workbook: bytes) -> dict[str, Any]:
    draft = read_review(read_book(workbook, "review.xlsx"))
    assert draft.findings == []
    found: dict[str, Any] = plain(draft.pack)
    return found


@pytest.mark.parametrize("pack", PACKS)
def test_a_shipped_pack_comes_back_byte_for_byte(pack: str, tmp_path: Path):
    source = resources.folder("packs") / f"{pack}.yaml"
    (tmp_path / "review.xlsx").write_bytes(export_pack(source))
    _, text = import_file(tmp_path / "review.xlsx")
    (tmp_path / "again.yaml").write_text(text, encoding="utf-8")
    assert compile_pack(tmp_path / "again.yaml") == source.with_suffix(".json").read_bytes()


@pytest.mark.parametrize("pack", PACKS)
def test_a_shipped_pack_has_nothing_for_lint_to_say(pack: str):
    assert [one.words("en") for one in check_file(resources.folder("packs") / f"{pack}.yaml").findings] == []


def test_empty_texts_lists_orders_and_what_looks_like_a_formula_survive():
    assert as_json(back(workbook_of(CLAUSES))) == as_json(CLAUSES)


def test_no_cell_of_an_export_is_a_formula():
    book = load_workbook(BytesIO(workbook_of(CLAUSES)))
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_a_reviewer_may_change_a_word(tmp_path: Path):
    (tmp_path / "small.json").write_bytes(as_json(CLAUSES))
    changed = workbook_of(CLAUSES)
    book = load_workbook(BytesIO(changed))
    survey = book["survey"]
    header = [cell.value for cell in survey[1]]
    survey.cell(3, header.index("label::en") + 1).value = "A better question"
    book.save(tmp_path / "changed.xlsx")
    pack = json.loads(compiled(tmp_path / "changed.xlsx"))
    assert pack["form"][0]["items"][0]["label"] == {"zh": "=1+1", "en": "A better question"}


def test_a_reviewers_mistake_is_named_with_its_cell(tmp_path: Path):
    book = load_workbook(BytesIO(workbook_of(CLAUSES)))
    survey = book["survey"]
    header = [cell.value for cell in survey[1]]
    survey.cell(3, header.index("kind") + 1).value = "chioce"
    book.save(tmp_path / "changed.xlsx")
    said = [one.words("en") for one in check_file(tmp_path / "changed.xlsx").findings]
    assert said[0].startswith("changed.xlsx: sheet survey, row 3, column ")
    assert "unknown kind chioce" in said[0]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=0, max_size=12)
LEAVES = st.one_of(WORDS, st.integers(-(10**6), 10**6), st.booleans())
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=8,
)


@given(label=WORDS, extra=WORDS, paper=st.dictionaries(WORDS, TREES, max_size=3))
@settings(max_examples=60)
def test_any_words_and_any_layout_come_back(label: str, extra: str, paper: dict[str, Any]):
    choice = {"code": "y", "label": {"zh": label, "en": extra}, "col": extra}
    pack = {**CLAUSES, "choices": {"yn": [choice]}, "paper": paper}
    assert as_json(back(workbook_of(pack))) == as_json(pack)
