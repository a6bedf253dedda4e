"""What may be chosen, and in which words."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.forms.model import Choice, Computed, Form, Question
from kiosk.forms.plan import Key
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.world import Env, World
from kiosk.interview.state import Interview


def options_for(form: Form, world: World, question: Question, key: Key) -> tuple[Choice, ...]:
    """The choices of a question that its filter lets through, in their order."""
    if question.itemset is not None:
        return question.itemset.choices(world, key[1])
    every = form.lists.get(question.choices, ())
    if question.choice_filter is None:
        return every
    world.begin_evaluation()
    items = form.lists.items_of(question.choices)
    try:
        kept = {id(item) for item in question.choice_filter.run(Env(world, key[1]))(list(items))}
    except ExpressionProblem:  # a filter that runs out of steps hides nothing
        return every
    return tuple(choice for choice, item in zip(every, items, strict=True) if id(item) in kept)


def codes_for(form: Form, interview: Interview, question: Question, key: Key) -> Mapping[str, int]:
    """The codes that may be chosen, with their order. A list without a filter is numbered once for all answers."""
    if question.itemset is None and question.choice_filter is None:
        return form.lists.codes_of(question.choices)
    shown = options_for(form, interview.world(), question, key)
    return {choice.code: number for number, choice in enumerate(shown)}


def labels_of(form: Form, index: int, language: str) -> Mapping[str, str]:
    element = form.at.get(index)
    if not isinstance(element, Question | Computed) or not element.choices:
        return {}
    return {choice.code: words(choice.label, language) for choice in form.lists.get(element.choices, ())}


def words(label: Mapping[str, str], language: str) -> str:
    return label.get(language) or next(iter(label.values()), "")
