"""Find a filing by its ticket, typed or scanned; the newest ones stand below with their names masked. 批量立案 too."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.visit.events import Event, LeaveAsked, TilePressed, Typed
from kiosk.visit.pages import ClerkFindPage, Heading, Keys, Option
from ui.inputs.field import AnswerField
from ui.screens.field_parts import field_height, keep_field, place_field, take_field_out
from ui.screens.paged import Block
from ui.screens.parts import words_height, words_label
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Tile, TileShape
from ui.theme import Role

ROW = TileShape(least=96)
IMPORT = TileShape(least=96, icon="file", icon_size=48)
DEVICES = TileShape(least=96, icon="paper", icon_size=48)
ROOM_FOR_LAMPS = 480  # with large letters on a lying screen the newest filings come first


class ClerkFindScreen(Screen):
    page: ClerkFindPage
    for_clerks = True
    offers_help = False

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.field = AnswerField(self, max_characters=40)
        self.field.edited.connect(lambda text: self.reported.emit(Typed(text)))
        self.field.tapped.connect(lambda: self.field_wanted.emit(self.field, Keys.LATIN))

    def show_page(self, page: object) -> None:
        old: object = self.page
        if not isinstance(page, ClerkFindPage):
            return
        if isinstance(old, ClerkFindPage) and replace(old, typed="") == replace(page, typed=""):
            self.page = page
            keep_field(self.field, page.typed)
            return
        super().show_page(page)

    def back_action(self) -> tuple[str, Event] | None:
        return self.page.leave_label, LeaveAsked()

    def first_field(self) -> AnswerField:
        return self.field

    def heading(self) -> Heading:
        return Heading(self.page.title, self.page.message)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around, px = self.page, self.around, self.around.px
        tall = field_height(around, 1)
        place_field(self.field, page.typed, page.title, False, tall)
        if around.panel_open or not page.import_label:
            column.addWidget(self.field)
            room -= tall + around.gap
        elif around.look.portrait:
            column.addWidget(self.field)
            tiles = self._tiles(around.width, 0)
            column.addWidget(tiles)
            room -= tall + tiles.height() + 2 * around.gap
        else:  # beside the field: a lying screen has no height to give away
            tiles = self._tiles(around.width // 2, tall)
            line = QHBoxLayout()
            line.setSpacing(max(around.gap, px(16)))
            line.addWidget(self.field, 1)
            line.addWidget(tiles)
            column.addLayout(line)
            room -= tiles.height() + around.gap
        if around.panel_open:
            return
        lamps = " · ".join(page.lamps) if room >= px(ROOM_FOR_LAMPS) else ""
        if lamps:
            room -= words_height(lamps, Role.HINT, around) + around.gap
        if page.recent:
            head = around.say("screen.recent")
            column.addWidget(words_label(head, Role.HINT, around))
            room -= words_height(head, Role.HINT, around) + around.gap
            gap = max(around.gap, px(16))
            width = (around.width - (around.columns - 1) * gap) // around.columns
            blocks = [self._block(option, width) for option in page.recent]
            paged = self.paged("recent", blocks, room, columns=around.columns)
            column.addWidget(paged)
        if lamps:
            column.addWidget(words_label(lamps, Role.HINT, around))

    def _tiles(self, width: int, least: int) -> QWidget:
        """批量立案 and 设备 beside each other, as high as the higher needs."""
        look, page, gap = self.around.look, self.page, max(self.around.gap, self.around.px(16))
        wanted = [("import", page.import_label, IMPORT), ("devices", page.devices_label, DEVICES)]
        wanted = [one for one in wanted if one[1]]
        each = (width - gap * (len(wanted) - 1)) // len(wanted)
        tall = max(least, *(Tile.height_of(look, words, "", shape, each) for _, words, shape in wanted))
        holder = QWidget()
        holder.setFixedSize(width, tall)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(gap)
        for name, words, shape in wanted:
            line.addWidget(self._tile(name, words, shape, each, tall))
        return holder

    def _tile(self, name: str, words: str, shape: TileShape, width: int, tall: int) -> Tile:
        tile = Tile(self.around.look, words, shape=shape)
        tile.setFixedSize(width, tall)
        tile.setObjectName(f"tile {name}")
        tile.clicked.connect(lambda: self.reported.emit(TilePressed(name)))
        return tile

    def wipe(self) -> None:
        self.field.wipe()
        super().wipe()

    def _block(self, option: Option, width: int) -> Block:
        look = self.around.look
        label, below = f"{option.code}  {option.label}", option.example

        def build() -> Tile:
            tile = Tile(look, label, below, shape=ROW)
            tile.setObjectName(f"tile {option.code}")
            tile.clicked.connect(lambda: self.reported.emit(TilePressed(option.code)))
            return tile

        return Block(Tile.height_of(look, label, below, ROW, width), build)

    def _take_away(self) -> None:
        take_field_out(self.field, self)
        super()._take_away()
