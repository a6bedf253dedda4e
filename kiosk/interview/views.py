"""What a page needs to show one question, one note or one list: finished words in one language."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.errors import KioskBug
from kiosk.forms.kinds import Kind
from kiosk.forms.model import NO_WORDS, Group, Note, Question, Repeat, Words
from kiosk.forms.plan import Key
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.world import Env
from kiosk.ids import Ref
from kiosk.interview.answers import formatted
from kiosk.interview.choices import labels_of, options_for, words
from kiosk.interview.engine import may_add
from kiosk.interview.objection import sentence, shown
from kiosk.interview.refs import key_of, ref_of
from kiosk.interview.state import Interview
from kiosk.interview.steps import is_readonly, is_required

MOST_SUGGESTIONS = 6
YES_NO = (("yes", {"zh": "是", "en": "Yes"}), ("no", {"zh": "否", "en": "No"}))


@dataclass(frozen=True, slots=True)
class OptionView:
    code: str
    label: str = field(repr=False)
    example: str = field(default="", repr=False)
    chosen: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True)
class AskView:
    question: Question
    kind: Kind
    label: str = field(repr=False)
    second_label: str = field(repr=False)
    hint: str = field(repr=False)
    help: str = field(repr=False)
    example: str = field(repr=False)
    paper: str = field(repr=False)
    value: str = field(repr=False)
    formatted: str = field(repr=False)
    required: bool
    readonly: bool
    unknown_allowed: bool
    unknown_declared: bool
    options: tuple[OptionView, ...] = field(repr=False)
    suggestions: tuple[str, ...] = field(repr=False)
    keys: str


@dataclass(frozen=True, slots=True)
class NoteView:
    label: str = field(repr=False)
    paragraphs: tuple[str, ...] = field(repr=False)
    tone: str


@dataclass(frozen=True, slots=True)
class ListItem:
    instance_ref: Ref
    title: str = field(repr=False)
    detail: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ListView:
    label: str = field(repr=False)
    hint: str = field(repr=False)
    items: tuple[ListItem, ...] = field(repr=False)
    add_label: str
    may_add: bool
    may_remove: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """For the card page: the group's own words."""

    label: str = field(repr=False)
    hint: str = field(repr=False)


def look(interview: Interview, ref: str, language: str) -> AskView:
    form = interview.form
    key = key_of(form.plan, interview.rows, ref)
    question = form.at[key[0]]
    if not isinstance(question, Question):
        raise KioskBug(f"{ref} is not a question")

    def say(said: Words) -> str:
        return sentence(interview, key, words(said, language), language)

    text = interview.texts.get(key, "")
    second = next((other for other in form.languages if other != language), "")
    return AskView(
        question=question,
        kind=question.kind,
        label=say(question.label),
        second_label=sentence(interview, key, question.label.get(second, ""), second) if second else "",
        hint=say(question.hint),
        help=say(question.help),
        example=say(question.example),
        paper=say(question.paper),
        value=text,
        formatted=shown(interview, key[0], text, language),
        required=is_required(interview, question, key),
        readonly=is_readonly(interview, question, key),
        unknown_allowed=question.unknown,
        unknown_declared=key in interview.unknown,
        options=_options(interview, question, key, text, language),
        suggestions=_suggestions(interview, question, key),
        keys=question.keys,
    )


def _options(interview: Interview, question: Question, key: Key, text: str, language: str) -> tuple[OptionView, ...]:
    chosen = text.split() if question.kind is Kind.CHOICES else [text]
    if question.kind is Kind.YES_NO:
        return tuple(OptionView(code, words(label, language), chosen=code == text) for code, label in YES_NO)
    return tuple(
        OptionView(choice.code, words(choice.label, language), words(choice.example, language), choice.code in chosen)
        for choice in options_for(interview.form, interview.world(language), question, key)
    )


def _suggestions(interview: Interview, question: Question, key: Key) -> tuple[str, ...]:
    """Texts said elsewhere that may be taken over with one touch; without repeats and without what is there now."""
    if question.suggest is None:
        return ()
    world = interview.world()
    try:
        texts = [one for text in question.suggest.run(Env(world, key[1])) for one in text.split("|")]
    except ExpressionProblem:
        return ()
    found = dict.fromkeys(text for text in texts if text and text != interview.texts.get(key))
    return tuple(found)[:MOST_SUGGESTIONS]


def look_note(interview: Interview, ref: str, language: str) -> NoteView:
    form = interview.form
    key = key_of(form.plan, interview.rows, ref)
    note = form.at[key[0]]
    if not isinstance(note, Note):
        raise KioskBug(f"{ref} is not a note")
    body = tuple(sentence(interview, key, words(paragraph, language), language) for paragraph in note.body)
    return NoteView(sentence(interview, key, words(note.label, language), language), body, note.tone)


def look_group(interview: Interview, ref: str, language: str) -> GroupView:
    form = interview.form
    key = key_of(form.plan, interview.rows, ref)
    group = form.at[key[0]]
    if not isinstance(group, Group):
        raise KioskBug(f"{ref} is not a group")
    return GroupView(
        sentence(interview, key, words(group.label, language), language),
        sentence(interview, key, words(group.hint, language), language),
    )


def look_list(interview: Interview, ref: str, language: str) -> ListView:
    form = interview.form
    key = key_of(form.plan, interview.rows, ref, list_too=True)
    repeat = form.at[key[0]]
    if not isinstance(repeat, Repeat):
        raise KioskBug(f"{ref} is not a list")

    def say(said: Words) -> str:
        return sentence(interview, key, words(said, language), language)

    rows = interview.rows.get(key, ())
    items = tuple(
        _list_item(interview, repeat, (key[0], (*key[1], row)), at, language) for at, row in enumerate(rows, 1)
    )
    return ListView(
        label=say(repeat.label),
        hint=say(repeat.hint),
        items=items,
        add_label=say(repeat.add),
        may_add=may_add(interview, key),
        may_remove=not repeat.counted and len(rows) > repeat.least,
    )


def _list_item(interview: Interview, repeat: Repeat, key: Key, number: int, language: str) -> ListItem:
    """The title is the pack's; without one, or while it is empty, the first answers stand for it."""
    ref = ref_of(interview.form.plan, interview.rows, key)
    title = " ".join(sentence(interview, key, words(repeat.item or NO_WORDS, language), language).split())
    said = _first_answers(interview, repeat, key, language)
    if not title:
        title, said = (said[0], said[1:]) if said else (str(number), [])
    return ListItem(ref, title, " ".join(text for text in said if text not in title)[:120])


def _first_answers(interview: Interview, repeat: Repeat, key: Key, language: str) -> list[str]:
    form = interview.form
    found: list[str] = []
    for index in form.plan.under[repeat.index]:
        node = form.plan.nodes[index]
        text = interview.texts.get((index, key[1]), "")
        if text and isinstance(form.at.get(index), Question) and interview.visible((index, key[1])):
            found.append(formatted(node.kind, text, language, form.tables, labels_of(form, index, language)))
        if len(found) == 3:
            break
    return found
