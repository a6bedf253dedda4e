"""A tile: one big button with wrapped words, painted from the tokens of its look.

A `QPushButton` cuts its words where its edge is; a tile wraps them and knows beforehand how high it must be.
What is chosen comes from the page, so a touch never changes a tile by itself.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.icons import draw_icon, draw_shapes
from ui.letters import drawn
from ui.look import Look
from ui.screens.measure import WRAPPED, WRAPPED_IN_MIDDLE, wrapped_height
from ui.theme import Role, font_of, palette_of

PADDING_X = 24
PADDING_Y = 18
SIGN = 36
SIGN_GAP = 20


class Sign(Enum):
    NONE = "none"
    ONE = "one"  # ○ or ✓: one of these
    MANY = "many"  # a box: any of these


class TileShape(NamedTuple):
    """What a tile looks like whatever it says."""

    sign: Sign = Sign.NONE
    role: Role = Role.BODY
    example_role: Role = Role.HINT
    least: int = 96
    icon: str = ""
    icon_size: int = 72
    strong: bool = False  # filled, for the one thing to do here
    centered: bool = False
    padding: int = PADDING_X


PLAIN = TileShape()


class Tile(QPushButton):
    def __init__(
        self,
        look: Look,
        label: str,
        example: str = "",
        *,
        chosen: bool = False,
        shape: TileShape = PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self.label = label
        self.example = example
        self.shape_of = shape
        self._heights: dict[int, int] = {}  # by width; a layout asks again and again
        self.setAccessibleName(label)
        self.setAccessibleDescription(example)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if shape.sign is not Sign.NONE:
            self.setCheckable(True)
            self.setAutoExclusive(shape.sign is Sign.ONE)
            self.setChecked(chosen)

    @classmethod
    def height_of(cls, look: Look, label: str, example: str, shape: TileShape, width: int) -> int:
        """How high a tile with these words is at this width, before there is one."""
        room = words_room(look, shape, width)
        height = wrapped_height(label, _bold(font_of(look, shape.role)), room)
        if example:
            height += wrapped_height(example, font_of(look, shape.example_role), room)
        return max(look.px(shape.least), height + 2 * look.px(PADDING_Y), _icon(look, shape) + 2 * look.px(PADDING_Y))

    # Painting

    def _draw(self, painter: QPainter) -> None:
        look, shape, colours = self.look, self.shape_of, palette_of(self.look)
        down, chosen = self.isDown(), self.isChecked()
        filled = down or shape.strong
        fill = colours.pressed if down else colours.primary if shape.strong else colours.surface
        if chosen and not filled:
            fill = colours.select
        words = colours.on_primary if filled else colours.text
        edge = fill if filled else colours.primary if chosen else colours.border
        draw_shapes(painter, self._box(fill, edge) + self._sign(words if filled else edge), QRectF(self.rect()))
        if shape.icon:
            side = _icon(look, shape)
            area = QRectF(self._from_start(look.px(PADDING_X), side), (self.height() - side) / 2, side, side)
            draw_icon(painter, shape.icon, QColor(words if filled else colours.primary), area)
        room = words_room(look, shape, self.width())
        area_of_words = QRect(int(self._from_start(_left(look, shape), room)), 0, room, self.height())
        font = font_of(look, shape.role)
        self._draw_words(painter, area_of_words, _bold(font) if chosen else font, QColor(words))

    def _draw_words(self, painter: QPainter, area: QRect, font: QFont, words: QColor) -> None:
        example_font = font_of(self.look, self.shape_of.example_role)
        tall = wrapped_height(self.label, font, area.width())
        below = wrapped_height(self.example, example_font, area.width()) if self.example else 0
        top = area.top() + (area.height() - tall - below) // 2
        flags = WRAPPED_IN_MIDDLE if self.shape_of.centered else WRAPPED
        if painter.pen().color() != words:  # mostly the style sheet's already; setting one makes all of Qt's enums
            painter.setPen(words)
        painter.setFont(font)
        painter.drawText(QRect(area.left(), top, area.width(), tall), flags, drawn(self.label))
        if self.example:
            painter.setFont(example_font)
            painter.drawText(QRect(area.left(), top + tall, area.width(), below), flags, drawn(self.example))

    def _from_start(self, gap: int, width: int) -> float:
        """The left side of something so wide that stands so far from where lines begin."""
        return float(self.width() - gap - width if self.isRightToLeft() else gap)

    def _box(self, fill: str, edge: str) -> str:
        px = self.look.px
        thick = px(6 if self.isChecked() else 3)
        return (
            f'<rect x="{thick / 2}" y="{thick / 2}" width="{self.width() - thick}" height="{self.height() - thick}"'
            f' rx="{px(16)}" fill="{fill}" stroke="{edge}" stroke-width="{thick}"/>'
        )

    def _sign(self, ink: str) -> str:
        """○ or a box before the words, ticked when this is chosen."""
        px, kind = self.look.px, self.shape_of.sign
        if kind is Sign.NONE:
            return ""
        side, half = _sign_side(self.look), px(2)
        left, top = self._from_start(px(PADDING_X), side), (self.height() - side) / 2
        inner = side - 2 * half
        sign = ""
        if kind is Sign.MANY:
            sign = f'<rect x="{left + half}" y="{top + half}" width="{inner}" height="{inner}" rx="{px(6)}" {{}}/>'
        elif not self.isChecked():
            sign = f'<circle cx="{left + side / 2}" cy="{top + side / 2}" r="{inner / 2}" {{}}/>'
        sign = sign.format(f'fill="none" stroke="{ink}" stroke-width="{px(3)}"')
        if self.isChecked():
            within = side * (0.22 if kind is Sign.MANY else 0.06)
            left, top, size = left + within, top + within, side - 2 * within
            places = ((0.0, 0.55), (0.36, 0.92), (1.0, 0.12))
            points = " ".join(f"{left + across * size},{top + down * size}" for across, down in places)
            sign += (
                f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="{px(6)}"'
                ' stroke-linecap="round" stroke-linejoin="round"/>'
            )
        return sign

    # Qt's own

    def nextCheckState(self) -> None:
        """Nothing: the page says what is chosen."""

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self.height_of(self.look, self.label, self.example, self.shape_of, width)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(320), self.heightForWidth(self.look.px(320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(96), self.look.px(self.shape_of.least))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._draw(painter)
        painter.end()


def words_room(look: Look, shape: TileShape, width: int) -> int:
    """How wide a line of words may be in a tile of this width."""
    return width - _left(look, shape) - look.px(shape.padding)


def _icon(look: Look, shape: TileShape) -> int:
    return look.px(shape.icon_size) if shape.icon else 0


def _sign_side(look: Look) -> int:
    """○ and ✓ grow with the letters beside them."""
    return look.px(SIGN * max(1.0, min(look.size.factor, 1.4)))


def _left(look: Look, shape: TileShape) -> int:
    """Where the words begin."""
    px = look.px
    if shape.icon:
        return px(PADDING_X) * 2 + _icon(look, shape)
    if shape.sign is Sign.NONE:
        return px(shape.padding)
    return px(PADDING_X + SIGN_GAP) + _sign_side(look)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    return bold
