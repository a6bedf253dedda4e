"""Two switches, one switch that scans, and what a keypad has beyond its four keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.visit import events as e
from ui.focus import Focus, FocusKind
from ui.inputs.field import AnswerField
from ui.inputs.panel import Tab
from ui.look import Look
from ui.samples import sample_pages
from ui.walk import WalkKey
from ui.window import KioskWindow

PAGES = sample_pages("zh")
Open = Callable[[Look], KioskWindow]
PACE = 0.02  # seconds: nobody scans so fast, a test does


@pytest.fixture
def window(open_window: Open) -> KioskWindow:
    return open_window(Look())


@pytest.fixture
def heard(window: KioskWindow) -> list[Focus | None]:
    """All that was said about the ring."""
    told: list[Focus | None] = []
    window.focus_moved.connect(told.append)
    return told


def show(window: KioskWindow, name: str) -> None:
    window.show_page(PAGES[name])
    QApplication.processEvents()


def press(window: KioskWindow, *keys: WalkKey) -> None:
    for key in keys:
        window.walk.press(key)


def focus_of(window: KioskWindow) -> Focus:
    focus = window.walk.focus()
    assert focus is not None
    return focus


def press_until(window: KioskWindow, key: WalkKey, fits: Callable[[Focus], bool]) -> Focus:
    for _ in range(80):
        if (focus := window.walk.focus()) is not None and fits(focus):
            return focus
        press(window, key)
    raise AssertionError("never reached")


@pytest.mark.parametrize("name", list(PAGES))
def test_with_two_switches_no_group_of_any_page_holds_anybody(name: str, window: KioskWindow):
    """Into every group there is, and out again by its 返回; then round the whole page."""
    show(window, name)
    press(window, WalkKey.NEXT)
    if window.walk.focus() is None:
        return  # nothing can be pressed here: the kiosk works, or is out of service
    for _ in range(len(window.walk.stops()) + 1):
        if focus_of(window).kind is FocusKind.PANEL:
            press(window, WalkKey.CHOOSE)
            for row in [stop for stop in window.walk.stops() if stop.number]:
                press_until(window, WalkKey.NEXT, lambda now, row=row: now.name == f"第{row.number}行")
                press(window, WalkKey.CHOOSE)
                press_until(window, WalkKey.NEXT, lambda now: now.kind is FocusKind.LEAVE)
                press(window, WalkKey.CHOOSE)
            press_until(window, WalkKey.NEXT, lambda now: now.kind is FocusKind.LEAVE)
            press(window, WalkKey.CHOOSE)
        assert focus_of(window).group == ""
        press(window, WalkKey.NEXT)


def test_one_switch_begins_a_scan_that_goes_on_by_itself_and_chooses(window: KioskWindow, qtbot: QtBot):
    told: list[object] = []
    window.reported.connect(told.append)
    window.walk.scan_seconds = PACE
    show(window, "choice")
    press(window, WalkKey.SCAN)
    assert (focus_of(window).place, told) == ("option person", [])
    qtbot.waitUntil(lambda: focus_of(window).place == "option trader")
    press(window, WalkKey.SCAN)
    assert told == [e.OptionPressed("trader")]
    qtbot.waitUntil(lambda: focus_of(window).place == "next")
    press(window, WalkKey.SCAN)
    assert told[-1] == e.NextPressed()
    window.walk.touched()


def test_a_scan_goes_on_at_the_first_answer_of_the_next_page(window: KioskWindow, qtbot: QtBot):
    window.walk.scan_seconds = PACE
    show(window, "choice")
    press(window, WalkKey.SCAN)
    show(window, "choice-many")
    assert window.walk.scanning()
    first = PAGES["choice-many"].options[0]  # type: ignore[union-attr]
    assert focus_of(window).name == first.label
    qtbot.waitUntil(lambda: focus_of(window).name != first.label)
    window.walk.touched()


def test_a_scan_that_nobody_follows_rests_after_its_rounds(window: KioskWindow, qtbot: QtBot):
    window.walk.scan_seconds, window.walk.scan_rounds = PACE, 1
    show(window, "ask-leave")
    press(window, WalkKey.SCAN)
    qtbot.waitUntil(lambda: not window.walk.scanning())
    assert window.ring.area() is None
    press(window, WalkKey.SCAN)
    assert window.walk.scanning()
    window.walk.touched()
    assert not window.walk.scanning()
    window.walk.scan_rounds = 3


def test_a_scan_goes_through_a_grid_of_many_tiles_line_by_line(window: KioskWindow, qtbot: QtBot):
    window.walk.scan_seconds = 10
    show(window, "choice-long")
    press(window, WalkKey.SCAN)
    first = focus_of(window)
    assert (first.kind, first.description) == (FocusKind.ROW, "汉族 蒙古族 回族")
    assert first.of < len(PAGES["choice-long"].options)  # type: ignore[union-attr]
    press(window, WalkKey.SCAN)
    assert [focus_of(window).name, focus_of(window).group] == ["汉族", first.name]
    press_until(window, WalkKey.NEXT, lambda now: now.kind is FocusKind.LEAVE)
    press(window, WalkKey.SCAN)
    assert focus_of(window).kind is FocusKind.ROW
    window.walk.touched()


def test_sideways_the_keys_are_a_plane(window: KioskWindow):
    show(window, "words")
    press_until(window, WalkKey.NEXT, lambda now: now.kind is FocusKind.FIELD)
    press(window, WalkKey.CHOOSE)
    window.panel.show_tab(Tab.LATIN)
    press(window, WalkKey.BACK, WalkKey.CHOOSE)
    press(window, WalkKey.RIGHT, WalkKey.RIGHT)
    assert focus_of(window).name == "2"
    press(window, WalkKey.NEXT)
    assert focus_of(window).name == "w"
    press(window, WalkKey.NEXT)
    below = focus_of(window).name
    assert below in "as"
    press(window, WalkKey.CHOOSE)
    assert window.findChild(AnswerField).text() == f"张{below}"


def test_sideways_in_a_field_the_caret_moves(window: KioskWindow):
    show(window, "words")
    press_until(window, WalkKey.NEXT, lambda now: now.kind is FocusKind.FIELD)
    field = window.findChild(AnswerField)
    press(window, WalkKey.LEFT)
    assert (field.caret(), focus_of(window).value) == (0, "张")
    press(window, WalkKey.RIGHT)
    assert field.caret() == 1


def test_sideways_on_a_page_is_the_tile_beside(window: KioskWindow):
    show(window, "choice-long")
    press_until(window, WalkKey.NEXT, lambda now: now.name == "汉族")
    press(window, WalkKey.RIGHT)
    assert focus_of(window).name == "蒙古族"
    press(window, WalkKey.LEFT, WalkKey.LEFT)
    assert focus_of(window).name == "汉族"


def test_the_help_key_brings_the_ring_to_the_staff_and_calls_nobody(
    window: KioskWindow, heard: list[Focus | None], qtbot: QtBot
):
    told: list[object] = []
    window.reported.connect(told.append)
    show(window, "words")
    press_until(window, WalkKey.NEXT, lambda now: now.kind is FocusKind.PANEL)
    press(window, WalkKey.CHOOSE)
    with qtbot.waitSignal(window.help_key_pressed):
        press(window, WalkKey.HELP)
    assert (focus_of(window).name, heard[-1], told) == ("请工作人员帮忙", focus_of(window), [])
    press(window, WalkKey.CHOOSE)
    assert told == [e.HelpAsked()]


def test_every_press_says_where_the_ring_stands(window: KioskWindow, heard: list[Focus | None]):
    show(window, "choice")
    press(window, WalkKey.NEXT, WalkKey.NEXT)
    first, second = heard
    assert first is not None
    assert second is not None
    assert (first.kind, first.name, first.checked, first.position) == (FocusKind.CHOICE, "一个人", True, 5)
    assert (second.name, second.checked, second.position, second.of) == ("公司或单位", False, 6, first.of)
    window.walk.touched()
    assert heard[-1] is None


def test_a_page_that_stays_the_same_says_nothing_twice(window: KioskWindow, heard: list[Focus | None]):
    show(window, "ask-still-there")
    press(window, WalkKey.NEXT)
    del heard[:]
    show(window, "ask-still-there")
    assert heard == []


def test_what_a_person_writes_is_in_no_repr_of_what_is_said(window: KioskWindow):
    show(window, "words")
    focus = press_until(window, WalkKey.NEXT, lambda now: now.kind is FocusKind.FIELD)
    assert focus.value == "张"
    assert "张" not in repr(focus)


def test_with_the_look_changed_by_key_the_ring_stays_where_it_was(window: KioskWindow):
    show(window, "choice")
    window.findChild(QPushButton, "look").click()
    QApplication.processEvents()
    tile = press_until(window, WalkKey.NEXT, lambda now: now.place.startswith("look largest"))
    press(window, WalkKey.CHOOSE)
    QApplication.processEvents()
    assert window.look.size == "largest"
    assert focus_of(window).place == tile.place
    ring, at = window.ring.area(), window.walk.at()
    assert at is not None
    assert ring == at.area(window)
