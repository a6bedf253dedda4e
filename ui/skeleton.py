"""What stands around every page: header with its red rule, step line with its bar, the row of three buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kiosk.visit.first_page import Frame
from kiosk.visit.presses import BackPressed, HelpAsked, HideAsked, LanguageChosen, LeaveAsked, NextPressed, TasksAsked
from ui.labels import At, text_label
from ui.screens.measure import line_width
from ui.screens.surroundings import Surroundings
from ui.theme import Role, font_of

if TYPE_CHECKING:
    from kiosk.visit.events import Event

NAV_HEIGHT = 112
HEADER_BUTTON = 104


class HeaderButtons(QWidget):
    """大字, 朗读 where there is a voice, the other language, 遮住 where somebody may have to hide, 退出."""

    reported = Signal(object)
    look_asked = Signal()
    voice_asked = Signal()

    def __init__(self, around: Surroundings, role: str, *, voice: bool, frame: Frame) -> None:
        super().__init__()
        other = around.wording.next_language(around.look.language)
        self._around = around
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(around.px(16))
        look = self._button(around.say("screen.look"), role)
        look.setObjectName("look")
        look.clicked.connect(self.look_asked)
        row.addWidget(look)
        if voice:
            aloud = self._button(around.say("screen.voice"), role)
            aloud.clicked.connect(self.voice_asked)
            row.addWidget(aloud)
        language = self._button(other.short, role)
        language.setAccessibleName(other.name)
        language.setObjectName("other language")
        language.clicked.connect(lambda: self.reported.emit(LanguageChosen(other.code)))
        row.addWidget(language)
        if frame.hide:
            hiding = self._button(around.say("screen.hide"), role)
            hiding.setObjectName("hide")
            hiding.clicked.connect(lambda: self.reported.emit(HideAsked()))
            row.addWidget(hiding)
        if role == "low" and frame.tasks:
            tasks = self._button(around.say("screen.tasks"), role)
            tasks.setObjectName("tasks")
            tasks.clicked.connect(lambda: self.reported.emit(TasksAsked()))
            row.addWidget(tasks)
        if frame.leave:
            leaving = self._button(around.say("screen.leave"), role)
            leaving.setObjectName("leave")
            leaving.clicked.connect(lambda: self.reported.emit(LeaveAsked()))
            row.addWidget(leaving)
        if role == "low":
            row.insertStretch(0, 1)

    def _button(self, words: str, role: str) -> QPushButton:
        around = self._around
        button = QPushButton(words)
        button.setProperty("role", role)
        button.setAccessibleName(words)
        tall = around.px(80 if around.look.portrait else 72)
        wide = line_width(words, font_of(around.look, Role.HEADER)) + around.px(44)
        button.setFixedSize(max(around.px(HEADER_BUTTON), wide), tall)
        return button


def low_row(around: Surroundings, buttons: HeaderButtons) -> QWidget:
    """In low position the header's buttons stand within reach, over the row below."""
    spaces = around.look.spaces()
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(spaces.margin, 0, spaces.margin, 0)
    line.addWidget(buttons)
    row.setFixedSize(spaces.width, spaces.low_row)
    return row


class Header(QFrame):
    def __init__(self, around: Surroundings, court_name: str, buttons: HeaderButtons | None) -> None:
        super().__init__()
        self.setObjectName("header")
        spaces, px = around.look.spaces(), around.px
        self.setFixedSize(spaces.width, spaces.header)
        row = QHBoxLayout(self)
        row.setContentsMargins(*around.edges(px(48), 0, px(32), 0))  # the rule below is the frame's own
        row.setSpacing(px(24))
        whole = around.say("screen.header", court=court_name)
        room = spaces.width - px(48) - px(32) - px(24) - (buttons.sizeHint().width() if buttons is not None else 0)
        fits = line_width(whole, font_of(around.look, Role.COURT)) <= room
        name = text_label(whole if fits else court_name, Role.COURT, at=At.START_MIDDLE)
        row.addWidget(name, 1)
        if buttons is not None:
            row.addWidget(buttons)


class StepLine(QWidget):
    """Which step of how many, and beside it the way to the list of what is done and what is left."""

    reported = Signal(object)

    def __init__(self, around: Surroundings, frame: Frame) -> None:
        super().__init__()
        look, spaces, px = around.look, around.look.spaces(), around.px
        self.setFixedSize(spaces.width, spaces.step)
        if not frame.step:
            return
        from ui.step_bar import StepBar  # the attract screen is no step

        row = QHBoxLayout(self)
        row.setContentsMargins(spaces.margin, 0, spaces.margin, 0)
        row.setSpacing(px(24))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        room = spaces.width - 2 * spaces.margin
        row.addLayout(column, 1)
        if frame.tasks and not look.lowered:
            button = self._list_button(around)
            row.addWidget(button)
            room -= button.width() + px(24)
        key = "screen.step" if frame.step_title else "screen.step_only"
        words = around.say(key, step=frame.step, steps=frame.steps, title=frame.step_title)
        metrics = QFontMetrics(font_of(look, Role.STEP))
        label = text_label(metrics.elidedText(words, QtCore.Qt.TextElideMode.ElideRight, room), Role.STEP, wraps=False)
        label.setAccessibleName(words)
        column.addWidget(label)
        column.addWidget(StepBar(look, frame.step, frame.steps))

    def _list_button(self, around: Surroundings) -> QPushButton:
        words = around.say("screen.tasks")
        button = QPushButton(words)
        button.setProperty("role", "plain")
        button.setObjectName("tasks")
        button.setAccessibleName(words)
        wide = line_width(words, font_of(around.look, Role.NAV)) + around.px(40)
        button.setFixedSize(max(around.px(HEADER_BUTTON), wide), around.px(72))
        button.clicked.connect(lambda: self.reported.emit(TasksAsked()))
        return button


class NavRow(QWidget):
    """上一步 | 请工作人员帮忙 | 下一步, each always in its own place; a missing one leaves its place empty."""

    reported = Signal(object)

    def __init__(
        self,
        around: Surroundings,
        back: tuple[str, object] | None,
        next_: tuple[str, object] | None,
        *,
        offers_help: bool,
    ) -> None:
        super().__init__()
        spaces, px, look = around.look.spaces(), around.px, around.look
        self.setFixedSize(spaces.width, spaces.nav)
        above = spaces.nav - px(NAV_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(spaces.margin, above // 2, spaces.margin, above - above // 2)
        row.setSpacing(px(24))
        shares = (3, 5, 5) if look.size.big else (3, 4, 5)
        room = spaces.width - 2 * spaces.margin - 2 * px(24)
        widths = [room * share // sum(shares) for share in shares]
        widths[2] = room - widths[0] - widths[1]
        help_ = (around.say("screen.help"), HelpAsked()) if offers_help else None
        self.back_event = back[1] if back is not None else None
        self.buttons: dict[str, QPushButton] = {}
        for role, action, width in zip(("nav", "help", "next"), (back, help_, next_), widths, strict=True):
            if action is None:
                gap = QWidget()
                gap.setFixedWidth(width)
                row.addWidget(gap)
                continue
            words, event = action
            button = QPushButton(_fitting_words(words))
            button.setProperty("role", role)
            button.setObjectName(role)
            button.setAccessibleName(words.strip("‹› "))
            button.setFixedSize(width, px(NAV_HEIGHT))
            button.clicked.connect(lambda _=False, event=event: self.reported.emit(event))
            row.addWidget(button)
            self.buttons[role] = button


def _fitting_words(words: str) -> str:
    return words.replace("&", "&&")


def back_words(around: Surroundings) -> tuple[str, Event]:
    return f"‹ {around.say('screen.back')}", BackPressed()


def next_words(label: str) -> tuple[str, Event]:
    return f"{label} ›", NextPressed()
