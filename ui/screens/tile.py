"""A tile: one big button with wrapped words, painted from the tokens of its look.

A `QPushButton` cuts its words where its edge is; a tile wraps them and knows beforehand how high it must be.
What is chosen comes from the page, so a touch never changes a tile by itself.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.icons import draw_icon
from ui.look import Look
from ui.screens.measure import wrapped_height
from ui.theme import Role, color, font_of

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
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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
        look, px, shape = self.look, self.look.px, self.shape_of
        down, chosen = self.isDown(), self.isChecked()
        filled = down or shape.strong
        fill = "pressed" if down else "primary" if shape.strong else "select" if chosen else "surface"
        words = color(look, "on_primary") if filled else color(look, "text")
        edge_token = fill if filled else "primary" if chosen else "border"
        edge = px(6 if chosen else 3)
        painter.setPen(QPen(color(look, edge_token), edge))
        painter.setBrush(color(look, fill))
        inset = edge / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), px(16), px(16))
        self._draw_sign(painter, words if filled else color(look, "primary" if chosen else "border"))
        left = _left(look, shape)
        area = self.rect().adjusted(left, 0, -px(shape.padding), 0)
        font = font_of(look, shape.role)
        self._draw_words(painter, area, _bold(font) if chosen else font, words)

    def _draw_words(self, painter: QPainter, area: QRect, font: QFont, words: QColor) -> None:
        example_font = font_of(self.look, self.shape_of.example_role)
        tall = wrapped_height(self.label, font, area.width())
        below = wrapped_height(self.example, example_font, area.width()) if self.example else 0
        top = area.top() + (area.height() - tall - below) // 2
        flags = int(Qt.TextFlag.TextWordWrap) | int(
            Qt.AlignmentFlag.AlignHCenter if self.shape_of.centered else Qt.AlignmentFlag.AlignLeft
        )
        painter.setPen(words)
        painter.setFont(font)
        painter.drawText(QRect(area.left(), top, area.width(), tall), flags, self.label)
        if self.example:
            painter.setFont(example_font)
            painter.drawText(QRect(area.left(), top + tall, area.width(), below), flags, self.example)

    def _draw_sign(self, painter: QPainter, ink: QColor) -> None:
        px, shape = self.look.px, self.shape_of
        middle = self.height() / 2
        if shape.icon:
            side = _icon(self.look, shape)
            area = QRectF(px(PADDING_X), middle - side / 2, side, side)
            own = ink if self.isDown() or shape.strong else color(self.look, "primary")
            draw_icon(painter, shape.icon, own, area)
            return
        if shape.sign is Sign.NONE:
            return
        side = px(SIGN)
        area = QRectF(px(PADDING_X), middle - side / 2, side, side)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, px(3)))
        half = px(2)
        if shape.sign is Sign.MANY:
            painter.drawRoundedRect(area.adjusted(half, half, -half, -half), px(6), px(6))
        elif not self.isChecked():
            painter.drawEllipse(area.adjusted(half, half, -half, -half))
        if self.isChecked():
            painter.setPen(QPen(ink, px(6), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            small = 0.22 if shape.sign is Sign.MANY else 0.06
            box = area.adjusted(side * small, side * small, -side * small, -side * small)
            painter.drawPolyline(
                [
                    QPointF(box.left(), box.top() + box.height() * 0.55),
                    QPointF(box.left() + box.width() * 0.36, box.bottom() - box.height() * 0.08),
                    QPointF(box.right(), box.top() + box.height() * 0.12),
                ]
            )

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
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter)
        painter.end()


def words_room(look: Look, shape: TileShape, width: int) -> int:
    """How wide a line of words may be in a tile of this width."""
    return width - _left(look, shape) - look.px(shape.padding)


def _icon(look: Look, shape: TileShape) -> int:
    return look.px(shape.icon_size) if shape.icon else 0


def _left(look: Look, shape: TileShape) -> int:
    """Where the words begin."""
    px = look.px
    if shape.icon:
        return px(PADDING_X) * 2 + _icon(look, shape)
    if shape.sign is Sign.NONE:
        return px(shape.padding)
    return px(PADDING_X + SIGN + SIGN_GAP)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    return bold
