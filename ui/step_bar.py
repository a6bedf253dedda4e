"""How far along a visit is, as a bar under the words that say so."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.look import Look
from ui.theme import color


class StepBar(QWidget):
    """How far along, as a bar; the words above it say the same."""

    def __init__(self, look: Look, step: int, steps: int) -> None:
        super().__init__()
        self._look, self._share = look, (step / steps if steps else 0.0)
        self.setFixedHeight(look.px(20 if look.portrait else 16))

    def show_step(self, step: int, steps: int) -> None:
        self._share = step / steps if steps else 0.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, px = self._look, self._look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(color(look, "border"), px(2)))
        painter.setBrush(color(look, "select"))
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        if self._share > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(look, "primary"))
            done = QRectF(area)
            done.setWidth(max(area.height(), area.width() * min(1.0, self._share)))
            if self.isRightToLeft():
                done.moveRight(area.right())
            painter.drawRoundedRect(done, area.height() / 2, area.height() / 2)
        painter.end()
