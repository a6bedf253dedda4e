"""Scanning for one switch: the ring moves on by itself, the switch chooses.

The first press begins. Each step waits the set time, the first one on a page twice as long; after some rounds in
which nobody chose the ring rests and the next press begins again.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot


class Scanning(QObject):
    stepped = Signal()  # on to the next stop
    rested = Signal()  # nobody chose for so long

    def __init__(self, parent: QObject, seconds: float, rounds: int) -> None:
        super().__init__(parent)
        self.rounds = rounds
        self._seconds = seconds
        self._steps_left = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._step)

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    @property
    def seconds(self) -> float:
        return self._seconds

    def set_seconds(self, seconds: float) -> None:
        """How long the ring stays; from the next step on."""
        self._seconds = seconds

    def begin(self, stops: int) -> None:
        """From here, where the ring now stands, through so many stops a round."""
        self._steps_left = self.rounds * max(1, stops)
        self._timer.start(round(self._seconds * 2000))

    def stop(self) -> None:
        self._timer.stop()

    @Slot()
    def _step(self) -> None:
        if self._steps_left <= 0:
            self.rested.emit()
            return
        self._steps_left -= 1
        self._timer.start(round(self._seconds * 1000))
        self.stepped.emit()
