"""What a form is, once loaded: questions, groups, repeats, notes and computed values, with their words.

Words are kept in every language of the pack. A `Code` is an expression ready to run (`kiosk.forms.plan`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kiosk.forms.kinds import Kind
from kiosk.forms.plan import Code, Instance, Plan
from kiosk.forms.world import Env, Item, World
from kiosk.ids import PackId, QuestionId
from kiosk.wording import Wording

Words = Mapping[str, str]  # language → text
NO_WORDS: Words = {}


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: Words
    example: Words = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
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


class Question(msgspec.Struct, frozen=True):  # thousands are made while loading: far faster than a dataclass
    id: QuestionId
    index: int  # its node
    kind: Kind
    label: Words
    paper: Words = msgspec.field(default_factory=dict)
    hint: Words = msgspec.field(default_factory=dict)
    help: Words = msgspec.field(default_factory=dict)
    example: Words = msgspec.field(default_factory=dict)
    row: str = ""
    stage: str = ""
    choices: str = ""  # name of its list
    choice_filter: Callable[[Env, list[Item]], list[Item]] | None = None
    required: Code | None = None
    required_message: Words = msgspec.field(default_factory=dict)
    constraint: Code | None = None
    message: Words = msgspec.field(default_factory=dict)
    readonly: Code | None = None
    suggest: Code | None = None
    unknown: bool = False
    category: str = "personal"  # public, personal, sensitive
    purpose: str = ""
    source: str = ""
    keys: str = "writing"
    appearance: str = ""
    itemset: Itemset | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    id: QuestionId
    index: int
    kind: Kind
    label: Words = field(default_factory=dict)
    paper: Words = field(default_factory=dict)
    row: str = ""
    stage: str = ""
    category: str = "personal"
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    id: QuestionId
    index: int
    label: Words
    body: tuple[Words, ...] = ()
    tone: str = "plain"  # plain, warn, good
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    id: QuestionId
    index: int
    label: Words
    items: tuple[Element, ...]
    row: str = ""
    stage: str = ""
    card: bool = False
    hint: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Repeat:
    id: QuestionId
    index: int
    label: Words
    items: tuple[Element, ...]
    least: int = 0
    most: int | None = None
    add: Words = field(default_factory=dict)
    item: Words = field(default_factory=dict)  # the title of one item
    hint: Words = field(default_factory=dict)
    constraint: Code | None = None
    message: Words = field(default_factory=dict)
    row: str = ""
    stage: str = ""
    counted: bool = False  # an expression decides how many there are


Element = Question | Computed | Note | Group | Repeat


@dataclass(frozen=True, slots=True)
class Material:
    id: str
    label: Words
    original: bool = False
    copies: Code | None = None
    when: Code | None = None
    law: str = ""


# When a notice is told: before the thing it is about. The visit has a place for each.
TOLD = ("before_questions", "before_filing", "before_mediation", "before_service", "before_signing")


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    version: str
    title: Words
    items: tuple[Words, ...]
    source: str = ""
    when: Code | None = None
    moment: str = "before_filing"  # one of TOLD
    confidence: str = ""  # verified, general, design: how sure we are of its facts
    spoken: Mapping[int, Words] = field(default_factory=dict)  # item → what is read aloud instead of what is written


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
    lists: Mapping[str, tuple[Choice, ...]] = field(repr=False)
    list_items: Mapping[str, tuple[Item, ...]] = field(repr=False)  # the same choices as a choice filter reads them
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
