"""大字: four sizes and four colour sets, each drawn in its own look, and low position. One tap applies."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kiosk.visit.pages import Heading
from ui.look import Look, Size, Theme
from ui.screens.parts import words_label
from ui.screens.screen import Screen
from ui.screens.tile import Sign, Tile, TileShape
from ui.theme import Role

SAMPLE = TileShape(sign=Sign.ONE, least=112)
SWITCH = TileShape(sign=Sign.MANY, least=96)


class LookScreen(Screen):
    look_chosen = Signal(object)

    def heading(self) -> Heading:
        return Heading(self.around.say("screen.look_title"))

    def question_of(self, page: object) -> object:
        return "look"

    def least(self) -> int:
        return self.around.px(600)

    def build(self, column: QVBoxLayout, room: int) -> None:
        around, look = self.around, self.around.look
        sizes = [(around.say(f"screen.size_{size}"), look._replace(size=size), look.size is size) for size in Size]
        themes = [
            (around.say(f"screen.theme_{theme}"), look._replace(theme=theme), look.theme is theme) for theme in Theme
        ]
        for title, samples in (("screen.look_sizes", sizes), ("screen.look_themes", themes)):
            column.addWidget(words_label(around.say(title), Role.HINT, around))
            column.addWidget(self._samples(samples))
        if look.portrait:
            words = around.say("screen.low"), around.say("screen.low_example")
            low = Tile(look, *words, chosen=look.low, shape=SWITCH)
            low.setObjectName("low")
            low.setFixedHeight(Tile.height_of(look, *words, SWITCH, around.width))
            low.clicked.connect(lambda: self.look_chosen.emit(look._replace(low=not look.low)))
            column.addWidget(low)

    def _samples(self, samples: list[tuple[str, Look, bool]]) -> QWidget:
        around, px = self.around, self.around.px
        columns = 2 if around.look.portrait else 4
        width = (around.width - (columns - 1) * px(16)) // columns
        tall = max(Tile.height_of(look, words, "", SAMPLE, width) for words, look, _ in samples)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(16))
        for place, (words, look, chosen) in enumerate(samples):
            tile = Tile(look, words, chosen=chosen, shape=SAMPLE)
            tile.setObjectName(f"look {look.size} {look.theme}")
            tile.setFixedHeight(tall)
            tile.clicked.connect(lambda _=False, look=look: self.look_chosen.emit(look))
            grid.addWidget(tile, place // columns, place % columns)
        return holder
