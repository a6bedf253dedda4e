"""The questions, groups, repeats, notes and computed values of a pack, with every expression and word checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.forms.binding import Binding
from kiosk.forms.graph import Duty
from kiosk.forms.kinds import CHOICE_KINDS, Kind, keys_for
from kiosk.forms.model import (
    NO_WORDS,
    TOLD,
    Computed,
    Element,
    Group,
    Lists,
    Material,
    Note,
    Notice,
    Question,
    Repeat,
    Said,
    Words,
    asked,
)
from kiosk.forms.outline import Draft, Outline
from kiosk.forms.plan import Code, Property
from kiosk.forms.reading import Reading
from kiosk.ids import QuestionId

QUESTION_WORDS = frozenset({"label", "paper", "hint", "help", "example", "message", "required_message"})
QUESTION_CODES = {"required": "truth", "constraint": "truth", "readonly": "truth", "suggest": "texts"}
QUESTION_CODES |= {"choice_filter": "picked"}
QUESTION_TEXTS = frozenset({"row", "source", "keys", "appearance"})
NOTICE = {"id", "version", "title", "items", "source", "when", "moment", "confidence", "spoken"}
CATEGORIES = {"", "public", "personal", "sensitive"}


class Elements:
    def __init__(self, outline: Outline, binding: Binding, lists: Lists, languages: tuple[str, ...]) -> None:
        self.nodes, self.gated = outline.nodes, outline.gated
        self.binding = binding
        self.lists = lists
        self.languages = languages
        self.used_lists: set[str] = set()
        self.by_id: dict[QuestionId, Element] = {}
        self.at: dict[int, Element] = {}
        self.duties: list[Duty] = []
        self.make: dict[str, Callable[[Draft], Element]] = {
            "ask": self._question,
            "compute": self._computed,
            "note": self._note,
            "group": self._group,
            "repeat": self._repeat,
        }
        self.items = tuple(self._element(draft) for draft in outline.drafts)

    def _element(self, draft: Draft) -> Element:
        self.binding.place_of[draft.index] = draft.reading.place
        if "relevant" in draft.reading.raw:
            self._duty(draft, "relevant", Property.RELEVANT, "truth", self.gated[draft.index])
        element = self.make[draft.what](draft)
        self.by_id[draft.id] = element
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
        if "label" not in raw:
            reading.complain("", "missing", name="label")
        said = {name: self._words(draft, name) for name in raw if name in QUESTION_WORDS}
        given: dict[str, Any] = {name: reading.text(name) for name in raw if name in QUESTION_TEXTS}
        for name, want in QUESTION_CODES.items():
            if name in raw and (name != "choice_filter" or choices in self.lists):
                given[name] = self._code(draft, name, want)
        return asked(
            Said(**{"label": NO_WORDS, **said}),
            id=draft.id,
            index=draft.index,
            kind=node.kind,
            stage=draft.stage,
            choices=choices,
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

    def material(self, raw: Any, at: int) -> Material:
        reading = Reading(raw, f"materials/{at}", self.binding.problems)
        reading.only({"id", "label", "original", "copies", "when", "law"})
        return Material(
            id=reading.needed("id"),
            label=reading.words("label", self.languages, needed=True),
            original=reading.flag("original"),
            copies=self._free(reading, "copies", "text"),
            when=self._free(reading, "when", "truth"),
            law=reading.text("law"),
        )

    def notice(self, raw: Any, at: int) -> Notice:
        reading = Reading(raw, f"notices/{at}", self.binding.problems)
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
