"""What is wrong with a page as it is drawn: words cut off, controls too small, too close, outside or nameless.

A layout that is not checked grows past its screen unseen. The tests look at every page in every look with this,
and so does `python -m ui.gallery --check`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import TypeVar, cast

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from ui.inputs.field import AnswerField
from ui.inputs.key import Key
from ui.screens.sign import SignPad
from ui.screens.tile import Tile, words_room
from ui.theme import font_of
from ui.window import KioskWindow

Widget = TypeVar("Widget", bound=QWidget)


def visible(window: QWidget, kind: type[Widget]) -> list[Widget]:
    return [widget for widget in cast("list[Widget]", window.findChildren(kind)) if widget.isVisible()]


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def named(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QPushButton) else ""
    return f"{type(widget).__name__} {widget.objectName()!r} {(words or widget.accessibleName())[:16]!r}"


def controls_of(window: QWidget) -> list[QWidget]:
    return [*visible(window, QPushButton), *visible(window, AnswerField), *visible(window, SignPad)]


def cut_words(window: KioskWindow) -> Iterator[str]:
    for label in visible(window, QLabel):
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
    layout = window.layout()
    least = layout.minimumSize() if layout is not None else window.size()
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


def faults(window: KioskWindow) -> list[str]:
    """Everything wrong with what the window shows right now; an empty list is what we want."""
    return [fault for check in CHECKS for fault in check(window)]
