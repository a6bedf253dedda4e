"""A language that is read from the right, added as files only: every page is the mirror of its English self.

Its words are the English ones turned round letter by letter (as Android's pseudo-locale ar-XB does), because the
shipped fonts hold no letters that are written from the right; the layout cannot tell the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from kiosk.wording import Wording, load_wording
from ui.inputs.lane import InkLane
from ui.inputs.pinyin import PinyinEngine
from ui.inspection import controls_of, faults, place, visible
from ui.look import Look, Orientation, Size
from ui.samples import COURT, sample_pages
from ui.skeleton import HeaderButtons
from ui.stops import page_stops
from ui.window import KioskWindow

Turn = Callable[[str], str]
Make = Callable[[Look], KioskWindow]
SHAPES = [(Size.LARGEST, Orientation.LANDSCAPE)]
REST = [shape for shape in product(Size, Orientation) if shape not in SHAPES]


@pytest.fixture(scope="module")
def three_languages(added_folder: Path) -> Wording:
    return load_wording(added_folder)


@pytest.fixture
def make(
    three_languages: Wording, application: QApplication, lane: InkLane, few_words: PinyinEngine, turn: Turn
) -> Iterator[Make]:
    def make_(look: Look) -> KioskWindow:
        court = turn(COURT["en"]) if look.language == "xx" else COURT["en"]
        window = KioskWindow(look, court, three_languages)
        window.panel.use_recogniser(lane)
        window.panel.use_pinyin(few_words)
        window.show()
        return window

    yield make_
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a program has one, and the next test is another's


def seen(window: KioskWindow) -> list[tuple[str, QRect]]:
    """What lies where, but for the inside of the input panel, whose keys stand as on every keyboard."""
    found: list[QWidget] = [*controls_of(window), *visible(window, QLabel)]
    panel = window.open_panel
    outer = [widget for widget in found if panel is None or not panel.isAncestorOf(widget)]
    outer = [widget for widget in outer if not isinstance(widget.parentWidget(), HeaderButtons)]  # name other languages
    if panel is not None:
        outer.append(panel)
    return [(type(widget).__name__, place(widget, window)) for widget in outer]


def mirrored(area: QRect, width: int) -> QRect:
    return QRect(width - area.x() - area.width(), area.y(), area.width(), area.height())


def far(one: QRect, other: QRect) -> int:
    edges = ((one.left(), other.left()), (one.right(), other.right()), (one.top(), other.top()))
    return max(abs(here - there) for here, there in (*edges, (one.bottom(), other.bottom())))


def differences(english: KioskWindow, other: KioskWindow, application: QApplication, turn: Turn) -> list[str]:
    """Where a page is not the mirror of the English one, or has something wrong in itself."""
    found = []
    pages = sample_pages("xx", turn)
    for name, page in sample_pages("en").items():
        english.show_page(page)
        other.show_page(pages[name])
        application.processEvents()
        found += [f"{name}: {fault}" for fault in faults(other)]
        here, there = seen(english), seen(other)
        if [kind for kind, _ in here] != [kind for kind, _ in there]:
            found.append(f"{name}: {len(here)} things are not the same as {len(there)}")
            continue
        wrong = [
            f"{kind} {area.getRect()} is no mirror of {then.getRect()}"
            for (kind, then), (_, area) in zip(here, there, strict=True)
            if far(mirrored(then, english.width()), area) > 2
        ]
        found += [f"{name}: {one}" for one in wrong]
        walked = [stop.name for stop in page_stops(english)]
        if [stop.name for stop in page_stops(other)] != walked:
            found.append(f"{name}: the keys walk another way than {walked}")
    return found


def looked_at(size: Size, orientation: Orientation, make: Make, application: QApplication, turn: Turn) -> list[str]:
    english, other = (make(Look(size=size, orientation=orientation, language=code)) for code in ("en", "xx"))
    try:
        return differences(english, other, application, turn)
    finally:
        for window in (english, other):
            window.close()
            window.deleteLater()


@pytest.mark.parametrize(("size", "orientation"), SHAPES)
def test_every_page_of_a_language_read_from_the_right_is_the_mirror_of_the_english_one(
    size: Size, orientation: Orientation, make: Make, application: QApplication, turn: Turn
):
    assert "\n".join(looked_at(size, orientation, make, application, turn)) == ""


@pytest.mark.campaign
@pytest.mark.parametrize(("size", "orientation"), REST)
def test_every_page_is_mirrored_in_the_other_sizes_too(
    size: Size, orientation: Orientation, make: Make, application: QApplication, turn: Turn
):
    assert "\n".join(looked_at(size, orientation, make, application, turn)) == ""


def test_the_button_in_the_header_leads_through_every_language_there_is(make: Make, application: QApplication):
    window = make(Look())
    heard: list[object] = []
    window.reported.connect(heard.append)
    for code in ("zh", "en", "xx"):
        window.show_page(sample_pages(code)["choice"])
        application.processEvents()
        window.findChild(QPushButton, "other language").click()
    assert [getattr(event, "language", None) for event in heard] == ["en", "xx", "zh"]
    window.close()
    window.deleteLater()
