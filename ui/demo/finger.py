"""A finger made of Qt touch events, on a real window with or without a screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

BETWEEN_TAPS_MS = 22  # the guard takes anything much faster for a storm, and drops it


class TouchFinger:
    """Touches go to the window, as those of a panel do; what lies under them is for Qt to find."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._device: QPointingDevice = QTest.createTouchDevice()
        self._since = QElapsedTimer()
        self._since.start()

    def tap(self, widget: QWidget) -> None:
        while self._since.elapsed() < BETWEEN_TAPS_MS:
            QApplication.processEvents()
        self._since.restart()
        middle = widget.mapTo(self._window, widget.rect().center())
        self._send("press", middle)
        self._send("release", middle)

    def draw(self, widget: QWidget, strokes: Sequence[Sequence[QPoint]]) -> None:
        for stroke in strokes:
            on_window = [widget.mapTo(self._window, point) for point in stroke]
            self._send("press", on_window[0])
            for point in on_window[1:]:
                self._send("move", point)
            self._send("release", on_window[-1])

    def _send(self, what: str, point: QPoint) -> None:
        sequence = QTest.touchEvent(self._window, self._device, False)
        getattr(sequence, what)(0, point, self._window)
        sequence.commit()
        QApplication.processEvents()
