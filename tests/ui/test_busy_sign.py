"""Whoever touched something sees within a frame that it was felt, and soon after that it is on its way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.busy import SIGN_MS, WORDS_MS, Busy
from ui.drawn import colours_of, known
from ui.inspection import place, visible
from ui.look import Look, Theme
from ui.samples import sample_pages
from ui.screens.tile import Tile
from ui.theme import palette_of
from ui.window import KioskWindow

Open = Callable[[Look], KioskWindow]


@pytest.mark.parametrize("theme", Theme)
def test_a_tile_looks_pressed_in_the_frame_after_the_finger_came_down(
    theme: Theme, open_window: Open, application: QApplication
):
    window = open_window(Look(theme=theme))
    window.show_page(sample_pages("zh")["choice"])
    application.processEvents()
    tile = next(one for one in visible(window, Tile) if one.objectName() == "option org")
    at = tile.mapTo(window, QPoint(tile.width() // 2, tile.height() // 2))
    device = QTest.createTouchDevice()
    press = QTest.touchEvent(window, device, False)
    press.press(0, at, window)
    press.commit()
    application.processEvents()  # one turn of the loop: what it paints is the next frame
    pressed = colours_of(window.grab(place(tile, window)).toImage()).most_common(1)[0][0]
    assert pressed == palette_of(window.look).pressed
    release = QTest.touchEvent(window, device, False)
    release.release(0, at, window)
    release.commit()
    application.processEvents()


@pytest.fixture
def waiting() -> list[bool]:
    """Whether something is still on its way."""
    return [True]


@pytest.fixture
def busy(open_window: Open, waiting: list[bool], application: QApplication) -> Busy:
    window = open_window(Look())
    window.show_page(sample_pages("zh")["choice"])
    application.processEvents()
    return Busy(window, lambda: waiting[0], lambda: window.look, lambda: "正在处理，请稍等", sign_ms=100, words_ms=250)


def test_the_sign_comes_within_half_a_second_and_the_words_after_two(busy: Busy):
    assert SIGN_MS <= 400
    assert WORDS_MS == 2000


def test_an_hourglass_then_words_then_nothing_once_it_is_there(busy: Busy, waiting: list[bool], qtbot: QtBot):
    busy.touched()
    assert busy.sign is None
    qtbot.waitUntil(lambda: busy.sign is not None and busy.sign.isVisible())
    assert busy.sign is not None
    assert busy.sign.words == ""
    qtbot.waitUntil(lambda: busy.sign is not None and busy.sign.words == "正在处理，请稍等")
    assert busy.sign.accessibleName() == "正在处理，请稍等"
    waiting[0] = False
    qtbot.waitUntil(lambda: busy.sign is not None and not busy.sign.isVisible())


def test_what_is_there_at_once_shows_no_sign(busy: Busy, waiting: list[bool], qtbot: QtBot):
    waiting[0] = False
    busy.touched()
    qtbot.waitUntil(lambda: not busy._timer.isActive())
    assert busy.sign is None


def test_the_sign_is_drawn_in_the_theme_and_lets_touches_through(
    busy: Busy, open_window: Open, application: QApplication, qtbot: QtBot
):
    window = open_window(Look())
    busy.touched()
    qtbot.waitUntil(lambda: busy.sign is not None and busy.sign.words != "")
    image = window.grab().toImage()
    middle = image.copy(image.width() // 2 - 260, image.height() // 2 - 80, 520, 160)
    found = colours_of(middle)
    assert all(known(Theme.STANDARD, colour) for colour in found)
    assert {palette_of(window.look).primary, palette_of(window.look).text} <= set(found)
    tile = next(one for one in visible(window, Tile) if one.objectName() == "option org")
    assert window.childAt(tile.mapTo(window, QPoint(40, 40))) is tile
    busy.stop()
