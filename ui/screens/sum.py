"""Money, percent, a whole number: digits in a field, its unit beside it, its echo below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.visit.events import Typed, UnknownPressed
from kiosk.visit.pages import Heading, Keys, SumPage
from ui.inputs.field import AnswerField
from ui.labels import At, text_label
from ui.screens.field_parts import field_height, place_field, take_field_out, unknown_tile
from ui.screens.measure import line_width, wrapped_height
from ui.screens.parts import words_label
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Tile, TileShape
from ui.theme import Role, font_of


class SumScreen(Screen):
    page: SumPage

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.field = AnswerField(self, max_characters=24)
        self.field.edited.connect(lambda text: self.reported.emit(Typed(text)))
        self.field.tapped.connect(lambda: self.field_wanted.emit(self.field, Keys.DIGITS))

    def heading(self) -> Heading:
        return self.page.heading

    def keys_of(self, page: object) -> Keys:
        return Keys.DIGITS

    def first_field(self) -> AnswerField:
        return self.field

    def least(self) -> int:
        around = self.around
        echo = sum(self._echo_height(line) + around.gap for line in self.page.echo)
        unknown = around.px(96) + around.gap if self.page.unknown_label else 0
        return field_height(around, 1) + echo + around.gap + unknown

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around, look = self.page, self.around, self.around.look
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(around.px(16))
        tall = field_height(around, 1)
        place_field(self.field, page.text, page.heading.title, self.objected(), tall)
        row.addWidget(self.field, 1)
        if page.unit:
            unit = text_label(page.unit, Role.ANSWER, wraps=False, at=At.START_MIDDLE)
            unit.setFixedWidth(line_width(page.unit, font_of(look, Role.ANSWER)) + around.px(8))
            row.addWidget(unit)
        line.setFixedHeight(tall)
        column.addWidget(line)
        room -= tall + around.gap
        room -= Tile.height_of(look, page.unknown_label, "", TileShape(), around.width) if page.unknown_label else 0
        for echo in page.echo:
            room -= self._echo_height(echo) + around.gap
            if room < 0:
                break  # with large letters a refusal leaves room for one reading of the sum only
            column.addWidget(words_label(echo, Role.SECTION, around))
        if page.unknown_label:
            tile = unknown_tile(around, page.unknown_label)
            tile.clicked.connect(lambda: self.reported.emit(UnknownPressed()))
            column.addWidget(tile)

    def wipe(self) -> None:
        self.field.wipe()
        super().wipe()

    def _echo_height(self, line: str) -> int:
        return wrapped_height(line, font_of(self.around.look, Role.SECTION), self.around.width)

    def _take_away(self) -> None:
        take_field_out(self.field, self)
        super()._take_away()
