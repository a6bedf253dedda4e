"""The pack compiler at the desk: readable YAML becomes the JSON that kiosks load.

The only module that reads YAML, and never imported by the lobby's program. Aliases and anchors are refused, the
size is capped, and every problem is told with its file and line, in Chinese and English.

    python -m kiosk.forms.source resources/packs/private_lending.yaml -o resources/packs/private_lending.json
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kiosk.forms.built import pack_bytes
from kiosk.forms.load import build_pack
from kiosk.forms.problems import PackTrouble, Problem, problem
from kiosk.forms.reading import decode
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


class Marked(dict[str, Any]):
    """A mapping that remembers the file and line of itself and of its keys."""

    file: str
    line: int
    lines: dict[str, int]


class MarkedList(list[Any]):
    file: str
    line: int


class Compilation:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.blocks: dict[str, list[Any]] = {}
        self.lines = Lines()

    def compile(self) -> bytes:
        """The source of the pack as JSON, nothing of it checked but the YAML."""
        pack = self.read(self.path)
        includes = pack.pop("include", [])
        for name in [includes] if isinstance(includes, str) else includes:
            self._include(pack, str(name), pack.lines.get("include", 1))
        self.blocks.update(_blocks(pack.pop("blocks", {})))
        paper = self.path.with_name(f"{self.path.stem}.paper.yaml")
        if paper.is_file() and "paper" not in pack:
            pack["paper"] = _plain(self.read(paper))
        pack["form"] = self._expanded(pack.get("form", []), ())
        self._map_lines(pack, "")
        if self.problems:
            raise PackTrouble(self.problems)
        return pack_bytes(_plain(pack))

    def _include(self, pack: Marked, name: str, line: int) -> None:
        path = self.path.with_name(f"{name}.yaml")
        if "/" in name or not path.is_file():
            self.problems.append(problem(f"{self.path.name}:{line}", "unknown_block", name=name[:40]))
            return
        found = self.read(path)
        self.blocks.update(_blocks(found.get("blocks", {})))
        for entry in ("choices", "lists"):
            shared = found.get(entry, {})
            pack[entry] = self._merged(shared, pack.get(entry, {}))

    @staticmethod
    def _merged(shared: Any, own: Any) -> Marked:
        merged = Marked({**shared, **own})
        merged.file, merged.line = getattr(own or shared, "file", ""), getattr(own or shared, "line", 1)
        merged.lines = {**getattr(shared, "lines", {}), **getattr(own, "lines", {})}
        return merged

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

    # blocks

    def _expanded(self, items: Any, using: tuple[str, ...]) -> list[Any]:
        """The items with every `use` replaced by what it stands for."""
        expanded: list[Any] = []
        for item in items if isinstance(items, list) else []:
            if isinstance(item, Marked) and "use" in item:
                expanded += self._used(item, using)
            elif isinstance(item, Marked):
                copy = _copy(item)
                if "items" in copy:
                    copy["items"] = self._expanded(copy["items"], using)
                expanded.append(copy)
            else:
                expanded.append(item)
        return expanded

    def _used(self, item: Marked, using: tuple[str, ...]) -> list[Any]:
        name = str(item["use"])
        place = f"{item.file}:{item.line}"
        for entry in item.keys() - {"use", "change", "only", "without", "relevant", "stage", "row"}:
            self.problems.append(problem(place, "unknown_key", name=str(entry)[:40]))
        if name in using or len(using) > 20:
            self.problems.append(problem(place, "block_circle", name=name[:40]))
            return []
        if name not in self.blocks:
            self.problems.append(problem(place, "unknown_block", name=name[:40]))
            return []
        items = self._expanded(self.blocks[name], (*using, name))
        items = self._chosen(items, item, place)
        for asked, change in (item.get("change") or {}).items():
            self._change(items, str(asked), change, place)
        for inherited in ("relevant", "stage", "row"):
            if inherited in item:
                for one in items:
                    _inherit(one, inherited, str(item[inherited]), item)
        return items

    def _chosen(self, items: list[Any], item: Marked, place: str) -> list[Any]:
        names = {_name(one) for one in items}
        for entry in ("only", "without"):
            for name in item.get(entry) or []:
                if name not in names:
                    self.problems.append(problem(place, "unknown_in_block", name=str(name)[:40]))
        if "only" in item:
            items = [one for one in items if _name(one) in item["only"]]
        return [one for one in items if _name(one) not in (item.get("without") or [])]

    def _change(self, items: list[Any], asked: str, change: Any, place: str) -> None:
        """Overlay a question of the block; `group/name` reaches into a group. A value of null takes an entry away."""
        first, _, rest = asked.partition("/")
        for one in items:
            if _name(one) == first and rest:
                self._change(one.get("items", []), rest, change, place)
                return
            if _name(one) == first and isinstance(change, Marked):
                for entry, value in change.items():
                    if value is None:
                        one.pop(entry, None)
                        continue
                    one[entry] = self._expanded(value, ()) if entry == "items" else value
                    one.lines[entry] = change.lines.get(entry, change.line)
                    one.files[entry] = change.file
                return
        self.problems.append(problem(place, "unknown_in_block", name=asked[:40]))

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


class _Item(Marked):
    files: dict[str, str]


def _copy(item: Marked) -> _Item:
    """A copy deep enough that changing one use of a block leaves the others alone."""
    copy = _Item(item)
    copy.file, copy.line, copy.lines = item.file, item.line, dict(item.lines)
    copy.files = dict(getattr(item, "files", {}))
    return copy


def _inherit(one: Any, entry: str, text: str, source: Marked) -> None:
    if entry == "relevant" and one.get("relevant"):
        one["relevant"] = f"({text}) and ({one['relevant']})"
    elif entry == "relevant" or entry not in one:
        one[entry] = text
    else:
        return
    one.lines[entry] = source.lines.get(entry, source.line)
    one.files[entry] = source.file


def _name(item: Any) -> str:
    if not isinstance(item, dict):
        return ""
    return str(next((item[what] for what in ("group", "repeat", "ask", "compute", "note") if what in item), ""))


def _blocks(raw: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for name, block in raw.items() if isinstance(raw, dict) else ():
        found[name] = block if isinstance(block, list) else block.get("items", []) if isinstance(block, dict) else []
    return found


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
