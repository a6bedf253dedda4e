"""黑屏朗读: nothing is shown and all is read. A touch lights the screen; keys go on as before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.look import Look, Theme
from ui.theme import Role, color, font_of


class DarkCover(QWidget):
    lit = Signal()

    def __init__(self, window: QWidget, look: Look, words: str) -> None:
        super().__init__(window)
        self._look, self._words = look._replace(theme=Theme.CONTRAST), words
        self.setObjectName("dark")
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(window.rect())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
            event.accept()
            self.lit.emit()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color(self._look, "bg"))
        painter.setPen(color(self._look, "text2"))
        painter.setFont(font_of(self._look, Role.HINT))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
