"""A sign that what was touched is on its way, for whatever takes longer than a touch should.

After 0.4 s an hourglass, after 2 s words beside it. The page stays as it is and
every touch goes through the sign.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.icons import draw_icon
from ui.look import Look
from ui.overlays import Overlay
from ui.theme import Role, color, font_of, palette_of

SIGN_MS = 400
WORDS_MS = 2000
LOOK_EVERY_MS = 50


class BusySign(Overlay):
    """An hourglass on a plate in the middle of the window, with words once it takes long."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window, look)
        self.words = ""

    def say(self, words: str, look: Look) -> None:
        """Be there, with these words; none for the hourglass alone."""
        window = self.parentWidget()
        if window is None or (self.isVisible() and self.words == words and self.look == look):
            return
        self.words, self.look = words, look
        self.setAccessibleName(words)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        px, font = self.look.px, font_of(self.look, Role.SECTION)
        side = px(96)
        wide = QFontMetrics(font).horizontalAdvance(self.words) + px(32) if self.words else 0
        plate = QRectF(0, 0, side + wide + 2 * px(32), side + 2 * px(32))
        plate.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color(self.look, "primary"), px(6)))
        painter.setBrush(color(self.look, "surface"))
        painter.drawRoundedRect(plate, px(16), px(16))
        inner = plate.adjusted(px(32), px(32), -px(32), -px(32))
        mirrored = self.isRightToLeft()
        left = inner.right() - side if mirrored else inner.left()
        draw_icon(painter, "wait", QColor(palette_of(self.look).primary), QRectF(left, inner.top(), side, side))
        if self.words:
            painter.setPen(color(self.look, "text"))
            painter.setFont(font)
            area = inner.adjusted(0, 0, -side - px(32), 0) if mirrored else inner.adjusted(side + px(32), 0, 0, 0)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), self.words)
        painter.end()


class Busy(QObject):
    """Looks after each touch whether it is still waited for, and shows the sign for as long as it is."""

    def __init__(
        self,
        window: QWidget,
        waiting: Callable[[], bool],
        look: Callable[[], Look],
        words: Callable[[], str],
        *,
        sign_ms: int = SIGN_MS,
        words_ms: int = WORDS_MS,
    ) -> None:
        super().__init__(window)
        self._window, self._waiting, self._look, self._words = window, waiting, look, words
        self._sign_ms, self._words_ms = sign_ms, words_ms
        self._waited_ms = 0
        self.sign: BusySign | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look_again)

    @Slot()
    def touched(self) -> None:
        """Somebody touched something: from now on it may take too long."""
        if not self._timer.isActive():
            self._waited_ms = 0
            self._timer.start(min(LOOK_EVERY_MS, self._sign_ms))

    def stop(self) -> None:
        self._timer.stop()
        if self.sign is not None:
            self.sign.hide()

    @Slot()
    def _look_again(self) -> None:
        if not self._waiting():
            self.stop()
            return
        self._waited_ms += self._timer.interval()
        if self._waited_ms >= self._sign_ms:
            if self.sign is None:
                self.sign = BusySign(self._window, self._look())
            self.sign.say(self._words() if self._waited_ms >= self._words_ms else "", self._look())
