"""A header means one question of the form, however it is written, or says why it means none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.bulk.columns import Columns, Target, Trouble
from kiosk.forms.model import Form


@pytest.fixture(scope="module")
def columns(form: Form) -> Columns:
    return Columns(form)


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("defendant[2]/person/name", "defendant[2]/person/name"),
        ("/data/defendant[2]/person/name", "defendant[2]/person/name"),
        ("defendant/person/name", "defendant[1]/person/name"),
        (" facts / amount_actual * ", "facts/amount_actual"),
        ("amount_actual", "facts/amount_actual"),
        ("FACTS/Amount_Actual", "facts/amount_actual"),
        ("借款金额-实际提供", "facts/amount_actual"),
        ("借款金额－实际提供", "facts/amount_actual"),
        ("disbursements[3]/amount", "facts/disbursements[3]/amount"),
    ],
)
def test_a_question_is_found(columns: Columns, header: str, path: str):
    found = columns.target(header)
    assert isinstance(found, Target), found
    assert found.path == path


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("facts/colour", "column_unknown"),
        ("/", "column_unknown"),
        ("[1]", "column_unknown"),
        ("name", "column_ambiguous"),
        ("facts[2]/amount_actual", "bad_position"),
        ("defendant[0]/person/name", "bad_position"),
        ("defendant[9999]/person/name", "bad_position"),
    ],
)
def test_what_means_no_question_or_several_says_so(columns: Columns, header: str, key: str):
    found = columns.target(header)
    assert isinstance(found, Trouble)
    assert found.key == key


def test_of_several_questions_some_are_named(columns: Columns):
    found = columns.target("name")
    assert isinstance(found, Trouble)
    assert "plaintiff/person/name" in found.known


def test_every_path_written_out_means_its_own_question(columns: Columns):
    for leaf in columns.leaves:
        path = "/".join(one.name for one in leaf.way)
        found = columns.target(path)
        assert isinstance(found, Target), path
        assert found.question is leaf.question


def test_a_sheet_is_about_a_list_by_name_by_path_or_by_its_words(columns: Columns, form: Form):
    assert columns.repeat("defendant") == ("defendant",)
    assert columns.repeat("facts.disbursements") == ("facts", "disbursements")
    assert columns.repeat("nothing") == ()


@given(header=st.text(max_size=60))
def test_any_text_at_all_is_a_question_or_a_reason(columns: Columns, header: str):
    assert isinstance(columns.target(header), Target | Trouble)
