"""A real keyboard can do nothing here but walk the page with the keys of the keypad."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from kiosk.errors import KioskTrouble
from kiosk.settings import Accessibility
from kiosk.visit import events as e
from ui.guard import Guard, allowed_keys
from ui.inputs.field import AnswerField
from ui.look import Look
from ui.samples import sample_pages
from ui.walk import WalkKey
from ui.window import KioskWindow

PAGES = sample_pages("zh")
Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FORBIDDEN = [
    (Key.Key_A, Qt.KeyboardModifier.NoModifier),
    (Key.Key_1, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Space, Qt.KeyboardModifier.NoModifier),
    (Key.Key_F5, Qt.KeyboardModifier.NoModifier),
    (Key.Key_F4, ALT),
    (Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Print, Qt.KeyboardModifier.NoModifier),
    (Key.Key_Q, CONTROL),
    (Key.Key_V, CONTROL),
    (Key.Key_Down, CONTROL),
    (Key.Key_Escape, CONTROL | ALT),
]


class Clock:
    """Milliseconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guard(application: QApplication, clock: Clock) -> Iterator[Guard]:
    guard = Guard(application, now_ms=clock)
    yield guard
    application.removeEventFilter(guard)
    guard.deleteLater()


@pytest.fixture
def window(open_window: Callable[[Look], KioskWindow], guard: Guard, application: QApplication) -> KioskWindow:
    window = open_window(Look())
    window.watch(guard)
    window.show_page(PAGES["words"])
    application.processEvents()
    return window


@pytest.mark.parametrize(("key", "modifiers"), FORBIDDEN)
def test_no_other_key_does_anything(key: Qt.Key, modifiers: Qt.KeyboardModifier, window: KioskWindow, guard: Guard):
    heard: list[object] = []
    window.reported.connect(heard.append)
    field = window.findChild(AnswerField)
    assert field is not None
    QTest.keyClick(window.windowHandle(), key, modifiers)
    assert (heard, field.text(), window.isVisible(), window.walk.place()) == ([], "张", True, None)
    assert guard.blocked >= 1


def test_four_keys_walk_choose_and_go_back(window: KioskWindow, clock: Clock):
    heard: list[object] = []
    window.reported.connect(heard.append)
    QTest.keyClick(window.windowHandle(), Key.Key_Down)
    assert window.ring.area() is not None
    while window.walk.place() is not window.findChild(QPushButton, "next"):
        clock.now += 200
        QTest.keyClick(window.windowHandle(), Key.Key_Down)
    clock.now += 200
    QTest.keyClick(window.windowHandle(), Key.Key_Return)
    clock.now += 200
    QTest.keyClick(window.windowHandle(), Key.Key_Escape)
    assert heard == [e.NextPressed(), e.BackPressed()]


def test_every_key_of_the_keypad_comes_through_as_what_it_does(guard: Guard, window: KioskWindow, clock: Clock):
    pressed: list[object] = []
    guard.pressed.connect(pressed.append)
    named = Accessibility().keys()
    for name in named:
        clock.now += 200
        QTest.keyClick(window.windowHandle(), getattr(Key, f"Key_{name}"))
    assert pressed == [WalkKey(does) for does in named.values()]
    assert set(pressed) == set(WalkKey)
    assert guard.blocked == 0


def test_the_volume_keys_are_passed_on_and_do_not_move_the_ring(window: KioskWindow, clock: Clock):
    told: list[int] = []
    window.volume_asked.connect(told.append)
    for key in (Key.Key_VolumeUp, Key.Key_VolumeUp, Key.Key_VolumeDown):
        clock.now += 200
        QTest.keyClick(window.windowHandle(), key)
    assert (told, window.walk.place()) == ([1, 1, -1], None)


def test_a_trembling_hand_presses_once(application: QApplication, clock: Clock, open_window: Callable[[Look], Any]):
    guard = Guard(application, now_ms=clock, tremor_ms=300)
    pressed: list[object] = []
    guard.pressed.connect(pressed.append)
    window = open_window(Look())
    for milliseconds, key in ((0, Key.Key_Down), (150, Key.Key_Down), (250, Key.Key_Return), (700, Key.Key_Return)):
        clock.now = 1000 + milliseconds
        QTest.keyClick(window.windowHandle(), key)
    application.removeEventFilter(guard)
    assert pressed == [WalkKey.NEXT, WalkKey.CHOOSE, WalkKey.CHOOSE]


def test_more_than_ten_keys_a_second_are_dropped(guard: Guard, window: KioskWindow):
    pressed: list[object] = []
    guard.pressed.connect(pressed.append)
    for _ in range(25):
        QTest.keyClick(window.windowHandle(), Key.Key_Down)
    assert pressed == [WalkKey.NEXT] * 10


def test_five_chords_in_a_minute_freeze_everything_for_half_a_minute(
    guard: Guard, window: KioskWindow, clock: Clock, application: QApplication
):
    told: list[bool] = []
    guard.tampered.connect(lambda: told.append(True))
    heard: list[object] = []
    window.reported.connect(heard.append)
    for _ in range(5):
        clock.now += 1000
        QTest.keyClick(window.windowHandle(), Key.Key_F4, ALT)
    onward = window.findChild(QPushButton, "next")
    middle = onward.mapTo(window, onward.rect().center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert (told, heard) == ([True], [])
    clock.now += 30_001
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert heard == [e.NextPressed()]


def test_a_touch_tells_that_somebody_is_here(guard: Guard, window: KioskWindow):
    told: list[bool] = []
    window.touched.connect(lambda: told.append(True))
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton)
    assert told == [True]


@pytest.mark.parametrize("name", ["A", "1", "Control", "Shift", "Tab", "Space", "Nonsense"])
def test_letters_digits_and_modifiers_are_refused_as_walking_keys(name: str):
    with pytest.raises(KioskTrouble):
        allowed_keys({name: "next"})


def test_a_key_cannot_be_given_anything_else_to_do():
    with pytest.raises(KioskTrouble):
        allowed_keys({"F5": "quit"})
