"""An interview written down and taken up again, also with a newer version of its form.

What the newer form no longer asks, or no longer accepts, is named in `changes`; nothing goes silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kiosk.errors import KioskTrouble
from kiosk.forms.model import Form, Group, Question, Repeat
from kiosk.forms.plan import Instance, Key, Plan, Shape
from kiosk.interview.engine import answer
from kiosk.interview.objection import Objection, object_to
from kiosk.interview.refs import find, ref_of
from kiosk.interview.state import MOST_ROWS, Context, Interview, Work

LARGEST_DRAFT = 4 * 1024 * 1024


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pack: str
    version: str
    rows: dict[str, int]  # ref of a list → how many
    texts: dict[str, str]  # ref of a question → stored text
    computed: dict[str, str]  # ref of anything else that holds a text
    seeded: list[str]  # whose default is done with
    unknown: list[str]
    # Questions with a text whose default is not done with. Where this is told, every other question with a text is
    # `seeded` without being named there: a draft is written after each answer, and most places are of that sort.
    unseeded: list[str] | None = None


@dataclass(frozen=True, slots=True)
class Resumed:
    interview: Interview
    changes: tuple[str, ...] = field(repr=False)  # a line each: what could not be kept, by question id


def dump(interview: Interview) -> bytes:
    """The interview as JSON."""
    plan, rows, at = interview.form.plan, interview.rows, interview.form.at

    def refs(keys: Iterable[Key]) -> list[str]:
        return sorted(ref_of(plan, rows, key) for key in keys)

    texts: dict[str, str] = {}
    computed: dict[str, str] = {}
    said: set[Key] = set()
    for key, text in sorted(interview.texts.items()):
        asked = isinstance(at.get(key[0]), Question)
        (texts if asked else computed)[ref_of(plan, rows, key)] = text
        if asked:
            said.add(key)
    draft = Draft(
        pack=interview.form.pack,
        version=interview.form.version,
        rows={
            ref_of(plan, rows, key): len(found) for key, found in _in_order(interview) if _reachable(plan, rows, key)
        },
        texts=texts,
        computed=computed,
        seeded=refs(interview.seeded - said),
        unknown=refs(interview.unknown),
        unseeded=refs(said - interview.seeded),
    )
    return msgspec.json.encode(draft)


def _in_order(interview: Interview) -> list[tuple[Key, tuple[int, ...]]]:
    return sorted(interview.rows.items(), key=lambda entry: (len(entry[0][1]), entry[0]))


def _reachable(plan: Plan, rows: Mapping[Key, tuple[int, ...]], key: Key) -> bool:
    index, instance = key
    return all(
        row in rows.get((repeat, instance[:depth]), ())
        for depth, (repeat, row) in enumerate(zip(plan.nodes[index].repeats, instance, strict=False))
    )


def resume(form: Form, context: Context, data: bytes) -> Resumed:
    """Take up a draft. Of a draft of this very version nothing changes but the day."""
    if len(data) > LARGEST_DRAFT:
        raise KioskTrouble("draft.unreadable")
    try:
        draft = msgspec.json.decode(data, type=Draft)
    except msgspec.DecodeError as error:
        raise KioskTrouble("draft.unreadable") from error
    if draft.pack != form.pack:
        raise KioskTrouble("draft.another_form", form=str(form.pack))
    work = Work(form, context)
    changes: list[str] = []
    work.first_rows(0, ())
    _take_rows(work, draft, changes)
    _take_texts(work, draft, changes)
    work.call_everything()
    interview = work.finished(undoable=False)
    if draft.version != form.version:
        interview, refused = _recheck(interview)
        changes += refused
        changes.insert(0, f"{draft.version} → {form.version}")
    return Resumed(interview, tuple(changes))


def _take_rows(work: Work, draft: Draft, changes: list[str]) -> None:
    for ref, count in draft.rows.items():
        key = find(work.plan, work.rows, ref, list_too=True)
        if key is None or work.plan.nodes[key[0]].shape is not Shape.REPEAT:
            changes.append(_id_of(ref))
            continue
        have = work.rows.setdefault(key, ())
        for _ in range(min(count, MOST_ROWS) - len(have)):
            work.add_row(*key)
        for row in have[count:]:
            work.remove_row((key[0], (*key[1], row)))


def _take_texts(work: Work, draft: Draft, changes: list[str]) -> None:
    for ref, text in draft.texts.items():
        key = find(work.plan, work.rows, ref)
        if key is None or work.plan.nodes[key[0]].shape is not Shape.LEAF:
            changes.append(_id_of(ref))
        else:
            work.texts[key] = text
    for ref, text in draft.computed.items():
        key = find(work.plan, work.rows, ref)
        if key is not None and work.plan.nodes[key[0]].shape is Shape.LEAF:
            work.texts[key] = text
    seeded = draft.seeded
    if draft.unseeded is not None:
        seeded = [*seeded, *(draft.texts.keys() - set(draft.unseeded))]
    for marks, refs in ((work.changing("seeded"), seeded), (work.changing("unknown"), draft.unknown)):
        keys = [find(work.plan, work.rows, ref) for ref in refs]
        marks.update(key for key in keys if key is not None)


def _recheck(interview: Interview) -> tuple[Interview, list[str]]:
    """Answers that the newer form refuses stay in sight: they are named, and asked again."""
    refused: list[str] = []
    plan = interview.form.plan
    for key, text in list(interview.texts.items()):
        if isinstance(interview.form.at.get(key[0]), Question):
            ref = ref_of(plan, interview.rows, key)
            if isinstance(answer(interview, ref, text), Objection):
                refused.append(_id_of(ref))
    return interview, refused


def _id_of(ref: str) -> str:
    return ref.removeprefix("/data/")


def fill(interview: Interview, tree: Mapping[str, Any]) -> Interview | tuple[Objection, ...]:
    """A whole tree of answers at once, in the form's order; names that the form does not know are objections."""
    wrong: list[Objection] = []
    work = Work(interview.form, interview.context, interview)
    rows_made = _make_rows(work, 0, (), tree, wrong, interview)
    grown = rows_made.finished()
    filled = _fill_in(grown, 0, (), tree, wrong)
    return tuple(wrong) if wrong else filled


def _make_rows(
    work: Work, inside: int, instance: Instance, tree: Mapping[str, Any], wrong: list[Objection], before: Interview
) -> Work:
    names = {work.plan.nodes[child].name: child for child in work.plan.nodes[inside].children}
    for name, value in tree.items():
        index = names.get(name)
        if index is None:
            wrong.append(_unknown(before, (inside, instance), name))
            continue
        element = work.form.at.get(index)
        if isinstance(element, Repeat) and isinstance(value, list):
            have = work.rows.get((index, instance), ())
            for _ in range(min(len(value), element.most or MOST_ROWS) - len(have)):
                work.add_row(index, instance)
            if len(value) > len(work.rows.get((index, instance), ())):
                wrong.append(_wrong_shape(before, index, "answers.too_many"))
            for row, branch in zip(work.rows[index, instance], value, strict=False):
                _make_rows(work, index, (*instance, row), branch if isinstance(branch, dict) else {}, wrong, before)
        elif isinstance(element, Group) and isinstance(value, dict):
            _make_rows(work, index, instance, value, wrong, before)
        elif isinstance(element, Group | Repeat) or not isinstance(value, str | int | float | bool):
            wrong.append(_wrong_shape(before, index, "answers.shape"))
    return work


def _unknown(interview: Interview, key: Key, name: str) -> Objection:
    path = interview.form.plan.nodes[key[0]].path.removeprefix("/data").removeprefix("/")
    question = f"{path}/{name}".removeprefix("/")[:200]
    made = object_to(interview, (0, ()), "answers.unknown_question")
    return Objection(type(made.ref)(f"/data/{question}"), type(made.question)(question), made.key, made.words)


def _wrong_shape(interview: Interview, index: int, reason: str) -> Objection:
    made = object_to(interview, (0, ()), reason)
    question = interview.form.plan.nodes[index].path.removeprefix("/data/")
    return Objection(type(made.ref)(f"/data/{question}"), type(made.question)(question), made.key, made.words)


def _fill_in(
    interview: Interview, inside: int, instance: Instance, tree: Mapping[str, Any], wrong: list[Objection]
) -> Interview:
    """In the form's order, so that what a question depends on stands before it."""
    plan = interview.form.plan
    for child in plan.nodes[inside].children:
        value = tree.get(plan.nodes[child].name)
        element = interview.form.at.get(child)
        if value is None or element is None:
            continue
        if isinstance(element, Repeat) and isinstance(value, list):
            for row, branch in zip(interview.rows.get((child, instance), ()), value, strict=False):
                if isinstance(branch, dict):
                    interview = _fill_in(interview, child, (*instance, row), branch, wrong)
        elif isinstance(element, Group) and isinstance(value, dict):
            interview = _fill_in(interview, child, instance, value, wrong)
        elif isinstance(element, Question) and isinstance(value, str | int | float | bool):
            interview = _answered(interview, (child, instance), as_text(value), wrong)
    return interview


def _answered(interview: Interview, key: Key, text: str, wrong: list[Objection]) -> Interview:
    outcome = answer(interview, ref_of(interview.form.plan, interview.rows, key), text)
    if isinstance(outcome, Objection):
        wrong.append(outcome)
        return interview
    return outcome


def as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
