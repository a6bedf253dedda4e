"""One filing on the clerk's screen: its true state, what it says, 补打, and 打印回执 once the court's receipt is here."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.events import BackPressed, Event, TilePressed
from kiosk.visit.pages import ClerkFilingPage, Heading
from ui.screens.message import message_card, message_height
from ui.screens.rows import row_blocks
from ui.screens.screen import Screen
from ui.screens.tile import Tile, TileShape

RECEIPT = TileShape(least=96, icon="paper", icon_size=48)


class ClerkFilingScreen(Screen):
    page: ClerkFilingPage
    for_clerks = True
    offers_help = False

    def heading(self) -> Heading:
        return Heading(self.page.title)

    def back_action(self) -> tuple[str, Event] | None:
        return self.page.back_label, BackPressed()

    def next_action(self) -> tuple[str, Event] | None:
        return self.page.reprint_label, TilePressed("reprint")

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        cards = [(page.state, "paper", "good")] + ([(page.message, "check", "plain")] if page.message else [])
        for words, icon, tone in cards:
            column.addWidget(message_card(words, icon, tone, around))
            room -= message_height(words, around) + around.gap
        if page.receipt_label:
            tile = Tile(around.look, page.receipt_label, shape=RECEIPT)
            tall = Tile.height_of(around.look, page.receipt_label, "", RECEIPT, around.width)
            tile.setFixedHeight(tall)
            tile.setObjectName("tile receipt")
            tile.clicked.connect(lambda: self.reported.emit(TilePressed("receipt")))
            column.addWidget(tile)
            room -= tall + max(around.gap, around.px(16))
        blocks = row_blocks(page.rows, around.column(around.columns), room, None)
        column.addWidget(self.paged("rows", blocks, room, columns=around.columns))
