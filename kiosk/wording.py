"""Every sentence the kiosk itself says, in every language it speaks.

`resources/wording/*.toml` holds one table an entry: `[nav.next]` with `zh = "下一步"` and `en = "Next"`.
Places are written `{name}`. A missing language is a load problem, not a surprise in the lobby.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskBug, KioskTrouble

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    entries: Mapping[str, Mapping[str, str]]

    def say(self, key: str, language: str, **places: str | int) -> str:
        """The sentence of this key with its places filled; an unknown key is a bug."""
        if key not in self.entries:
            raise KioskBug(f"no wording for {key}")
        return self.entries[key][language].format(**places)

    def knows(self, key: str) -> bool:
        return key in self.entries


def load_wording(folder: Path) -> Wording:
    """Read every file of the folder; refuse an entry that lacks a language or stands twice."""
    entries: dict[str, Mapping[str, str]] = {}
    for path in sorted(folder.glob("*.toml")):
        for key, entry in _entries(tomllib.loads(path.read_text(encoding="utf-8")), ""):
            missing = [language for language in LANGUAGES if not entry.get(language)]
            if missing or key in entries:
                raise KioskTrouble("wording.incomplete", file=path.name, key=key)
            entries[key] = entry
    return Wording(entries)


def _entries(table: Mapping[str, object], prefix: str) -> list[tuple[str, Mapping[str, str]]]:
    found: list[tuple[str, Mapping[str, str]]] = []
    for name, value in table.items():
        if not isinstance(value, dict):
            raise KioskTrouble("wording.incomplete", file=prefix or ".", key=name)
        if all(isinstance(inner, str) for inner in value.values()):
            found.append((prefix + name, value))
        else:
            found += _entries(value, f"{prefix}{name}.")
    return found
