"""The last page: the number large, what the slip says, what comes next, and how it was."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.visit.events import Event, TilePressed
from kiosk.visit.pages import DonePage, Heading, Option
from ui.codes import QrPicture
from ui.labels import At, text_label
from ui.screens.measure import line_width
from ui.screens.message import message_card, message_height
from ui.screens.parts import words_height, words_label
from ui.screens.reading import reading_blocks
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Tile, TileShape, words_room
from ui.theme import Role, font_of

RATING = TileShape(centered=True, role=Role.NAV, least=96, padding=12)
A4 = TileShape(least=96, icon="paper", icon_size=48)
COLUMN_GAP = 32
CODE_SIZE = 240
LEAST_TO_READ = 400  # of the next steps, before the rating
CENTRE = Qt.AlignmentFlag.AlignHCenter


class DoneScreen(Screen):
    page: DonePage

    def heading(self) -> Heading:
        return Heading(self.page.title)

    def next_action(self) -> tuple[str, Event] | None:
        return self.page.leave_label, TilePressed("leave")

    def build(self, column: QVBoxLayout, room: int) -> None:
        around = self.around
        if around.look.portrait:
            self._facts(column, around)
            self._rest(column, room - self._facts_height(around), around)
            return
        half = around._replace(width=(around.width - around.px(COLUMN_GAP)) // 2)
        sides = QHBoxLayout()
        sides.setSpacing(around.px(COLUMN_GAP))
        for fill in (self._facts, partial(self._rest, room=room)):
            holder = QWidget()
            holder.setFixedWidth(half.width)
            side = QVBoxLayout(holder)
            side.setContentsMargins(0, 0, 0, 0)
            side.setSpacing(around.gap)
            fill(side, around=half)
            side.addStretch(1)
            sides.addWidget(holder)
        column.addLayout(sides)

    # Its parts

    def _facts(self, column: QVBoxLayout, around: Surroundings) -> None:
        page, px = self.page, around.px
        box = QFrame()
        box.setProperty("card", "plain")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(px(24), px(16), px(24), px(16))
        number = text_label(page.ticket_number, Role.NUMBER, at=At.CENTRE)
        inside.addWidget(number)
        box.setFixedHeight(self._number_height(around))
        column.addWidget(box)
        if page.code and around.look.portrait:
            column.addWidget(self._code(around), 0, CENTRE)
        column.addWidget(message_card(page.status, "wait", "warn", around))
        column.addWidget(message_card(page.paper, "paper", "plain", around))

    def _facts_height(self, around: Surroundings) -> int:
        messages = message_height(self.page.status, around) + message_height(self.page.paper, around)
        code = around.px(CODE_SIZE) + around.gap if self.page.code and around.look.portrait else 0
        return self._number_height(around) + messages + code + 3 * around.gap

    def _number_height(self, around: Surroundings) -> int:
        px = around.px
        return words_height(self.page.ticket_number, Role.NUMBER, around, around.width - px(54)) + px(38)

    def _rest(self, column: QVBoxLayout, room: int, around: Surroundings) -> None:
        """What comes next, and under it the rating."""
        question, tall = self.page.question or around.say("screen.rate"), self._rating_height(around)
        if self.page.code and not around.look.portrait:
            column.addWidget(self._code(around), 0, CENTRE)
            room -= around.px(CODE_SIZE) + around.gap
        if self.page.a4_label:
            tile = self._a4_tile(around)
            column.addWidget(tile)
            room -= tile.height() + around.gap
        # Where the code to photograph leaves no room, how it was is not asked.
        asks = bool(self.page.ratings) and (not self.page.code or room - tall >= around.px(LEAST_TO_READ))
        if asks:
            room -= words_height(question, Role.HINT, around) + tall + 2 * around.gap
        blocks = reading_blocks(self.page.next_steps, Role.BODY, around, room, around.width)
        column.addWidget(self.paged("next steps", blocks, room))
        if not asks:
            return
        column.addWidget(words_label(question, Role.HINT, around))
        row = QHBoxLayout()
        row.setSpacing(around.px(16))
        for option in self.page.ratings:
            row.addWidget(self._rating(option, tall, around))
        column.addLayout(row)

    def _code(self, around: Surroundings) -> QrPicture:
        return QrPicture(around.look, self.page.code, around.px(CODE_SIZE), around.say("screen.code_to_photograph"))

    def _a4_tile(self, around: Surroundings) -> Tile:
        label = self.page.a4_label
        tile = Tile(around.look, label, shape=A4)
        tile.setFixedHeight(Tile.height_of(around.look, label, "", A4, around.width))
        tile.setObjectName("tile a4")
        tile.clicked.connect(lambda: self.reported.emit(TilePressed("a4")))
        return tile

    def _rating(self, option: Option, tall: int, around: Surroundings) -> Tile:
        tile = Tile(self.around.look, option.label, shape=self._rating_shape(around))
        tile.setCheckable(True)
        tile.setAutoExclusive(True)
        tile.setChecked(option.chosen)
        tile.setObjectName(f"tile {option.code}")
        tile.setFixedHeight(tall)
        tile.clicked.connect(lambda: self.reported.emit(TilePressed(option.code)))
        return tile

    def _rating_width(self, around: Surroundings) -> int:
        count = max(1, len(self.page.ratings))
        return (around.width - (count - 1) * around.px(16)) // count

    def _rating_shape(self, around: Surroundings) -> TileShape:
        """Small letters where a word would not fit into a fifth of the width."""
        room = words_room(around.look, RATING, self._rating_width(around))
        font = font_of(around.look, Role.NAV)
        font.setWeight(font.Weight.Bold)
        words = [word for one in self.page.ratings for word in one.label.split()]
        fits = all(line_width(word, font) <= room for word in words)
        return RATING if fits else RATING._replace(role=Role.SECOND)

    def _rating_height(self, around: Surroundings) -> int:
        shape, width = self._rating_shape(around), self._rating_width(around)
        return max((Tile.height_of(around.look, one.label, "", shape, width) for one in self.page.ratings), default=0)
