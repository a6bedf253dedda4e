"""Two frames drawn over the window: the focus ring, and the amber edge of a clerk's screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.look import Look
from ui.theme import Role, color, font_of

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
    """Ink 3, focus colour 6, ink 3 around the control; inside it on the keys of the panel.

    Where choosing leads out of a group, the words for that stand on the ring.
    """

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window, look)
        self._around: QRect | None = None
        self._inside = False
        self._words = ""

    def put(self, area: QRect, *, inside: bool = False, words: str = "") -> None:
        window = self.parentWidget()
        if window is None:
            return
        before = self._reach()
        self._around, self._inside, self._words = area, inside, words
        if self.geometry() != window.rect():
            self.setGeometry(window.rect())
        self.show()
        self.raise_()
        for changed in (before, self._reach()):  # and nothing else: what lies under it is painted with it
            self.update(changed)

    def take_away(self) -> None:
        self._around = None
        self.hide()

    def _reach(self) -> QRect:
        """All that the ring and its words may cover."""
        if self._around is None:
            return QRect()
        edge = self.look.px(2 * INK + AMBER) + 2
        reach = self._around.adjusted(-edge, -edge, edge, edge)
        return reach.united(self._plate().toAlignedRect().adjusted(-edge, -edge, edge, edge)) if self._words else reach

    def _plate(self) -> QRectF:
        assert self._around is not None
        px = self.look.px
        wide = QFontMetrics(font_of(self.look, Role.NEXT)).horizontalAdvance(self._words) + px(96)
        plate = QRectF(0, 0, wide, px(84))
        plate.moveCenter(QRectF(self._around).center())
        return plate

    def area(self) -> QRect | None:
        """Where the ring lies in the window."""
        return self._around if self.isVisible() else None

    def words(self) -> str:
        """What stands on it."""
        return self._words if self.isVisible() else ""

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
        if self._words:
            self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        """A plate in the middle of the group, in the ring's two colours."""
        px, font, plate = self.look.px, font_of(self.look, Role.NEXT), self._plate()
        painter.setPen(QPen(color(self.look, "focus_ink"), px(INK)))
        painter.setBrush(color(self.look, "focus"))
        painter.drawRoundedRect(plate, px(16), px(16))
        painter.setFont(font)
        painter.setPen(color(self.look, "focus_ink"))
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), self._words)


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
