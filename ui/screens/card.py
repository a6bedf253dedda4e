"""The ID card page: lay the card down, see what it says, go on; or fill it in by hand."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.events import ByHandPressed, ChangeAsked
from kiosk.visit.pages import CardMoment, CardPage, Heading
from ui.screens.message import message_card, message_height
from ui.screens.rows import row_blocks
from ui.screens.screen import Screen
from ui.screens.tile import Tile, TileShape

SIGNS = {CardMoment.WAITING: "card", CardMoment.READING: "wait", CardMoment.FAILED: "warn", CardMoment.READ: "check"}
TONES = {CardMoment.FAILED: "warn", CardMoment.READ: "good"}
BY_HAND = TileShape()


class CardScreen(Screen):
    page: CardPage

    def heading(self) -> Heading:
        return self.page.heading

    def least(self) -> int:
        return self.around.px(420)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        by_hand = 0
        if page.by_hand_label:
            by_hand = Tile.height_of(around.look, page.by_hand_label, "", BY_HAND, around.width)
            room -= by_hand + around.gap
        tone = TONES.get(page.moment, "plain")
        large = not page.rows
        column.addWidget(message_card(page.message, SIGNS[page.moment], tone, around, large=large))
        room -= message_height(page.message, around, large=large) + around.gap
        if page.rows:
            one = around.column(around.columns)
            blocks = row_blocks(page.rows, one, room, lambda ref: self.reported.emit(ChangeAsked(ref)))
            column.addWidget(self.paged("rows", blocks, room, columns=around.columns))
        if page.by_hand_label:
            tile = Tile(around.look, page.by_hand_label, shape=BY_HAND)
            tile.setFixedHeight(by_hand)
            tile.clicked.connect(lambda: self.reported.emit(ByHandPressed()))
            column.addWidget(tile)
