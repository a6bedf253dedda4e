"""The lamp over the kiosk, behind a serial relay: what colour it should have. Absent by default; nobody waits for it.

A relay board of the usual kind (LCUS, `A0 channel state sum`) switches green on channel 1, amber on 2, red on 3. A colour
is wished for and forgotten: a thread of its own writes it, the newest wish wins, and a line that is gone changes nothing
but the lamp. Untried on hardware.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import StrEnum

from kiosk import journal
from kiosk.serial_line import LineLost, SerialLine
from kiosk.settings import Lamp as LampSettings

WRITE_SECONDS = 1.0
AGAIN_SECONDS = 2.0


class Colour(StrEnum):
    OFF = "off"
    GREEN = "green"  # free
    AMBER = "amber"  # somebody asks for staff
    RED = "red"  # out of service


CHANNELS = {Colour.GREEN: 1, Colour.AMBER: 2, Colour.RED: 3}


def relay_bytes(colour: Colour) -> bytes:
    """Every channel said anew: a command that was lost is repaired by the next one."""
    parts = []
    for own, channel in CHANNELS.items():
        state = int(own is colour)
        parts.append(bytes((0xA0, channel, state, (0xA0 + channel + state) & 0xFF)))
    return b"".join(parts)


class SerialLamp:
    """`set` returns at once, from any thread."""

    def __init__(
        self, line: SerialLine, seconds: Callable[[], float] = time.monotonic, again_seconds: float = AGAIN_SECONDS
    ) -> None:
        self._line, self._seconds, self._again_seconds = line, seconds, again_seconds
        self._wished = Colour.OFF
        self._shown: Colour | None = None
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="lamp", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def set(self, colour: Colour) -> None:
        self._wished = colour
        self._wake.set()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait()
            self._wake.clear()
            try:
                self._write(self._wished)
            except LineLost:
                self._shown = None
                self._stopping.wait(self._again_seconds)
                self._wake.set()  # the lamp shows the newest wish once it is there again
        self._line.close()

    def _write(self, colour: Colour) -> None:
        if colour is self._shown:
            return
        self._line.open()
        data, deadline = relay_bytes(colour), self._seconds() + WRITE_SECONDS
        while data:
            taken = self._line.write_some(data, deadline)
            if not taken:
                journal.note("lamp stalled")
                return
            data = data[taken:]
        self._shown = colour


def lamp_from(settings: LampSettings) -> SerialLamp | None:
    """The lamp of the settings (`serial:/dev/…`); None when none is set up."""
    kind, _, path = settings.link.partition(":")
    return SerialLamp(SerialLine(path, settings.baud)) if kind == "serial" and path else None
