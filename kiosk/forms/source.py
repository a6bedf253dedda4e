"""The pack compiler at the desk: readable YAML becomes the JSON that kiosks load.

The only module that reads YAML, and never imported by the lobby's program. Aliases and anchors are refused, the
size is capped, and every problem is told with its file and line, in Chinese and English.

    python -m kiosk.forms.source resources/packs/private_lending.yaml -o resources/packs/private_lending.json
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kiosk.forms.blocks import Blocks, Item, Marked, MarkedList
from kiosk.forms.built import pack_bytes
from kiosk.forms.load import build_pack
from kiosk.forms.problems import PackTrouble, Problem, problem
from kiosk.forms.reading import decode
from kiosk.forms.shared_lists import calculated, merged, used_only
from kiosk.law.tables import read_tables

LARGEST_SOURCE = 2 * 1024 * 1024
DEEPEST = 60
LISTS = ("form", "materials", "notices")


@dataclass(slots=True)
class Lines:
    """Where each entry of the compiled pack was written."""

    at: dict[str, str] = field(default_factory=dict)

    def of(self, place: str) -> str:
        """file:line of a place, or of the nearest place around it."""
        while place and place not in self.at:
            place = place.rpartition("/")[0]
        return self.at.get(place, "")


class Compilation:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.blocks = Blocks(self.problems)
        self.parts = Blocks(self.problems)
        self.lines = Lines()

    def compile(self) -> bytes:
        """The source of the pack as JSON, nothing of it checked but the YAML."""
        pack = self.read(self.path)
        shared = self._shared(pack, (self.path.name,), {self.path.name})
        self.blocks.add(pack.pop("blocks", {}))
        for name in LISTS:
            if name in pack:
                pack[name] = self.blocks.expanded(pack[name])
        for entry in ("choices", "lists"):
            own = pack.get(entry, {})
            lists = merged(shared.get(entry), own, self.problems)
            used_only(lists, own, pack.get("form") or [])
            if lists:
                pack[entry] = lists
        calculated(pack.get("form") or [], pack.get("choices", Marked()), self.problems)
        self._paper(pack)
        self._map_lines(pack, "")
        if self.problems:
            raise PackTrouble(self.problems)
        return pack_bytes(_plain(pack))

    def _paper(self, pack: Marked) -> None:
        path = self.path.with_name(f"{self.path.stem}.paper.yaml")
        if not path.is_file() or "paper" in pack:
            return
        paper = self.read(path)
        shared = self._shared(paper, (path.name,), {path.name})
        paper["sheets"] = self.parts.expanded(paper.get("sheets", []))
        lines = merged(shared.get("blocks"), paper.get("blocks", {}), self.problems)
        named = _named_lines(paper["sheets"], lines)
        paper["blocks"] = {name: block for name, block in lines.items() if name in named}
        pack["paper"] = paper

    def _shared(self, source: Marked, within: tuple[str, ...], read: set[str]) -> dict[str, Item]:
        """What the files a source includes bring along, and what those include; each file is read once."""
        names = source.pop("include", None) or []
        place = f"{source.file}:{source.lines.get('include', source.line)}"
        brought: dict[str, Item] = {}
        for name in [names] if isinstance(names, str) else names:
            file = f"{name}.yaml"
            if file in within:
                self.problems.append(problem(place, "include_circle", name=file[:60]))
            elif "/" in file or not self.path.with_name(file).is_file():
                self.problems.append(problem(place, "no_such_file", name=file[:60]))
            elif file not in read:
                read.add(file)
                found = self.read(self.path.with_name(file))
                self._bring(brought, self._shared(found, (*within, file), read))
                on_paper = file.endswith(".paper.yaml")
                (self.parts if on_paper else self.blocks).add(found.pop("parts" if on_paper else "blocks", {}))
                for entry in found.keys() - ({"blocks"} if on_paper else {"choices", "lists"}):
                    line = found.lines.get(entry, found.line)
                    self.problems.append(problem(f"{file}:{line}", "unknown_key", name=entry[:40]))
                self._bring(brought, found)
        return brought

    def _bring(self, brought: dict[str, Item], found: Mapping[str, Any]) -> None:
        for entry in ("choices", "lists", "blocks"):
            if entry in found:
                brought[entry] = merged(brought.get(entry), found[entry], self.problems)

    # reading

    def read(self, path: Path) -> Marked:
        try:
            data = path.read_bytes()
        except OSError:
            raise PackTrouble([problem(path.name, "missing", name=path.name)]) from None
        if len(data) > LARGEST_SOURCE:
            raise PackTrouble([problem(path.name, "too_large", limit=LARGEST_SOURCE)])
        try:
            _refuse_aliases(data, path.name)
            node = yaml.compose(data, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            reason = str(getattr(error, "problem", "") or "YAML")[:80]
            raise PackTrouble([problem(f"{path.name}:{line}", "bad_yaml", reason=reason)]) from None
        except RecursionError:
            raise PackTrouble([problem(path.name, "too_deep", limit=DEEPEST)]) from None
        found = self._value(node, path.name, 0)
        if not isinstance(found, Marked):
            raise PackTrouble([problem(path.name, "wrong_type", name="pack", wanted="a mapping", wanted_zh="键值表")])
        return found

    def _value(self, node: Any, file: str, depth: int) -> Any:
        if depth > DEEPEST:
            raise PackTrouble([problem(f"{file}:{node.start_mark.line + 1}", "too_deep", limit=DEEPEST)])
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, file, depth)
        if isinstance(node, yaml.SequenceNode):
            listed = MarkedList(self._value(child, file, depth + 1) for child in node.value)
            listed.file, listed.line = file, node.start_mark.line + 1
            return listed
        return _scalar(node)

    def _mapping(self, node: Any, file: str, depth: int) -> Marked:
        found = Marked()
        found.file, found.line, found.lines = file, node.start_mark.line + 1, {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in found:
                self.problems.append(problem(f"{file}:{line}", "twice", name=key[:40]))
            found[key] = self._value(value_node, file, depth + 1)
            found.lines[key] = line
        return found

    # places

    def _map_lines(self, value: Any, place: str) -> None:
        if isinstance(value, Marked):
            self.lines.at.setdefault(place, f"{value.file}:{value.line}")
            files = getattr(value, "files", {})
            for key, inner in value.items():
                inside = f"{place}/{key}" if place else key
                if key in value.lines:
                    self.lines.at[inside] = f"{files.get(key, value.file)}:{value.lines[key]}"
                self._map_lines(inner, inside)
        elif isinstance(value, list):
            for at, inner in enumerate(value):
                self._map_lines(inner, f"{place}/{at}")


def _refuse_aliases(data: bytes, file: str) -> None:
    for event in yaml.parse(data, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise PackTrouble([problem(f"{file}:{event.start_mark.line + 1 if event.start_mark else 1}", "yaml_alias")])


def _scalar(node: Any) -> Any:
    """Only what a pack needs: text, whole numbers, true and false, nothing. Dates and yes/no stay text."""
    if node is None:
        return None
    if node.style in ("'", '"', "|", ">"):
        return node.value
    word = node.value
    if word in ("true", "True"):
        return True
    if word in ("false", "False"):
        return False
    if word in ("", "~", "null"):
        return None
    if word.isascii() and word.lstrip("-").isdigit() and (word == "0" or not word.lstrip("-").startswith("0")):
        return int(word) if len(word) < 10 else word
    return word


def _named_lines(value: Any, lines: Mapping[str, Any]) -> set[str]:
    """The blocks of lines that the sheets name, and those they name in turn."""
    named: set[str] = set()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            used = one.get("use")
            if isinstance(used, str) and used not in named:
                named.add(used)
                waiting.append(lines.get(used))
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return named


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def compile_pack(path: Path, tables: Any = None) -> bytes:
    """The compiled pack; it loads clean, or a `PackTrouble` names every problem with file and line."""
    compilation = Compilation(Path(path))
    data = compilation.compile()
    folder = Path(path).resolve().parent.parent / "tables"
    if tables is None and folder.is_dir():
        tables = read_tables(folder)
    try:
        return build_pack(decode(data), tables)
    except PackTrouble as trouble:
        raise PackTrouble(_with_lines(trouble.problems, compilation.lines)) from None


def _with_lines(problems: tuple[Problem, ...], lines: Lines) -> Iterator[Problem]:
    for one in problems:
        yield one.at(f"{lines.of(one.place)} ({one.place})" if lines.of(one.place) else one.place)


def main(arguments: list[str]) -> int:
    """Compile one pack; without -o only look for problems."""
    if not arguments:
        sys.stderr.write("usage: python -m kiosk.forms.source PACK.yaml [-o OUT.json]\n")
        return 2
    source = Path(arguments[0])
    try:
        data = compile_pack(source)
    except PackTrouble as trouble:
        for one in trouble.problems:
            sys.stderr.write(f"{one.place}\n    {one.zh}\n    {one.en}\n")
        sys.stderr.write(f"{len(trouble.problems)} problems\n")
        return 1
    if "-o" in arguments[1:]:
        Path(arguments[arguments.index("-o") + 1]).write_bytes(data)
    sys.stderr.write(f"{source.name}: {len(data)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
