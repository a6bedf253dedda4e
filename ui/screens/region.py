"""省 → 市 → 区县 on tiles; what was already chosen stands above and can be touched to choose again.

Where there are more places than a sheet holds, their letters stand above them: A leads to 安徽省 and 澳门.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.visit.events import RegionChosen
from kiosk.visit.pages import Heading, Option, RegionPage
from ui.inputs.place_letters import place_letters
from ui.screens.paged import Block
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Sign, Tile, TileShape

ON_A_SHEET = 12
GONE = TileShape(sign=Sign.ONE, least=96)
OPEN = TileShape(least=96)
LETTER = TileShape(least=96, centered=True)
LEAST_ROWS = 2  # of places, below the letters


class RegionScreen(Screen):
    page: RegionPage

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._letter = ""  # of the places on show; "" for all

    def show_page(self, page: object) -> None:
        if self.page is None or self.question_of(page) != self.question_of(self.page):
            self._letter = ""
        super().show_page(page)

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
        shown = page.options
        letters = sorted({letter for option in shown if (letter := place_letters().get(option.label))})
        if len(shown) > ON_A_SHEET and len(letters) > 1:
            tall = self._letters_height(letters)
            if room - tall - around.gap >= LEAST_ROWS * (around.px(112) + gap):
                column.addWidget(self._letters(letters, tall))
                room -= tall + around.gap
                shown = tuple(one for one in shown if self._letter in ("", place_letters().get(one.label)))
        options = [self._block(option, OPEN, width, chosen=option.chosen) for option in shown]
        column.addWidget(self.paged("options", options, room, columns=columns, most=ON_A_SHEET))

    def _columns(self) -> int:
        look = self.around.look
        if look.portrait:
            return 2 if look.size.big else 3
        return 3 if look.size.big else 4

    def _letters_in_a_row(self) -> int:
        return 8 if self.around.look.portrait else 16

    def _letters_height(self, letters: list[str]) -> int:
        gap = max(self.around.gap, self.around.px(16))
        rows = -(-len(letters) // self._letters_in_a_row())
        return rows * (self._letter_block("A").height + gap) - gap

    def _letters(self, letters: list[str], tall: int) -> QWidget:
        blocks = [self._letter_block(letter) for letter in letters]
        return self.paged("letters", blocks, tall, columns=self._letters_in_a_row())

    def _letter_block(self, letter: str) -> Block:
        around, look, in_a_row = self.around, self.around.look, self._letters_in_a_row()
        width = (around.width - (in_a_row - 1) * max(around.gap, around.px(16))) // in_a_row

        def build() -> Tile:
            tile = Tile(look, letter, chosen=letter == self._letter, shape=LETTER)
            tile.setObjectName(f"letter {letter}")
            tile.clicked.connect(lambda: self._show_letter(letter))
            return tile

        return Block(Tile.height_of(look, letter, "", LETTER, width), build)

    def _show_letter(self, letter: str) -> None:
        """Only the places of this letter; the same letter again shows all."""
        self._letter = "" if letter == self._letter else letter
        self._turned_to.pop("options", None)
        QTimer.singleShot(0, self.refresh)  # the tile that was touched is taken away with the rest

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
