"""Every trouble of the store and the desk has its sentence, and every sentence fills its places."""

from __future__ import annotations

import re
import string
from pathlib import Path

from kiosk.wording import LANGUAGES, load_wording
from resources import folder

RAISED = re.compile(r'KioskTrouble\(\s*"([a-z_.]+)"((?:, \w+=)?[^)]*)')


def raised_in(root: Path) -> dict[str, set[str]]:
    """Wording key → the places handed over, as the source says."""
    found: dict[str, set[str]] = {}
    for room in ("store", "desk", "clerks"):
        for path in (root / "kiosk" / room).glob("*.py"):
            for key, rest in RAISED.findall(path.read_text(encoding="utf-8")):
                found.setdefault(key, set()).update(re.findall(r"(\w+)=", rest))
    return found


def test_every_trouble_has_a_sentence_in_every_language(root: Path):
    wording = load_wording(folder("wording"))
    raised = raised_in(root)
    assert {"store.key_wrong", "clerk.not_signed_in"} <= set(raised)
    assert [key for key in raised if not wording.knows(key)] == []
    for key, places in raised.items():
        for language in LANGUAGES:
            wanted = {name for _, name, _, _ in string.Formatter().parse(wording.entries[key][language]) if name}
            assert wanted <= places, f"{key} in {language}"


def test_the_keys_of_the_disks_own_troubles_have_words(root: Path):
    source = (root / "kiosk" / "store" / "connect.py").read_text(encoding="utf-8")
    wording = load_wording(folder("wording"))
    for key in set(re.findall(r'"(store\.[a-z_]+)"', source)):
        assert wording.knows(key)
        if key in ("store.busy", "store.disk", "store.disk_full"):
            assert all(wording.say(key, language) for language in LANGUAGES)
