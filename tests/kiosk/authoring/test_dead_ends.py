"""What can never happen in a form is proved; what may happen is left alone."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.authoring.checking import check_file
from kiosk.authoring.truth import Truths
from kiosk.forms import load_form

QUESTIONS = [
    {"ask": "colour", "kind": "choice", "choices": "colours"},
    {"ask": "many", "kind": "choices", "choices": "colours"},
    {"ask": "fine", "kind": "yes_no"},
    {"ask": "age", "kind": "int"},
    {"ask": "sum", "kind": "money"},
    {"ask": "words", "kind": "text"},
    {"ask": "inner", "kind": "int", "relevant": "${fine} = 'yes'"},
]


def said(**item: Any) -> dict[str, Any]:
    return {"label": {"en": "L"}, "class": "public", **item}


def pack(*items: dict[str, Any]) -> dict[str, Any]:
    codes = [{"code": code, "label": {"en": code}} for code in ("red", "green", "blue")]
    return {
        "pack": "p",
        "version": "1",
        "languages": ["en"],
        "title": {"en": "T"},
        "fee_rule": "none",
        "choices": {"colours": codes},
        "form": [said(**one) for one in (*QUESTIONS, *items)],
    }


def findings(folder: Path, *items: dict[str, Any], **top: Any) -> list[tuple[str, str]]:
    path = folder / "p.json"
    path.write_text(json.dumps(pack(*items) | top), encoding="utf-8")
    return [(one.at.path, one.key) for one in check_file(path).findings if one.key != "no_paper"]


def possible(expression: str) -> bool:
    form = load_form(json.dumps(pack({"ask": "asked", "relevant": expression})).encode())
    truths = Truths(form)
    return truths.possible(truths.opening(form.plan.by_path["/data/asked"]))


@pytest.mark.parametrize(
    "expression",
    [
        "${colour} = 'red' and ${colour} = 'blue'",
        "${colour} = 'pink'",
        "not(${colour} = 'red' or ${colour} != 'red')",
        "selected(${many}, 'pink')",
        "selected(${many}, 'red') and not(selected(${many}, 'red'))",
        "${fine} = 'maybe'",
        "${age} > 3 and ${age} < 4",
        "${age} > 10 and ${age} <= 10",
        "${age} = 5 and ${age} != 5",
        "${sum} >= 100 and 50 > ${sum}",
        "${words} = 'a' and ${words} = 'b'",
        "${inner} = 1 and ${fine} = 'no'",
        "../fine = 'yes' and /data/fine = 'no'",
        "false()",
        "count(${many}) > 1 and false()",
    ],
)
def test_what_can_never_hold_is_proved(expression: str):
    assert not possible(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "${colour} = 'red' or ${colour} = 'blue'",
        "${colour} = ''",
        "selected(${many}, 'red') and selected(${many}, 'blue') and ${many} != 'red'",
        "${sum} > 3 and ${sum} < 4",
        "${age} > 3 and ${age} < 5",
        "${words} != 'a' and ${words} != ''",
        "string-length(${words}) > 3 and ${words} != 'abcd'",
        "${inner} = 1 and ${fine} = 'yes'",
        "today() > date('2030-01-01')",
        "${age} > ${sum} and ${sum} > ${age}",
        "not(${fine} = 'yes' and ${colour} = 'red') and ${fine} = 'yes'",
    ],
)
def test_what_may_hold_is_left_alone(expression: str):
    assert possible(expression)


NUMBERS = st.tuples(st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), st.integers(-3, 3))
ORDERS = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "!=": Decimal.__ne__,
}


@given(rules=st.lists(NUMBERS, min_size=1, max_size=4), word=st.sampled_from(["and", "or"]))
@settings(max_examples=150)
def test_bounds_on_a_whole_number_agree_with_trying_every_number(rules: list[tuple[str, int]], word: str):
    expression = f"${{age}} >= -9 and ({f' {word} '.join(f'${{age}} {sign} {bound}' for sign, bound in rules)})"
    join = all if word == "and" else any
    by_trying = any(join(ORDERS[sign](Decimal(age), Decimal(bound)) for sign, bound in rules) for age in range(-9, 10))
    assert possible(expression) == by_trying


def test_only_the_outermost_of_what_is_dead_is_told(tmp_path: Path):
    inside = said(ask="deep", relevant="false()")
    dead = {"group": "lost", "relevant": "${colour} = 'red' and ${colour} = 'blue'", "items": [inside]}
    assert findings(tmp_path, dead) == [("form/7/relevant", "never")]


def test_a_question_switched_off_on_purpose_is_left_alone(tmp_path: Path):
    assert findings(tmp_path, {"ask": "off", "relevant": "false()"}) == []


def test_a_code_the_list_lacks_is_told_wherever_it_is_compared(tmp_path: Path):
    found = findings(
        tmp_path,
        {"ask": "a", "relevant": "${colour} = 'pink'"},
        {"compute": "b", "value": "if(selected(${many}, 'pink'), 1, 2)"},
        materials=[{"id": "m", "label": {"en": "M"}, "when": "/data/fine = 'perhaps'"}],
    )
    assert found == [
        ("form/7/relevant", "code_unknown"),
        ("form/8/value", "code_unknown"),
        ("materials/0/when", "code_unknown"),
    ]


def test_a_constraint_no_answer_meets_is_told(tmp_path: Path):
    assert findings(tmp_path, {"ask": "a", "kind": "int", "constraint": ". > 5 and . < 3"}) == [
        ("form/7/constraint", "constraint_never")
    ]


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ({"kind": "int", "default": "7", "constraint": ". > 10"}, "default_constraint"),
        ({"kind": "int", "default": "'many'"}, "default_kind"),
        ({"kind": "choice", "choices": "colours", "default": "'pink'"}, "default_kind"),
        ({"kind": "date", "default": "'2026-02-30'"}, "default_kind"),
    ],
)
def test_a_default_must_be_an_answer_that_its_own_question_takes(tmp_path: Path, item: dict[str, Any], key: str):
    assert findings(tmp_path, {"ask": "a", **item}) == [("form/7/default", key)]


def test_a_default_whose_rule_reads_other_answers_is_not_judged(tmp_path: Path):
    assert findings(tmp_path, {"ask": "a", "kind": "int", "default": "7", "constraint": ". < ${age}"}) == []


def test_a_pack_says_its_fee_rule(tmp_path: Path):
    assert findings(tmp_path, fee_rule="") == [("fee_rule", "no_fee_rule")]
    assert findings(tmp_path, fee_rule="half") == [("fee_rule", "unknown_rule")]


PAPER = {
    "sheets": [
        {
            "name": "s",
            "title": "T",
            "sections": [{"heading": "H", "rows": [{"number": "1", "label": "L", "lines": ["{words}"]}]}],
        }
    ]
}


def test_rows_of_the_paper_and_official_questions_find_each_other(tmp_path: Path):
    empty = {"number": "2", "label": "Nothing", "lines": ["________"]}
    rows = [*PAPER["sheets"][0]["sections"][0]["rows"], empty]  # type: ignore[index]
    paper = {"sheets": [{"name": "s", "title": "T", "sections": [{"heading": "H", "rows": rows}]}]}
    found = findings(
        tmp_path,
        {"ask": "lost", "source": "official", "row": "9"},
        {"ask": "read", "source": "official"},
        {"compute": "shown", "value": "concat(${read}, '.')"},
        paper={**paper, "blocks": {}} | {"sheets": [*paper["sheets"], {"name": "b", "title": "B", "sections": [
            {"heading": "H", "rows": [{"number": "3", "label": "R", "lines": ["{shown}"]}]}]}]},
    )  # fmt: skip
    assert found == [
        ("paper/sheets/0/sections/0/rows/1", "row_without_question"),
        ("form/7", "not_on_paper"),
        ("form/7/row", "row_unknown"),
    ]


def test_a_name_on_paper_that_the_form_does_not_ask_is_told(tmp_path: Path):
    rows = [{"number": "1", "label": "L", "lines": ["{nobody} {words}"]}]
    paper = {"sheets": [{"name": "s", "title": "T", "sections": [{"heading": "H", "rows": rows}]}]}
    assert findings(tmp_path, paper=paper) == [("paper", "paper_problem")]
