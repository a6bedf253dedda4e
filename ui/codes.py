"""A code on the screen, to be photographed: dark on light in every theme, with its quiet zone."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.look import Look
from ui.theme import color

QUIET_MODULES = 4


class QrPicture(QWidget):
    """Model 2, level M, as on the slip. Its content is told to assistive programs in words, not in letters."""

    def __init__(self, look: Look, content: str, side: int, name: str) -> None:
        super().__init__()
        pair = (color(look, "surface"), color(look, "text"))
        self._paper, self._ink = sorted(pair, key=lambda one: -one.lightness())  # never inverted: cameras want it so
        self._matrix = _matrix(content)
        self.setFixedSize(side, side)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._paper)
        modules = len(self._matrix) + 2 * QUIET_MODULES
        module = self.width() // modules
        start = (self.width() - module * len(self._matrix)) // 2
        for row, cells in enumerate(self._matrix):
            for column, dark in enumerate(cells):
                if dark:
                    square = QRect(start + column * module, start + row * module, module, module)
                    painter.fillRect(square, self._ink)
        painter.end()


def _matrix(content: str) -> list[list[bool]]:
    import qrcode  # only the last page needs it

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(content)
    code.make()
    return [[bool(cell) for cell in row] for row in code.get_matrix()]
