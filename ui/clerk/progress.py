"""Rows on their way: how far, in words and as a bar, and one button that stops between two of them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QVBoxLayout

from kiosk.visit.events import BackPressed, Event
from kiosk.visit.pages import ClerkProgressPage, Heading
from ui.screens.parts import words_label
from ui.screens.screen import Screen
from ui.step_bar import StepBar
from ui.theme import Role


class ClerkProgressScreen(Screen):
    page: ClerkProgressPage
    for_clerks = True
    offers_help = False

    _words: QLabel | None = None
    _bar: StepBar | None = None

    def show_page(self, page: object) -> None:
        """A row more moves the bar and changes the words; everything else stands still."""
        old: object = self.page
        if isinstance(old, ClerkProgressPage) and isinstance(page, ClerkProgressPage) and self._words and self._bar:
            moved = replace(old, message=page.message, done=page.done, whole=page.whole)
            if moved == page and len(page.message) <= len(old.message):
                self.page = page
                self._words.setText(page.message)
                self._bar.show_step(page.done, page.whole)
                return
        super().show_page(page)

    def heading(self) -> Heading:
        return Heading(self.page.title)

    def back_action(self) -> tuple[str, Event] | None:
        return self.page.stop_label, BackPressed()

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        column.addSpacing(around.px(64 if around.look.portrait else 24))
        self._words = words_label(page.message, Role.SECTION, around)
        self._bar = StepBar(around.look, page.done, page.whole)
        column.addWidget(self._words)
        column.addWidget(self._bar)

    def _take_away(self) -> None:
        self._words = self._bar = None
        super()._take_away()
