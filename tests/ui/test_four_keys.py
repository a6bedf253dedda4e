"""With four keys, and with two, everything is reached, worked, and left again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from kiosk.visit import events as e
from ui.focus import FocusKind
from ui.inputs.field import AnswerField
from ui.inputs.panel import InputPanel, Tab
from ui.look import Look, Orientation
from ui.samples import sample_pages
from ui.stops import Stop, StopKind, home_row, inside
from ui.walk import WalkKey
from ui.window import KioskWindow

PAGES = sample_pages("zh")
Open = Callable[[Look], KioskWindow]


@pytest.fixture
def window(open_window: Open) -> KioskWindow:
    return open_window(Look())


def press(window: KioskWindow, *keys: WalkKey) -> None:
    for key in keys:
        window.walk.press(key)


def controls(window: KioskWindow) -> set[QWidget]:
    found = [*window.findChildren(QPushButton), *window.findChildren(AnswerField)]
    panel = window.panel
    return {one for one in found if one.isVisible() and one.isEnabled() and not panel.isAncestorOf(one)}


@pytest.mark.parametrize("name", list(PAGES))
def test_next_alone_reaches_every_control_of_every_page_with_a_ring_in_sight(
    name: str, window: KioskWindow, application: QApplication
):
    window.show_page(PAGES[name])
    application.processEvents()
    reached: set[QWidget] = set()
    for _ in range(len(controls(window)) + 3):
        press(window, WalkKey.NEXT)
        at = window.walk.place()
        if at is None:
            break
        reached.add(at)
        ring = window.ring.area()
        assert ring is not None
        assert ring == QRect(at.mapTo(window, QPoint(0, 0)), at.size())
        assert window.rect().contains(ring)
    assert controls(window) <= reached


def presses_to(window: KioskWindow, key: QWidget) -> list[WalkKey]:
    """The shortest way from the panel's own stop to a key of it, and the press on it."""
    panel = Stop(StopKind.PANEL, (window.panel,))
    rows = inside(panel)
    first = next(number for number, row in enumerate(rows) if row.same_place(home_row(window.panel)))
    there = next(number for number, row in enumerate(rows[:-1]) if key in row.widgets)
    along = rows[there].widgets.index(key)
    return [
        WalkKey.CHOOSE,
        *shortest(there - first, len(rows)),
        WalkKey.CHOOSE,
        *shortest(along, len(rows[there].widgets) + 1),
        WalkKey.CHOOSE,
    ]


def shortest(by: int, of: int) -> list[WalkKey]:
    onward, back = by % of, -by % of
    return [WalkKey.NEXT] * onward if onward <= back else [WalkKey.PREVIOUS] * back


@pytest.mark.parametrize("name", ["words", "sum", "words-long", "date", "clerk-find"])
@pytest.mark.parametrize("orientation", Orientation)
def test_every_key_of_the_panel_is_at_most_twelve_presses_away(
    name: str, orientation: Orientation, open_window: Open, application: QApplication
):
    window = open_window(Look(orientation=orientation))
    window.show_page(PAGES[name])
    application.processEvents()
    if window.open_panel is None:
        window.findChild(AnswerField).tapped.emit()
    for tab in (tab for tab in window.panel.tabs if window.panel.offers(tab) and tab is not Tab.WRITING):
        window.panel.show_tab(tab)
        keys = [key for row in window.panel.rows() for key in row if key.isEnabled()]
        ways = {key: presses_to(window, key) for key in keys}
        assert max(map(len, ways.values())) <= 12
        farthest = max(ways, key=lambda key: len(ways[key]))
        walk_to(window, window.panel)
        press(window, *ways[farthest][:-1])
        assert window.walk.place() is farthest
        press(window, WalkKey.BACK, WalkKey.BACK)
        assert window.walk.place() is window.panel


def walk_to(window: KioskWindow, target: QWidget) -> None:
    for _ in range(60):
        if window.walk.place() is target:
            return
        press(window, WalkKey.NEXT)
    raise AssertionError("never reached")


def walk_to_leave(window: KioskWindow) -> None:
    while (focus := window.walk.focus()) is None or focus.kind is not FocusKind.LEAVE:
        press(window, WalkKey.NEXT)
    assert (focus.name, window.ring.words()) == ("返回", "返回")


def test_with_two_keys_a_digit_is_typed_and_the_panel_is_left_again(window: KioskWindow, application: QApplication):
    heard: list[object] = []
    window.reported.connect(heard.append)
    window.show_page(PAGES["sum"])
    application.processEvents()
    walk_to(window, window.panel)
    press(window, WalkKey.CHOOSE, WalkKey.CHOOSE)
    press(window, WalkKey.NEXT, WalkKey.CHOOSE)
    assert heard == [e.Typed("500002")]
    for _ in ("out of the row", "out of the panel"):
        walk_to_leave(window)
        press(window, WalkKey.CHOOSE)
    onward = window.findChild(QPushButton, "next")
    walk_to(window, onward)
    press(window, WalkKey.CHOOSE)
    assert heard[-1] == e.NextPressed()


def test_choose_on_a_field_leads_into_the_panel(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["words"])
    application.processEvents()
    field = window.findChild(AnswerField)
    walk_to(window, field)
    press(window, WalkKey.CHOOSE)
    at = window.walk.place()
    assert isinstance(window.panel, InputPanel)
    assert at is not None
    assert window.panel.isAncestorOf(at)


def test_back_on_a_page_is_one_step_back_and_never_more(window: KioskWindow, application: QApplication):
    heard: list[object] = []
    window.reported.connect(heard.append)
    window.show_page(PAGES["choice"])
    press(window, WalkKey.BACK)
    window.show_page(PAGES["welcome"])
    press(window, WalkKey.BACK)
    assert heard == [e.BackPressed()]


def test_the_ring_stays_on_a_choice_that_the_page_answers(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["choice"])
    application.processEvents()
    walk_to(window, window.findChild(QPushButton, "option trader"))
    window.show_page(PAGES["choice"])
    at = window.walk.place()
    assert at is not None
    assert at.objectName() == "option trader"


def test_an_objection_takes_a_walking_person_to_the_answer(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["choice"])
    application.processEvents()
    walk_to(window, window.findChild(QPushButton, "next"))
    window.show_page(PAGES["choice-error"])
    at = window.walk.place()
    assert at is not None
    assert at.objectName() == "option person"


def test_a_touch_takes_the_ring_away(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["choice"])
    application.processEvents()
    press(window, WalkKey.NEXT)
    window.walk.touched()
    assert window.ring.area() is None


def test_choose_shows_a_masked_number_and_choose_again_hides_it(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["check"])
    application.processEvents()
    hold = window.findChild(QPushButton, "hold 2")
    walk_to(window, hold)
    press(window, WalkKey.CHOOSE)
    labels = [label.text() for label in window.findChildren(QWidget) if hasattr(label, "text")]
    assert "110105195103080024" in labels
    press(window, WalkKey.CHOOSE)
    labels = [label.text() for label in window.findChildren(QWidget) if hasattr(label, "text")]
    assert "110105195103080024" not in labels
