"""One question with tiles to choose from; long lists are turned sheet by sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.events import OptionPressed
from kiosk.visit.pages import ChoicePage, Heading, Option
from ui.screens.paged import Block
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Sign, Tile, TileShape

LONG_LIST = 8  # more plain names than this stand in a grid
ON_A_SHEET = 24


class ChoiceScreen(Screen):
    page: ChoicePage

    def heading(self) -> Heading:
        return self.page.heading

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        grid = len(page.options) > LONG_LIST and not any(option.example for option in page.options)
        columns = grid_columns(around) if grid else around.columns
        gap = max(around.gap, around.px(16)) if columns > 1 else around.gap
        width = (around.width - (columns - 1) * gap) // columns
        shape = TileShape(sign=Sign.MANY if page.many else Sign.ONE)
        blocks = [self._block(option, shape, width) for option in page.options]
        column.addWidget(self.paged("options", blocks, room, columns=columns, most=ON_A_SHEET if grid else 1_000))

    def _block(self, option: Option, shape: TileShape, width: int) -> Block:
        look = self.around.look

        def build() -> Tile:
            tile = Tile(look, option.label, option.example, chosen=option.chosen, shape=shape)
            tile.setObjectName(f"option {option.code}")
            tile.clicked.connect(lambda: self.reported.emit(OptionPressed(option.code)))
            return tile

        return Block(Tile.height_of(look, option.label, option.example, shape, width), build)


def grid_columns(around: Surroundings) -> int:
    """Plain names are short: three beside each other upright, four on the lying panel, fewer in large letters."""
    big = around.look.size.big
    return (2 if big else 3) if around.look.portrait else (3 if big else 4)
