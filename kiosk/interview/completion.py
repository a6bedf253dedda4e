"""The end of an interview: the check page, what to bring, what to read, and the completed form.

Answers to questions that are no longer asked stay in the interview, so that a changed mind loses nothing;
they are left out of everything here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kiosk.filings.filing import CompletedForm
from kiosk.forms.kinds import Kind
from kiosk.forms.model import Computed, Element, Group, Material, Note, Question, Repeat
from kiosk.forms.plan import Instance
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.world import Env, World
from kiosk.ids import Ref
from kiosk.interview.choices import words
from kiosk.interview.engine import holds
from kiosk.interview.objection import Objection, sentence, shown
from kiosk.interview.refs import ref_of
from kiosk.interview.state import Interview
from kiosk.interview.steps import is_readonly, objections


@dataclass(frozen=True, slots=True)
class SummaryLine:
    section_title: str = field(repr=False)
    label: str = field(repr=False)
    value_lines: tuple[str, ...] = field(repr=False)
    ref: Ref  # "" for a line that cannot be changed
    private: bool  # to be masked on the screen unless asked for
    kind: Kind = Kind.TEXT
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class MaterialView:
    id: str
    label: str
    original: bool
    copies: str
    law: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    id: str
    version: str
    title: str
    items: tuple[str, ...]
    source: str
    moment: str  # one of kiosk.forms.model.TOLD
    spoken: tuple[str, ...]  # the same items as they are read aloud


def summary(interview: Interview, language: str, stage: str | None = None) -> tuple[SummaryLine, ...]:
    """A line for each answered or required question, and for each computed value that has words."""
    lines: list[SummaryLine] = []
    _summarise(interview, interview.form.items, (), "", language, stage, lines)
    return tuple(lines)


def _summarise(
    interview: Interview,
    items: tuple[Element, ...],
    instance: Instance,
    title: str,
    language: str,
    stage: str | None,
    lines: list[SummaryLine],
) -> None:
    for item in items:
        key = (item.index, instance)
        if not interview.visible(key):
            continue
        match item:
            case Group():
                label = sentence(interview, key, words(item.label, language), language)
                inner = f"{title} · {label}" if title and instance else label
                _summarise(interview, item.items, instance, inner, language, stage, lines)
            case Repeat():
                rows = interview.rows.get(key, ())
                label = sentence(interview, key, words(item.label, language), language)
                for number, row in enumerate(rows, 1):
                    named = f"{label} {number}" if len(rows) > 1 else label
                    _summarise(interview, item.items, (*instance, row), named, language, stage, lines)
            case Question() | Computed() if stage is None or item.stage == stage:
                _line(interview, item, instance, title, language, lines)
            case _:
                pass


def _line(
    interview: Interview,
    item: Question | Computed,
    instance: Instance,
    title: str,
    language: str,
    lines: list[SummaryLine],
) -> None:
    key = (item.index, instance)
    text = interview.texts.get(key, "")
    unknown = key in interview.unknown
    if (not text and not unknown) or not item.label:
        return
    fixed = isinstance(item, Computed) or is_readonly(interview, item, key)
    lines.append(
        SummaryLine(
            section_title=title,
            label=sentence(interview, key, words(item.paper or item.label, language), language),  # as the paper says it
            value_lines=tuple(shown(interview, item.index, text, language).split("\n")) if text else (),
            ref=Ref("") if fixed else ref_of(interview.form.plan, interview.rows, key),
            private=item.category == "sensitive",
            kind=item.kind,
            unknown=unknown,
        )
    )


def materials(interview: Interview, language: str) -> tuple[MaterialView, ...]:
    """What this person brings."""
    world = interview.world(language)
    found: list[MaterialView] = []
    for material in interview.form.materials:
        if holds(world, material.when, (), True):
            copies = _copies(world, material)
            label = words(material.label, language)
            found.append(MaterialView(material.id, label, material.original, copies, material.law))
    return tuple(found)


def _copies(world: World, material: Material) -> str:
    if material.copies is None:
        return ""
    world.begin_evaluation()
    try:
        return str(material.copies.run(Env(world, ())))
    except ExpressionProblem:
        return ""


def notices(interview: Interview, language: str) -> tuple[NoticeView, ...]:
    world = interview.world(language)
    return tuple(
        NoticeView(
            notice.id,
            notice.version,
            words(notice.title, language),
            tuple(words(item, language) for item in notice.items),
            notice.source,
            notice.moment,
            tuple(words(notice.spoken.get(at, item), language) for at, item in enumerate(notice.items)),
        )
        for notice in interview.form.notices
        if holds(world, notice.when, (), True)
    )


def complete(interview: Interview, language: str) -> CompletedForm | tuple[Objection, ...]:
    """The completed form without what is not relevant, or everything that stands in its way."""
    wrong = objections(interview)
    if wrong:
        return wrong
    form = interview.form
    return CompletedForm(form.pack, form.version, language, tree(interview))


def tree(interview: Interview) -> dict[str, Any]:
    """The relevant answers by name: groups as mappings, repeats as lists of mappings."""
    return _branch(interview, interview.form.items, ())


def _branch(interview: Interview, items: tuple[Element, ...], instance: Instance) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        key = (item.index, instance)
        if not interview.visible(key):
            continue
        name = interview.form.plan.nodes[item.index].name
        match item:
            case Group():
                inner = _branch(interview, item.items, instance)
                if inner:
                    found[name] = inner
            case Repeat():
                rows = [_branch(interview, item.items, (*instance, row)) for row in interview.rows.get(key, ())]
                if rows:
                    found[name] = rows
            case Question() | Computed():
                text = interview.texts.get(key, "")
                if text:
                    found[name] = text
            case Note():
                pass
    return found
