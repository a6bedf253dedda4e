"""Scanner, lamp and presence sensor at the window: each absent by default, none ever waited for.

A scan goes where a typed one goes, and only while a page listens for one. The lamp follows the page on show; a silent
alarm does not move it. When the sensor says that the person has gone, what they wrote is covered by an ordinary page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.scans.framing import Scan
from kiosk.settings import Settings
from kiosk.signals.lamp import Colour
from kiosk.visit.events import HideAsked
from kiosk.visit.pages import HelpPage, OutOfServicePage, Page, WelcomePage
from kiosk.visit.steps import IN_A_FILING

if TYPE_CHECKING:
    from kiosk.scans.framing import ScanTrouble
    from kiosk.scans.serial_scanner import SerialScanner
    from kiosk.signals.lamp import SerialLamp
    from kiosk.signals.presence import SerialPresence
    from ui.lobby import Lobby

COLOURS: dict[type, Colour] = {
    WelcomePage: Colour.GREEN,
    HelpPage: Colour.AMBER,
    OutOfServicePage: Colour.RED,
}


class SmallDevices(QObject):
    scanned = Signal(str)
    _scan_came = Signal(object)
    _presence_came = Signal(object)

    def __init__(self, settings: Settings, lobby: Lobby) -> None:
        super().__init__()
        self._settings, self._lobby = settings, lobby
        self._scanner: SerialScanner | None = None
        self._lamp: SerialLamp | None = None
        self._presence: SerialPresence | None = None
        self._scan_came.connect(self._tell_scan, Qt.ConnectionType.QueuedConnection)
        self._presence_came.connect(self._tell_presence, Qt.ConnectionType.QueuedConnection)
        lobby.shown.connect(self._page_shown)

    def start(self) -> None:
        """What the settings name, and nothing else: a kiosk without them loads no driver."""
        settings = self._settings
        if settings.scanner.link != "none":
            from kiosk.scans.serial_scanner import scanner_from

            self._scanner = scanner_from(settings.scanner, self._scan_came.emit)
        if settings.lamp.link != "none":
            from kiosk.signals.lamp import lamp_from

            self._lamp = lamp_from(settings.lamp)
        if settings.presence.link != "none":
            from kiosk.signals.presence import presence_from

            self._presence = presence_from(settings.presence, self._presence_came.emit)
        for device in (self._scanner, self._lamp, self._presence):
            if device is not None:
                device.start()

    def stop(self) -> None:
        for device in (self._scanner, self._lamp, self._presence):
            if device is not None:
                device.stop()
        self._scanner = self._lamp = self._presence = None

    @Slot(object)
    def _page_shown(self, page: Page) -> None:
        if self._lamp is not None:
            self._lamp.set(COLOURS.get(type(page), Colour.OFF))

    @Slot(object)
    def _tell_scan(self, scan: Scan | ScanTrouble) -> None:
        if isinstance(scan, Scan):  # a refused one is in the log; nobody else asked for it
            self.scanned.emit(scan.text)

    @Slot(object)
    def _tell_presence(self, there: bool | None) -> None:
        if there is False and self._lobby.visit.moment in IN_A_FILING:
            self._lobby.take(HideAsked())
