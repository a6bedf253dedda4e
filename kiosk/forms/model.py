"""What a form is, once loaded: questions, groups, repeats, notes and computed values, with their words.

Words are kept in every language of the pack. A `Code` is an expression ready to run (`kiosk.forms.plan`). Thousands
of these values are made when a form loads, and a compiled pack holds them as they are: hence the structs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import msgspec
from msgspec.structs import force_setattr

from kiosk.forms.kinds import Kind
from kiosk.forms.plan import Code, Instance, Plan
from kiosk.forms.world import Env, Item, World
from kiosk.ids import PackId, QuestionId
from kiosk.wording import Wording

Words = Mapping[str, str]  # language → text
NO_WORDS: Words = {}


class Choice(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    code: str
    label: Words
    example: Words = msgspec.field(default_factory=dict)
    columns: Mapping[str, str] = msgspec.field(default_factory=dict)


class Place(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """`${name}` in a sentence: a value to be shown as people read it."""

    index: int  # of the node, or -1 when it is any expression
    kind: Kind
    code: Code


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices taken from nodes when they are needed: imported XForms only."""

    nodes: Code
    value: tuple[str, ...]  # path from an item to its code
    label: tuple[str, ...]  # path from an item to its words, or to the id of its words
    said: Mapping[str, Words] | None = None  # id of the words → the words, when labels are ids

    def choices(self, world: World, instance: Instance) -> tuple[Choice, ...]:
        """The choices there are at this moment."""
        world.begin_evaluation()
        found: list[Choice] = []
        for node in self.nodes.run(Env(world, instance)):
            code, label = _along(world, node, self.value), _along(world, node, self.label)
            words = self.said.get(label, {}) if self.said is not None else {world.language: label}
            found.append(Choice(code, words))
        return tuple(found)


def _along(world: World, node: Any, path: tuple[str, ...]) -> str:
    """The text at a path of names below an item or a place of the interview."""
    for name in path:
        if name in (".", ""):
            continue
        if isinstance(node, Item):
            node = next((child for child in node.children if child.name == name), Item(""))
        else:
            index, instance = node
            children = world.plan.nodes[index].children
            node = next(((child, instance) for child in children if world.plan.nodes[child].name == name), Item(""))
    return node.text if isinstance(node, Item) else world.texts.get(node, "")


@dataclass(frozen=True, slots=True)
class Action:
    """A value set once when something happens: imported XForms only."""

    event: str
    index: int  # the node it writes
    at: int  # the node whose instance it stands in
    code: Code


@dataclass(frozen=True, slots=True)
class Start:
    """What an imported form holds before anything is answered."""

    rows: tuple[tuple[str, int], ...] = ()  # ref of a list → instances
    texts: tuple[tuple[str, str], ...] = ()  # ref → text
    new: Mapping[int, str] = field(default_factory=dict)  # node → its text in a new instance
    new_rows: Mapping[int, int] = field(default_factory=dict)  # inner repeat → its instances in a new instance


class Said(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The words of a question."""

    label: Words
    paper: Words = msgspec.field(default_factory=dict)
    hint: Words = msgspec.field(default_factory=dict)
    help: Words = msgspec.field(default_factory=dict)
    example: Words = msgspec.field(default_factory=dict)
    required_message: Words = msgspec.field(default_factory=dict)
    message: Words = msgspec.field(default_factory=dict)


SAID = msgspec.json.Decoder(Said)


class Question(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, tag_field="is", tag="ask"):
    id: QuestionId
    index: int  # its node
    kind: Kind
    words: msgspec.Raw  # as they stand in the pack; `Said` as soon as somebody looks
    row: str = ""
    stage: str = ""
    choices: str = ""  # name of its list
    choice_filter: Code | None = None  # gives what picks items
    required: Code | None = None
    constraint: Code | None = None
    readonly: Code | None = None
    suggest: Code | None = None
    unknown: bool = False
    category: str = "personal"  # public, personal, sensitive
    purpose: str = ""
    source: str = ""
    keys: str = "writing"
    appearance: str = ""
    itemset: Itemset | None = None

    @property
    def said(self) -> Said:
        words: Any = self.words
        if type(words) is not Said:
            words = SAID.decode(words)
            force_setattr(self, "words", words)
        found: Said = words
        return found

    @property
    def label(self) -> Words:
        return self.said.label

    @property
    def paper(self) -> Words:
        return self.said.paper

    @property
    def hint(self) -> Words:
        return self.said.hint

    @property
    def help(self) -> Words:
        return self.said.help

    @property
    def example(self) -> Words:
        return self.said.example

    @property
    def required_message(self) -> Words:
        return self.said.required_message

    @property
    def message(self) -> Words:
        return self.said.message


def asked(said: Said, **entries: Any) -> Question:
    """A question whose words are read already."""
    return Question(words=cast(msgspec.Raw, said), **entries)


class Computed(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, tag_field="is", tag="compute"):
    id: QuestionId
    index: int
    kind: Kind
    label: Words = msgspec.field(default_factory=dict)
    paper: Words = msgspec.field(default_factory=dict)
    row: str = ""
    stage: str = ""
    category: str = "personal"
    choices: str = ""


class Note(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, tag_field="is", tag="note"):
    id: QuestionId
    index: int
    label: Words
    body: tuple[Words, ...] = ()
    tone: str = "plain"  # plain, warn, good
    stage: str = ""


class Group(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, tag_field="is", tag="group"):
    id: QuestionId
    index: int
    label: Words
    items: tuple[Element, ...]
    row: str = ""
    stage: str = ""
    card: bool = False
    hint: Words = msgspec.field(default_factory=dict)


class Repeat(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, tag_field="is", tag="repeat"):
    id: QuestionId
    index: int
    label: Words
    items: tuple[Element, ...]
    least: int = 0
    most: int | None = None
    add: Words = msgspec.field(default_factory=dict)
    item: Words = msgspec.field(default_factory=dict)  # the title of one item
    hint: Words = msgspec.field(default_factory=dict)
    constraint: Code | None = None
    message: Words = msgspec.field(default_factory=dict)
    row: str = ""
    stage: str = ""
    counted: bool = False  # an expression decides how many there are


Element = Question | Computed | Note | Group | Repeat


class Material(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    id: str
    label: Words
    original: bool = False
    copies: Code | None = None
    when: Code | None = None
    law: str = ""


# When a notice is told: before the thing it is about. The visit has a place for each.
TOLD = ("before_questions", "before_filing", "before_mediation", "before_service", "before_signing")


class Notice(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    id: str
    version: str
    title: Words
    items: tuple[Words, ...]
    source: str = ""
    when: Code | None = None
    moment: str = "before_filing"  # one of TOLD
    confidence: str = ""  # verified, general, design: how sure we are of its facts
    spoken: Mapping[int, Words] = msgspec.field(
        default_factory=dict
    )  # item → what is read aloud instead of what is written


class Lists(Mapping[str, tuple[Choice, ...]]):
    """The lists of choices by name. One taken from a table of the law is made of it when somebody looks."""

    def __init__(
        self,
        own: Mapping[str, tuple[Choice, ...]],
        outside: Mapping[str, Callable[[], tuple[Choice, ...]]] | None = None,
    ) -> None:
        self.own = own
        self._made = dict(own)
        self._outside = outside or {}
        self._items: dict[str, tuple[Item, ...]] = {}
        self._codes: dict[str, dict[str, int]] = {}

    def __getitem__(self, name: str) -> tuple[Choice, ...]:
        if name not in self._made:
            self._made[name] = self._outside[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._made or name in self._outside

    def __iter__(self) -> Iterator[str]:
        return iter({**self._made, **self._outside})

    def __len__(self) -> int:
        return len({**self._made, **self._outside})

    def codes_of(self, name: str) -> Mapping[str, int]:
        """The codes of a list with their order; none of a list that is not there."""
        if name not in self._codes:
            self._codes[name] = {choice.code: number for number, choice in enumerate(self.get(name, ()))}
        return self._codes[name]

    def items_of(self, name: str) -> tuple[Item, ...]:
        """The same choices as a choice filter reads them: `code`, `name`, `label` and the columns of the list."""
        if name not in self._items:
            self._items[name] = tuple(_item(choice) for choice in self[name])
        return self._items[name]


def _item(choice: Choice) -> Item:
    item = Item("item")
    columns = {"code": choice.code, "name": choice.code, "label": next(iter(choice.label.values()), "")}
    item.children = [Item(name, text, parent=item) for name, text in (columns | dict(choice.columns)).items()]
    return item


@dataclass(frozen=True, slots=True)
class Form:
    pack: PackId
    version: str
    languages: tuple[str, ...]
    title: Words
    stages: tuple[str, ...]
    items: tuple[Element, ...] = field(repr=False)
    plan: Plan = field(repr=False)
    elements: Mapping[QuestionId, Element] = field(repr=False)
    at: Mapping[int, Element] = field(repr=False)  # by node
    lists: Lists = field(repr=False)
    places: Mapping[tuple[int, str], Place] = field(repr=False)
    materials: tuple[Material, ...] = field(default=(), repr=False)
    notices: tuple[Notice, ...] = field(default=(), repr=False)
    cause: str = ""
    valid_from: str = ""
    valid_to: str = ""
    legal_basis: tuple[str, ...] = ()
    wording_state: str = "unverified"
    retain: str = ""
    fee_rule: str = ""
    paper: Mapping[str, Any] = field(default_factory=dict, repr=False)
    proven: bool = field(default=False, compare=False)  # taken as the desk built it
    start: Start | None = field(default=None, repr=False)  # set for imported XForms
    actions: Mapping[str, tuple[Action, ...]] = field(default_factory=dict, repr=False)  # by event
    tables: Any = field(default=None, repr=False)
    wording: Wording | None = field(default=None, repr=False)

    @property
    def id(self) -> PackId:
        return self.pack

    @property
    def questions(self) -> Mapping[QuestionId, Element]:
        return self.elements

    def choice_label(self, world: World, index: int, instance: Instance, code: str) -> str:
        """The words of a choice of this question, in the language now spoken."""
        element = self.at.get(index)
        if not isinstance(element, Question | Computed):
            return ""
        listed = self.lists.get(element.choices, ())
        if isinstance(element, Question) and element.itemset is not None:
            listed = element.itemset.choices(world, instance)
        for choice in listed:
            if choice.code == code:
                return choice.label.get(world.language, next(iter(choice.label.values()), ""))
        return ""
