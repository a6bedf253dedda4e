"""What is wrong with an answer: which question, why, and the words to say it. Never the answer itself in a repr."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.forms.binding import fill, has_places
from kiosk.forms.model import Form
from kiosk.forms.plan import Key
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.world import Env
from kiosk.ids import QuestionId, Ref
from kiosk.interview.answers import formatted
from kiosk.interview.choices import labels_of
from kiosk.interview.refs import question_id, ref_of
from kiosk.interview.state import Interview


@dataclass(frozen=True, slots=True)
class Objection:
    ref: Ref
    question: QuestionId
    key: str  # a wording key, or `message` when the pack brought its own words
    words: Mapping[str, str] = field(repr=False)  # language → sentence; may quote answers
    value: str = field(default="", repr=False)


def object_to(
    interview: Interview, key: Key, reason: str, value: str = "", words: Mapping[str, str] | None = None, **places: int
) -> Objection:
    """An objection to the place `key`; the pack's own message goes before the general sentence."""
    form = interview.form
    said = spoken(interview, key, words) if words else general(form, reason, **places)
    return Objection(
        ref_of(form.plan, interview.rows, key),
        question_id(form.plan, key[0]),
        "message" if words else reason,
        said,
        value,
    )


def general(form: Form, reason: str, **places: int) -> Mapping[str, str]:
    entry = form.wording.entries.get(reason) if form.wording is not None else None
    return (
        {language: entry[language].format(**places) for language in form.languages if language in entry}
        if entry
        else {}
    )


def spoken(interview: Interview, key: Key, words: Mapping[str, str]) -> Mapping[str, str]:
    return {language: sentence(interview, key, text, language) for language, text in words.items()}


def sentence(interview: Interview, key: Key, text: str, language: str) -> str:
    """A sentence of the pack with its `${places}` filled with answers as people read them."""
    if not has_places(text):
        return text
    form = interview.form
    world = interview.world(language)

    def say(name: str) -> str:
        place = form.places.get((key[0], name))
        if place is None:
            return ""
        world.begin_evaluation()
        try:
            text = place.code.run(Env(world, key[1]))
        except ExpressionProblem:
            text = ""
        return shown(interview, place.index, text, language)

    return fill(text, say)


def shown(interview: Interview, index: int, text: str, language: str) -> str:
    """An answer of this node as people read it."""
    form = interview.form
    return formatted(form.plan.nodes[index].kind, text, language, form.tables, labels_of(form, index, language))
