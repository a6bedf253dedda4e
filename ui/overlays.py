"""Two frames drawn over the window: the focus ring, and the amber edge of a clerk's screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.look import Look
from ui.theme import color

INK, AMBER = 3, 6


class Overlay(QWidget):
    """Lies over the whole window and lets every touch through."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self.look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, True)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground, True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def set_look(self, look: Look) -> None:
        self.look = look
        self.update()

    def _stroke(self, painter: QPainter, area: QRectF, token: str, width: float, radius: float) -> None:
        painter.setPen(QPen(color(self.look, token), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, radius, radius)


class FocusRing(Overlay):
    """Ink 3, focus colour 6, ink 3 around the control; inside it on the keys of the panel."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window, look)
        self._around: QRect | None = None
        self._inside = False

    def put(self, target: QWidget | None, *, inside: bool = False) -> None:
        window = self.parentWidget()
        if target is None or window is None or not target.isVisible():
            self._around = None
            self.hide()
            return
        self._around = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        self._inside = inside
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.update()

    def area(self) -> QRect | None:
        """Where the ring lies in the window."""
        return self._around if self.isVisible() else None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._around is None:
            return
        px = self.look.px
        ink, amber = px(INK), px(AMBER)
        whole = 2 * ink + amber
        out = -whole if self._inside else 0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self._around)
        for token, width, start in (("focus_ink", ink, 0), ("focus", amber, ink), ("focus_ink", ink, ink + amber)):
            grow = out + start + width / 2
            self._stroke(painter, area.adjusted(-grow, -grow, grow, grow), token, width, px(16) + max(0.0, grow))
        painter.end()


class ClerkFrame(Overlay):
    """Amber round the whole screen while a clerk is signed in."""

    def paintEvent(self, event: QPaintEvent) -> None:
        px = self.look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = px(8)  # as wide as the room over the header's buttons
        area = QRectF(self.rect())
        self._stroke(painter, area.adjusted(width / 2, width / 2, -width / 2, -width / 2), "focus", width, 0)
        inner = width + px(1)
        self._stroke(painter, area.adjusted(inner, inner, -inner, -inner), "focus_ink", px(2), 0)
        painter.end()
