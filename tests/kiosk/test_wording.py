"""The attract screen's words are read alone, and the rest is there when anything else is said."""

from __future__ import annotations

import pytest

from kiosk.errors import KioskBug
from kiosk.visit.first_page import welcome_page
from kiosk.wording import ATTRACT, LANGUAGES, Wording, load_wording, open_wording
from resources import folder


def never() -> dict[str, dict[str, str]]:
    raise AssertionError("the first frame would wait for every file")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_attract_screen_waits_for_its_own_file_only(language: str):
    opened = open_wording(folder("wording"))
    alone = Wording(opened._entries, never, opened.languages)  # only what was read at once
    page = welcome_page(language, alone)
    assert page == welcome_page(language, load_wording(folder("wording")))
    around = ("screen.header", "screen.look", "screen.help")
    assert all(alone.knows(key) for key in around), f"{ATTRACT} lacks a word of the window"


def test_anything_else_is_known_as_well():
    opened, whole = open_wording(folder("wording")), load_wording(folder("wording"))
    assert opened.say("screen.back", "zh") == whole.say("screen.back", "zh")
    assert opened.entries == whole.entries


def test_a_key_that_stands_nowhere_is_a_bug():
    with pytest.raises(KioskBug, match=r"no\.such"):
        open_wording(folder("wording")).say("no.such", "zh")
