"""The last page: the number large, what the slip says, what comes next, and how it was."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.visit.events import Event, TilePressed
from kiosk.visit.pages import DonePage, Heading, Option
from ui.labels import text_label
from ui.screens.measure import wrapped_height
from ui.screens.message import message_card, message_height
from ui.screens.reading import reading_blocks
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Tile, TileShape
from ui.theme import Role, font_of

RATING = TileShape(centered=True, role=Role.SECOND, least=96)
COLUMN_GAP = 32


class DoneScreen(Screen):
    page: DonePage

    def heading(self) -> Heading:
        return Heading(self.page.title)

    def next_action(self) -> tuple[str, Event] | None:
        return self.page.leave_label, TilePressed("leave")

    def build(self, column: QVBoxLayout, room: int) -> None:
        around, px = self.around, self.around.px
        ratings = self._ratings_height()
        room -= ratings
        if around.look.portrait:
            self._facts(column, around.width)
            room -= self._facts_height(around.width)
            self._next_steps(column, room, around.width)
        else:
            width = (around.width - px(COLUMN_GAP)) // 2
            sides = QHBoxLayout()
            sides.setSpacing(px(COLUMN_GAP))
            for facts in (True, False):
                holder = QWidget()
                holder.setFixedWidth(width)
                side = QVBoxLayout(holder)
                side.setContentsMargins(0, 0, 0, 0)
                side.setSpacing(around.gap)
                if facts:
                    self._facts(side, width)
                else:
                    self._next_steps(side, room, width)
                side.addStretch(1)
                sides.addWidget(holder)
            column.addLayout(sides)
        self._rate(column)

    # Its parts

    def _facts(self, column: QVBoxLayout, width: int) -> None:
        page, around, px = self.page, self._at(width), self.around.px
        box = QFrame()
        box.setProperty("card", "plain")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(px(24), px(16), px(24), px(16))
        number = text_label(page.ticket_number, Role.NUMBER)
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(number)
        box.setFixedHeight(self._number_height(width))
        column.addWidget(box)
        column.addWidget(message_card(page.status, "check", "good", around))
        column.addWidget(message_card(page.paper, "paper", "plain", around))

    def _facts_height(self, width: int) -> int:
        page, around = self.page, self._at(width)
        messages = message_height(page.status, around) + message_height(page.paper, around)
        return self._number_height(width) + messages + 3 * around.gap

    def _number_height(self, width: int) -> int:
        px, font = self.around.px, font_of(self.around.look, Role.NUMBER)
        return wrapped_height(self.page.ticket_number, font, width - px(54)) + px(38)

    def _next_steps(self, column: QVBoxLayout, room: int, width: int) -> None:
        around = self._at(width)
        blocks = reading_blocks(self.page.next_steps, Role.BODY, around, room, width)
        column.addWidget(self.paged("next steps", blocks, room))

    def _rate(self, column: QVBoxLayout) -> None:
        if not self.page.ratings:
            return
        around, look = self.around, self.around.look
        question = text_label(around.say("screen.rate"), Role.HINT)
        question.setFixedHeight(wrapped_height(around.say("screen.rate"), font_of(look, Role.HINT), around.width))
        column.addWidget(question)
        row = QHBoxLayout()
        row.setSpacing(around.px(16))
        width = self._rating_width()
        tall = max(Tile.height_of(look, one.label, "", RATING, width) for one in self.page.ratings)
        for option in self.page.ratings:
            row.addWidget(self._rating(option, tall))
        column.addLayout(row)

    def _rating(self, option: Option, tall: int) -> Tile:
        tile = Tile(self.around.look, option.label, shape=RATING)
        tile.setCheckable(True)
        tile.setChecked(option.chosen)
        tile.setObjectName(f"tile {option.code}")
        tile.setFixedHeight(tall)
        tile.clicked.connect(lambda: self.reported.emit(TilePressed(option.code)))
        return tile

    def _rating_width(self) -> int:
        count = max(1, len(self.page.ratings))
        return (self.around.width - (count - 1) * self.around.px(16)) // count

    def _ratings_height(self) -> int:
        if not self.page.ratings:
            return 0
        around, look, width = self.around, self.around.look, self._rating_width()
        tall = max(Tile.height_of(look, one.label, "", RATING, width) for one in self.page.ratings)
        words = wrapped_height(around.say("screen.rate"), font_of(look, Role.HINT), around.width)
        return words + tall + 2 * around.gap

    def _at(self, width: int) -> Surroundings:
        return replace(self.around, width=width)
