"""Working out only what depends on an answer gives what working out everything gives, on any form in any order."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kiosk.forms import Form, load_form
from kiosk.forms.load import build_pack, checked_form
from kiosk.forms.problems import PackTrouble
from kiosk.interview import Context, Interview, add, answer, begin, dump, remove, resume, undo
from kiosk.interview.engine import may_add, recomputed
from kiosk.interview.refs import key_of

CONTEXT = Context(date(2026, 11, 23))
NAMES = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]


@st.composite
def expressions(draw: st.DrawFn, names: list[str]) -> str:
    name = st.sampled_from(names)
    shape = draw(
        st.sampled_from(
            [
                "${{{0}}} + coalesce(${{{1}}}, 1)",
                "if(${{{0}}} > ${{{1}}}, ${{{0}}}, 'x')",
                "concat(${{{0}}}, '-', ${{{1}}})",
                "sum(/data/r/x) + ${{{1}}}",
                "count(/data/r) * 2 + ${{{0}}}",
                "position(..) + ${{{0}}}",
                "sum(/data/r[position() < 3]/x) + ${{{0}}}",
                "count-non-empty(/data/r/s/y) + ${{{0}}}",
                "indexed-repeat(/data/r/x, /data/r, 2)",
                "string-length(${{{0}}}) + count(/data/r)",
                "max(/data/r/x)",
            ]
        )
    )
    return shape.format(draw(name), draw(name))


@st.composite
def items(draw: st.DrawFn, names: list[str], known: list[str], inner: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in names:
        what = draw(st.sampled_from(["ask", "ask", "compute", "default", "group"]))
        item: dict[str, Any] = {"label": {"en": name}}
        if what == "compute" and known:
            item = {"compute": name, "value": draw(expressions(known))}
        elif what == "group" and not inner and known:
            item |= {"group": name, "items": [{"ask": f"{name}x", "purpose": "t", "label": {"en": "?"}, "kind": "int"}]}
            item["relevant"] = draw(expressions(known)) + " != ''"
        else:
            item |= {"ask": name, "purpose": "t", "kind": draw(st.sampled_from(["int", "text", "decimal"]))}
            if what == "default" and known:
                item["default"] = draw(expressions(known))
        if known and "relevant" not in item and "ask" in item and draw(st.booleans()):
            item["relevant"] = f"${{{draw(st.sampled_from(known))}}} != '3'"
        found.append(item)
        known.append(name)
    return found


@st.composite
def forms(draw: st.DrawFn) -> Form:
    first = draw(items(["a", "b", "c"], [], False))
    known = [*NAMES[:3], "x"]
    inside = [{"ask": "x", "kind": "int", "purpose": "t", "label": {"en": "x"}}]
    inside += draw(items(["d", "e"], known, True))
    inside.append(
        {"repeat": "s", "label": {"en": "s"}, "min": draw(st.integers(0, 1)), "items": [
            {"ask": "y", "kind": "int", "purpose": "t", "label": {"en": "y"}, "relevant": "${x} != 2"},
            {"compute": "z", "value": "${x} + ${y} + position(..)"},
        ]}
    )  # fmt: skip
    repeat: dict[str, Any] = {"repeat": "r", "label": {"en": "r"}, "min": draw(st.integers(0, 2)), "items": inside}
    if draw(st.booleans()):
        repeat["relevant"] = "${a} != '2'"
    last = draw(items(["f", "g", "h"], [*NAMES[:3]], False))
    order = [first, [repeat], last]
    if draw(st.booleans()):
        order.reverse()
    pack = {
        "pack": "t",
        "version": "1",
        "languages": ["en"],
        "title": {"en": "t"},
        "form": [i for part in order for i in part],
    }
    try:
        return load_form(build_pack(pack)) if draw(st.booleans()) else checked_form(pack)
    except PackTrouble as trouble:
        circular = all(problem.key == "circle" for problem in trouble.problems)
    assert circular
    assume(False)
    raise AssertionError


def places(interview: Interview) -> list[str]:
    from kiosk.forms.model import Question
    from kiosk.forms.plan import Shape
    from kiosk.interview.refs import ref_of

    form, found = interview.form, []
    instances: dict[int, list[tuple[int, ...]]] = {}
    for node in form.plan.nodes:
        around = instances.get(node.parent, [()])
        if node.shape is Shape.REPEAT:
            rows = interview.rows
            instances[node.index] = [(*one, row) for one in around for row in rows.get((node.index, one), ())]
        else:
            instances[node.index] = around
        if isinstance(form.at.get(node.index), Question):
            found += [ref_of(form.plan, interview.rows, (node.index, one)) for one in around]
    return found


def lists(interview: Interview) -> list[str]:
    from kiosk.interview.refs import ref_of

    plan = interview.form.plan
    found = ["/data/r"] if "/data/r" in plan.by_path else []
    inner = plan.by_path.get("/data/r/s")
    for row in interview.rows.get((plan.by_path["/data/r"], ()), ()):
        if inner is not None:
            found.append(ref_of(plan, interview.rows, (plan.by_path["/data/r"], (row,))) + "/s")
    return found


def changed(interview: Interview, draw: Any) -> Interview:
    what = draw(st.sampled_from(["answer"] * 5 + ["add", "remove", "undo"]))
    if what == "undo":
        return undo(interview)
    if what == "answer":
        ref = draw(st.sampled_from(places(interview)))
        outcome = answer(interview, ref, draw(st.sampled_from(["", "1", "2", "3", "10"])))
        return outcome if isinstance(outcome, Interview) else interview
    ref = draw(st.sampled_from(lists(interview)))
    key = key_of(interview.form.plan, interview.rows, ref, list_too=True)
    if what == "add":
        return add(interview, ref)[0] if may_add(interview, key) and len(interview.rows.get(key, ())) < 4 else interview
    rows = interview.rows.get(key, ())
    return remove(interview, f"{ref}[{draw(st.integers(1, len(rows)))}]") if rows else interview


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(forms(), st.data())
def test_recomputing_a_little_equals_recomputing_all(form: Form, data: st.DataObject):
    interview = begin(form, CONTEXT)
    for _ in range(data.draw(st.integers(1, 12))):
        interview = changed(interview, data.draw)
        whole = recomputed(interview)
        assert dict(interview.texts) == dict(whole.texts)
        assert set(interview.hidden) == set(whole.hidden)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(forms(), st.data())
def test_a_draft_taken_up_again_is_the_same_interview(form: Form, data: st.DataObject):
    interview = begin(form, CONTEXT)
    for _ in range(data.draw(st.integers(0, 10))):
        interview = changed(interview, data.draw)
    resumed = resume(form, CONTEXT, dump(interview))
    assert resumed.changes == ()
    assert dump(resumed.interview) == dump(interview)
    ref = data.draw(st.sampled_from(places(interview)))
    one, other = answer(interview, ref, "2"), answer(resumed.interview, ref, "2")
    assert isinstance(one, Interview)
    assert isinstance(other, Interview)
    assert dump(one) == dump(other)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(forms(), st.data())
def test_undo_takes_back_exactly_the_last_change(form: Form, data: st.DataObject):
    before = begin(form, CONTEXT)
    ref = data.draw(st.sampled_from(places(before) or ["/data/a"]))
    after = answer(before, ref, "3")
    assert isinstance(after, Interview)
    assert dump(undo(after)) == dump(before)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(forms(), st.data())
def test_the_interview_an_answer_is_given_to_stays_as_it_was(form: Form, data: st.DataObject):
    interview = begin(form, CONTEXT)
    for _ in range(data.draw(st.integers(1, 8))):
        before = [repr(dict(interview.texts)), repr(dict(interview.rows))]
        marks = [set(interview.hidden), set(interview.seeded), set(interview.unknown)]
        following = changed(interview, data.draw)
        assert [repr(dict(interview.texts)), repr(dict(interview.rows))] == before
        assert [interview.hidden, interview.seeded, interview.unknown] == marks
        interview = following


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(forms(), st.data())
def test_a_draft_that_names_every_place_whose_default_is_done_with_is_read_too(form: Form, data: st.DataObject):
    interview = begin(form, CONTEXT)
    for _ in range(data.draw(st.integers(0, 8))):
        interview = changed(interview, data.draw)
    draft = json.loads(dump(interview))
    unseeded = set(draft.pop("unseeded"))
    draft["seeded"] += [ref for ref in draft["texts"] if ref not in unseeded]
    assert dump(resume(form, CONTEXT, json.dumps(draft).encode()).interview) == dump(interview)
