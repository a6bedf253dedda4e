"""The attract screen: what the kiosk can do, and in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kiosk.visit.first_page import Heading, Option, WelcomePage
from kiosk.visit.presses import LanguageChosen, TilePressed
from ui.icons import has_icon
from ui.screens.paged import Block
from ui.screens.screen import Screen
from ui.screens.tile import Sign, Tile, TileShape
from ui.theme import Role

if TYPE_CHECKING:
    from kiosk.visit.events import Event

LANGUAGE = TileShape(sign=Sign.ONE)
LARGE = TileShape(icon="file", least=176, role=Role.SECTION, icon_size=88)
SMALL = TileShape(icon="file", least=112, role=Role.BODY, icon_size=64)
PORTRAIT_LEAST = 232


class WelcomeScreen(Screen):
    page: WelcomePage

    def heading(self) -> Heading:
        return Heading(self.page.title, self.page.subtitle)

    def least(self) -> int:
        return self.around.px(420)

    def back_action(self) -> tuple[str, Event] | None:
        """The clerk's way in stands where 上一步 is on other pages."""
        return (self.page.clerk_label, TilePressed("clerk")) if self.page.clerk_label else None

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around, px = self.page, self.around, self.around.px
        if page.alarm:
            from ui.screens.message import message_card, message_height  # a start has no alarm yet

            column.addWidget(message_card(page.alarm, "warn", "warn", around))
            room -= message_height(page.alarm, around) + around.gap
        if around.look.portrait:
            column.addSpacing(px(24))
            room -= px(24) + around.gap
        gap = max(around.gap, px(16))
        width = (around.width - (around.columns - 1) * gap) // around.columns
        language_width = (around.width - gap * (len(page.languages) - 1)) // max(1, len(page.languages))
        tall = max(
            (Tile.height_of(around.look, one.label, one.example, LANGUAGE, language_width) for one in page.languages),
            default=0,
        )
        left = room - tall - around.gap
        blocks = self._blocks(width, left, gap)
        column.addWidget(self.paged("tiles", blocks, left, columns=around.columns))
        languages = QHBoxLayout()
        languages.setSpacing(gap)
        for option in page.languages:
            tile = Tile(around.look, option.label, option.example, chosen=option.chosen, shape=LANGUAGE)
            tile.setObjectName(f"language {option.code}")
            tile.setFixedHeight(tall)
            tile.clicked.connect(lambda _=False, code=option.code: self.reported.emit(LanguageChosen(code)))
            languages.addWidget(tile)
        column.addLayout(languages)

    def _blocks(self, width: int, room: int, gap: int) -> list[Block]:
        """Large tiles; smaller ones where all of them would not stand on one sheet, and bare ones where there is an alarm."""
        columns = self.around.columns
        blocks: list[Block] = []
        for shape, examples in ((LARGE, True), (SMALL, True), (SMALL, False)):
            portrait = shape._replace(least=PORTRAIT_LEAST) if shape is LARGE and self.around.look.portrait else shape
            blocks = [self._block(option, width, portrait, examples) for option in self.page.tiles]
            rows = [max(one.height for one in blocks[at : at + columns]) for at in range(0, len(blocks), columns)]
            if sum(rows) + gap * (len(rows) - 1) <= room:
                break
        return blocks

    def _block(self, option: Option, width: int, shape: TileShape, examples: bool) -> Block:
        look = self.around.look
        own = shape._replace(icon=option.code if has_icon(option.code) else "file")
        example = option.example if examples else ""

        def build() -> Tile:
            tile = Tile(look, option.label, example, shape=own)
            tile.setObjectName(f"tile {option.code}")
            tile.clicked.connect(lambda: self.reported.emit(TilePressed(option.code)))
            return tile

        return Block(Tile.height_of(look, option.label, example, own, width), build)
