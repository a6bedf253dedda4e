"""The letters above a long list of places, and what each leaves on show."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

import resources
from kiosk.visit.pages import Option
from kiosk.wording import load_wording
from resources.pinyin.place_letters import letters_of
from ui.inputs.place_letters import place_letters
from ui.look import Look, Orientation
from ui.samples import COURT, sample_pages
from ui.window import KioskWindow


def named(window: KioskWindow, start: str) -> list[str]:
    buttons = window.findChildren(QPushButton)
    return [one.objectName().removeprefix(start) for one in buttons if one.objectName().startswith(start)]


def press(window: KioskWindow, name: str) -> None:
    window.findChild(QPushButton, name).click()


def test_a_letter_leaves_only_the_places_whose_names_begin_with_its_sound(qtbot: QtBot):
    for orientation in Orientation:
        window = KioskWindow(Look(orientation=orientation), COURT["zh"], load_wording(resources.folder("wording")))
        qtbot.addWidget(window)
        window.show()
        window.show_page(sample_pages("zh")["region"])
        assert named(window, "letter ") == [*"ABCFGHJLNQSTXYZ"]
        press(window, "letter C")
        qtbot.waitUntil(lambda window=window: named(window, "region ") == ["重庆市"])
        press(window, "letter C")
        qtbot.waitUntil(lambda window=window: len(named(window, "region ")) > 1)


def test_another_level_begins_with_all_its_places_and_a_short_one_has_no_letters(qtbot: QtBot):
    window = KioskWindow(Look(), COURT["zh"], load_wording(resources.folder("wording")))
    qtbot.addWidget(window)
    window.show()
    page = sample_pages("zh")["region"]
    window.show_page(page)
    press(window, "letter C")
    qtbot.waitUntil(lambda: len(named(window, "region ")) == 1)
    few = tuple(Option(name, name) for name in ("渝中区", "江北区"))
    window.show_page(replace(page, way=(Option("50", "重庆市"),), options=few))
    assert named(window, "letter ") == []
    assert named(window, "region ") == ["50", "渝中区", "江北区"]


def test_every_place_of_the_table_has_its_letter():
    assert dict(place_letters()) == letters_of(resources.folder("tables") / "regions.json")
