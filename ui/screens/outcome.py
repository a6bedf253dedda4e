"""What was asked about, answered: facts in rows, then what they mean and what comes next."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.events import TilePressed
from kiosk.visit.pages import Heading, OutcomePage
from ui.screens.paged import Block
from ui.screens.rows import row_blocks
from ui.screens.screen import Screen
from ui.screens.signpost import AGAIN, passage_blocks
from ui.screens.tile import Tile


class OutcomeScreen(Screen):
    page: OutcomePage

    def heading(self) -> Heading:
        return self.page.heading

    def least(self) -> int:
        return self.around.px(480)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        narrow = around.column(around.columns)
        again = Tile.height_of(around.look, page.again_label, "", AGAIN, narrow.width) if page.again_label else 0
        below = bool(again) and around.look.portrait
        if below:
            room -= again + around.gap
        rows = row_blocks(page.rows, narrow, room, None)
        words = [block for one in page.passages for block in passage_blocks(one, narrow, room)]
        blocks = [*words, *rows] if page.words_first else [*rows, *words]
        if again and not below:
            blocks.append(Block(again, self._again))
        column.addWidget(self.paged("outcome", blocks, room, columns=around.columns))
        if below:
            tile = self._again()
            tile.setFixedHeight(again)
            column.addWidget(tile)

    def _again(self) -> Tile:
        tile = Tile(self.around.look, self.page.again_label, shape=AGAIN)
        tile.setObjectName("tile again")
        tile.clicked.connect(lambda: self.reported.emit(TilePressed("again")))
        return tile
