"""What guidance tells before a form begins: short passages under their headings, turned sheet by sheet."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout

from kiosk.visit.events import TilePressed
from kiosk.visit.pages import Heading, Passage, SignpostPage
from ui.screens.paged import Block, pager_height
from ui.screens.parts import words_height, words_label
from ui.screens.reading import reading_blocks
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Tile, TileShape
from ui.theme import Role

AGAIN = TileShape(centered=True, least=96)
PADDING_X, PADDING_Y = 24, 14
EDGE = 3
LINE_GAP = 8
TONES = {"plain": "plain", "warn": "warn"}


class SignpostScreen(Screen):
    page: SignpostPage

    def heading(self) -> Heading:
        return self.page.heading

    def least(self) -> int:
        return self.around.px(480)

    def build(self, column: QVBoxLayout, room: int) -> None:
        """Upright, asking again stays in reach on every sheet; lying there is no room for it but after the last card."""
        page, around = self.page, self.around
        narrow = around.column(around.columns)
        again = Tile.height_of(around.look, page.again_label, "", AGAIN, narrow.width) if page.again_label else 0
        if around.look.portrait and again:
            room -= again + around.gap
        blocks = [block for one in page.passages for block in passage_blocks(one, narrow, room)]
        if not around.look.portrait and again:
            blocks.append(Block(again, self._again))
        column.addWidget(self.paged("passages", blocks, room, columns=around.columns))
        if around.look.portrait and again:
            tile = self._again()
            tile.setFixedHeight(again)
            column.addWidget(tile)

    def _again(self) -> Tile:
        tile = Tile(self.around.look, self.page.again_label, shape=AGAIN)
        tile.setObjectName("tile again")
        tile.clicked.connect(lambda: self.reported.emit(TilePressed("again")))
        return tile


def passage_blocks(passage: Passage, around: Surroundings, room: int) -> list[Block]:
    """A card for the passage; one too long for a sheet goes on in cards of its own."""
    px, gap = around.px, around.px(LINE_GAP)
    width = around.width - 2 * px(PADDING_X) - 2 * px(EDGE)
    edges = 2 * px(PADDING_Y) + 2 * px(EDGE)
    title = words_height(passage.title, Role.STEP, around, width)
    most = room - pager_height(around) - around.gap - edges - title
    if around.look.size.big and around.look.portrait:
        most = min(most, room // 2)  # so that no sheet is left half empty
    lines = reading_blocks(passage.lines, Role.BODY, around, most + pager_height(around) + around.gap, width)
    cards: list[list[Block]] = [[]]
    height = 0
    for line in lines:
        if cards[-1] and height + gap + line.height > most:
            cards.append([])
            height = 0
        height += gap + line.height
        cards[-1].append(line)
    blocks = []
    for at, card in enumerate(cards):
        words = passage.title if at == 0 else around.say("screen.continued", label=passage.title)
        head = words_height(words, Role.STEP, around, width)
        tall = edges + head + sum(gap + line.height for line in card)
        blocks.append(Block(tall, partial(_card, words, card, passage.tone, around, width)))
    return blocks


def _card(title: str, lines: list[Block], tone: str, around: Surroundings, width: int) -> QFrame:
    px = around.px
    card = QFrame()
    card.setProperty("card", TONES.get(tone, "plain"))
    column = QVBoxLayout(card)
    column.setContentsMargins(px(PADDING_X), px(PADDING_Y), px(PADDING_X), px(PADDING_Y))
    column.setSpacing(px(LINE_GAP))
    column.addWidget(words_label(title, Role.STEP, around, width))
    for line in lines:
        words = line.build()
        words.setFixedHeight(line.height)
        column.addWidget(words)
    column.addStretch(1)
    return card
