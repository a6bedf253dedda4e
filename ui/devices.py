"""Device loops as signals: the ticket spooler and the card reader, each on its own thread.

Every device is optional. What a thread notices arrives on the window's thread by a queued signal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk import journal
from kiosk.clock import Clock, court_day
from kiosk.errors import KioskTrouble
from kiosk.settings import Settings
from kiosk.visit.device_events import DeviceState
from kiosk.visit.events import CardFailed, CardRead, PaperReported

if TYPE_CHECKING:
    from kiosk.idcards.card import CardFields, CardReader
    from kiosk.idcards.watch import CardWatch
    from kiosk.store.spool import Spool
    from printers.spooler import PrinterReport, Spooler


class Devices(QObject):
    """What is plugged in. `start` after the first frame; `stop` before the visit's end."""

    reported = Signal(object)  # a value of kiosk.visit.events
    reader_changed = Signal(bool)  # there is a reader, or there is none
    printer_changed = Signal(str)  # wording key of the printer's state
    device_changed = Signal()  # any of them said something else than before
    _printer_said = Signal(object)
    _a4_said = Signal(object)
    _card_said = Signal(object, int)
    _card_failed = Signal(str, int)

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
        self._reader = reader  # a pretend one; else that of the settings
        self._spooler: Spooler | None = None
        self._a4: Spooler | None = None
        self._states: dict[str, str] = {}  # wording keys, by the device's name
        self._watch: CardWatch | None = None
        self._own_paper = ""  # only what becomes of this visit's ticket is told to the visitor
        queued = Qt.ConnectionType.QueuedConnection
        self._printer_said.connect(self._tell_printer, queued)
        self._a4_said.connect(self._tell_a4, queued)
        self._card_said.connect(self._tell_card, queued)
        self._card_failed.connect(self._tell_failure, queued)

    def start(self) -> None:
        """Load the drivers now, not before the first frame: their imports take longer than the window."""
        from kiosk.idcards.watch import CardWatch, reader_from
        from printers.spooler import Spooler

        self._spooler = Spooler(self._settings.printer, self._open_spool, self._clock, self._printer_said.emit)
        self._spooler.start()
        self._start_a4()
        reader = self._reader or reader_from(self._settings.card_reader)
        self._watch = CardWatch(reader, self._card_said.emit, self._card_failed.emit)
        self._watch.start()
        self.reader_changed.emit(self._watch.available)

    def stop(self) -> None:
        if self._spooler is not None:
            self._spooler.stop()
            self._spooler = None
        if self._a4 is not None:
            self._a4.stop()
            self._a4 = None
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    def follow_paper(self, business_key: str) -> None:
        """From now on tell the visitor what becomes of this paper."""
        self._own_paper = business_key

    def poke(self) -> None:
        """There is something new in the spool."""
        if self._spooler is not None:
            self._spooler.poke()
        if self._a4 is not None:
            self._a4.poke()

    @property
    def has_a4(self) -> bool:
        return self._settings.a4_printer.link != "none"

    def states(self) -> tuple[DeviceState, ...]:
        """Each device as it last said; nobody is asked anything."""
        set_up = {
            "devices.printer": self._settings.printer.link,
            "devices.a4": self._settings.a4_printer.link,
            "devices.reader": self._settings.card_reader.link,
        }
        return tuple(
            DeviceState(name, self._states.get(name, "devices.not_heard" if link != "none" else "devices.not_set_up"))
            for name, link in set_up.items()
        )

    def _start_a4(self) -> None:
        """The A4 printer has a worker of its own, on the same spool; without one in the settings there is none."""
        if not self.has_a4:
            return
        from printers.a4 import a4_printer_from
        from printers.spooler import Spooler

        try:
            printer = a4_printer_from(self._settings.a4_printer.link)
        except KioskTrouble as trouble:
            journal.note_exception("no A4 printer", trouble)
            return
        self._a4 = Spooler(
            self._settings.printer, lambda: self._open_spool().for_a4(), self._clock, self._a4_said.emit, printer
        )
        self._a4.start()

    def _note_state(self, name: str, key: str) -> None:
        if self._states.get(name) != key:
            self._states[name] = key
            self.device_changed.emit()

    def read_card(self, nonce: int) -> None:
        """Look for a card until one is read or `stop_card`; the outcome carries the nonce of the page that asked."""
        if self._watch is not None:
            self._watch.ask(nonce)

    def stop_card(self) -> None:
        if self._watch is not None:
            self._watch.stop_asking()

    @Slot(object)
    def _tell_printer(self, report: PrinterReport) -> None:
        self._note_state("devices.printer", report.printer)
        self.printer_changed.emit(report.printer)
        if report.business_key:
            self.device_changed.emit()
        if report.paper and report.business_key == self._own_paper:
            self.reported.emit(PaperReported(report.paper))

    @Slot(object)
    def _tell_a4(self, report: PrinterReport) -> None:
        self._note_state("devices.a4", report.printer)
        if report.business_key:
            self.device_changed.emit()

    @Slot(object, int)
    def _tell_card(self, card: CardFields, nonce: int) -> None:
        from kiosk.idcards.card import as_answers, doubts

        self._note_state("devices.reader", "devices.reader_ready")
        doubted = doubts(card, court_day(self._clock.now()))
        self.reported.emit(CardRead(as_answers(card), nonce, doubted[0] if doubted else ""))

    @Slot(str, int)
    def _tell_failure(self, key: str, nonce: int) -> None:
        self._note_state("devices.reader", key)
        self.reported.emit(CardFailed(key, nonce))
