"""One filing on the clerk's screen: its true state, what it says, 补打, and 打印回执 once the court's receipt is here."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

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
        room -= self._state(column)
        if page.message:
            column.addWidget(message_card(page.message, "check", "plain", around))
            room -= message_height(page.message, around) + around.gap
        blocks = row_blocks(page.rows, around.column(around.columns), room, None)
        column.addWidget(self.paged("rows", blocks, room, columns=around.columns))

    def _state(self, column: QVBoxLayout) -> int:
        """The state and, once there is one, the receipt's button: beside each other where the screen lies. Its height."""
        page, around = self.page, self.around
        if not page.receipt_label:
            column.addWidget(message_card(page.state, "paper", "good", around))
            return message_height(page.state, around) + around.gap
        gap = max(around.gap, around.px(16))
        beside = around.columns > 1
        place = around.column(3 if beside else 1)
        left = around._replace(width=around.width - gap - place.width) if beside else around
        tile = Tile(around.look, page.receipt_label, shape=RECEIPT)
        tile.setObjectName("tile receipt")
        tile.clicked.connect(lambda: self.reported.emit(TilePressed("receipt")))
        state, tall = message_card(page.state, "paper", "good", left), message_height(page.state, left)
        touch = Tile.height_of(around.look, page.receipt_label, "", RECEIPT, place.width)
        if not beside:
            tile.setFixedHeight(touch)
            column.addWidget(state)
            column.addWidget(tile)
            return tall + touch + 2 * gap
        both = max(tall, touch)
        row = QHBoxLayout()
        row.setSpacing(gap)
        for one, width in ((state, left.width), (tile, place.width)):
            one.setFixedSize(width, both)
            row.addWidget(one)
        column.addLayout(row)
        return both + around.gap
