"""Every trouble of the store and the desk has its sentence, and every sentence fills its places."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

from kiosk.wording import LANGUAGES, load_wording
from resources import folder


def raised_in(root: Path) -> dict[str, set[str]]:
    """Wording key → the places handed over, as the source says."""
    found: dict[str, set[str]] = {}
    for room in ("store", "desk", "clerks"):
        for path in (root / "kiosk" / room).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(
                        func=ast.Name(id="KioskTrouble"), args=[ast.Constant(value=str(key))], keywords=places
                    ):
                        found.setdefault(key, set()).update(place.arg or "" for place in places)
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
