"""Is somebody standing here? A sensor on a serial line says `1` or `0`; without one, the last touch does.

Absent by default. A sensor that is gone or talks nonsense says nothing, and then only touches count. Untried on hardware.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from kiosk import journal
from kiosk.serial_line import LineLost, SerialLine
from kiosk.settings import Presence as PresenceSettings

READ_BYTES = 256
READ_SECONDS = 0.5
AGAIN_SECONDS = 2.0
THERE, GONE = ord("1"), ord("0")


class SerialPresence:
    """`on_change` comes from the sensor's own thread: somebody is here, nobody is, or None when it cannot say."""

    def __init__(
        self,
        line: SerialLine,
        on_change: Callable[[bool | None], None],
        seconds: Callable[[], float] = time.monotonic,
        again_seconds: float = AGAIN_SECONDS,
    ) -> None:
        self._line, self._on_change, self._seconds = line, on_change, seconds
        self._again_seconds = again_seconds
        self._said: bool | None = None
        self._stopping = threading.Event()
        self._there = threading.Event()
        self._thread = threading.Thread(target=self._work, name="presence", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wait_until_there(self, seconds: float) -> bool:
        return self._there.wait(seconds)

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                if not self._line.is_open:
                    self._line.open()
                    self._there.set()
                said = self._line.read(READ_BYTES, self._seconds() + READ_SECONDS)
                known = [byte == THERE for byte in said if byte in (THERE, GONE)]
                if known:
                    self._tell(known[-1])
            except LineLost:
                self._there.clear()
                self._tell(None)
                self._stopping.wait(self._again_seconds)
        self._line.close()

    def _tell(self, said: bool | None) -> None:
        if said is not self._said:
            self._said = said
            journal.note("presence changed", state=str(said))
            self._on_change(said)


def presence_from(settings: PresenceSettings, on_change: Callable[[bool | None], None]) -> SerialPresence | None:
    """The sensor of the settings (`serial:/dev/…`); None when none is set up."""
    kind, _, path = settings.link.partition(":")
    return SerialPresence(SerialLine(path, settings.baud), on_change) if kind == "serial" and path else None
