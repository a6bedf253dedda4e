"""Whatever the kiosk can say, it can say in every language."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.wording import LANGUAGES, load_wording
from resources import folder

TROUBLE = re.compile(r'KioskTrouble\(\s*"([a-z0-9_.]+)"')
SAID = re.compile(r'\bsay\(\s*"([a-z0-9_]+\.[a-z0-9_.]+)"')


def keys(root: Path, pattern: re.Pattern[str]) -> dict[str, str]:
    return {
        key: str(path.relative_to(root))
        for package in ("kiosk", "ui", "printers", "sync")
        for path in (root / package).rglob("*.py")
        for key in pattern.findall(path.read_text(encoding="utf-8"))
    }


def test_every_trouble_has_its_sentence(root: Path):
    wording = load_wording(folder("wording"))
    assert {key: file for key, file in keys(root, TROUBLE).items() if not wording.knows(key)} == {}


def test_every_sentence_asked_for_exists(root: Path):
    wording = load_wording(folder("wording"))
    assert {key: file for key, file in keys(root, SAID).items() if not wording.knows(key)} == {}


def test_both_languages_have_the_same_places():
    wording = load_wording(folder("wording"))
    places = re.compile(r"\{(\w+)")
    differing = {
        key
        for key, entry in wording.entries.items()
        if len({frozenset(places.findall(entry[language])) for language in LANGUAGES}) > 1
    }
    assert differing == set()


def test_english_wording_uses_plain_quotes():
    wording = load_wording(folder("wording"))
    assert [key for key, entry in wording.entries.items() if set(entry["en"]) & set("\u2019\u201c\u201d")] == []
