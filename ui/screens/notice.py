"""One notice to read; the tick under it is the person's own."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from kiosk.visit.events import NoticeTicked
from kiosk.visit.pages import Heading, NoticePage
from ui.screens.reading import PADDING, reading_blocks
from ui.screens.screen import Screen
from ui.screens.tile import Sign, Tile, TileShape
from ui.theme import Role

TICK = TileShape(sign=Sign.MANY, least=112)


class NoticeScreen(Screen):
    page: NoticePage

    def heading(self) -> Heading:
        return self.page.heading

    def least(self) -> int:
        return self.around.px(440)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around, px = self.page, self.around, self.around.px
        ticked = Tile.height_of(around.look, page.tick_label, "", TICK, around.width)
        inner = room - ticked - around.gap - 2 * px(PADDING) - 2 * px(3)
        card = QFrame()
        card.setProperty("card", "plain")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(px(PADDING), px(PADDING), px(PADDING), px(PADDING))
        width = around.width - 2 * px(PADDING) - 2 * px(3)
        blocks = reading_blocks(page.items, Role.BODY, around, inner, width)
        inside.addWidget(self.paged("items", blocks, inner))
        column.addWidget(card)
        tick = Tile(around.look, page.tick_label, chosen=page.ticked, shape=TICK)
        tick.setObjectName("tick")
        tick.setFixedHeight(ticked)
        tick.clicked.connect(lambda: self.reported.emit(NoticeTicked()))
        column.addWidget(tick)
