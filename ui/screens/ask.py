"""One decision outside the form; with a ring where time runs."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.visit.events import TilePressed
from kiosk.visit.pages import AskPage, Heading, Option
from ui.look import Look
from ui.screens.paged import Block
from ui.screens.screen import Screen
from ui.screens.tile import Tile, TileShape
from ui.theme import Role, color, font_of

SAFE = TileShape(strong=True, least=128, role=Role.SECTION)
EVEN = TileShape(least=128, role=Role.SECTION)  # nothing hangs on it, such as which language
OTHER = TileShape(least=112, role=Role.BODY)
WHOLE_RING = 60  # seconds; a longer wait starts with a full ring


class Countdown(QWidget):
    """The seconds left, as a number in a ring that grows shorter."""

    def __init__(self, look: Look, seconds: int) -> None:
        super().__init__()
        self._look = look
        self.seconds = seconds
        self.setFixedSize(look.px(240), look.px(240))

    def show_seconds(self, seconds: int) -> None:
        self.seconds = seconds
        self.setAccessibleName(str(seconds))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, px = self._look, self._look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = px(12)
        area = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(QPen(color(look, "select"), px(20)))
        painter.drawEllipse(area)
        pen = QPen(color(look, "primary"), px(20), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        share = min(1.0, self.seconds / WHOLE_RING)
        painter.drawArc(area, 90 * 16, round(share * 360 * 16))
        painter.setPen(color(look, "text"))
        painter.setFont(font_of(look, Role.NUMBER))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), str(self.seconds))
        painter.end()


class AskScreen(Screen):
    page: AskPage

    def show_page(self, page: object) -> None:
        """A second gone by turns the ring and nothing else."""
        old = self.page
        if isinstance(old, AskPage) and isinstance(page, AskPage) and self._ring is not None:
            same = (old.frame, old.title, old.hint, old.options) == (page.frame, page.title, page.hint, page.options)
            if same and page.seconds_left:
                self.page = page
                self._ring.show_seconds(page.seconds_left)
                return
        super().show_page(page)

    _ring: Countdown | None = None

    def heading(self) -> Heading:
        return Heading(self.page.title, self.page.hint)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        self._ring = None
        if page.seconds_left:
            self._ring = Countdown(around.look, page.seconds_left)
            column.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
            room -= self._ring.height() + around.gap
        gap = max(around.gap, around.px(16))
        width = (around.width - (around.columns - 1) * gap) // around.columns
        blocks = [self._block(place, option, width) for place, option in enumerate(page.options)]
        column.addWidget(self.paged("options", blocks, room, columns=around.columns))

    def _block(self, place: int, option: Option, width: int) -> Block:
        look, shape = self.around.look, SAFE if place == 0 else OTHER
        if not self.page.hint:
            shape = EVEN

        def build() -> Tile:
            tile = Tile(look, option.label, option.example, shape=shape)
            tile.setObjectName(f"tile {option.code}")
            tile.clicked.connect(lambda: self.reported.emit(TilePressed(option.code)))
            return tile

        return Block(Tile.height_of(look, option.label, option.example, shape, width), build)
