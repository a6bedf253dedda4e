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
        return Heading(self.page.title, self.page.message if self._tight() else "")

    def _tight(self) -> bool:
        """Lying, in large letters: what is told stands under the title, so that the rows keep their room."""
        return self.around.look.size.big and not self.around.look.portrait

    def back_action(self) -> tuple[str, Event] | None:
        return self.page.back_label, BackPressed()

    def next_action(self) -> tuple[str, Event] | None:
        return self.page.reprint_label, TilePressed("reprint")

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        room -= self._state(column)
        if page.message and not self._tight():
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
        wanted = [("receipt", page.receipt_label), ("receipt sheet", page.sheet_label)]
        wanted = [one for one in wanted if one[1]]
        beside = around.columns > 1
        place = around.column(2 + len(wanted) if beside else len(wanted))
        left = around._replace(width=around.width - len(wanted) * (gap + place.width)) if beside else around
        state, tall = message_card(page.state, "paper", "good", left), message_height(page.state, left)
        touch = max(Tile.height_of(around.look, words, "", RECEIPT, place.width) for _, words in wanted)
        both = max(tall, touch) if beside else touch
        row = QHBoxLayout()
        row.setSpacing(gap)
        if beside:
            state.setFixedSize(left.width, both)
            row.addWidget(state)
        else:
            column.addWidget(state)
        for name, words in wanted:
            row.addWidget(self._tile(name, words, place.width, both))
        column.addLayout(row)
        return both + around.gap if beside else tall + touch + 2 * gap

    def _tile(self, name: str, words: str, width: int, tall: int) -> Tile:
        tile = Tile(self.around.look, words, shape=RECEIPT)
        tile.setObjectName(f"tile {name}")
        tile.setFixedSize(width, tall)
        tile.clicked.connect(lambda: self.reported.emit(TilePressed(name)))
        return tile
