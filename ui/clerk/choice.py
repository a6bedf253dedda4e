"""One of these for a clerk: which sheet, which kind of case, file it or not. A touch goes on at once."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.events import TilePressed
from kiosk.visit.pages import ClerkChoicePage, Heading, Option
from ui.screens.measure import breakable
from ui.screens.message import message_card, message_height
from ui.screens.paged import Block
from ui.screens.screen import Screen
from ui.screens.tile import Tile, TileShape

PLAIN = TileShape(least=112)
SAFE = TileShape(least=112, strong=True)


class ClerkChoiceScreen(Screen):
    page: ClerkChoicePage
    for_clerks = True
    offers_help = False

    def heading(self) -> Heading:
        return self.page.heading

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        if page.message:
            column.addWidget(message_card(page.message, "warn", "warn", around))
            room -= message_height(page.message, around) + around.gap
        width = around.column(around.columns).width
        blocks = [self._block(at, option, width) for at, option in enumerate(page.options)]
        if blocks:
            column.addWidget(self.paged("options", blocks, room, columns=around.columns))

    def _block(self, at: int, option: Option, width: int) -> Block:
        look, shape = self.around.look, SAFE if at == 0 and self.page.safe_first else PLAIN
        label = breakable(option.label)

        def build() -> Tile:
            tile = Tile(look, label, option.example, shape=shape)
            tile.setAccessibleName(option.label)
            tile.setObjectName(f"tile {option.code}")
            tile.clicked.connect(lambda: self.reported.emit(TilePressed(option.code)))
            return tile

        return Block(Tile.height_of(look, label, option.example, shape, width), build)
