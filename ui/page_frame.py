"""What stands around the page on show: header, step line and the row of three buttons, made anew only when they
would say something else.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.visit.first_page import Frame
from ui.screens.surroundings import Surroundings
from ui.skeleton import Header, HeaderButtons, NavRow, StepLine, low_row

Action = tuple[str, object]  # the words of a button and what it reports


class PageFrame(QObject):
    reported = Signal(object)  # a value of kiosk.visit.events, from the header
    pressed = Signal(object)  # what a button of the row below reports
    look_asked = Signal()
    voice_asked = Signal()

    def __init__(self, window: QWidget, column: QVBoxLayout, middle: QWidget, court_name: str, *, voice: bool) -> None:
        super().__init__(window)
        self._column, self._middle = column, middle
        self._court_name, self._voice = court_name, voice
        self._parts: list[QWidget] = []
        self._made_from: object = None
        self.nav: NavRow | None = None

    def show(
        self, around: Surroundings, frame: Frame, back: Action | None, next_: Action | None, *, offers_help: bool
    ) -> None:
        step = (frame.step, frame.steps, frame.step_title)
        wanted = (around.look, *step, (frame.leave, frame.hide, frame.tasks), back, next_, offers_help)
        if wanted == self._made_from:
            return
        self._made_from = wanted
        self._take_away()
        self._build(around, frame, NavRow(around, back, next_, offers_help=offers_help))

    def _take_away(self) -> None:
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.setParent(None)
            part.deleteLater()

    def _build(self, around: Surroundings, frame: Frame, nav: NavRow) -> None:
        nav.reported.connect(self.pressed)
        self.nav = nav
        low = around.look.lowered
        buttons = self._header_buttons(around, "low" if low else "header", frame)
        header = Header(around, self._court_name, None if low else buttons)
        step = StepLine(around, frame)
        step.reported.connect(self.reported)
        self._column.insertWidget(0, header)
        self._column.insertWidget(1, step)
        at = self._column.indexOf(self._middle) + 1
        self._parts = [header, step]
        if low:
            self._parts.append(low_row(around, buttons))
            self._column.insertWidget(at, self._parts[-1])
            at += 1
        self._parts.append(nav)
        self._column.insertWidget(at, nav)
        for part in self._parts:
            part.show()

    def _header_buttons(self, around: Surroundings, role: str, frame: Frame) -> HeaderButtons:
        buttons = HeaderButtons(around, role, voice=self._voice, frame=frame)
        buttons.reported.connect(self.reported)
        buttons.look_asked.connect(self.look_asked)
        buttons.voice_asked.connect(self.voice_asked)
        return buttons
