"""What must hold for every page in every look: nothing is cut, nothing is too small, nothing lies on another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QWidget

from ui.inputs.field import AnswerField
from ui.inputs.key import Key
from ui.look import Look, Orientation, Size, Theme
from ui.sample_pages import sample_pages
from ui.screens.sign import SignPad
from ui.screens.tile import Tile, words_room
from ui.theme import font_of
from ui.window import KioskWindow

LANGUAGES = ("zh", "en")
SHAPES = list(product(Size, Orientation, LANGUAGES))
Open = Callable[[Look], KioskWindow]


def visible(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [widget for widget in window.findChildren(kind) if widget.isVisible()]


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def named(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QPushButton) else ""
    return f"{type(widget).__name__} {widget.objectName()!r} {(words or widget.accessibleName())[:16]!r}"


def controls_of(window: QWidget) -> list[QWidget]:
    return [*visible(window, QPushButton), *visible(window, AnswerField), *visible(window, SignPad)]


def cut_words(window: KioskWindow) -> Iterator[str]:
    for label in visible(window, QLabel):
        assert isinstance(label, QLabel)
        text = QFontMetrics(label.font())
        if label.wordWrap():
            if label.height() < label.heightForWidth(label.width()):
                yield f"{named(label)} is {label.height()} high, needs {label.heightForWidth(label.width())}"
            flags = int(Qt.TextFlag.TextWordWrap)
            wide = text.boundingRect(QRect(0, 0, label.width(), 9999), flags, label.text()).width()
        else:
            wide = text.horizontalAdvance(label.text())
        if wide > label.width():
            yield f"{named(label)} is {label.width()} wide, needs {wide}"
    for button in visible(window, QPushButton):
        assert isinstance(button, QPushButton)
        if isinstance(button, Tile):
            if button.height() < button.heightForWidth(button.width()):
                yield f"{named(button)} is {button.height()} high, needs {button.heightForWidth(button.width())}"
            shape = button.shape_of
            room = words_room(button.look, shape, button.width())
            for words, role in ((button.label, shape.role), (button.example, shape.example_role)):
                letters = QFontMetrics(font_of(button.look, role))
                if letters.boundingRect(QRect(0, 0, room, 9999), int(Qt.TextFlag.TextWordWrap), words).width() > room:
                    yield f"{named(button)} has a word wider than {room}"
        elif QFontMetrics(button.font()).horizontalAdvance(button.text()) > button.width() - 8:
            yield f"{named(button)} is too narrow for its words"


def outside(window: KioskWindow) -> Iterator[str]:
    least = window.layout().minimumSize()
    if least.width() > window.width() or least.height() > window.height():
        yield f"the layout wants {least.width()} by {least.height()}"
    cards = [frame for frame in visible(window, QFrame) if frame.property("card")]
    for widget in [*controls_of(window), *visible(window, QLabel), *cards]:
        if not window.rect().contains(place(widget, window)):
            yield f"{named(widget)} leaves the window"
        parent = widget.parentWidget()
        if parent is not None and not parent.rect().contains(widget.geometry()):
            yield f"{named(widget)} leaves its parent"


def too_small(window: KioskWindow) -> Iterator[str]:
    for control in controls_of(window):
        least = 72
        if isinstance(control, Tile | AnswerField):
            least = 96
        if control.objectName() in ("nav", "help", "next"):
            least = 112
        if control.height() < least or control.width() < 72:
            yield f"{named(control)} is only {control.width()} by {control.height()}"
    for label in visible(window, QLabel):
        if label.font().pixelSize() < 28:
            yield f"{named(label)} has letters of {label.font().pixelSize()}"


def too_close(window: KioskWindow) -> Iterator[str]:
    controls = [(control, place(control, window)) for control in controls_of(window)]
    for (one, here), (other, there) in combinations(controls, 2):
        keys = isinstance(one, Key) and isinstance(other, Key)
        across = max(there.left() - here.right(), here.left() - there.right()) - 1
        down = max(there.top() - here.bottom(), here.top() - there.bottom()) - 1
        if max(across, down) < (8 if keys else 16):
            yield f"{named(one)} and {named(other)} are {max(across, down)} apart"
    cards = [(card, place(card, window)) for card in visible(window, QFrame) if card.property("card")]
    for (card, here), (control, there) in product(cards, controls):
        if here.intersects(there) and not card.isAncestorOf(control):
            yield f"{named(card)} lies on {named(control)}"
    labels = [(label, place(label, window)) for label in visible(window, QLabel)]
    for (one, here), (other, there) in product(labels, [*labels, *controls]):
        if one is not other and here.intersects(there):
            yield f"{named(one)} lies on {named(other)}"


def nameless(window: KioskWindow) -> Iterator[str]:
    for control in controls_of(window):
        if isinstance(control, Key) and not control.isEnabled():
            continue
        told = QAccessible.queryAccessibleInterface(control)
        if told is None or told.role() == QAccessible.Role.NoRole:
            yield f"{named(control)} has no role"
        elif not told.text(QAccessible.Text.Name):
            yield f"{named(control)} has no name"


CHECKS = (cut_words, outside, too_small, too_close, nameless)


def with_every_tab(window: KioskWindow, application: QApplication) -> Iterator[str]:
    """The page once, and again with each tab of its panel open."""
    yield ""
    if window.panel.isHidden():
        return
    for tab, key in window.panel.tabs.items():
        if key.isVisible():
            key.click()
            application.processEvents()
            yield f" {tab}"


def faults_of(window: KioskWindow, application: QApplication, look: Look) -> list[str]:
    faults = []
    next_places: dict[tuple[int, int], str] = {}
    for name, page in sample_pages(look.language).items():
        window.show_page(page)
        application.processEvents()
        for tab in with_every_tab(window, application):
            faults += [f"{name}{tab}: {fault}" for check in CHECKS for fault in check(window)]
        if (onward := window.nav and window.nav.buttons.get("next")) is not None:
            next_places.setdefault((place(onward, window).x(), onward.width()), name)
        if window.size().width() != look.spaces().width or window.size().height() != look.spaces().height:
            faults.append(f"{name}: the window grew")
    if len(next_places) > 1:
        faults.append(f"下一步 moves sideways between {list(next_places.values())}")
    return faults


@pytest.mark.parametrize(("size", "orientation", "language"), SHAPES)
def test_every_page_fits_at_every_size(
    size: Size, orientation: Orientation, language: str, open_window: Open, application: QApplication
):
    look = Look(size=size, orientation=orientation, language=language)
    assert faults_of(open_window(look), application, look) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_in_low_position_within_the_lower_part(
    language: str, open_window: Open, application: QApplication
):
    look = Look(language=language, low=True)
    window = open_window(look)
    assert faults_of(window, application, look) == []
    for name, page in sample_pages(language).items():
        window.show_page(page)
        application.processEvents()
        tops = [place(control, window).top() for control in controls_of(window)]
        if window.panel.isHidden() or name in ("words", "date"):
            assert min(tops) >= 768, name


@pytest.mark.campaign
@pytest.mark.parametrize("theme", [theme for theme in Theme if theme is not Theme.STANDARD])
@pytest.mark.parametrize(("size", "orientation", "language"), SHAPES)
def test_every_page_fits_in_every_theme_too(
    size: Size, orientation: Orientation, language: str, theme: Theme, open_window: Open, application: QApplication
):
    look = Look(size=size, orientation=orientation, language=language, theme=theme)
    assert faults_of(open_window(look), application, look) == []


@pytest.mark.parametrize(("size", "orientation", "language"), SHAPES)
def test_the_look_page_fits_at_every_size(
    size: Size, orientation: Orientation, language: str, open_window: Open, application: QApplication
):
    look = Look(size=size, orientation=orientation, language=language)
    window = open_window(look)
    window.show_page(sample_pages(language)["words"])
    window.findChild(QPushButton, "look").click()
    application.processEvents()
    assert [fault for check in CHECKS for fault in check(window)] == []


def test_body_letters_have_the_four_sizes(open_window: Open, application: QApplication):
    sizes = []
    for size in Size:
        window = open_window(Look(size=size))
        window.show_page(sample_pages("zh")["note"])
        application.processEvents()
        labels = visible(window, QLabel)
        sizes += [label.font().pixelSize() for label in labels if label.property("role") == "body"][:1]
    assert sizes == [28, 32, 40, 50]


def test_a_wider_panel_of_the_same_kind_scales_everything(open_window: Open, application: QApplication):
    look = Look(scale=1.25)
    window = open_window(look)
    window.show_page(sample_pages("zh")["choice"])
    application.processEvents()
    assert (window.width(), window.height()) == (1350, 2400)
    assert [fault for check in (cut_words, outside, too_close) for fault in check(window)] == []


def test_the_language_of_a_page_turns_the_whole_window(open_window: Open, application: QApplication):
    window = open_window(Look(language="zh"))
    window.show_page(sample_pages("zh")["choice"])
    window.show_page(replace(sample_pages("en")["choice"]))
    application.processEvents()
    words = {label.text() for label in visible(window, QLabel)}
    assert "Who are you suing?" in words
    assert window.findChild(QPushButton, "nav").text() == "‹ Back"
