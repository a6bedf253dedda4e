"""Which question a column is about: by path (`defendant[2]/person/name`), by part of one, or by the official names.

Every step of a header is a name of the pack or its words in any language, `被告[2]/姓名`; steps in between may be left
out as long as one question only fits. A path written out in full always wins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kiosk.forms.kinds import Kind
from kiosk.forms.model import Form, Group, Question, Repeat, Words
from kiosk.ids import Ref

STEP = re.compile(r"(?P<name>.*?)\s*\[(?P<position>\d{1,4})\]", re.DOTALL)
MOST_INSTANCES = 200
MOST_NAMED = 4  # questions named when a header fits several


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    position: int = 0  # 0: of no repeat


@dataclass(frozen=True, slots=True)
class Target:
    """A question at its place: names from the root, repeats with the instance that is meant."""

    steps: tuple[Step, ...]
    question: Question = field(compare=False)

    @property
    def path(self) -> str:
        return "/".join(f"{one.name}[{one.position}]" if one.position else one.name for one in self.steps)

    @property
    def ref(self) -> Ref:
        return Ref(f"/data/{self.path}")

    def with_position(self, depth: int, position: int) -> Target:
        """The same in another instance of the repeat at this depth."""
        steps = list(self.steps)
        steps[depth] = Step(steps[depth].name, position)
        return Target(tuple(steps), self.question)


@dataclass(frozen=True, slots=True)
class Trouble:
    key: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    words: frozenset[str]
    repeat: bool
    most: int = MOST_INSTANCES


@dataclass(frozen=True, slots=True)
class _Leaf:
    way: tuple[_Named, ...]
    question: Question


class Columns:
    """The questions of a form, to be found by what a header says."""

    def __init__(self, form: Form) -> None:
        self.leaves = tuple(_leaves(form.items, ()))
        self.repeats = {tuple(one.name for one in way): way for way in _repeats(form.items, ())}

    def target(self, header: str, within: tuple[str, ...] = ()) -> Target | Trouble:
        """The one question that is meant; `within`: the repeat a sheet of its own is about."""
        steps = list(_steps(header))
        if not steps:
            return Trouble("column_unknown")
        depth = len(within)
        leaves = [leaf for leaf in self.leaves if tuple(one.name for one in leaf.way[:depth]) == within]
        fits = [(leaf, placed) for leaf in leaves if (placed := _place(leaf, steps, depth)) is not None]
        if not fits:  # official names may hold a stroke themselves: 业主/建设单位
            whole = [Step(plain(header.strip().rstrip("*")))]
            fits = [(leaf, placed) for leaf in leaves if (placed := _place(leaf, whole, depth)) is not None]
        exact = [one for one in fits if [step.name for step in steps] == [name.name for name in one[0].way[depth:]]]
        if not exact and within:  # the path from the root is as good
            full = self.target(header) if len(steps) > depth else Trouble("column_unknown")
            if isinstance(full, Target) and tuple(one.name for one in full.steps[:depth]) == within:
                return full
        found = exact or fits
        if len(found) != 1:
            known = ", ".join(_path(leaf.way[depth:]) for leaf, _ in found[:MOST_NAMED])
            return Trouble("column_ambiguous", known) if found else Trouble("column_unknown")
        leaf, positions = found[0]
        for named, position in zip(leaf.way, positions, strict=True):
            if position > (named.most if named.repeat else 0):
                return Trouble("bad_position")
        return Target(
            tuple(
                Step(named.name, (position or 1) if named.repeat else 0)
                for named, position in zip(leaf.way, positions, strict=True)
            ),
            leaf.question,
        )

    def repeat(self, name: str) -> tuple[str, ...]:
        """The repeat a sheet is about, by its path with / or ., its name or its words; empty when there is none."""
        wanted = plain(name)
        by_path = [path for path in self.repeats if plain("/".join(path)) == wanted or plain(".".join(path)) == wanted]
        by_name = [path for path, way in self.repeats.items() if wanted in (plain(path[-1]), *way[-1].words)]
        found = by_path or by_name
        return found[0] if len(found) == 1 else ()


def _steps(header: str) -> Iterator[Step]:
    text = header.strip().rstrip("*").strip().removeprefix("/data/").strip("/")
    for part in text.split("/"):
        match = STEP.fullmatch(part.strip())
        if match:
            yield Step(plain(match["name"]), int(match["position"]) or MOST_INSTANCES + 1)
        elif part.strip():
            yield Step(plain(part))


def _place(leaf: _Leaf, steps: list[Step], depth: int) -> tuple[int, ...] | None:
    """A position for each step of the way, when the header's steps are met in order and the last one is the question."""
    positions = [0] * len(leaf.way)
    at = len(leaf.way) - 1
    for number, step in enumerate(reversed(steps)):
        while at >= depth and step.name not in (plain(leaf.way[at].name), *leaf.way[at].words):
            if number == 0:
                return None
            at -= 1
        if at < depth:
            return None
        positions[at] = step.position
        at -= 1
    return tuple(positions)


def _leaves(items: tuple[Any, ...], way: tuple[_Named, ...]) -> Iterator[_Leaf]:
    for item in items:
        match item:
            case Group() | Repeat():
                yield from _leaves(item.items, (*way, _named(item)))
            case Question() if item.kind is not Kind.FILE:
                yield _Leaf((*way, _named(item)), item)
            case _:
                pass


def _repeats(items: tuple[Any, ...], way: tuple[_Named, ...]) -> Iterator[tuple[_Named, ...]]:
    for item in items:
        if isinstance(item, Group | Repeat):
            here = (*way, _named(item))
            if isinstance(item, Repeat):
                yield here
                continue  # one within another is told by numbered columns
            yield from _repeats(item.items, here)


def _named(item: Group | Repeat | Question) -> _Named:
    words = {plain(text) for text in _said(item) if "${" not in text}
    most = min(item.most or MOST_INSTANCES, MOST_INSTANCES) if isinstance(item, Repeat) else 0
    return _Named(item.id.rpartition("/")[2], frozenset(words), isinstance(item, Repeat), most)


def _said(item: Group | Repeat | Question) -> Iterator[str]:
    words: list[Words] = [item.label]
    if isinstance(item, Question):
        words.append(item.paper)
    for one in words:
        yield from one.values()


def _path(way: tuple[_Named, ...]) -> str:
    return "/".join(one.name for one in way)


def plain(text: str) -> str:
    """Full-width and half-width, capital and small, with or without blanks: the same header."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
