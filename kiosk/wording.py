"""Every sentence the kiosk itself says, in every language it speaks.

`resources/wording/*.toml` holds one table an entry: `[nav.next]` with `zh = "下一步"` and `en = "Next"`. An added
language keeps its own sentences in its own folder, under the same keys (`kiosk.languages`): `[nav] next = "…"`.
Places are written `{name}`. A missing language is a load problem, not a surprise in the lobby.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from kiosk.errors import KioskBug, KioskTrouble
from kiosk.languages import FILE, Language, read_languages

LANGUAGES = ("zh", "en")  # every entry of the shared files is written in these
ATTRACT = "attract.toml"  # all that the attract screen says

Entries = Mapping[str, Mapping[str, str]]


class Wording:
    """The sentences by key. Of a wording just opened the rest is read by `complete`, or when it is first asked for."""

    __slots__ = ("_entries", "_rest", "languages")

    def __init__(
        self, entries: Entries, rest: Callable[[], Entries] | None = None, languages: tuple[Language, ...] = ()
    ) -> None:
        self._entries, self._rest = entries, rest
        self.languages = languages  # in the order in which they are offered

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

    def each(self, key: str, **places: str | int) -> dict[str, str]:
        """The sentence in every language, for whoever does not know yet who will read it."""
        return {code: self.say(key, code, **places) for code in self.codes}

    # Languages

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.languages)

    def language(self, code: str) -> Language:
        for one in self.languages:
            if one.code == code:
                return one
        raise KioskBug(f"no language {code}")

    def second(self, code: str) -> str:
        """The language small sizes show beside this one."""
        return self.language(code).second or next((other for other in self.codes if other != code), code)

    def next_language(self, code: str) -> Language:
        """What one touch turns to: the next one offered, and after the last the first."""
        at = self.codes.index(code)
        return self.languages[(at + 1) % len(self.languages)]


def load_wording(folder: Path) -> Wording:
    """Read every file of the folder; refuse an entry that lacks a language or stands twice."""
    languages = read_languages(folder)
    return Wording(_read(folder, "*.toml", languages), languages=languages)


def open_wording(folder: Path) -> Wording:
    """The same, but only the attract screen's file is read at once: the others take longer than drawing it."""
    languages = read_languages(folder)
    return Wording(_read(folder, ATTRACT, languages), lambda: _read(folder, "*.toml", languages), languages)


def _read(folder: Path, files: str, languages: tuple[Language, ...]) -> Entries:
    entries: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob(files)):
        for key, entry in _found(_table(path), ""):
            if key in entries or not all(entry.get(code) for code in LANGUAGES):
                raise KioskTrouble("wording.incomplete", file=path.name, key=key)
            entries[key] = entry
    for code in (one.code for one in languages if one.code not in LANGUAGES):
        for path in sorted((folder / code).glob(files)):
            for key, sentence in _own(_table(path), "") if path.name != FILE else ():
                if key not in entries or code in entries[key] or not sentence:
                    raise KioskTrouble("wording.incomplete", file=f"{code}/{path.name}", key=key)
                entries[key][code] = sentence
        missing = next((key for key, entry in entries.items() if code not in entry), None)
        if missing is not None:
            raise KioskTrouble("wording.incomplete", file=f"{code}/", key=missing)
    return entries


def _table(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _own(table: Mapping[str, object], prefix: str) -> list[tuple[str, str]]:
    """What an added language says, key by key."""
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        found += _own(value, f"{prefix}{name}.") if isinstance(value, dict) else [(prefix + name, str(value))]
    return found


def _found(table: Mapping[str, object], prefix: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    for name, value in table.items():
        if not isinstance(value, dict):
            raise KioskTrouble("wording.incomplete", file=prefix or ".", key=name)
        if all(isinstance(inner, str) for inner in value.values()):
            found.append((prefix + name, value))
        else:
            found += _found(value, f"{prefix}{name}.")
    return found
