"""From a compiled pack (JSON) to a `Form`: every name known, every expression compiled, no circle.

Nothing here knows YAML or spreadsheets. Whatever is wrong is told at once, in a `PackTrouble`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace as node_with

from kiosk.forms.binding import Binding
from kiosk.forms.graph import Circle, Duty, weave
from kiosk.forms.kinds import CHOICE_KINDS, PACK_KINDS, Kind, keys_for
from kiosk.forms.lists import item_of, read_lists
from kiosk.forms.model import (
    NO_WORDS,
    TOLD,
    Choice,
    Computed,
    Element,
    Form,
    Group,
    Material,
    Note,
    Notice,
    Question,
    Repeat,
    Words,
)
from kiosk.forms.numbers import EXACT
from kiosk.forms.plan import Code, Node, Property, Shape
from kiosk.forms.problems import PackTrouble, Problem, problem
from kiosk.forms.reading import DEEPEST, NAME, Reading, decode
from kiosk.forms.syntax import PACK_LIMITS
from kiosk.forms.world import Item
from kiosk.ids import PackId, QuestionId
from kiosk.wording import Wording

COMMON = {"label", "relevant", "stage", "row", "paper", "class", "source", "hint", "note"}
ENTRIES = {
    "group": COMMON | {"group", "items", "card"},
    "repeat": COMMON | {"repeat", "items", "min", "max", "add", "item", "constraint", "message", "count"},
    "ask": COMMON
    | {"ask", "kind", "choices", "choice_filter", "help", "example", "required", "constraint", "message"}
    | {"required_message", "default", "readonly", "suggest", "unknown", "purpose", "keys", "appearance"},
    "compute": COMMON | {"compute", "kind", "value", "choices", "purpose"},
    "note": COMMON | {"note", "tone", "body"},
}
SHAPES = {"group": Shape.GROUP, "repeat": Shape.REPEAT}
TOP = {"pack", "version", "languages", "title", "cause", "valid_from", "valid_to", "legal_basis", "wording", "retain"}
TOP |= {"fee_rule", "choices", "lists", "stages", "form", "materials", "notices", "paper"}
QUESTION_WORDS = frozenset({"label", "paper", "hint", "help", "example", "message", "required_message"})
QUESTION_CODES = {"required": "truth", "constraint": "truth", "readonly": "truth", "suggest": "texts"}
QUESTION_TEXTS = frozenset({"row", "source", "keys", "appearance"})
FEE_RULES = {"", "none", "property", "divorce", "personality", "fixed", "preservation", "enforcement", "payment_order"}
FEE_RULES |= {"labour", "labour_or_property", "non_property", "by_cause", "property_or_personal_injury"}
KIND_OF = {kind.value: kind for kind in PACK_KINDS}
NOTICE = {"id", "version", "title", "items", "source", "when", "moment", "confidence", "spoken"}
CATEGORIES = {"", "public", "personal", "sensitive"}


@dataclass(slots=True)
class Draft:
    """An item of the pack on its way to becoming an element."""

    what: str
    reading: Reading
    index: int
    id: QuestionId
    stage: str
    below: list[Draft] = field(default_factory=list)


def load_form(data: bytes, tables: Any = None, wording: Wording | None = None) -> Form:
    """The form of a compiled pack, or everything that is wrong with it."""
    collecting = gc.isenabled()
    gc.disable()  # much is made here and next to nothing thrown away
    try:
        return Loader(decode(data), tables, wording).form()
    finally:
        if collecting:
            gc.enable()


class Loader:
    def __init__(self, raw: Mapping[str, Any], tables: Any, wording: Wording | None) -> None:
        self.problems: list[Problem] = []
        self.top = Reading(raw, "", self.problems)
        self.top.only(TOP)
        self.tables = tables
        self.wording = wording
        self.languages = self.top.texts("languages") or ("zh",)
        self.stages = self.top.texts("stages") or ("interview",)
        self.nodes: list[Node] = []
        self.gated: dict[int, int] = {}
        self.lists: dict[str, tuple[Choice, ...]] = {}
        self.list_items: dict[str, tuple[Item, ...]] = {}
        self.used_lists: set[str] = set()
        self.elements: dict[QuestionId, Element] = {}
        self.at: dict[int, Element] = {}
        self.duties: list[Duty] = []
        self.make: dict[str, Callable[[Draft], Element]] = {
            "ask": self._question,
            "compute": self._computed,
            "note": self._note,
            "group": self._group,
            "repeat": self._repeat,
        }

    def form(self) -> Form:
        self.lists.update(read_lists(self.top, self.languages, self.tables))
        drafts = self._drafts()
        nodes = self.nodes
        self.binding = Binding(nodes, EXACT, PACK_LIMITS, self.problems)
        items = tuple(self._element(draft) for draft in drafts)
        materials = tuple(self._material(raw, at) for at, raw in enumerate(self.top.listed("materials")))
        notices = tuple(self._notice(raw, at) for at, raw in enumerate(self.top.listed("notices")))
        title = self.top.words("title", self.languages, needed=True)
        self._check_lists_and_rule()
        if self.problems:
            raise PackTrouble(self.problems)
        try:
            plan = weave(nodes, self.duties, EXACT, PACK_LIMITS)
        except Circle as circle:
            place = self.binding.place_of.get(circle.indexes[0], "form")
            raise PackTrouble([problem(place, "circle", **circle.places)]) from None
        return Form(
            pack=PackId(self.top.needed("pack")),
            version=self.top.needed("version"),
            languages=self.languages,
            title=title,
            stages=self.stages,
            items=items,
            plan=plan,
            elements=self.elements,
            at=self.at,
            lists=self.lists,
            list_items=self.list_items,
            places=self.binding.places,
            materials=materials,
            notices=notices,
            cause=self.top.text("cause"),
            valid_from=self.top.text("valid_from"),
            valid_to=self.top.text("valid_to"),
            legal_basis=self.top.texts("legal_basis"),
            wording_state=self.top.text("wording"),
            retain=self.top.text("retain"),
            fee_rule=self.top.text("fee_rule"),
            paper=self.top.mapping("paper"),
            tables=self.tables,
            wording=self.wording,
        )

    def _check_lists_and_rule(self) -> None:
        for name in self.top.mapping("choices"):
            if name not in self.used_lists:
                self.top.complain(f"choices/{name}", "list_unused", name=name)
        if self.top.text("fee_rule") not in FEE_RULES:
            self.top.complain("fee_rule", "unknown_rule", name=self.top.text("fee_rule")[:40])

    # the tree

    def _drafts(self) -> list[Draft]:
        self.nodes.append(Node(0, "data", "/data", -1, Shape.GROUP, Kind.TEXT, ()))
        return self._below(self.top.listed("form"), "form", 0, self.stages[0], 0)

    def _below(self, rows: list[Any], place: str, parent: int, stage: str, depth: int) -> list[Draft]:
        drafts: list[Draft] = []
        names: set[str] = set()
        for at, raw in enumerate(rows):
            reading = Reading(raw, f"{place}/{at}", self.problems)
            what = ""
            for word in ENTRIES:  # `note` stands last: it may also be a remark beside another
                if word in reading.raw:
                    what = word
                    break
            if not what or depth > DEEPEST:
                reading.complain("", "missing" if not what else "too_large", name="ask", limit=DEEPEST)
                continue
            reading.only(ENTRIES[what])
            name = reading.needed(what)
            if not NAME.fullmatch(name):
                reading.complain(what, "bad_name", name=name[:40])
                continue
            if name in names:
                reading.complain(what, "twice", name=name)
                continue
            names.add(name)
            drafts.append(self._draft(what, name, reading, parent, stage, depth))
        self.nodes[parent] = node_with(self.nodes[parent], children=tuple(draft.index for draft in drafts))
        return drafts

    def _draft(self, what: str, name: str, reading: Reading, parent: int, stage: str, depth: int) -> Draft:
        above = self.nodes[parent]
        index, shape = len(self.nodes), SHAPES.get(what, Shape.LEAF)
        repeats = (*above.repeats, index) if shape is Shape.REPEAT else above.repeats
        path = f"{above.path}/{name}"
        kind = self._kind(reading) if what in ("ask", "compute") else Kind.NOTE
        gates = above.gates
        if "relevant" in reading.raw:
            self.gated[index] = len(repeats) - (shape is Shape.REPEAT)
            gates = (*gates, (index, self.gated[index]))
        self.nodes.append(Node(index, name, path, parent, shape, kind, repeats, (), gates))
        mine = reading.text("stage", stage) if "stage" in reading.raw else stage
        if mine not in self.stages:
            reading.complain("stage", "unknown_stage", name=mine[:40])
        draft = Draft(what, reading, index, QuestionId(path.removeprefix("/data/")), mine)
        if shape is not Shape.LEAF:
            draft.below = self._below(reading.listed("items"), reading.at("items"), index, mine, depth + 1)
        return draft

    def _kind(self, reading: Reading) -> Kind:
        word = reading.text("kind", "text")
        kind = KIND_OF.get(word)
        if kind is None:
            reading.complain("kind", "unknown_kind", name=word[:40])
            return Kind.TEXT
        return kind

    # the elements

    def _element(self, draft: Draft) -> Element:
        self.binding.place_of[draft.index] = draft.reading.place
        if "relevant" in draft.reading.raw:
            self._duty(draft, "relevant", Property.RELEVANT, "truth", self.gated[draft.index])
        element = self.make[draft.what](draft)
        self.elements[draft.id] = element
        self.at[draft.index] = element
        return element

    def _duty(self, draft: Draft, name: str, what: Property, want: str, depth: int | None = None) -> None:
        code = self._code(draft, name, want, depth)
        if code is not None:
            bound = self.nodes[draft.index].depth if depth is None else depth
            self.duties.append(Duty(draft.index, what, bound, code))

    def _code(self, draft: Draft, name: str, want: str, depth: int | None = None) -> Code | None:
        if name not in draft.reading.raw:
            return None
        text = draft.reading.text(name)
        if not text:
            return None
        return self.binding.code(text, draft.index, draft.reading.at(name), want, depth)

    def _words(self, draft: Draft, name: str, needed: bool = False, depth: int | None = None) -> Words:
        if name not in draft.reading.raw and not needed:
            return NO_WORDS
        raw = draft.reading.raw.get(name)
        if type(raw) is dict and len(raw) == len(self.languages):
            for language in self.languages:
                said = raw.get(language)
                if not said or type(said) is not str or "${" in said:
                    break
            else:
                return raw  # every language, no places: as almost always
        words = draft.reading.words(name, self.languages, needed)
        self.binding.places_in(words, draft.index, draft.reading.at(name), depth)
        return words

    def _question(self, draft: Draft) -> Question:
        reading, node, raw = draft.reading, self.nodes[draft.index], draft.reading.raw
        if "default" in raw:
            self._duty(draft, "default", Property.DEFAULT, "value")
        choices = self._list_of(reading, node.kind) if "choices" in raw or node.kind in CHOICE_KINDS else ""
        category, purpose = reading.text("class", "personal"), reading.text("purpose")
        if category not in CATEGORIES:
            reading.complain("class", "unknown_key", name=category[:40])
        if not purpose and category != "public":
            reading.complain("", "no_purpose")
        given: dict[str, Any] = {}
        for name in raw:
            if name in QUESTION_WORDS:
                given[name] = self._words(draft, name)
            elif name in QUESTION_CODES:
                given[name] = self._code(draft, name, QUESTION_CODES[name])
            elif name in QUESTION_TEXTS:
                given[name] = reading.text(name)
        if "label" not in raw:
            reading.complain("", "missing", name="label")
        return Question(
            id=draft.id,
            index=draft.index,
            kind=node.kind,
            label=given.pop("label", NO_WORDS),
            stage=draft.stage,
            choices=choices,
            choice_filter=self._choice_filter(draft, choices) if "choice_filter" in raw else None,
            unknown="unknown" in raw and reading.flag("unknown"),
            category=category,
            purpose=purpose,
            keys=given.pop("keys", "") or keys_for(node.kind),
            **given,
        )

    def _list_of(self, reading: Reading, kind: Kind) -> str:
        name = reading.text("choices")
        if kind in CHOICE_KINDS and not name:
            reading.complain("", "missing", name="choices")
        elif name and name not in self.lists:
            reading.complain("choices", "unknown_list", name=name[:40])
        self.used_lists.add(name)
        return name

    def _choice_filter(self, draft: Draft, choices: str) -> Any:
        text = draft.reading.text("choice_filter")
        if not text or choices not in self.lists:
            return None
        if choices not in self.list_items:
            self.list_items[choices] = tuple(item_of(choice) for choice in self.lists[choices])
        return self.binding.choice_filter(text, draft.index, draft.reading.at("choice_filter"))

    def _computed(self, draft: Draft) -> Computed:
        self._duty(draft, "value", Property.VALUE, "value")
        draft.reading.needed("value")
        return Computed(
            id=draft.id,
            index=draft.index,
            kind=self.nodes[draft.index].kind,
            label=self._words(draft, "label"),
            paper=self._words(draft, "paper"),
            row=draft.reading.text("row"),
            stage=draft.stage,
            category=draft.reading.text("class", "personal"),
            choices=self._list_of(draft.reading, self.nodes[draft.index].kind),
        )

    def _note(self, draft: Draft) -> Note:
        body: list[Words] = []
        for at, raw in enumerate(draft.reading.listed("body")):
            words = draft.reading.words_of(raw, f"body/{at}", self.languages)
            self.binding.places_in(words, draft.index, draft.reading.at(f"body/{at}"))
            body.append(words)
        label = self._words(draft, "label", needed=True)
        tone = draft.reading.text("tone", "plain")
        if tone not in ("plain", "warn", "good"):
            draft.reading.complain("tone", "unknown_key", name=tone[:40])
        return Note(draft.id, draft.index, label, tuple(body), tone, draft.stage)

    def _group(self, draft: Draft) -> Group:
        reading = draft.reading
        return Group(
            id=draft.id,
            index=draft.index,
            label=self._words(draft, "label", needed=True),
            hint=self._words(draft, "hint"),
            items=tuple(self._element(below) for below in draft.below),
            row=reading.text("row"),
            stage=draft.stage,
            card=reading.flag("card"),
        )

    def _repeat(self, draft: Draft) -> Repeat:
        reading = draft.reading
        outer = self.nodes[draft.index].depth - 1
        self._duty(draft, "count", Property.ROWS, "value", outer)
        return Repeat(
            id=draft.id,
            index=draft.index,
            label=self._words(draft, "label", needed=True, depth=outer),
            hint=self._words(draft, "hint", depth=outer),
            items=tuple(self._element(below) for below in draft.below),
            least=reading.whole("min", 0) or 0,
            most=reading.whole("max"),
            add=self._words(draft, "add", depth=outer),
            item=self._item_title(draft),
            constraint=self._code(draft, "constraint", "truth", outer),
            message=self._words(draft, "message", depth=outer),
            row=reading.text("row"),
            stage=draft.stage,
            counted="count" in reading.raw,
        )

    def _item_title(self, draft: Draft) -> Words:
        raw = draft.reading.raw.get("item")
        words = (
            dict.fromkeys(self.languages, raw) if isinstance(raw, str) else draft.reading.words("item", self.languages)
        )
        self.binding.places_in(words, draft.index, draft.reading.at("item"))
        return words

    def _material(self, raw: Any, at: int) -> Material:
        reading = Reading(raw, f"materials/{at}", self.problems)
        reading.only({"id", "label", "original", "copies", "when", "law"})
        return Material(
            id=reading.needed("id"),
            label=reading.words("label", self.languages, needed=True),
            original=reading.flag("original"),
            copies=self._free(reading, "copies", "text"),
            when=self._free(reading, "when", "truth"),
            law=reading.text("law"),
        )

    def _notice(self, raw: Any, at: int) -> Notice:
        reading = Reading(raw, f"notices/{at}", self.problems)
        reading.only(NOTICE)
        items = [
            reading.words_of(words, f"items/{n}", self.languages) for n, words in enumerate(reading.listed("items"))
        ]
        return Notice(
            id=reading.needed("id"),
            version=reading.needed("version"),
            title=reading.words("title", self.languages, needed=True),
            items=tuple(items),
            source=reading.text("source"),
            when=self._free(reading, "when", "truth"),
            moment=self._told(reading),
            confidence=reading.text("confidence"),
            spoken=self._spoken(reading, len(items)),
        )

    @staticmethod
    def _told(reading: Reading) -> str:
        moment = reading.text("moment", "before_filing")
        if moment not in TOLD:
            reading.complain("moment", "unknown_moment", name=moment[:40], known=", ".join(TOLD))
        return moment

    def _spoken(self, reading: Reading, items: int) -> dict[int, Words]:
        """What is read aloud where it differs from what is written: `{item: 1, zh: …, en: …}`."""
        spoken: dict[int, Words] = {}
        for at, raw in enumerate(reading.listed("spoken")):
            number = raw.get("item") if isinstance(raw, dict) else None
            if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= items:
                reading.complain(f"spoken/{at}", "unknown_item", items=items)
                continue
            words = {name: text for name, text in raw.items() if name != "item"}
            spoken[number - 1] = reading.words_of(words, f"spoken/{at}", self.languages)
        return spoken

    def _free(self, reading: Reading, name: str, want: str) -> Code | None:
        text = reading.text(name)
        return self.binding.code(text, 0, reading.at(name), want, 0) if text else None
