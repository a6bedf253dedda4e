"""A notice is read to its end before it can be ticked, in sheets that can be taken in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from kiosk.visit import events as e
from kiosk.visit import pages as p
from ui.look import Look, Orientation, Size
from ui.screens.paged import Paged
from ui.screens.reading import MOST_LETTERS, weight
from ui.window import KioskWindow

Open = Callable[[Look], KioskWindow]
LONG = tuple(f"第{n}条：这一句话告诉您，打官司之前要知道的一件事情，请您慢慢看。" for n in range(12))


def notice(items: tuple[str, ...], ticked: bool = False) -> p.NoticePage:
    frame = p.Frame("zh", 5, 6, "告知", next_label="下一步")
    return p.NoticePage(frame, p.Heading("您要知道", "请看完"), items, "我看完了", ticked)


def named(window: KioskWindow, name: str) -> QPushButton | None:
    return next((one for one in window.findChildren(QPushButton, name) if one.isVisible()), None)


def press(window: KioskWindow, name: str, application: QApplication) -> None:
    found = named(window, name)
    assert found is not None
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    application.processEvents()


@pytest.mark.parametrize("size", [Size.STANDARD, Size.LARGEST])
def test_the_tick_is_there_only_after_the_last_sheet(size: Size, open_window: Open, application: QApplication):
    window = open_window(Look(size=size, orientation=Orientation.LANDSCAPE, language="zh"))
    window.show_page(notice(LONG))
    application.processEvents()
    turns = 0
    while named(window, "tick") is None:
        press(window, "read-on", application)
        turns += 1
    assert turns >= 2
    press(window, "pager-back", application)
    assert named(window, "tick") is not None, "it was seen, and stays seen"


def test_a_short_notice_can_be_ticked_at_once(open_window: Open, application: QApplication):
    window = open_window(Look(language="zh"))
    heard: list[object] = []
    window.reported.connect(heard.append)
    window.show_page(notice(("一句话。",)))
    application.processEvents()
    assert named(window, "read-on") is None
    press(window, "tick", application)
    assert heard == [e.NoticeTicked()]


def test_the_next_notice_begins_at_its_own_first_sheet(open_window: Open, application: QApplication):
    window = open_window(Look(orientation=Orientation.LANDSCAPE, language="zh"))
    window.show_page(notice(LONG))
    application.processEvents()
    while named(window, "tick") is None:
        press(window, "read-on", application)
    other = notice(LONG)
    window.show_page(p.NoticePage(other.frame, p.Heading("另一件事"), other.items, other.tick_label, False))
    application.processEvents()
    assert named(window, "tick") is None
    assert named(window, "read-on") is not None


@pytest.mark.parametrize("orientation", list(Orientation))
def test_in_the_largest_letters_no_sheet_holds_more_than_can_be_taken_in(
    orientation: Orientation, open_window: Open, application: QApplication
):
    window = open_window(Look(size=Size.LARGEST, orientation=orientation, language="zh"))
    window.show_page(notice(LONG))
    application.processEvents()
    paged = next(one for one in window.findChildren(Paged) if one.isVisible())
    assert len(paged.pages) >= sum(map(weight, LONG)) / MOST_LETTERS
    for _ in paged.pages:
        words = [one.text() for one in labels_of(paged)]
        assert 0 < sum(map(weight, words)) <= MOST_LETTERS
        paged.turn(1)
        application.processEvents()


def labels_of(paged: Paged) -> list[QWidget]:
    return [
        one
        for sheet in paged.built.values()
        for one in sheet.findChildren(QWidget)
        if hasattr(one, "text") and one.text()
    ]
