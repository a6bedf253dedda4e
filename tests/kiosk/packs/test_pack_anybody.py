"""Whoever comes, whatever they answer: no page breaks, and every refusal says how to go on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import resources
from kiosk.filings.filing import CompletedForm
from kiosk.forms import Form, Kind
from kiosk.forms.source import compile_pack
from kiosk.interview import (
    AskStep,
    Context,
    Interview,
    ListStep,
    NoteStep,
    Objection,
    add,
    answer,
    begin,
    check,
    complete,
    declare_unknown,
    look,
    look_list,
    look_note,
    materials,
    notices,
    objections,
    steps,
    summary,
)
from tests.kiosk.packs.table import PACKS

FACTS = {"court_code": "320500", "court_name": "江苏省苏州市中级人民法院"}
WORDS = {
    Kind.NAME: ["王测试", "张三䶮", "买买提·艾力", "Zhang San", "3"],
    Kind.MONEY: ["1", "20000", "100000.01", "5万", "999999999999.99", "-1", "x"],
    Kind.INT: ["1", "3", "0", "99999"],
    Kind.PERCENT: ["1", "12", "24", "101", "0"],
    Kind.DATE: ["2018-02-28", "2021-05-20", "2024-05-20", "2026-11-23", "2027-01-01", "2024-02-30"],
    Kind.ADDRESS: ["110105 建国路88号院", "320302 中山北路1号", "某国某城某街一号", "路"],
    Kind.PHONE: ["13800138000", "010-12345678", "12"],
    Kind.MOBILE: ["13800138000", "010-12345678"],
    Kind.EMAIL: ["a@example.cn", "a"],
    Kind.POSTCODE: ["100020", "1"],
    Kind.ID_NUMBER: [
        "11010519491231002X",
        "110105201501010017",
        "110105200901010011",
        "E12345678",
        "810000198001010014",
    ],
    Kind.USCC: ["91350100M000100Y43", "1"],
    Kind.CASE_NO: ["（2026）京0105财保9号", "9号"],
    Kind.BANK_CARD: ["6228480012345678903", "1"],
    Kind.SIGNATURE: ["signed"],
}


@pytest.fixture(scope="module", params=sorted(PACKS))
def form(request: pytest.FixtureRequest, packs: Mapping[str, Form]) -> Form:
    return packs[request.param]


def say(talk: Interview, step: AskStep, data: st.DataObject) -> Interview:
    view = look(talk, step.ref, data.draw(st.sampled_from(["zh", "en"])))
    assert view.label
    if view.options:
        codes = [option.code for option in view.options]
        chosen = data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True))
        words = " ".join(chosen if view.kind is Kind.CHOICES else chosen[:1])
    else:
        words = data.draw(st.sampled_from(WORDS.get(view.kind, ["示例", "律师", "务农"])))
    if view.unknown_allowed and data.draw(st.booleans()):
        return declare_unknown(talk, step.ref)
    found = answer(talk, step.ref, words)
    if isinstance(found, Objection):
        assert set(found.words) == {"zh", "en"}, (step.ref, found.key)
        return talk
    return found


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_any_answers_in_form_order_never_break_a_page(form: Form, data: st.DataObject):
    talk = begin(form, Context(today=date(2026, 11, 23), facts=FACTS))
    seen: set[str] = set()
    while (step := next((one for one in steps(talk) if one.ref not in seen), None)) is not None and len(seen) < 400:
        seen.add(step.ref)
        if isinstance(step, AskStep):
            talk = say(talk, step, data)
        elif isinstance(step, NoteStep):
            assert all("${" not in words for words in look_note(talk, step.ref, "zh").paragraphs)
        elif isinstance(step, ListStep):
            assert look_list(talk, step.ref, "en").label
            if data.draw(st.integers(0, 5)) == 0 and look_list(talk, step.ref, "zh").may_add:
                talk, _ = add(talk, step.ref)
        wrong = check(talk, step)
        assert wrong is None or set(wrong.words) == {"zh", "en"}, (step.ref, wrong.key)
    assert summary(talk, "zh")
    assert summary(talk, "en")
    assert materials(talk, "en")
    assert "privacy" in [one.id for one in notices(talk, "en")]
    done = complete(talk, "zh")
    assert isinstance(done, CompletedForm) == (objections(talk) == ())


def test_the_shipped_pack_is_what_its_sources_compile_to():
    folder = resources.folder("packs")
    stale = [
        path.name
        for path in sorted(Path(folder).glob("*.json"))
        if compile_pack(path.with_suffix(".yaml")) != path.read_bytes()
    ]
    assert stale == []
