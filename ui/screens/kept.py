"""The code of a form kept for later, large, with what the slip says and how to come back."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from kiosk.visit.events import Event, TilePressed
from kiosk.visit.pages import Heading, KeptPage
from ui.labels import At, text_label
from ui.screens.message import message_card, message_height
from ui.screens.parts import words_height
from ui.screens.reading import reading_blocks
from ui.screens.screen import Screen
from ui.theme import Role

PADDING_X, PADDING_Y, EDGE = 24, 16, 3


class KeptScreen(Screen):
    page: KeptPage

    def heading(self) -> Heading:
        return self.page.heading

    def least(self) -> int:
        return self.around.px(560)

    def back_action(self) -> tuple[str, Event] | None:
        return self.page.leave_label, TilePressed("leave")

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around, px = self.page, self.around, self.around.px
        box = QFrame()
        box.setProperty("card", "plain")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(px(PADDING_X), px(PADDING_Y), px(PADDING_X), px(PADDING_Y))
        inside.addWidget(text_label(page.code, Role.NUMBER, at=At.CENTRE))
        room_of_code = around.width - 2 * px(PADDING_X) - 2 * px(EDGE)
        tall = words_height(page.code, Role.NUMBER, around, room_of_code) + 2 * px(PADDING_Y) + 2 * px(EDGE)
        box.setFixedHeight(tall)
        column.addWidget(box)
        column.addWidget(message_card(page.paper, "paper", "plain", around))
        room -= tall + message_height(page.paper, around) + 2 * around.gap
        column.addWidget(self.paged("lines", reading_blocks(page.lines, Role.BODY, around, room, around.width), room))
