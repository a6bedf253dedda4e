"""Whatever stands in the cells and in the common file: a filing or faults of the closed set, and no word repeated."""

from __future__ import annotations

import csv
import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.bulk.book import read_book, read_csv
from kiosk.bulk.cases import Reading, faults_in, tree_of
from kiosk.bulk.checked import Checker, Common, Ready
from kiosk.bulk.columns import Columns, Target
from kiosk.bulk.faults import CELL_KEYS, SheetTrouble
from kiosk.bulk.filing import read_common
from kiosk.forms.model import Form
from kiosk.settings import Court, Settings
from kiosk.shelf import Shelf

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CANARY = "金丝雀"
WORDS = st.one_of(
    st.sampled_from(["是", "否", "不知道", "person", "2024-05-20", "20000", "-1", "1e9", "=1+1", "，", "\u202e", "#"]),
    st.text(max_size=30),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["plaintiff", "facts", "person", "name", "kind", "service"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)
COURT = Settings(kiosk_id="k", state_folder="", court=Court(name="练习人民法院", code="110105"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cells_end_in_a_filing_or_in_faults_that_repeat_nothing(
    data: st.DataObject, form: Form, shelf: Shelf, answers: dict[str, str]
):
    paths = sorted(answers)
    changed = data.draw(st.dictionaries(st.sampled_from(paths), WORDS, max_size=6))
    row = {**answers, **{path: f"{text}{CANARY}" for path, text in changed.items()}}
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["case", *row])
    writer.writerow(["A-1", *row.values()])
    try:
        found = Reading(form, read_csv(text.getvalue().encode("utf-8", "ignore"), "t.csv")).read()
    except SheetTrouble:
        return
    for case in found.cases:
        checked = Checker(form, COURT, shelf.wording, NOW, found, Common()).check(case)
        faults = checked.remarks if isinstance(checked, Ready) else checked
        for fault in (*faults, *faults_in(found)):
            assert fault.key in CELL_KEYS
            assert CANARY not in fault.said(shelf.wording, "zh") + fault.said(shelf.wording, "en")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(base=st.dictionaries(st.sampled_from(["plaintiff", "facts", "service"]), JSON, max_size=3))
def test_any_common_answers_end_in_a_filing_or_in_faults(
    base: dict[str, Any], form: Form, shelf: Shelf, answers: dict[str, str]
):
    columns = Columns(form)
    texts = {target: text for path, text in answers.items() if isinstance(target := columns.target(path), Target)}
    assert isinstance(tree_of(base, texts), dict)
    header = io.StringIO(newline="")
    csv.writer(header).writerows([["case", *answers], ["A-1", *answers.values()]])
    found = Reading(form, read_csv(header.getvalue().encode(), "t.csv")).read()
    ink = {"/data/plaintiff[1]/signing/signature": None, "/data/nothing[3]/x": None, "": None}
    common = Common(answers=base, signatures=ink)  # type: ignore[arg-type]
    checked = Checker(form, COURT, shelf.wording, NOW, found, common).check(found.cases[0])
    assert isinstance(checked, tuple | Ready)


@pytest.mark.parametrize("depth", [61, 900, 50_000])
def test_a_common_file_deeper_than_any_form_is_refused(depth: int, tmp_path: Path):
    body = '{"answers": {"a": ' + "[" * depth + "]" * depth + "}}"
    (tmp_path / "c.json").write_text(body, "utf-8")
    with pytest.raises(SheetTrouble) as trouble:
        read_common(tmp_path / "c.json")
    assert trouble.value.key == "bad_common"


def test_without_the_library_a_workbook_is_refused_in_words_and_csv_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.delitem(sys.modules, "kiosk.bulk.workbook", raising=False)
    (tmp_path / "c.xlsx").write_bytes(b"PK")
    (tmp_path / "c.csv").write_bytes(b"case\nA\n")
    with pytest.raises(SheetTrouble) as trouble:
        read_book(tmp_path / "c.xlsx")
    assert trouble.value.key == "extra_missing"
    assert len(read_book(tmp_path / "c.csv").sheets) == 1
