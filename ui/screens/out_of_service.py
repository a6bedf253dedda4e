"""Out of service: which window to go to, in words, and a small code for the clerk."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.pages import Heading, OutOfServicePage
from ui.screens.message import message_card
from ui.screens.parts import words_label
from ui.screens.screen import Screen
from ui.theme import Role


class OutOfServiceScreen(Screen):
    page: OutOfServicePage
    offers_help = False

    def heading(self) -> Heading:
        return Heading(self.page.title)

    def build(self, column: QVBoxLayout, room: int) -> None:
        column.addWidget(message_card(self.page.message, "closed", "warn", self.around, large=True))
        if self.page.code:
            column.addWidget(words_label(self.page.code, Role.SECOND, self.around))
