"""What an assistive program finds in the window: roles and states that Qt cannot know of our own widgets.

Buttons and labels speak for themselves. What we paint ourselves Qt would call a pane: here a field is an editable
text, a tile a choice, the box of an objection an alert, and an objection is announced when its page is shown. In a
lobby no such program runs, and then none of this is ever made. A field's text is its value for whoever asks inside
the program; over the bus no text goes out.
"""

from __future__ import annotations

import atexit
from functools import cache
from typing import cast
from weakref import WeakSet

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QFrame, QPushButton, QWidget
from shiboken6 import isValid

from ui.inputs.field import AnswerField
from ui.inputs.ink import InkPad
from ui.inputs.key import Key
from ui.inputs.panel import InputPanel
from ui.inputs.spelling import Typed
from ui.screens.sign import SignPad
from ui.screens.tile import Tile
from ui.window import KioskWindow

PRESS = "Press"  # as Qt names it
ROLES: dict[type[QWidget], QAccessible.Role] = {
    AnswerField: QAccessible.Role.EditableText,
    SignPad: QAccessible.Role.Graphic,
    InkPad: QAccessible.Role.Graphic,
    Typed: QAccessible.Role.StaticText,
    InputPanel: QAccessible.Role.Grouping,
    KioskWindow: QAccessible.Role.Window,
}

_TOLD: WeakSet[QObject] = WeakSet()


class FieldFacts(QAccessibleWidget):
    """A field: its question is its name, its hint or what is wrong describes it, its text is its value."""

    def __init__(self, field: AnswerField) -> None:
        super().__init__(field, QAccessible.Role.EditableText)
        self._field = field

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Value:
            return self._field.text()
        return super().text(kind)

    def state(self) -> QAccessible.State:
        state = super().state()
        told = {"editable": 1, "focusable": 1, "focused": self._field.is_active(), "multiLine": self._field.many_lines}
        for name, holds in told.items():
            setattr(state, name, int(holds))  # bits that Qt's own description of the class leaves out
        return state


class ButtonFacts(QAccessibleWidget):
    """A tile or a key. Qt would let an assistive program toggle one that can be chosen, and nobody would hear of it:
    here its one action is the press that a finger makes, and what is chosen then comes from the page.
    """

    def __init__(self, button: QPushButton) -> None:
        super().__init__(button, QAccessible.Role.Button)
        self._button = button

    def role(self) -> QAccessible.Role:
        if not self._button.isCheckable():
            return QAccessible.Role.Button
        return QAccessible.Role.RadioButton if self._button.autoExclusive() else QAccessible.Role.CheckBox

    def state(self) -> QAccessible.State:
        state = super().state()
        told = {"checkable": self._button.isCheckable(), "checked": self._button.isChecked()}
        for name, holds in told.items():
            setattr(state, name, int(holds))
        return state

    def actionNames(self) -> list[str]:
        return [PRESS]

    def doAction(self, name: str) -> None:
        if name == PRESS and self._button.isEnabled():
            self._button.click()


def facts_of(_key: str, thing: QObject) -> QAccessibleInterface | None:
    """Qt asks this for every widget an assistive program looks at; nothing means Qt knows better."""
    told = _facts_of(thing)
    if told is not None:
        _TOLD.add(thing)
    return told


def _facts_of(thing: QObject) -> QAccessibleInterface | None:
    if isinstance(thing, AnswerField):
        return FieldFacts(thing)
    if isinstance(thing, Tile | Key):
        return ButtonFacts(thing)
    if type(thing) in ROLES:
        widget = cast("QWidget", thing)
        return QAccessibleWidget(widget, ROLES[type(widget)])
    if isinstance(thing, QFrame) and thing.property("card") == "error":
        return QAccessibleWidget(thing, QAccessible.Role.AlertMessage)
    return None


@cache
def tell_roles() -> None:
    """From now on our own widgets are known for what they are."""
    QAccessible.installFactory(facts_of)
    atexit.register(_forget)


def _forget() -> None:
    """Qt keeps what it was told until the widget goes, and some go after Python has: those would end in a crash."""
    for thing in list(_TOLD):
        if isValid(thing) and (told := QAccessible.queryAccessibleInterface(thing)) is not None:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(told))
    _TOLD.clear()


def announce_objections(window: KioskWindow) -> None:
    """From now on every refusal this window shows is told to whoever listens."""
    window.page_shown.connect(lambda page: _announce(window, page.frame.objection))


def _announce(window: KioskWindow, objection: str) -> None:
    if not objection or not QAccessible.isActive():
        return
    box = next(one for one in cast("list[QFrame]", window.findChildren(QFrame)) if one.property("card") == "error")
    QAccessible.updateAccessibility(QAccessibleEvent(cast("QObject", box), QAccessible.Event.Alert))
    news = QAccessibleAnnouncementEvent(box, objection)
    news.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(news)
