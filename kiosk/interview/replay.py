"""Replaying recorded walks through other projects' forms, to see where this engine differs from theirs.

The trace format is that of the shared conformance cases; the outcome is a plain mapping, ready for JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk.clock import SystemClock
from kiosk.errors import KioskBug, KioskTrouble
from kiosk.forms.model import Form, Question
from kiosk.forms.plan import Instance, Key, Plan, Shape
from kiosk.forms.problems import ExpressionProblem
from kiosk.interview.engine import answer, begin
from kiosk.interview.imported import settled
from kiosk.interview.objection import Objection
from kiosk.interview.refs import find
from kiosk.interview.state import Context, Interview, Work
from kiosk.interview.steps import AskStep, check_question, is_required, steps


def replay(traces: Iterable[Mapping[str, Any]], forms_folder: Path) -> Iterator[dict[str, Any]]:
    """One outcome a trace; a form that will not load, or any error of ours, is told under `error`."""
    from kiosk.forms.xform import import_xform

    loaded: dict[str, Form | str] = {}
    for trace in traces:
        name = str(trace["form"])
        if name not in loaded:
            try:
                loaded[name] = import_xform((forms_folder / name).read_bytes(), name)
            except (KioskTrouble, OSError) as error:
                loaded[name] = str(error)
        form = loaded[name]
        yield _refused(trace, form) if isinstance(form, str) else walk(form, trace)


def read_traces(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _refused(trace: Mapping[str, Any], error: str) -> dict[str, Any]:
    return {
        "form": trace["form"],
        "seed": trace.get("seed"),
        "outcomes": [],
        "asked": [],
        "values": {},
        "valid_at_end": False,
        "error": error,
    }


def walk(form: Form, trace: Mapping[str, Any]) -> dict[str, Any]:
    """One walk: every answer of the trace given in its order."""
    moment = SystemClock().now()
    outcomes: list[str] = []
    error: str | None = None
    try:
        interview = begin(form, Context(moment.date(), now=moment))
    except ExpressionProblem as problem:
        return _refused(trace, str(problem))
    try:
        for step in trace["steps"]:
            if step["do"] == "add_repeat":
                interview = _grown(interview, step["ref"])
            else:
                interview, outcome = _answered(interview, step["ref"], str(step["value"]))
                outcomes.append(outcome)
    except (KioskBug, ExpressionProblem) as problem:
        error = str(problem)
    interview = settled(interview)
    asked = [step for step in steps(interview) if isinstance(step, AskStep)]
    return {
        "form": trace["form"],
        "seed": trace.get("seed"),
        "outcomes": outcomes,
        "asked": [numbered(interview, step.ref) for step in asked],
        "values": values(interview),
        "valid_at_end": error is None and all(_valid(interview, step.ref) for step in asked),
        "error": error,
    }


def _place(interview: Interview, ref: str) -> Key:
    key = find(interview.form.plan, interview.rows, ref)
    if key is None:
        raise KioskBug(f"{ref} is not there")
    return key


def _answered(interview: Interview, ref: str, text: str) -> tuple[Interview, str]:
    key = _place(interview, ref)
    question = interview.form.at.get(key[0])
    if not isinstance(question, Question):
        raise KioskBug(f"{ref} is not a question")
    if not text and is_required(interview, question, key):
        return interview, "required"
    outcome = answer(interview, ref, text)
    return (interview, "constraint") if isinstance(outcome, Objection) else (outcome, "ok")


def _grown(interview: Interview, ref: str) -> Interview:
    """The interview with the instance `ref` and every one before it."""
    list_ref, _, position = ref.rpartition("[")
    plan = interview.form.plan
    key = find(plan, interview.rows, list_ref, list_too=True)
    if key is None or plan.nodes[key[0]].shape is not Shape.REPEAT:
        raise KioskBug(f"{ref} is not a repeat")
    work = Work(interview.form, interview.context, interview)
    while len(work.rows.get(key, ())) < int(position.rstrip("]")):
        work.add_row(*key)
    return work.finished()


def _valid(interview: Interview, ref: str) -> bool:
    return check_question(interview, _place(interview, ref)) is None


def values(interview: Interview) -> dict[str, str]:
    """Every relevant text that is not empty, by its numbered path; what is below `meta` left out."""
    plan = interview.form.plan
    found: dict[str, str] = {}
    for key, instance in _leaves(plan, interview):
        text = interview.texts.get((key, instance), "")
        node = plan.nodes[key]
        if text and "/@" not in node.path and not _is_meta(node.path) and interview.visible((key, instance)):
            found[_numbered(plan, interview, (key, instance))] = text
    return found


def _is_meta(path: str) -> bool:
    return any(segment.rpartition(":")[2] == "meta" for segment in path.split("/")[2:3])


def _leaves(plan: Plan, interview: Interview) -> Iterator[tuple[int, Instance]]:
    for node in plan.nodes:
        if node.shape is Shape.LEAF:
            instances: list[Instance] = [()]
            for repeat in node.repeats:
                instances = [(*one, row) for one in instances for row in interview.rows.get((repeat, one), ())]
            for instance in instances:
                yield node.index, instance


def numbered(interview: Interview, ref: str) -> str:
    return _numbered(interview.form.plan, interview, _place(interview, ref))


def _numbered(plan: Plan, interview: Interview, key: Key) -> str:
    """`/data/group[1]/q[1]`: every position written out."""
    index, instance = key
    parts: list[str] = []
    while plan.nodes[index].parent >= 0:
        node = plan.nodes[index]
        position = 1
        if node.shape is Shape.REPEAT:
            position = interview.rows[index, instance[: node.depth - 1]].index(instance[node.depth - 1]) + 1
        parts.append(f"{node.name}[{position}]")
        index = node.parent
    return "/" + "/".join([plan.nodes[index].name, *reversed(parts)])
