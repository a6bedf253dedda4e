"""Every text that is spoken, by the place it stands at: wording, packs, guidance, and the words strung from pieces.

What only staff or the terminal read is left out by file. `python -m resources.voice.render` makes a clip of each
phrase of these, and a test holds both together.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from resources.voice.phrases import phrases_of_template

SILENT_FILES = frozenset(
    {
        "authoring",
        "bulk",
        "clerk_import",
        "devices",
        "clerks",
        "court_papers",
        "rules",
        "slips",
        "store",
        "sync",
        "troubles",
    }
)
FIRST_PACK = "private_lending"  # what it shares with the others comes with it
SOON = frozenset({"label", "hint", "message", "title", "example"})  # of the other packs; the rest comes after


def spoken_texts(resources: Path, language: str) -> dict[str, str]:
    """Each text with the first place it stands at, most wanted first."""
    found: dict[str, str] = {}
    for place, text in _all(resources, language):
        found.setdefault(text, place)
    return found


def spoken_phrases(resources: Path, language: str) -> dict[str, str]:
    """Each phrase that has a clip, with the first place it stands at."""
    found: dict[str, str] = {}
    for text, place in spoken_texts(resources, language).items():
        for phrase in phrases_of_template(text):
            found.setdefault(phrase, place)
    return found


def _all(resources: Path, language: str) -> Iterator[tuple[str, str]]:
    words = resources / "voice" / language / "words.txt"
    if words.exists():
        for word in words.read_text(encoding="utf-8").split("\n"):
            yield "word", word
    own = resources / "wording" / language / "language.toml"
    if own.exists():
        table = tomllib.loads(own.read_text(encoding="utf-8"))
        yield from (("language", table[name]) for name in ("name", "choose"))
    for path in sorted((resources / "wording").glob("*.toml")):
        if path.stem not in SILENT_FILES:
            yield from _words(tomllib.loads(path.read_text(encoding="utf-8")), path.stem, language)
    later: list[tuple[str, str]] = []
    packs = sorted((resources / "packs").glob("*.json"), key=lambda path: (path.stem != FIRST_PACK, path.stem))
    for path in packs:
        for number, value in enumerate(_values(path)):
            for place, text in _words(value, f"{path.stem}.{number}", language):
                if path.stem == FIRST_PACK or place.rpartition(".")[2] in SOON:
                    yield place, text
                else:
                    later.append((place, text))
    for value in _values(resources / "guidance" / "book.json"):
        yield from _words(value, "guidance", language)
    yield from later


def _values(path: Path) -> Iterator[object]:
    """The JSON values of a file, one after another."""
    text, at, decoder = path.read_text(encoding="utf-8"), 0, json.JSONDecoder()
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        value, at = decoder.raw_decode(text, at)
        yield value


def _words(value: object, place: str, language: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        own = value.get(language)
        if isinstance(own, str) and isinstance(value.get("zh"), str):
            yield place, own
        else:
            for name, inner in value.items():
                yield from _words(inner, f"{place}.{name}", language)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _words(inner, f"{place}.{number}", language)
