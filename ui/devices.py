"""Device loops as signals: the ticket spooler and the card reader, each on its own thread.

Every device is optional. What a thread notices arrives on the window's thread by a queued signal.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.clock import Clock
from kiosk.settings import Settings
from kiosk.visit.events import CardFailed, CardRead, PaperReported

if TYPE_CHECKING:
    from kiosk.idcards.reader import CardReader, CardSeen

    from kiosk.store.spool import Spool
    from printers.spooler import PrinterReport, Spooler


class Devices(QObject):
    """What is plugged in. `start` after the first frame; `stop` before the visit's end."""

    reported = Signal(object)  # a value of kiosk.visit.events
    reader_changed = Signal(bool)  # a reader answers, or no longer
    printer_changed = Signal(str)  # wording key of the printer's state
    _printer_said = Signal(object)
    _card_said = Signal(object, int)

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        open_spool: Callable[[], Spool],
        reader: CardReader | None = None,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._clock = clock
        self._open_spool = open_spool
        self._reader = reader
        self._spooler: Spooler | None = None
        self._own_papers = ""  # only what becomes of this visit's ticket is told to the visitor
        self._reading: threading.Event | None = None
        self._printer_said.connect(self._tell_printer, Qt.ConnectionType.QueuedConnection)
        self._card_said.connect(self._tell_card, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Load the drivers now, not before the first frame: their imports take longer than the window."""
        from printers.spooler import Spooler

        self._spooler = Spooler(self._settings.printer, self._open_spool, self._clock, self._printer_said.emit)
        self._spooler.start()
        if self._reader is None and self._settings.card_reader.link != "none":
            from kiosk.idcards.serial_reader import SerialCardReader

            self._reader = SerialCardReader(self._settings.card_reader)
        if self._reader is not None:
            self.reader_changed.emit(True)

    def stop(self) -> None:
        self.stop_card()
        if self._spooler is not None:
            self._spooler.stop()
        if self._reader is not None:
            self._reader.close()

    def printer_key(self) -> str:
        """Wording key of what the printer last said of itself."""
        return self._spooler.printer_key if self._spooler is not None else "printer.absent"

    def follow_paper(self, business_key: str) -> None:
        """From now on tell the visitor what becomes of this paper."""
        self._own_papers = business_key

    def poke(self) -> None:
        """There is something new in the spool."""
        if self._spooler is not None:
            self._spooler.poke()

    def read_card(self, nonce: int) -> None:
        """Look for a card until one is read or `stop_card`; outcomes carry the nonce of the page that asked."""
        self.stop_card()
        if self._reader is None:
            return
        stopped = threading.Event()
        self._reading = stopped
        reader = self._reader

        def look() -> None:
            reader.watch(lambda seen: self._card_said.emit(seen, nonce), stopped)

        threading.Thread(target=look, name="card reader", daemon=True).start()

    def stop_card(self) -> None:
        if self._reading is not None:
            self._reading.set()
            self._reading = None

    @Slot(object)
    def _tell_printer(self, report: PrinterReport) -> None:
        self.printer_changed.emit(report.printer)
        if report.paper and report.business_key == self._own_papers:
            self.reported.emit(PaperReported(report.paper))

    @Slot(object, int)
    def _tell_card(self, seen: CardSeen, nonce: int) -> None:
        if seen.answers:
            self.reported.emit(CardRead(seen.answers, nonce))
        else:
            self.reported.emit(CardFailed(seen.key, nonce))
