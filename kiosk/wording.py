"""Every sentence the kiosk itself says, in every language it speaks.

`resources/wording/*.toml` holds one table an entry: `[nav.next]` with `zh = "下一步"` and `en = "Next"`.
Places are written `{name}`. A missing language is a load problem, not a surprise in the lobby.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from kiosk.errors import KioskBug, KioskTrouble

LANGUAGES = ("zh", "en")
ATTRACT = "attract.toml"  # all that the attract screen says

Entries = Mapping[str, Mapping[str, str]]


class Wording:
    """The sentences by key. Of a wording just opened the rest is read by `complete`, or when it is first asked for."""

    __slots__ = ("_entries", "_rest")

    def __init__(self, entries: Entries, rest: Callable[[], Entries] | None = None) -> None:
        self._entries, self._rest = entries, rest

    @property
    def entries(self) -> Entries:
        self.complete()
        return self._entries

    def complete(self) -> None:
        """Read what was left for later; harmless when there is nothing."""
        if self._rest is not None:
            self._entries, self._rest = self._rest(), None

    def say(self, key: str, language: str, **places: str | int) -> str:
        """The sentence of this key with its places filled; an unknown key is a bug."""
        if not self.knows(key):
            raise KioskBug(f"no wording for {key}")
        return self._entries[key][language].format(**places)

    def knows(self, key: str) -> bool:
        return key in self._entries or key in self.entries


def load_wording(folder: Path) -> Wording:
    """Read every file of the folder; refuse an entry that lacks a language or stands twice."""
    return Wording(_read(sorted(folder.glob("*.toml"))))


def open_wording(folder: Path) -> Wording:
    """The same, but only the attract screen's file is read at once: the others take longer than drawing it."""
    return Wording(_read([folder / ATTRACT]), lambda: load_wording(folder).entries)


def _read(paths: list[Path]) -> Entries:
    entries: dict[str, Mapping[str, str]] = {}
    for path in paths:
        for key, entry in _found(tomllib.loads(path.read_text(encoding="utf-8")), ""):
            missing = [language for language in LANGUAGES if not entry.get(language)]
            if missing or key in entries:
                raise KioskTrouble("wording.incomplete", file=path.name, key=key)
            entries[key] = entry
    return entries


def _found(table: Mapping[str, object], prefix: str) -> list[tuple[str, Mapping[str, str]]]:
    found: list[tuple[str, Mapping[str, str]]] = []
    for name, value in table.items():
        if not isinstance(value, dict):
            raise KioskTrouble("wording.incomplete", file=prefix or ".", key=name)
        if all(isinstance(inner, str) for inner in value.values()):
            found.append((prefix + name, value))
        else:
            found += _found(value, f"{prefix}{name}.")
    return found
