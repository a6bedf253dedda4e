"""One notice to read; the tick under it is the person's own, and is there once the last sheet has been seen."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.visit.events import NoticeTicked
from kiosk.visit.pages import Heading, NoticePage
from ui.look import Size
from ui.screens.paged import Paged
from ui.screens.reading import PADDING, reading_blocks, sheets_of
from ui.screens.screen import Screen
from ui.screens.tile import Sign, Tile, TileShape
from ui.theme import Role

TICK = TileShape(sign=Sign.MANY, least=112)
READ_ON = TileShape(centered=True, strong=True, least=112)
SEEN = "seen"  # beside the open sheet, for as long as the notice stays the same


class NoticeScreen(Screen):
    page: NoticePage

    def heading(self) -> Heading:
        return self.page.heading

    def least(self) -> int:
        return self.around.px(440)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around, px = self.page, self.around, self.around.px
        more = around.say("notice.read_on", left=99)
        below = max(
            Tile.height_of(around.look, page.tick_label, "", TICK, around.width),
            Tile.height_of(around.look, more, "", READ_ON, around.width),
        )
        inner = room - below - around.gap - 2 * px(PADDING) - 2 * px(3)
        card = QFrame()
        card.setProperty("card", "plain")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(px(PADDING), px(PADDING), px(PADDING), px(PADDING))
        width = around.width - 2 * px(PADDING) - 2 * px(3)
        if around.look.size is Size.LARGEST:
            sheets = self.paged("items", sheets_of(page.items, Role.BODY, around, inner, width), inner, most=1)
        else:
            sheets = self.paged("items", reading_blocks(page.items, Role.BODY, around, inner, width), inner)
        inside.addWidget(sheets)
        column.addWidget(card)
        holder = QWidget()
        holder.setFixedHeight(below)
        QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
        column.addWidget(holder)
        self._put_below(holder, sheets)
        sheets.turned.connect(lambda _: self._put_below(holder, sheets))

    def _put_below(self, holder: QWidget, sheets: Paged) -> None:
        """The tick, or before the end the way to it."""
        left = len(sheets.pages) - 1 - sheets.at_page
        if left <= 0:
            self._turned_to[SEEN] = 1
        may_tick = SEEN in self._turned_to or self.page.ticked
        layout = holder.layout()
        assert layout is not None
        while layout.count():
            old = layout.takeAt(0).widget()
            old.hide()
            old.setParent(None)
            old.deleteLater()
        tile = self._tick() if may_tick else self._read_on(sheets, left)
        tile.setFixedHeight(holder.height())
        layout.addWidget(tile)
        tile.show()

    def _tick(self) -> Tile:
        tile = Tile(self.around.look, self.page.tick_label, chosen=self.page.ticked, shape=TICK)
        tile.setObjectName("tick")
        tile.clicked.connect(lambda: self.reported.emit(NoticeTicked()))
        return tile

    def _read_on(self, sheets: Paged, left: int) -> Tile:
        tile = Tile(self.around.look, self.around.say("notice.read_on", left=left), shape=READ_ON)
        tile.setObjectName("read-on")
        tile.clicked.connect(lambda: sheets.turn(1))
        return tile
