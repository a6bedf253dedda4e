"""What to ask next: the relevant things of a form in its order, what is still missing, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.forms.model import Computed, Element, Group, Note, Question, Repeat
from kiosk.forms.plan import Instance, Key
from kiosk.ids import QuestionId, Ref
from kiosk.interview.choices import options_for
from kiosk.interview.engine import holds
from kiosk.interview.objection import Objection, object_to
from kiosk.interview.refs import key_of, ref_of
from kiosk.interview.state import Interview


@dataclass(frozen=True, slots=True)
class AskStep:
    ref: Ref
    stage: str
    section: QuestionId  # the outermost group it stands in, "" outside any
    instance: Ref  # the innermost instance of a repeat it stands in, "" outside any


@dataclass(frozen=True, slots=True)
class NoteStep:
    ref: Ref
    stage: str
    section: QuestionId
    instance: Ref


@dataclass(frozen=True, slots=True)
class ListStep:
    """The page of a repeat as a whole; it comes after the steps of its instances."""

    ref: Ref
    stage: str
    section: QuestionId
    instance: Ref


@dataclass(frozen=True, slots=True)
class CardStep:
    """Before a group that an ID card can fill in."""

    ref: Ref
    stage: str
    section: QuestionId
    instance: Ref


Step = AskStep | NoteStep | ListStep | CardStep


def steps(interview: Interview) -> tuple[Step, ...]:
    found: tuple[Step, ...] | None = interview.memo.get("steps")
    if found is None:
        found = tuple(_walk(interview, interview.form.items, (), QuestionId(""), Ref("")))
        interview.memo["steps"] = found
    return found


def _walk(
    interview: Interview, items: tuple[Element, ...], instance: Instance, section: QuestionId, around: Ref
) -> Iterator[Step]:
    form = interview.form
    for item in items:
        key = (item.index, _first_inside(interview, item, instance))
        if not isinstance(item, Repeat) and not interview.visible(key):
            continue
        if isinstance(item, Repeat) and form.start is None and not interview.visible(key):
            continue
        ref = ref_of(form.plan, interview.rows, key)
        match item:
            case Group():
                if item.card:
                    yield CardStep(ref, item.stage, section or item.id, around)
                yield from _walk(interview, item.items, key[1], section or item.id, around)
            case Repeat():
                for row in interview.rows.get(key, ()):
                    inner = (*key[1], row)
                    row_ref = ref_of(form.plan, interview.rows, (item.index, inner))
                    yield from _walk(interview, item.items, inner, section or item.id, row_ref)
                if not item.counted and not (item.least == item.most == 1):  # of one there is nothing to list
                    yield ListStep(ref, item.stage, section or item.id, around)
            case Question():
                if form.start is not None or not is_readonly(interview, item, key):
                    yield AskStep(ref, item.stage, section, around)
            case Note():
                yield NoteStep(ref, item.stage, section, around)
            case Computed():
                pass


def _first_inside(interview: Interview, item: Element, instance: Instance) -> Instance:
    """The instance an item stands in; where the body of an imported form does not repeat it, the first one."""
    node = interview.form.plan.nodes[item.index]
    depth = node.depth - isinstance(item, Repeat)
    if len(instance) <= depth and interview.form.start is not None:
        for repeat in node.repeats[len(instance) : depth]:
            rows = interview.rows.get((repeat, instance), ())
            if not rows:
                break
            instance = (*instance, rows[0])
    return instance[:depth]


def is_readonly(interview: Interview, question: Question, key: Key) -> bool:
    return question.readonly is not None and holds(interview.world(), question.readonly, key[1], False)


def is_required(interview: Interview, question: Question, key: Key) -> bool:
    return question.required is not None and holds(interview.world(), question.required, key[1], False)


def check(interview: Interview, step: Step) -> Objection | None:
    """What stands in the way of leaving this page."""
    match step:
        case AskStep(ref=ref):
            return check_question(interview, key_of(interview.form.plan, interview.rows, ref))
        case ListStep(ref=ref):
            return check_list(interview, key_of(interview.form.plan, interview.rows, ref, list_too=True))
        case _:
            return None


def check_question(interview: Interview, key: Key) -> Objection | None:
    question = interview.form.at[key[0]]
    assert isinstance(question, Question)
    text = interview.texts.get(key, "")
    if not text:
        if key in interview.unknown or not is_required(interview, question, key):
            return None
        return object_to(interview, key, "answers.required", "", question.required_message)
    if not holds(interview.world(), question.constraint, key[1], True):
        return object_to(interview, key, "answers.constraint", text, question.message)
    if question.choice_filter is not None:  # what the filter reads may have changed since it was chosen
        codes = {choice.code for choice in options_for(interview.form, interview.world(), question, key)}
        if not codes.issuperset(text.split()):
            return object_to(interview, key, "answers.choice", text)
    return None


def check_list(interview: Interview, key: Key) -> Objection | None:
    repeat = interview.form.at[key[0]]
    assert isinstance(repeat, Repeat)
    count = len(interview.rows.get(key, ()))
    if count < repeat.least:
        return object_to(interview, key, "answers.too_few", least=repeat.least)
    if not holds(interview.world(), repeat.constraint, key[1], True):
        return object_to(interview, key, "answers.constraint", "", repeat.message)
    return None


def objections(interview: Interview, stage: str | None = None) -> tuple[Objection, ...]:
    """Everything still missing or wrong, in the form's order; of one stage when it is named."""
    found = (check(interview, step) for step in steps(interview) if stage is None or step.stage == stage)
    return tuple(objection for objection in found if objection is not None)
