"""What to bring: a list to tick off; what is not there today may come later."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.events import MaterialTicked
from kiosk.visit.pages import Heading, Material, MaterialsPage
from ui.screens.paged import Block
from ui.screens.screen import Screen
from ui.screens.tile import Sign, Tile, TileShape

SHAPE = TileShape(sign=Sign.MANY)


class MaterialsScreen(Screen):
    page: MaterialsPage

    def heading(self) -> Heading:
        return self.page.heading

    def build(self, column: QVBoxLayout, room: int) -> None:
        around = self.around
        gap = max(around.gap, around.px(16))
        width = (around.width - (around.columns - 1) * gap) // around.columns
        blocks = [self._block(material, width) for material in self.page.materials]
        column.addWidget(self.paged("materials", blocks, room, columns=around.columns))

    def _block(self, material: Material, width: int) -> Block:
        look = self.around.look

        def build() -> Tile:
            tile = Tile(look, material.name, material.detail, chosen=material.ticked, shape=SHAPE)
            tile.setObjectName(f"material {material.id}")
            tile.clicked.connect(lambda: self.reported.emit(MaterialTicked(material.id)))
            return tile

        return Block(Tile.height_of(look, material.name, material.detail, SHAPE, width), build)
