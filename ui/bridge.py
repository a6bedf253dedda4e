"""The only way across threads: work goes to the desk's thread, its outcome comes back as a queued signal.

A `Desk` belongs to the thread that opened it, so it is opened, used and closed in here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.errors import KioskTrouble

if TYPE_CHECKING:
    from kiosk.desk import Desk

Work = Callable[["Desk"], Any]
Then = Callable[[Any], None]


class Bridge(QObject):
    """One lane to the desk. Outcomes arrive on the thread this object lives on, in the order of the asking."""

    _came = Signal(object, object)
    broke = Signal(object)  # a bug on the desk's thread: the exception

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        super().__init__()
        self._open_desk = open_desk
        self._orders: SimpleQueue[tuple[Work, Then] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="desk", daemon=True)
        self._came.connect(self._bring, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        self._thread.start()

    def ask(self, work: Work, then: Then) -> None:
        """Run `work` with the desk; `then` gets what it returned, or the KioskTrouble it met."""
        self._orders.put((work, then))

    def close(self, wait_seconds: float = 20.0) -> None:
        """Finish what was asked, close the desk, end the thread."""
        self._orders.put(None)
        if self._thread.is_alive():
            self._thread.join(wait_seconds)

    @Slot(object, object)
    def _bring(self, then: Then, outcome: object) -> None:
        then(outcome)

    def _serve(self) -> None:
        try:
            desk: Desk | KioskTrouble = self._open_desk()
        except KioskTrouble as trouble:
            desk = trouble  # every order is answered with it, until somebody has helped
        except Exception as bug:  # noqa: BLE001 - the thread's edge: a bug must reach the window, which goes out of service
            self.broke.emit(bug)
            return
        while (order := self._orders.get()) is not None:
            work, then = order
            if isinstance(desk, KioskTrouble):
                self._came.emit(then, desk)
                continue
            try:
                outcome = work(desk)
            except KioskTrouble as trouble:
                outcome = trouble
            except Exception as bug:  # noqa: BLE001 - the thread's edge, as above
                self.broke.emit(bug)
                continue
            self._came.emit(then, outcome)
        if not isinstance(desk, KioskTrouble):
            desk.close()
