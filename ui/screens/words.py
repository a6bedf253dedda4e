"""A question answered in words: one field, the input panel, 常用词 and 我不知道."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kiosk.visit.events import Typed, UnknownPressed
from kiosk.visit.pages import Heading, Keys, WordsPage
from ui.inputs.field import AnswerField
from ui.screens.field_parts import field_height, keep_field, place_field, take_field_out, unknown_tile
from ui.screens.paged import Block
from ui.screens.parts import words_height, words_label
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Tile, TileShape
from ui.theme import Role

SCROLL_WIDTH = 96


class WordsScreen(Screen):
    page: WordsPage

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.field: AnswerField | None = None
        self._rare: tuple[str, ...] = ()  # characters no font here can draw

    def show_page(self, page: object) -> None:
        old = self.page
        if isinstance(old, WordsPage) and isinstance(page, WordsPage) and self.field is not None:
            if replace(old, text="") == replace(page, text=""):
                self.page = page
                keep_field(self.field, page.text)
                if self.field.in_no_font() != self._rare:
                    self.refresh()
                return
            if self.question_of(page) != self.question_of(old) or page.long != old.long:
                self._drop_field()
        super().show_page(page)

    def heading(self) -> Heading:
        return self.page.heading

    def keys_of(self, page: object) -> Keys:
        return page.keys if isinstance(page, WordsPage) else Keys.NONE

    def first_field(self) -> AnswerField | None:
        return self.field

    def least(self) -> int:
        around = self.around
        lines = 3 if self.page.long else 1
        unknown = around.px(96) + around.gap if self.page.unknown_label else 0
        return field_height(around, lines) + unknown + (self._lead_height() if self.page.lead else 0)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        if self.field is None:
            self.field = AnswerField(many_lines=page.long, max_characters=page.max_characters)
            self.field.edited.connect(lambda text: self.reported.emit(Typed(text)))
            field = self.field
            field.tapped.connect(lambda: self.field_wanted.emit(field, self.page.keys))
        if page.lead:
            column.addWidget(words_label(page.lead, Role.SECTION, around))
            room -= self._lead_height()
        below = around.px(96) + around.gap if page.unknown_label else 0
        if page.long:
            tall = min(room - below, field_height(around, 12))
            column.addWidget(self._long_field(tall))
        else:
            tall = field_height(around, 1)
            place_field(self.field, page.text, page.heading.title, self.objected(), tall)
            column.addWidget(self.field)
        room -= tall + around.gap
        room -= self._say_rare(column, room - below)
        if page.unknown_label:
            tile = unknown_tile(around, page.unknown_label)
            tile.clicked.connect(lambda: self.reported.emit(UnknownPressed()))
            column.addWidget(tile)
            room -= tile.height() + around.gap
        self._suggest(column, room)

    def _say_rare(self, column: QVBoxLayout, room: int) -> int:
        """〓 stands for a character that is kept but cannot be drawn; which one is said by its number."""
        assert self.field is not None
        self._rare = self.field.in_no_font()
        if not self._rare:
            return 0
        numbers = " ".join(f"U+{ord(character):04X}" for character in self._rare)
        words = self.around.say("screen.rare", numbers=numbers)
        height = words_height(words, Role.HINT, self.around) + self.around.gap
        if height > room:
            return 0
        label = words_label(words, Role.HINT, self.around)
        label.setProperty("tone", "warn")
        column.addWidget(label)
        return height

    def wipe(self) -> None:
        self._rare = ()
        self._drop_field()
        super().wipe()

    def _long_field(self, tall: int) -> QWidget:
        assert self.field is not None
        around, px = self.around, self.around.px
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(16))
        place_field(self.field, self.page.text, self.page.heading.title, self.objected(), tall)
        row.addWidget(self.field, 1)
        buttons = QVBoxLayout()
        buttons.setSpacing(px(16))
        field = self.field
        for words, name, lines in (("↑", "screen.up", -3), ("↓", "screen.down", 3)):
            button = QPushButton(words)
            button.setProperty("role", "plain")
            button.setAccessibleName(around.say(name))
            button.setFixedSize(px(SCROLL_WIDTH), max(px(72), min(px(112), (tall - px(16)) // 2)))
            button.clicked.connect(lambda _=False, lines=lines: field.scroll_lines(lines))
            buttons.addWidget(button)
        buttons.addStretch(1)
        row.addLayout(buttons)
        holder.setFixedHeight(tall)
        return holder

    def _suggest(self, column: QVBoxLayout, room: int) -> None:
        """常用词, as many as there is room for without turning pages."""
        around, look = self.around, self.around.look
        shape = TileShape(least=96, role=Role.BODY)
        title = around.say("screen.suggestions")
        head = words_height(title, Role.HINT, around) + around.gap
        fitting: list[Block] = []
        for words in self.page.suggestions:
            height = Tile.height_of(look, words, "", shape, around.width)
            if head + sum(block.height + around.gap for block in fitting) + height > room:
                break
            fitting.append(Block(height, partial(self._suggestion, words, shape)))
        if fitting:
            column.addWidget(words_label(title, Role.HINT, around))
            column.addWidget(self.paged("suggestions", fitting, room - head))

    def _suggestion(self, words: str, shape: TileShape) -> Tile:
        tile = Tile(self.around.look, words, shape=shape)
        tile.clicked.connect(lambda: self._take(words))
        return tile

    def _take(self, words: str) -> None:
        if self.field is not None:
            self.field.set_text(words)
        self.reported.emit(Typed(words))

    def _lead_height(self) -> int:
        return words_height(self.page.lead, Role.SECTION, self.around) + self.around.gap

    def _drop_field(self) -> None:
        if self.field is not None:
            self.field.wipe()
            self.field.setParent(None)
            self.field.deleteLater()
            self.field = None

    def _take_away(self) -> None:
        take_field_out(self.field, self)
        super()._take_away()
