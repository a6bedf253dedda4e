"""Something to read: an explanation, a warning, a sum worked out."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from kiosk.visit.pages import Heading, NotePage
from ui.screens.message import Picture
from ui.screens.reading import PADDING, reading_blocks
from ui.screens.screen import Screen
from ui.theme import Role

SIGNS = {"warn": "warn", "good": "check"}


class NoteScreen(Screen):
    page: NotePage

    def heading(self) -> Heading:
        return self.page.heading

    def build(self, column: QVBoxLayout, room: int) -> None:
        around, px = self.around, self.around.px
        tone = self.page.tone if self.page.tone in SIGNS else "plain"
        card = QFrame()
        card.setProperty("card", tone)
        row = QHBoxLayout(card)
        row.setContentsMargins(px(PADDING), px(PADDING), px(PADDING), px(PADDING))
        row.setSpacing(px(PADDING))
        width = around.width - 2 * px(PADDING) - 2 * px(3)
        if tone in SIGNS:
            token = {"warn": "warn", "good": "success"}[tone]
            side = px(64)
            holder = QVBoxLayout()
            holder.addWidget(Picture(around.look, SIGNS[tone], side, token))
            holder.addStretch(1)
            row.addLayout(holder)
            width -= side + px(PADDING)
        inner = room - 2 * px(PADDING) - 2 * px(3)
        blocks = reading_blocks(self.page.paragraphs, Role.BODY, around, inner, width)
        row.addWidget(self.paged("note", blocks, inner), 1)
        column.addWidget(card)
