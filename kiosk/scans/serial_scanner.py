"""A scanner on a serial line, on a thread of its own: scans as they come, and the line opened again after an unplug.

Untried on hardware. A scanner that is silent is a scanner nobody uses: there is no state in which anything waits for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from kiosk import journal
from kiosk.scans.framing import GAP_MS, Framing, Scan, ScanTrouble
from kiosk.serial_line import LineLost, SerialLine
from kiosk.settings import Scanner as ScannerSettings

READ_BYTES = 1024
AGAIN_SECONDS = 1.0
OnScan = Callable[[Scan | ScanTrouble], None]


class Line(Protocol):
    """The part of `SerialLine` a scanner needs."""

    @property
    def is_open(self) -> bool: ...
    def open(self) -> None: ...
    def close(self) -> None: ...
    def read(self, count: int, deadline: float) -> bytes: ...


class SerialScanner:
    """`start` and `stop` from any thread; `on_scan` comes from the scanner's own."""

    def __init__(
        self,
        line: Line,
        on_scan: OnScan,
        seconds: Callable[[], float] = time.monotonic,
        again_seconds: float = AGAIN_SECONDS,
    ) -> None:
        self._line, self._on_scan, self._seconds = line, on_scan, seconds
        self._again_seconds = again_seconds
        self._stopping = threading.Event()
        self._there = threading.Event()
        self._thread = threading.Thread(target=self._work, name="scanner", daemon=True)

    @property
    def is_there(self) -> bool:
        return self._there.is_set()

    def wait_until_there(self, seconds: float) -> bool:
        return self._there.wait(seconds)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _work(self) -> None:
        framing = Framing()
        while not self._stopping.is_set():
            try:
                if not self._line.is_open:
                    self._line.open()
                    self._seen(True)
                data = self._line.read(READ_BYTES, self._seconds() + GAP_MS / 1000)
                now = round(self._seconds() * 1000)
                for scan in framing.feed(data, now) if data else framing.quiet(now):
                    if isinstance(scan, ScanTrouble):
                        journal.note("scan refused", reason=str(scan))
                    self._on_scan(scan)
            except LineLost:
                framing.forget()
                self._seen(False)
                self._stopping.wait(self._again_seconds)
            except Exception as error:  # noqa: BLE001  a bug of ours must not end the scanner
                journal.note_exception("scanner stumbled", error)
                self._stopping.wait(self._again_seconds)
        self._line.close()

    def _seen(self, there: bool) -> None:
        if there != self._there.is_set():
            if there:
                self._there.set()
            else:
                self._there.clear()
            journal.note("scanner there" if there else "scanner gone")


def scanner_from(settings: ScannerSettings, on_scan: OnScan) -> SerialScanner | None:
    """The scanner of the settings (`serial:/dev/…`); None when none is set up."""
    kind, _, path = settings.link.partition(":")
    return SerialScanner(SerialLine(path, settings.baud), on_scan) if kind == "serial" and path else None
