"""省 → 市 → 区县 on tiles; what was already chosen stands above and can be touched to choose again."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.events import RegionChosen
from kiosk.visit.pages import Heading, Option, RegionPage
from ui.screens.paged import Block
from ui.screens.screen import Screen
from ui.screens.tile import Sign, Tile, TileShape

ON_A_SHEET = 12
GONE = TileShape(sign=Sign.ONE, least=96)
OPEN = TileShape(least=96)


class RegionScreen(Screen):
    page: RegionPage

    def heading(self) -> Heading:
        return self.page.heading

    def question_of(self, page: object) -> object:
        """Each level is a question of its own, so that its list begins on its first sheet."""
        assert isinstance(page, RegionPage)
        return page.heading.title, tuple(step.code for step in page.way)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        columns = self._columns()
        gap = max(around.gap, around.px(16))
        width = (around.width - (columns - 1) * gap) // columns
        if page.way:
            way = [self._block(step, GONE, width, chosen=True) for step in page.way]
            rows = -(-len(way) // columns)
            tall = rows * max(block.height for block in way) + (rows - 1) * gap
            column.addWidget(self.paged("way", way, tall, columns=columns))
            room -= tall + around.gap
        options = [self._block(option, OPEN, width, chosen=option.chosen) for option in page.options]
        column.addWidget(self.paged("options", options, room, columns=columns, most=ON_A_SHEET))

    def _columns(self) -> int:
        look = self.around.look
        if look.portrait:
            return 2 if look.size.big else 3
        return 3 if look.size.big else 4

    def _block(self, option: Option, shape: TileShape, width: int, *, chosen: bool) -> Block:
        look = self.around.look
        if chosen:
            shape = GONE

        def build() -> Tile:
            tile = Tile(look, option.label, chosen=chosen, shape=shape)
            tile.setObjectName(f"region {option.code}")
            tile.clicked.connect(lambda: self.reported.emit(RegionChosen(option.code)))
            return tile

        return Block(Tile.height_of(look, option.label, "", shape, width), build)
