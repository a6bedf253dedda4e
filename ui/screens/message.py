"""A sentence with its sign in a card: something happened, is happening, or is to be done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.icons import draw_icon
from ui.labels import At, text_label
from ui.look import Look
from ui.screens.measure import wrapped_height
from ui.screens.surroundings import Surroundings
from ui.theme import Role, color, font_of

PADDING = 24
TONES = {"plain": "primary", "warn": "warn", "good": "success"}


class Picture(QWidget):
    """A sign as a picture beside the words that say the same."""

    def __init__(self, look: Look, icon: str, side: int, ink: str = "primary") -> None:
        super().__init__()
        self._look, self._icon, self._ink = look, icon, ink
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_icon(painter, self._icon, color(self._look, self._ink), QRectF(self.rect()))
        painter.end()


def message_card(message: str, icon: str, tone: str, around: Surroundings, *, large: bool = False) -> QFrame:
    card = QFrame()
    card.setProperty("card", tone)
    px = around.px
    row = QHBoxLayout(card)
    row.setContentsMargins(px(PADDING), px(PADDING), px(PADDING), px(PADDING))
    row.setSpacing(px(PADDING))
    row.addWidget(Picture(around.look, icon, _side(around, large), TONES[tone]))
    words = text_label(message, _role(large), at=At.START_MIDDLE)
    row.addWidget(words, 1)
    card.setFixedHeight(message_height(message, around, large=large))
    return card


def message_height(message: str, around: Surroundings, *, large: bool = False) -> int:
    px = around.px
    room = around.width - 3 * px(PADDING) - 2 * px(3) - _side(around, large)
    words = wrapped_height(message, font_of(around.look, _role(large)), room)
    return max(words, _side(around, large)) + 2 * px(PADDING) + 2 * px(3)


def _side(around: Surroundings, large: bool) -> int:
    return around.px(120 if large else 56)


def _role(large: bool) -> Role:
    return Role.SECTION if large else Role.BODY
