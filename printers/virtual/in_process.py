"""A line to a virtual printer without a line: bytes and time move only when the driver asks.

Time is the virtual printer's own; a ticket takes as long as it would at this baud rate, and no time at all.
"""

from __future__ import annotations

from kiosk.serial_line import LineLost
from printers.virtual.engine import VirtualPrinter


class InProcessLine:
    """Fills `printers.transports.Transport`, and is its own clock."""

    bidirectional = True
    shared = False

    def __init__(self, printer: VirtualPrinter, baud: int = 19200) -> None:
        self.printer = printer
        self.baud = baud
        self.seconds = 0.0
        self._open = False

    def now(self) -> float:
        return self.seconds

    def open(self) -> None:
        if not self.printer.powered:
            raise LineLost
        self.printer.plug()
        self._open = True

    def close(self) -> None:
        self.printer.unplug()
        self._open = False

    def write_some(self, data: bytes | memoryview, deadline: float) -> int:
        self._check()
        view = bytes(data)
        while True:
            taken = self.printer.receive(view[: max(1, self.baud // 200)])
            self._pass(taken * 10 / self.baud)
            self._check()
            if taken:
                return taken
            if self.seconds >= deadline:
                return 0
            self._wait(deadline)

    def read(self, count: int, deadline: float) -> bytes:
        self._check()
        while True:
            self.printer.advance(self.seconds)
            data = self.printer.transmit()
            if data:
                self._pass(len(data) * 10 / self.baud)
                return data[:count] if self.printer.faults.storm else data
            if self.printer.line_cut_after_answer:
                self.printer.line_cut_after_answer = False
                self.printer.line_cut = True
            self._check()
            if self.seconds >= deadline:
                return b""
            self._wait(deadline)

    def end_job(self) -> bool:
        return True

    def _wait(self, deadline: float) -> None:
        moment = self.printer.next_moment()
        if moment is None or moment <= self.seconds:
            moment = self.seconds + 0.05 if moment is not None else deadline
        self._pass(min(moment, deadline) - self.seconds)

    def _pass(self, seconds: float) -> None:
        self.seconds += max(0.0, seconds)
        self.printer.advance(self.seconds)

    def _check(self) -> None:
        if not self._open or self.printer.line_cut or not self.printer.powered:
            self._open = False
            self.printer.unplug()
            raise LineLost
