"""The ID card page: lay the card down, see what it says, go on; or fill it in by hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kiosk.visit.capture_events import CapturePress
from kiosk.visit.events import ByHandPressed, CapturePressed, ChangeAsked
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
        others = [label for label in (page.by_picture_label, page.by_hand_label) if label]
        gap = max(around.gap, around.px(16))
        width = (around.width - gap * (len(others) - 1)) // max(1, len(others))
        tall = max((Tile.height_of(around.look, label, "", BY_HAND, width) for label in others), default=0)
        room -= tall + around.gap if others else 0
        tone = TONES.get(page.moment, "plain")
        large = not page.rows
        column.addWidget(message_card(page.message, SIGNS[page.moment], tone, around, large=large))
        room -= message_height(page.message, around, large=large) + around.gap
        if page.rows:
            one = around.column(around.columns)
            blocks = row_blocks(page.rows, one, room, lambda ref: self.reported.emit(ChangeAsked(ref)))
            column.addWidget(self.paged("rows", blocks, room, columns=around.columns))
        if others:
            line = QHBoxLayout()
            line.setSpacing(gap)
            for label in others:
                tile = Tile(around.look, label, shape=BY_HAND)
                tile.setFixedHeight(tall)
                tile.clicked.connect(partial(self._other_way, label == page.by_hand_label))
                line.addWidget(tile)
            column.addLayout(line)

    def _other_way(self, by_hand: bool, checked: bool = False) -> None:
        self.reported.emit(ByHandPressed() if by_hand else CapturePressed(CapturePress.CARD))
