"""One serial line. The only module that imports pyserial, and only to open the port.

pyserial's own `write` blocks for ever on a stalled printer and cannot say how much went out; so writing is
`os.write` after `select`, counted. A pulled cable is `LineLost`, whichever of three ways the kernel says it.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable
from contextlib import suppress

import serial

try:
    import termios

    _TERMIOS_ERROR: type[Exception] = termios.error
except ImportError:  # a desk without serial ports
    _TERMIOS_ERROR = OSError

MOST_AT_ONCE = 1024


class LineLost(Exception):
    """The line is gone: not there, taken by another program, or pulled while in use."""


class SerialLine:
    """Opened exclusively, 8N1, non-blocking. Deadlines are moments of `seconds`."""

    def __init__(self, path: str, baud: int, flow: str = "none", seconds: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._baud = baud
        self._flow = flow
        self._seconds = seconds
        self._port: serial.Serial | None = None

    @property
    def is_open(self) -> bool:
        return self._port is not None

    def open(self) -> None:
        if self._port is not None:
            return
        try:
            self._port = serial.Serial(
                self._path,
                baudrate=self._baud,
                timeout=0,
                # Linux has no DTR/DSR flow control: `dtr` needs the printer's DTR wired to CTS.
                rtscts=self._flow == "dtr",
                xonxoff=self._flow == "xonxoff",
                exclusive=True,
            )
            os.set_blocking(self._port.fileno(), False)
        except (OSError, ValueError, _TERMIOS_ERROR) as error:  # SerialException is an OSError
            self._port = None
            raise LineLost from error

    def close(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            with suppress(OSError, _TERMIOS_ERROR):  # the cable was pulled first
                port.close()

    def write_some(self, data: bytes | memoryview, deadline: float) -> int:
        """How many bytes the line took before the deadline; 0 when it is stalled."""
        descriptor = self._descriptor()
        view = memoryview(data)[:MOST_AT_ONCE]
        try:
            _, ready, _ = select.select([], [descriptor], [], max(0.0, deadline - self._seconds()))
            return os.write(descriptor, view) if ready else 0
        except BlockingIOError:
            return 0
        except (OSError, ValueError) as error:
            raise self._lost() from error

    def read(self, count: int, deadline: float) -> bytes:
        """What came, as soon as anything came; nothing when the deadline passed."""
        descriptor = self._descriptor()
        try:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - self._seconds()))
            if not ready:
                return b""
            data = os.read(descriptor, count)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as error:
            raise self._lost() from error
        if not data:  # readable and empty: hung up
            raise self._lost()
        return data

    def _descriptor(self) -> int:
        if self._port is None:
            raise LineLost
        return int(self._port.fileno())

    def _lost(self) -> LineLost:
        self.close()
        return LineLost()


def ports() -> tuple[tuple[str, str, str], ...]:
    """The serial ports of this machine: path, description, USB id such as 1a86:7523 ("" when it is no USB)."""
    from serial.tools import list_ports  # only a technician asks

    return tuple(
        (port.device, port.description or "", f"{port.vid:04x}:{port.pid:04x}" if port.vid is not None else "")
        for port in sorted(list_ports.comports())
    )
