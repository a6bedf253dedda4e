"""Reading a pack's JSON entry by entry, collecting everything that is wrong with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from kiosk.forms.problems import PackTrouble, Problem, problem

LARGEST_PACK = 4 * 1024 * 1024
BUILT = ("proof", "woven")  # what the desk adds to the source of a pack
DEEPEST = 40
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}", re.ASCII)
WANTED = {
    "text": "文字",
    "a list": "列表",
    "a mapping": "键值表",
    "yes or no": "true 或 false",
    "a whole number": "整数",
}


class Twice(ValueError):
    pass


def decode(data: bytes) -> Mapping[str, Any]:
    """The source in a pack's JSON: capped, no key twice, no NaN; anything else is a `PackTrouble`."""
    if len(data) > LARGEST_PACK:
        raise PackTrouble([problem("", "too_large", limit=LARGEST_PACK)])
    try:
        found = json.loads(data, object_pairs_hook=_once, parse_constant=_refuse)
        if b"\\u" in data:
            json.dumps(found, ensure_ascii=False).encode()  # half a character cannot be shown or written down
    except Twice as error:
        raise PackTrouble([problem("", "twice", name=str(error)[:40])]) from None
    except (ValueError, RecursionError, UnicodeDecodeError):
        raise PackTrouble([problem("", "bad_json", reason="JSON")]) from None
    if not isinstance(found, dict):
        raise PackTrouble([problem("", "wrong_type", name="pack", wanted="a mapping", wanted_zh="键值表")])
    for name in BUILT:
        found.pop(name, None)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise Twice(next(key for key in keys if keys.count(key) > 1))
    return found


def _refuse(name: str) -> Any:
    raise ValueError(name)


class Reading:
    """One mapping of the pack, read with its place; problems go to one shared list."""

    def __init__(self, raw: Any, place: str, problems: list[Problem]) -> None:
        self.place = place
        self.problems = problems
        self.raw: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
        if not isinstance(raw, dict):
            self.complain("", "wrong_type", name=place.rpartition("/")[2], wanted="a mapping", wanted_zh="键值表")

    def complain(self, name: str, key: str, /, **places: str | int) -> None:
        self.problems.append(problem(self.at(name), key, **places))

    def at(self, name: str) -> str:
        return f"{self.place}/{name}" if self.place and name else self.place or name

    def only(self, known: AbstractSet[str]) -> None:
        if known >= self.raw.keys():
            return
        for name in self.raw.keys() - known:
            self.complain(name, "unknown_key", name=str(name)[:40])

    def _typed(self, name: str, kind: type | tuple[type, ...], wanted: str, default: Any) -> Any:
        value = self.raw.get(name)
        if value is None:
            return default
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.complain(name, "wrong_type", name=name, wanted=wanted, wanted_zh=WANTED[wanted])
            return default
        return value

    def text(self, name: str, default: str = "") -> str:
        value = self.raw.get(name)
        if type(value) is str:
            return value
        if value is None:
            return default
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        found: str = self._typed(name, str, "text", default)
        return found

    def needed(self, name: str) -> str:
        found = self.text(name)
        if not found and name not in self.raw:
            self.complain("", "missing", name=name)
        return found

    def whole(self, name: str, default: int | None = None) -> int | None:
        found: int | None = self._typed(name, int, "a whole number", default)
        return found

    def flag(self, name: str) -> bool:
        found: bool = self._typed(name, bool, "yes or no", False)
        return found

    def listed(self, name: str) -> list[Any]:
        found: list[Any] = self._typed(name, list, "a list", [])
        return found

    def mapping(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._typed(name, dict, "a mapping", {})
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(str(value) for value in self.listed(name))

    def words(self, name: str, languages: tuple[str, ...], needed: bool = False) -> dict[str, str]:
        """Words in every language of the pack, or none at all."""
        if name not in self.raw:
            if needed:
                self.complain("", "missing", name=name)
            return {}
        return self.words_of(self.raw[name], name, languages)

    def words_of(self, raw: Any, name: str, languages: tuple[str, ...]) -> dict[str, str]:
        if not isinstance(raw, dict):
            self.complain(name, "wrong_type", name=name, wanted="a mapping", wanted_zh="键值表")
            return {}
        for language in languages:
            if not raw.get(language):
                self.complain(name, "language_missing", language=language)
        if len(raw) > len(languages):
            for language in raw.keys() - set(languages):
                self.complain(name, "unknown_language", language=str(language)[:20])
        return {language: str(words) for language, words in raw.items()}
