"""One person's way through a small form: what is asked, refused, computed, kept and left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kiosk.forms import Form
from kiosk.interview import (
    AskStep,
    CardStep,
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
    dump,
    fill,
    look,
    look_list,
    look_note,
    materials,
    objections,
    remove,
    resume,
    steps,
    summary,
    tree,
)
from kiosk.interview.state import KEPT_UNDOS

TODAY = date(2026, 11, 23)
Make = Callable[..., Form]
Told = Callable[..., Interview]


@pytest.fixture
def loan(make_form: Make) -> Form:
    return make_form(
        {"repeat": "lender", "min": 1, "max": 2, "item": "${name}", "items": [
            {"ask": "kind", "kind": "choice", "choices": "party", "required": "yes"},
            {"group": "person", "card": True, "relevant": "${kind} = 'person'", "items": [
                {"ask": "name", "kind": "name", "required": "yes"},
                {"ask": "phone", "kind": "mobile", "required": "yes", "unknown": True},
            ]},
        ]},
        {"group": "loan", "items": [
            {"ask": "sum", "kind": "money", "required": "yes", "constraint": ". > 0", "message": {"en": "Above nothing"}},
            {"ask": "interest", "kind": "yes_no", "required": "yes"},
            {"ask": "owed", "kind": "money", "relevant": "${interest} = 'yes'", "required": "yes"},
            {"compute": "total", "kind": "money", "label": {"en": "Total"}, "value": "${sum} + coalesce(${owed}, 0)"},
            {"note": "high", "tone": "warn", "relevant": "${total} > 1000", "body": [{"en": "In all ${total}"}]},
            {"ask": "recipient", "suggest": "${lender/person/name}", "label": {"en": "To whom, of ${total}?"}},
            {"ask": "city", "kind": "choice", "choices": "city", "choice_filter": "province = ${province}"},
            {"ask": "province", "kind": "choice", "choices": "province"},
            {"repeat": "payment", "constraint": "sum(${payment/amount}) = ${sum}", "message": {"en": "Not ${sum}"}, "items": [
                {"ask": "day", "kind": "date", "constraint": ". <= today()", "default": "today()"},
                {"ask": "amount", "kind": "money", "required": "yes"},
            ]},
        ]},
        {"ask": "court", "readonly": "yes", "class": "public"},
        {"ask": "ink", "kind": "signature", "stage": "signature", "required": "yes"},
        stages=["interview", "signature"],
        choices={
            "party": [{"code": "person", "label": {"en": "A person"}}, {"code": "firm", "label": {"en": "A firm"}}],
            "province": [{"code": "js", "label": {"en": "Jiangsu"}}, {"code": "zj", "label": {"en": "Zhejiang"}}],
            "city": [
                {"code": "nj", "label": {"en": "Nanjing"}, "province": "js"},
                {"code": "hz", "label": {"en": "Hangzhou"}, "province": "zj"},
            ],
        },
    )  # fmt: skip


def kinds_of_steps(interview: Interview) -> list[str]:
    return [f"{type(step).__name__} {step.ref}" for step in steps(interview)]


def taken(outcome: Interview | Objection) -> Interview:
    assert isinstance(outcome, Interview), outcome
    return outcome


def refused(outcome: Interview | Objection) -> Objection:
    assert isinstance(outcome, Objection)
    return outcome


def test_only_what_is_relevant_is_asked_in_the_order_of_the_form(loan: Form, told: Told):
    before = told(loan, ("/data/lender[1]/kind", "firm"))
    assert kinds_of_steps(before)[:3] == [
        "AskStep /data/lender[1]/kind",
        "ListStep /data/lender",
        "AskStep /data/loan/sum",
    ]
    after = taken(answer(before, "/data/lender[1]/kind", "person"))
    assert kinds_of_steps(after)[:5] == [
        "AskStep /data/lender[1]/kind",
        "CardStep /data/lender[1]/person",
        "AskStep /data/lender[1]/person/name",
        "AskStep /data/lender[1]/person/phone",
        "ListStep /data/lender",
    ]
    assert {type(step) for step in steps(after)} == {AskStep, CardStep, ListStep}


def test_a_step_knows_its_stage_section_and_instance(loan: Form, told: Told):
    interview = told(loan, ("/data/lender[1]/kind", "person"))
    name, ink = steps(interview)[2], steps(interview)[-1]
    assert (name.stage, name.section, name.instance) == ("interview", "lender", "/data/lender[1]")
    assert (ink.stage, ink.section, ink.instance) == ("signature", "", "")


def test_answers_are_kept_in_their_stored_form(loan: Form, told: Told):
    interview = told(loan, ("/data/loan/sum", "5万"), ("/data/loan/interest", "yes"), ("/data/loan/owed", "１２.5"))
    assert tree(interview)["loan"] == {"sum": "50000.00", "interest": "yes", "owed": "12.50", "total": "50012.50"}


@pytest.mark.parametrize(
    ("ref", "text", "key"),
    [
        ("/data/loan/sum", "abc", "law.money_not_a_number"),
        ("/data/loan/sum", "0", "message"),
        ("/data/loan/interest", "maybe", "answers.choice"),
        ("/data/lender[1]/kind", "robot", "answers.choice"),
        ("/data/lender[1]/person/phone", "123", "law.mobile"),
        ("/data/lender[1]/person/name", "甲" * 60, "law.name_too_long"),
        ("/data/loan/recipient", "字" * 201, "answers.too_long"),
        ("/data/loan/recipient", "a\x07b", "answers.character"),
    ],
)
def test_a_refused_answer_names_question_and_reason_and_leaves_the_old_one(
    loan: Form, told: Told, ref: str, text: str, key: str
):
    before = told(loan, ("/data/loan/sum", "7"))
    objection = refused(answer(before, ref, text))
    assert (objection.ref, objection.key, objection.value) == (ref, key, text)
    assert objection.question == ref.removeprefix("/data/").replace("[1]", "")
    assert text not in repr(objection)
    assert tree(before)["loan"]["sum"] == "7.00"


def test_a_list_is_checked_when_its_page_is_left(loan: Form, told: Told):
    interview, ref = add(told(loan, ("/data/loan/sum", "100")), "/data/loan/payment")
    interview = taken(answer(interview, f"{ref}/amount", "40"))
    page = ListStep(loan and ref.removesuffix("[1]"), "interview", "loan", "")  # type: ignore[arg-type]
    objection = check(interview, page)
    assert objection is not None
    assert objection.words == {"en": "Not CNY 100.00"}
    interview = taken(answer(interview, f"{ref}/amount", "100"))
    assert check(interview, page) is None


def test_a_default_stands_when_its_question_first_appears_and_not_again_after_it_was_cleared(loan: Form, told: Told):
    interview, ref = add(told(loan), "/data/loan/payment")
    assert look(interview, f"{ref}/day", "en").value == "2026-11-23"
    cleared = taken(answer(interview, f"{ref}/day", ""))
    again = taken(answer(cleared, "/data/loan/sum", "5"))
    assert look(again, f"{ref}/day", "en").value == ""


def test_a_changed_mind_loses_nothing_but_the_court_gets_only_what_is_relevant(loan: Form, told: Told):
    interview = told(loan, ("/data/loan/sum", "9"), ("/data/loan/interest", "yes"), ("/data/loan/owed", "1"))
    without = taken(answer(interview, "/data/loan/interest", "no"))
    assert tree(without)["loan"] == {"sum": "9.00", "interest": "no", "total": "9.00"}
    back = taken(answer(without, "/data/loan/interest", "yes"))
    assert tree(back)["loan"]["owed"] == "1.00"


def test_a_note_says_the_sum_as_people_read_it(loan: Form, told: Told):
    interview = told(loan, ("/data/loan/sum", "2000"))
    assert NoteStep in {type(step) for step in steps(interview)}
    assert look_note(interview, "/data/loan/high", "en").paragraphs == ("In all CNY 2,000.00",)
    assert look(interview, "/data/loan/recipient", "en").label == "To whom, of CNY 2,000.00?"


def test_what_was_said_elsewhere_is_offered(loan: Form, told: Told):
    interview = told(loan, ("/data/lender[1]/kind", "person"), ("/data/lender[1]/person/name", "张三"))
    assert look(interview, "/data/loan/recipient", "en").suggestions == ("张三",)


def test_a_choice_filter_follows_another_answer(loan: Form, told: Told):
    interview = told(loan, ("/data/loan/province", "zj"))
    assert [option.code for option in look(interview, "/data/loan/city", "en").options] == ["hz"]
    assert refused(answer(interview, "/data/loan/city", "nj")).key == "answers.choice"


def test_no_more_instances_than_the_form_allows(loan: Form, told: Told):
    interview, second = add(told(loan), "/data/lender")
    view = look_list(interview, "/data/lender", "en")
    assert (second, view.may_add, view.may_remove, len(view.items)) == ("/data/lender[2]", False, True, 2)


def test_removing_an_instance_moves_the_later_ones_up(loan: Form, told: Told):
    interview, second = add(told(loan), "/data/lender")
    interview = taken(answer(taken(answer(interview, f"{second}/kind", "person")), f"{second}/person/name", "李四"))
    interview = remove(interview, "/data/lender[1]")
    assert look_list(interview, "/data/lender", "en").items[0].title == "李四"
    assert tree(interview)["lender"] == [{"kind": "person", "person": {"name": "李四"}}]


def test_an_answer_that_nobody_knows_stays_empty_on_purpose(loan: Form, told: Told):
    interview = told(loan, ("/data/lender[1]/kind", "person"))
    phone = next(step for step in steps(interview) if step.ref.endswith("phone"))
    assert check(interview, phone) is not None
    known = declare_unknown(interview, phone.ref)
    assert check(known, phone) is None
    assert look(known, phone.ref, "en").unknown_declared
    assert not look(taken(answer(known, phone.ref, "13800138000")), phone.ref, "en").unknown_declared


def test_a_fact_of_the_kiosk_is_shown_but_not_asked(loan: Form, told: Told):
    interview = told(loan, court="北京市朝阳区人民法院")
    assert not any(step.ref == "/data/court" for step in steps(interview))
    assert [(line.value_lines, line.ref) for line in summary(interview, "en")] == [(("北京市朝阳区人民法院",), "")]


FULL: dict[str, Any] = {
    "lender": [{"kind": "person", "person": {"name": "张三", "phone": "13800138000"}}, {"kind": "firm"}],
    "loan": {"sum": 100, "interest": False, "payment": [{"day": "2026-01-05", "amount": "60"}, {"amount": 40}]},
    "ink": "signed",
}


def test_a_whole_tree_of_answers_completes_the_form(loan: Form):
    filled = fill(begin(loan, Context(TODAY)), FULL)
    assert isinstance(filled, Interview)
    assert objections(filled) == ()
    completed = complete(filled, "en")
    assert not isinstance(completed, tuple)
    assert completed.answers["loan"] == {
        "sum": "100.00",
        "interest": "no",
        "total": "100.00",
        "payment": [{"day": "2026-01-05", "amount": "60.00"}, {"day": "2026-11-23", "amount": "40.00"}],
    }
    assert fill(begin(loan, Context(TODAY)), completed.answers) == filled


def test_a_tree_with_mistakes_names_every_one(loan: Form):
    wrong = fill(begin(loan, Context(TODAY)), {"loan": {"sum": "x", "sums": 1}, "nothing": 1})
    assert isinstance(wrong, tuple)
    assert [(objection.question, objection.key) for objection in wrong] == [
        ("loan/sums", "answers.unknown_question"),
        ("nothing", "answers.unknown_question"),
        ("loan/sum", "law.money_not_a_number"),
    ]
    wrong = fill(begin(loan, Context(TODAY)), {"lender": [{}, {}, {}], "loan": {"sum": "x", "payment": {"amount": 1}}})
    assert isinstance(wrong, tuple)
    assert [objection.key for objection in wrong] == ["answers.too_many", "answers.shape", "law.money_not_a_number"]


def test_what_is_missing_is_told_a_stage_at_a_time(loan: Form, told: Told):
    interview = told(loan, ("/data/lender[1]/kind", "firm"), ("/data/loan/sum", "5"))
    assert [objection.question for objection in objections(interview, "interview")] == ["loan/interest", "loan/payment"]
    assert [objection.question for objection in objections(interview, "signature")] == ["ink"]
    assert complete(interview, "en") == objections(interview)


def test_a_newer_form_says_what_it_could_not_keep(loan: Form, make_form: Make, told: Told):
    interview = told(loan, ("/data/lender[1]/kind", "firm"), ("/data/loan/sum", "5"), ("/data/loan/recipient", "张三"))
    newer = make_form(
        {
            "group": "loan",
            "items": [{"ask": "sum", "kind": "money", "constraint": ". > 100", "message": {"en": "More"}}],
        },
        version="2",
    )
    resumed = resume(newer, Context(TODAY), dump(interview))
    assert resumed.changes == ("1 → 2", "lender", "lender[1]/kind", "loan/recipient", "loan/sum")
    assert tree(resumed.interview) == {"loan": {"sum": "5.00"}}


def test_nothing_said_is_in_a_repr(loan: Form):
    filled = fill(begin(loan, Context(TODAY)), FULL)
    assert isinstance(filled, Interview)
    shown = [repr(filled), repr(look_list(filled, "/data/lender", "en")), repr(summary(filled, "en"))]
    shown += [repr(look(filled, "/data/lender[1]/person/name", "en")), repr(complete(filled, "en"))]
    assert not any("张三" in text or "13800138000" in text for text in shown)


def test_the_past_does_not_grow_without_end(loan: Form, told: Told):
    interview = told(loan, *[("/data/loan/sum", str(number)) for number in range(1, 40)])
    assert len(interview.before) == KEPT_UNDOS
    assert all(not hasattr(earlier, "before") for earlier in interview.before)


def test_an_expression_that_takes_too_long_never_stops_a_person(make_form: Make, told: Told):
    slow = "count(/data/r[count(/data/r[count(/data/r[count(/data/r[position() > 0]) > 0]) > 0]) > 0])"
    form = make_form(
        {"repeat": "r", "min": 40, "items": [{"ask": "x"}]},
        {"ask": "a", "constraint": f"{slow} < 0", "relevant": f"{slow} < 0", "required": f"{slow} > 0"},
        {"compute": "b", "value": slow, "label": {"en": "B"}},
        {"note": "n", "label": {"en": "So ${b}"}},
        materials=[{"id": "m", "label": {"en": "M"}, "copies": slow, "when": f"{slow} < 0"}],
    )
    interview = told(form, ("/data/a", "1"))
    assert tree(interview)["a"] == "1"
    assert objections(interview) == ()
    assert look_note(interview, "/data/n", "en").label == "So "
    assert [view.copies for view in materials(interview, "en")] == [""]
