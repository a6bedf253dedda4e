"""Parties, sums, evidence: what is on the list so far, 改 and 删 for each, and one more."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from kiosk.visit.events import Event, ItemAdded, ItemChanged, ItemRemoved
from kiosk.visit.pages import Heading, Item, ListPage
from ui.screens.measure import breakable, line_width
from ui.screens.paged import Block, pager_height
from ui.screens.parts import words_height, words_label
from ui.screens.screen import Screen
from ui.screens.tile import Tile, TileShape
from ui.theme import Role, font_of

ADD = TileShape(centered=True)
BUTTON_HEIGHT = 72
PADDING_X, PADDING_Y, EDGE = 24, 16, 3


class ListScreen(Screen):
    page: ListPage

    def heading(self) -> Heading:
        return self.page.heading

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around, look = self.page, self.around, self.around.look
        below = self._below_height()
        if page.items:
            columns = self._columns(room - below)
            blocks = self._blocks(columns)
            column.addWidget(self.paged("items", blocks, room - below, columns=columns))
        line = QVBoxLayout() if look.portrait else QHBoxLayout()
        line.setSpacing(around.gap)
        width = self._below_width()
        if page.total:
            line.addWidget(words_label(page.total, Role.SECTION, around, width), 1)
        if page.add_label:
            add = Tile(look, page.add_label, shape=ADD)
            add.setObjectName("add")
            add.setFixedHeight(Tile.height_of(look, page.add_label, "", ADD, width))
            add.clicked.connect(lambda: self.reported.emit(ItemAdded()))
            line.addWidget(add, 1)
        column.addLayout(line)

    def least(self) -> int:
        tallest = max((block.height for block in self._blocks(1)), default=0)
        return tallest + self.around.gap + pager_height(self.around) + self.around.gap + self._below_height()

    def _columns(self, room: int) -> int:
        """One column where two would make an item too high for its sheet."""
        columns = self.around.columns
        tallest = max(block.height for block in self._blocks(columns))
        return columns if tallest + self.around.gap + pager_height(self.around) <= room else 1

    def _blocks(self, columns: int) -> list[Block]:
        room = self._room(columns)
        return [self._block(position, item, room) for position, item in enumerate(self.page.items, 1)]

    def _below_width(self) -> int:
        """Lying, the total and one more stand beside each other."""
        both = bool(self.page.total and self.page.add_label) and not self.around.look.portrait
        return self.around.column(2).width if both else self.around.width

    def _below_height(self) -> int:
        page, around, width = self.page, self.around, self._below_width()
        heights = []
        if page.total:
            heights.append(words_height(page.total, Role.SECTION, around, width))
        if page.add_label:
            heights.append(Tile.height_of(around.look, page.add_label, "", ADD, width))
        if not heights:
            return 0
        if around.look.portrait:
            return sum(heights) + len(heights) * around.gap
        return max(heights) + around.gap

    def _block(self, position: int, item: Item, room: int) -> Block:
        px = self.around.px
        height = words_height(breakable(item.title), Role.SECTION, self.around, room)
        if item.detail:
            height += px(4) + words_height(breakable(item.detail), Role.HINT, self.around, room)
        tall = max(height, px(BUTTON_HEIGHT)) + 2 * px(PADDING_Y) + 2 * px(EDGE)
        return Block(tall, partial(self._card, position, item, room))

    def _card(self, position: int, item: Item, room: int) -> QFrame:
        around, px = self.around, self.around.px
        card = QFrame()
        card.setProperty("card", "plain")
        row = QHBoxLayout(card)
        row.setContentsMargins(*around.edges(px(PADDING_X), px(PADDING_Y), px(PADDING_Y), px(PADDING_Y)))
        row.setSpacing(px(16))
        texts = QVBoxLayout()
        texts.setSpacing(px(4))
        for text, role in ((item.title, Role.SECTION), (item.detail, Role.HINT)):
            if text:
                texts.addWidget(words_label(breakable(text), role, around, room))
        texts.addStretch(1)
        row.addLayout(texts, 1)
        for words, event in (("screen.change", ItemChanged(position)), ("screen.remove", ItemRemoved(position))):
            row.addWidget(self._button(words, item.title, event), 0, Qt.AlignmentFlag.AlignVCenter)
        return card

    def _button(self, words: str, title: str, event: Event) -> QPushButton:
        button = QPushButton(self.around.say(words))
        button.setAccessibleName(button.text())
        button.setProperty("role", "plain")
        button.setObjectName(f"{words} {getattr(event, 'position', 0)}")
        button.setAccessibleDescription(title)
        button.setFixedSize(self._button_width(words), self.around.px(BUTTON_HEIGHT))
        button.clicked.connect(lambda: self.reported.emit(event))
        return button

    def _button_width(self, words: str) -> int:
        wide = line_width(self.around.say(words), font_of(self.around.look, Role.NAV)) + self.around.px(40)
        return max(self.around.px(112), wide)

    def _room(self, columns: int) -> int:
        px = self.around.px
        buttons = self._button_width("screen.change") + self._button_width("screen.remove") + 2 * px(16)
        return self.around.column(columns).width - px(PADDING_X) - px(PADDING_Y) - 2 * px(EDGE) - buttons
