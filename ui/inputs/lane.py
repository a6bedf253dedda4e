"""One thread that recognises ink, and the rule that only the newest question is answered.

Each question has a number. A question that a newer one has overtaken is not even looked at, and an answer that
comes after a newer question, or after `forget`, is dropped on arrival.
"""

from __future__ import annotations

import queue
import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ui.inputs.handwriting import Recogniser, Strokes


class InkLane(QObject):
    answered = Signal(int, tuple)  # number, candidates; only ever for the newest question
    ready = Signal(bool)  # the recogniser is loaded, or there is none
    _arrived = Signal(int, tuple)
    _loaded = Signal(bool)

    def __init__(self, recogniser: Recogniser, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recogniser = recogniser
        self._questions: queue.SimpleQueue[tuple[int, Strokes, int, bool] | None] = queue.SimpleQueue()
        self._given = 0
        self._newest = 0
        self._thread = threading.Thread(target=self._work, name="ink", daemon=True)
        self._arrived.connect(self._take_answer, Qt.ConnectionType.QueuedConnection)
        self._loaded.connect(self.ready, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Load the recogniser on the lane's own thread; `ready` says how that went."""
        self._thread.start()

    def stop(self) -> None:
        self.forget()
        self._questions.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def ask(self, strokes: Strokes, k: int, *, names: bool = False) -> int:
        """`names`: several characters side by side instead of one."""
        self._given += 1
        self._newest = self._given
        self._questions.put((self._given, strokes, k, names))
        return self._given

    def forget(self) -> None:
        """No answer to anything asked so far is wanted any more."""
        self._given += 1
        self._newest = self._given

    @Slot(int, tuple)
    def _take_answer(self, number: int, found: tuple[str, ...]) -> None:
        if number == self._newest:
            self.answered.emit(number, found)

    def _work(self) -> None:
        try:
            self._recogniser.load()
        except Exception:  # noqa: BLE001 whatever keeps the model from loading, the kiosk goes on without it
            self._loaded.emit(False)
            return
        self._loaded.emit(True)
        while (question := self._questions.get()) is not None:
            number, strokes, k, names = question
            if number != self._newest:
                continue
            try:
                read = self._recogniser.names if names else self._recogniser.characters
                found = tuple(read(strokes, k))
            except Exception:  # noqa: BLE001 one unreadable scribble must not end the lane
                found = ()
            self._arrived.emit(number, found)
