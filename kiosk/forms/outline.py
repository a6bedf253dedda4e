"""The outline of a pack: every entry with its name, kind and stage, and the node it stands at.

Expressions are not looked at yet; they may speak of any place, so all places come first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace as node_with

from kiosk.forms.kinds import PACK_KINDS, Kind
from kiosk.forms.plan import Node, Shape
from kiosk.forms.problems import Problem
from kiosk.forms.reading import DEEPEST, NAME, Reading
from kiosk.ids import QuestionId

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
KIND_OF = {kind.value: kind for kind in PACK_KINDS}


@dataclass(slots=True)
class Draft:
    """An item of the pack on its way to becoming an element."""

    what: str
    reading: Reading
    index: int
    id: QuestionId
    stage: str
    below: list[Draft] = field(default_factory=list)


class Outline:
    def __init__(self, rows: list[Any], stages: tuple[str, ...], problems: list[Problem]) -> None:
        self.problems = problems
        self.stages = stages
        self.nodes = [Node(0, "data", "/data", -1, Shape.GROUP, Kind.TEXT, ())]
        self.gated: dict[int, int] = {}  # node → depth of its relevance
        self.drafts = self._below(rows, "form", 0, stages[0], 0)

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
