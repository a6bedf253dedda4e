"""Something takes a moment: said in words, with a sign that does not move."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.pages import Heading, WorkingPage
from ui.screens.message import message_card
from ui.screens.screen import Screen


class WorkingScreen(Screen):
    page: WorkingPage
    offers_help = False

    def heading(self) -> Heading:
        return Heading("")

    def question_of(self, page: object) -> object:
        return "working"

    def build(self, column: QVBoxLayout, room: int) -> None:
        column.addSpacing(self.around.px(120 if self.around.look.portrait else 40))
        column.addWidget(message_card(self.page.message, "wait", "plain", self.around, large=True))
