"""What an imported form does is what JavaRosa does, also where the two ODK engines differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kiosk.forms import Form
from kiosk.interview import AskStep, Context, Interview, Objection, answer, begin, look, steps
from kiosk.interview.imported import settled
from kiosk.interview.replay import replay, values, walk

Make = Callable[[str, str], Form]
START = Context(date(2026, 11, 23))


def one_value(make_xform: Make, expression: str, instance: str = "", binds: str = "") -> str:
    """What a calculation gives beside this instance."""
    model = (
        f"<instance><data id='t'>{instance}<out/></data></instance>{binds}"
        f'<bind nodeset="/data/out" type="string" calculate="{expression}"/>'
    )
    return values(begin(make_xform(model, ""), START)).get("/data/out[1]", "")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("0.1 + 0.2", "0.30000000000000004"),
        ("10 div 4", "2.5"),
        ("6 div 3", "2"),
        ("1 div 0", "Infinity"),
        ("concat(1 div 300000, '')", "3.3333333333333333E-6"),
        ("concat(2500000000 * 4, '')", "1.0E10"),
        ("true()", "1"),
        ("concat(true(), '')", "true"),
        ("number('1,5')", "1.5"),
        ("number(date-time('1970-01-05T12:00:00.000Z'))", "4"),
        ("round(-2.5)", "-2"),
        ("round(2.5)", "3"),
        ("max(-5, -3)", "0"),
        ("today()", "2026-11-23T00:00:00.000Z"),
        ("concat(/data/nowhere, 'x')", "x"),
    ],
)
def test_a_calculation_is_written_as_javarosa_writes_it(make_xform: Make, expression: str, value: str):
    assert one_value(make_xform, expression) == value


def test_only_truths_choose_in_a_predicate(make_xform: Make):
    rows = "<r><x>7</x></r><r><x>8</x></r>"
    body = '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat></group>'
    for expression, value in (("/data/r[2]/x", ""), ("/data/r[position() = 2]/x", "8")):
        model = (
            f"<instance><data id='t'>{rows}<out/></data></instance><bind nodeset='/data/out' calculate='{expression}'/>"
        )
        assert values(begin(make_xform(model, body), START)).get("/data/out[1]", "") == value


def test_a_path_to_the_repeat_around_means_one_instance_a_relative_path_all_of_them(make_xform: Make):
    body = '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat></group>'
    rows = "<r><x>7</x><y/></r><r><x>8</x><y/></r>"
    for expression, value in (
        ("count(/data/r)", "1"),
        ("count(../../r)", "2"),
        ("sum(/data/r/x)", "8"),
        ("sum(../../r/x)", "15"),
    ):
        model = f"<instance><data id='t'>{rows}</data></instance><bind nodeset='/data/r/y' calculate='{expression}'/>"
        assert values(begin(make_xform(model, body), START))["/data/r[2]/y[1]"] == value


def test_a_constraint_sees_the_answer_being_tried_only_as_a_dot(make_xform: Make):
    for constraint, taken in ((". = 1", True), ("/data/a = 1", False)):
        model = f"<instance><data id='t'><a/></data></instance><bind nodeset='/data/a' type='int' constraint='{constraint}'/>"
        outcome = answer(begin(make_xform(model, "<input ref='/data/a'/>"), START), "/data/a", "1")
        assert isinstance(outcome, Interview) is taken


COUNTED = (
    "<instance><data id='t'><n/><r jr:template=''><x/></r><r><x/></r></data></instance><bind nodeset='/data/n' type='int'/>",
    "<input ref='/data/n'/><group ref='/data/r'><repeat nodeset='/data/r' jr:count='/data/n'><input ref='/data/r/x'/></repeat></group>",
)


def asked_after(form: Form, *answers: tuple[str, str]) -> list[str]:
    interview = begin(form, START)
    for ref, text in answers:
        outcome = answer(interview, ref, text)
        assert isinstance(outcome, Interview)
        interview = outcome
    return [step.ref for step in steps(interview) if isinstance(step, AskStep)]


def test_a_count_adds_instances_and_takes_away_only_untouched_ones(make_xform: Make):
    form = make_xform(*COUNTED)
    first = ["/data/n", "/data/r[1]/x"]
    assert asked_after(form) == first
    assert asked_after(form, ("/data/n", "3")) == [*first, "/data/r[2]/x", "/data/r[3]/x"]
    assert asked_after(form, ("/data/n", "3"), ("/data/n", "0")) == first
    assert asked_after(form, ("/data/n", "3"), ("/data/r[2]/x", "a"), ("/data/n", "0")) == [*first, "/data/r[2]/x"]


def test_a_choice_that_left_the_list_leaves_the_answer(make_xform: Make):
    model = (
        "<instance><data id='t'><a/><b/></data></instance>"
        "<instance id='l'><root><item><name>x</name><of>1</of></item><item><name>y</name><of>2</of></item></root></instance>"
    )
    body = (
        "<input ref='/data/a'/><select1 ref='/data/b'><itemset nodeset=\"instance('l')/root/item[of = /data/a]\">"
        "<value ref='name'/><label ref='name'/></itemset></select1>"
    )
    interview = begin(make_xform(model, body), START)
    for ref, text in (("/data/a", "1"), ("/data/b", "x")):
        interview = answer(interview, ref, text)  # type: ignore[assignment]
    assert [option.code for option in look(interview, "/data/b", "default").options] == ["x"]
    interview = answer(interview, "/data/a", "2")  # type: ignore[assignment]
    assert values(settled(interview)) == {"/data/a[1]": "2"}


def test_actions_happen_at_first_load_at_a_new_repeat_and_when_a_value_changes(make_xform: Make):
    model = (
        "<instance><data id='t'><a/><b/><r jr:template=''><x/></r></data></instance>"
        "<setvalue event='odk-instance-first-load' ref='/data/a' value=\"'first'\"/>"
    )
    body = (
        "<input ref='/data/a'><setvalue event='xforms-value-changed' ref='/data/b' value='concat(/data/a, 1)'/></input>"
        "<group ref='/data/r'><repeat nodeset='/data/r'>"
        "<setvalue event='odk-new-repeat' ref='/data/r/x' value='position(..)'/><input ref='/data/r/x'/></repeat></group>"
    )
    trace = {
        "form": "t",
        "seed": 1,
        "steps": [
            {"do": "answer", "ref": "/data/a[1]", "value": "z"},
            {"do": "add_repeat", "ref": "/data/r[1]"},
            {"do": "add_repeat", "ref": "/data/r[2]"},
        ],
    }
    form = make_xform(model, body)
    assert values(begin(form, START)) == {"/data/a[1]": "first"}
    outcome = walk(form, trace)
    assert outcome["values"] == {"/data/a[1]": "z", "/data/b[1]": "z1", "/data/r[1]/x[1]": "1", "/data/r[2]/x[1]": "2"}
    assert (outcome["outcomes"], outcome["error"], outcome["valid_at_end"]) == (["ok"], None, True)


def test_a_walk_tells_required_and_constraint_and_keeps_the_old_value(make_xform: Make):
    model = "<instance><data id='t'><a/></data></instance><bind nodeset='/data/a' type='int' required='true()' constraint='. &lt; 5'/>"
    form = make_xform(model, "<input ref='/data/a'/>")
    given = ("3", "9", "")
    outcome = walk(
        form, {"form": "t", "steps": [{"do": "answer", "ref": "/data/a[1]", "value": text} for text in given]}
    )
    assert (outcome["outcomes"], outcome["values"]) == (["ok", "constraint", "required"], {"/data/a[1]": "3"})


def test_a_form_that_is_not_there_is_told_and_the_next_goes_on(tmp_path):
    outcomes = list(replay([{"form": "none.xml", "seed": 1, "steps": []}], tmp_path))
    assert [(outcome["error"] is not None, outcome["values"]) for outcome in outcomes] == [(True, {})]


def test_an_answer_that_breaks_the_constraint_is_an_objection_with_the_forms_own_words(make_xform: Make):
    model = (
        "<instance><data id='t'><a/></data></instance>"
        "<bind nodeset='/data/a' type='int' constraint='. &lt; 5' jr:constraintMsg='Below five'/>"
    )
    outcome = answer(begin(make_xform(model, "<input ref='/data/a'/>"), START), "/data/a", "7")
    assert isinstance(outcome, Objection)
    assert outcome.words == {"default": "Below five"}


def test_a_constraint_may_compare_the_answer_with_a_question_in_another_repeat(make_xform: Make):
    rows = "<r><x>7</x></r>", "<r><x>7</x></r><r><x>9</x></r>"
    body = (
        '<input ref="/data/a"/><group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat></group>'
    )
    taken = []
    for inside in rows:
        model = (
            f"<instance><data id='t'><a/>{inside}</data></instance>"
            "<bind nodeset='/data/a' type='int' constraint='. &gt; /data/r/x'/>"
        )
        start = begin(make_xform(model, body), START)
        taken.append([isinstance(answer(start, "/data/a", text), Interview) for text in ("8", "6")])
    assert taken == [[True, False], [True, True]]  # with several to compare with, every answer passes


LISTED = (
    "<instance><data id='t' version='3'><o/><n/></data></instance><instance id='l'><root>{}</root></instance>".format(
        "".join(f"<item><name>{name}</name></item>" for name in "abcd")
    )
)


@pytest.mark.parametrize(
    ("kind", "calculation", "value"),
    [
        ("string", "join(' ', randomize(instance('l')/root/item/name, 42))", "a d c b"),
        ("string", "join(' ', randomize(instance('l')/root/item/name, 7))", "d b a c"),
        ("string", "log(0)", "-Infinity"),
        ("string", "selected('', '')", "1"),
        ("string", "selected('a b', '')", "0"),
        ("string", "selected('a b', 'a b')", "1"),
        ("string", "/data/@version", "3"),
        ("string", "regex('word here', '.*\\bhere\\b')", "1"),
        ("decimal", "substr('2024-03-09', 5, 7)", "03"),
        ("decimal", "string(10000000)", "10000000"),
        ("int", "1 div 0", "2147483647"),
        ("int", "-7.9", "-7"),
    ],
)
def test_a_calculation_gives_what_javarosa_gives(make_xform: Make, kind: str, calculation: str, value: str):
    model = f"{LISTED}<bind nodeset='/data/o' type='{kind}' calculate=\"{calculation}\"/>"
    assert values(begin(make_xform(model, "<input ref='/data/n'/>"), START))["/data/o[1]"] == value


def test_instances_that_set_something_when_they_are_made_are_made_one_after_the_other(make_xform: Make):
    """Not one inside the other, however many the count wants."""
    model = (
        "<instance><data id='t'><n/><r jr:template=''><x/></r></data></instance><bind nodeset='/data/n' type='int'/>"
    )
    body = (
        "<input ref='/data/n'/><group ref='/data/r'><repeat nodeset='/data/r' jr:count='/data/n'><input ref='/data/r/x'/>"
        "<setvalue event='odk-new-repeat' ref='/data/r/x' value='position(..)'/></repeat></group>"
    )
    interview = answer(begin(make_xform(model, body), START), "/data/n", "400")
    assert isinstance(interview, Interview)
    assert values(interview)["/data/r[400]/x[1]"] == "400"
