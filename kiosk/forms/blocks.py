"""Blocks shared by packs: what stands for `use` in a pack's source, and what a pack changes of it.

    - use: plaintiffs
      say: {side: 劳动者}                                     # «side» in any text of the block becomes this
      without: [plaintiff/sole_trader]                       # items left out
      change: {plaintiff: {label: {zh: 原告（劳动者）, en: …}}}   # entries overlaid; null takes one away
      replace: {plaintiff/kind: [{compute: kind, …}]}        # these items in its place
      before: {plaintiff/kind: [{note: …}]}                  # these items stand before it
      after: {plaintiff/party_place: [{note: …}]}            # and these after it

An item is named by its path within the block. The same words work for the sheets, sections and rows of a paper, named by
name, heading and label, and for materials and notices, named by their id. Every entry keeps the file and line it came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.forms.problems import Problem, problem

USE = {"use", "say", "only", "without", "replace", "change", "before", "after", "relevant", "stage", "row"}
NAMES = ("group", "repeat", "ask", "compute", "note", "id", "name", "heading", "label", "number")
BELOW = ("items", "sheets", "sections", "rows", "preface")
DEEPEST_USE = 20


class Marked(dict[str, Any]):
    """A mapping that remembers the file and line of itself and of its keys."""

    file: str
    line: int
    lines: dict[str, int]


class MarkedList(list[Any]):
    file: str
    line: int


class Item(Marked):
    """A copy of a mapping; single entries may come from other files."""

    files: dict[str, str]


class Blocks:
    """The blocks at hand, by name, and the problems of using them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.found: dict[str, list[Any]] = {}

    def add(self, raw: Any) -> None:
        for name, block in raw.items() if isinstance(raw, Marked) else ():
            if name in self.found:
                self.problems.append(problem(f"{raw.file}:{raw.lines.get(name, raw.line)}", "twice", name=name[:40]))
            items = block.get("items", []) if isinstance(block, dict) else block
            self.found[name] = items if isinstance(items, list) else []

    def expanded(self, items: Any, using: tuple[str, ...] = ()) -> list[Any]:
        """The items with every `use` replaced by what it stands for."""
        expanded: list[Any] = []
        for item in items if isinstance(items, list) else []:
            if isinstance(item, Marked) and "use" in item:
                expanded += self._used(item, using)
            elif isinstance(item, Marked):
                expanded.append(self._inside(item, using))
            else:
                expanded.append(item)
        return expanded

    def _inside(self, item: Marked, using: tuple[str, ...]) -> Item:
        made = copy_of(item)
        for below in BELOW:
            if isinstance(made.get(below), list):
                made[below] = self.expanded(made[below], using)
        closing = made.get("closing")
        if isinstance(closing, Marked) and "use" in closing:
            made["closing"] = self._overlaid(closing)
        return made

    def _overlaid(self, own: Marked) -> Item:
        """A single mapping that is mostly a block: its own entries win."""
        name = str(own["use"])
        block = self.found.get(name) or []
        if len(block) != 1 or not isinstance(block[0], Marked):
            self.problems.append(problem(f"{own.file}:{own.line}", "unknown_block", name=name[:40]))
            return copy_of(own)
        made = copy_of(block[0])
        overlay(made, {entry: value for entry, value in own.items() if entry != "use"}, own)
        return made

    def _used(self, item: Marked, using: tuple[str, ...]) -> list[Any]:
        name = str(item["use"])
        place = f"{item.file}:{item.line}"
        for entry in item.keys() - USE:
            self.problems.append(problem(place, "unknown_key", name=str(entry)[:40]))
        if name in using or len(using) > DEEPEST_USE:
            self.problems.append(problem(place, "block_circle", name=name[:40]))
            return []
        if name not in self.found:
            self.problems.append(problem(place, "unknown_block", name=name[:40]))
            return []
        items = self.expanded(self.found[name], (*using, name))
        items = _said(items, {f"«{word}»": str(text) for word, text in self._entries(item, "say", place)})
        items = self._chosen(items, item, place)
        for path, others in self._entries(item, "replace", place):
            self._put(items, path, self.expanded(others, using), place, 0, 1)
        for path, change in self._entries(item, "change", place):
            self._change(items, path, change, place, using)
        for path, others in self._entries(item, "before", place):
            self._put(items, path, self.expanded(others, using), place, 0, 0)
        for path, others in self._entries(item, "after", place):
            self._put(items, path, self.expanded(others, using), place, 1, 1)
        for inherited in ("relevant", "stage", "row"):
            if inherited in item:
                for one in items:
                    _inherit(one, inherited, str(item[inherited]), item)
        return items

    def _entries(self, item: Marked, entry: str, place: str) -> Iterator[tuple[str, Any]]:
        found = item.get(entry) or {}
        if not isinstance(found, dict):
            wrong = problem(place, "wrong_type", name=entry, wanted="a mapping", wanted_zh="键值表")
            self.problems.append(wrong)
            return
        for path, value in found.items():
            yield str(path), value

    def _chosen(self, items: list[Any], item: Marked, place: str) -> list[Any]:
        if "only" in item:
            wanted = [str(name) for name in item["only"] or []]
            for name in wanted:
                self._found(items, name, place)
            items = [one for one in items if name_of(one) in wanted]
        for name in item.get("without") or []:
            self._put(items, str(name), [], place, 0, 1)
        return items

    def _put(self, items: list[Any], path: str, others: list[Any], place: str, start: int, stop: int) -> None:
        """`others` instead of the item (0, 1), before it (0, 0) or after it (1, 1)."""
        found = self._found(items, path, place)
        if found is not None:
            around, at = found
            around[at + start : at + stop] = others

    def _change(self, items: list[Any], path: str, change: Any, place: str, using: tuple[str, ...]) -> None:
        found = self._found(items, path, place)
        if found is None or not isinstance(change, Marked):
            return
        around, at = found
        made = {entry: self.expanded(value, using) if entry in BELOW else value for entry, value in change.items()}
        overlay(around[at], made, change)

    def _found(self, items: list[Any], path: str, place: str) -> tuple[list[Any], int] | None:
        found = _find(items, path)
        if found is None:
            self.problems.append(problem(place, "unknown_in_block", name=path[:60]))
        return found


def _find(items: list[Any], path: str) -> tuple[list[Any], int] | None:
    """The list an item stands in and where; labels may hold a stroke themselves, so the whole path is tried first."""
    for at, one in enumerate(items):
        if name_of(one) == path:
            return items, at
    first, stroke, rest = path.partition("/")
    for one in items if stroke else ():
        if name_of(one) == first:
            for below in BELOW:
                found = _find(one.get(below) or [], rest)
                if found is not None:
                    return found
    return None


def overlay(item: Item, change: Mapping[str, Any], source: Marked) -> None:
    """A value of null takes the entry away."""
    for entry, value in change.items():
        if value is None:
            item.pop(entry, None)
            continue
        item[entry] = value
        item.lines[entry] = source.lines.get(entry, source.line)
        item.files[entry] = source.file


def copy_of(item: Marked) -> Item:
    """A copy deep enough that changing one use of a block leaves the others alone."""
    made = Item(item)
    made.file, made.line, made.lines = item.file, item.line, dict(item.lines)
    made.files = dict(getattr(item, "files", {}))
    return made


def _said(value: Any, words: Mapping[str, str]) -> Any:
    if not words:
        return value
    if isinstance(value, Marked):
        made = copy_of(value)
        made.update({key: _said(inner, words) for key, inner in value.items()})
        return made
    if isinstance(value, list):
        listed = MarkedList(_said(inner, words) for inner in value)
        listed.file, listed.line = getattr(value, "file", ""), getattr(value, "line", 1)
        return listed
    for word, text in words.items() if isinstance(value, str) and "«" in value else ():
        value = value.replace(word, text)
    return value


def _inherit(one: Any, entry: str, text: str, source: Marked) -> None:
    if not isinstance(one, Item):
        return
    for inner in one.get("items") or [] if entry == "row" else ():
        _inherit(inner, entry, text, source)  # the official row is that of everything inside
    if entry == "relevant" and one.get("relevant"):
        one["relevant"] = f"({text}) and ({one['relevant']})"
    elif entry == "relevant" or entry not in one:
        one[entry] = text
    else:
        return
    one.lines[entry] = source.lines.get(entry, source.line)
    one.files[entry] = source.file


def name_of(item: Any) -> str:
    if not isinstance(item, dict):
        return ""
    return str(next((item[what] for what in NAMES if isinstance(item.get(what), str)), ""))
