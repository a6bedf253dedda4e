"""Lines to a printer: TCP port 9100, serial, USB (usblp), a file. Bytes counted, every wait has a deadline.

The only printer code with a socket, and it talks only to the address in the settings.
"""

from __future__ import annotations

import os
import select
import socket
import stat
import time
from contextlib import suppress
from typing import Protocol

from kiosk.errors import KioskTrouble
from kiosk.serial_line import LineLost, SerialLine
from printers.cups import CupsRaw, is_queue
from printers.profiles import SLOWEST_RASTER_BAUD, PrinterProfile

CONNECT_SECONDS = 3.0
MOST_AT_ONCE = 4096


class Transport(Protocol):
    """A line. Deadlines are moments of `now()`; a lost line is `LineLost`."""

    @property
    def bidirectional(self) -> bool: ...

    @property
    def shared(self) -> bool:
        """Others may want this line: let go of it after each job."""

    @property
    def baud(self) -> int | None: ...

    def now(self) -> float: ...

    def open(self) -> None:
        """Does nothing when it is open already."""

    def close(self) -> None: ...

    def write_some(self, data: bytes | memoryview, deadline: float) -> int: ...

    def read(self, count: int, deadline: float) -> bytes: ...

    def end_job(self) -> bool:
        """The last byte of a paper was given: a line that takes papers whole hands this one on now. False: it could
        not, and nothing of the paper has left.
        """


class Tcp9100:
    """One connection at a time: many print servers take only one."""

    bidirectional = True
    shared = True
    baud: int | None = None

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._socket: socket.socket | None = None

    def now(self) -> float:
        return time.monotonic()

    def open(self) -> None:
        if self._socket is not None:
            return
        try:
            line = socket.create_connection(self._address, timeout=CONNECT_SECONDS)
        except OSError as error:
            raise LineLost from error
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        line.setblocking(False)
        self._socket = line

    def close(self) -> None:
        line, self._socket = self._socket, None
        if line is not None:
            with suppress(OSError):
                line.close()

    def write_some(self, data: bytes | memoryview, deadline: float) -> int:
        line = self._line()
        try:
            _, ready, _ = select.select([], [line], [], max(0.0, deadline - self.now()))
            return line.send(memoryview(data)[:MOST_AT_ONCE]) if ready else 0
        except BlockingIOError:
            return 0
        except (OSError, ValueError) as error:
            self.close()
            raise LineLost from error

    def read(self, count: int, deadline: float) -> bytes:
        line = self._line()
        try:
            ready, _, _ = select.select([line], [], [], max(0.0, deadline - self.now()))
            if not ready:
                return b""
            data = line.recv(count)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as error:
            self.close()
            raise LineLost from error
        if not data:
            self.close()
            raise LineLost
        return data

    def end_job(self) -> bool:
        return True

    def _line(self) -> socket.socket:
        if self._socket is None:
            raise LineLost
        return self._socket


class SerialPort:
    bidirectional = True
    shared = False

    def __init__(self, path: str, baud: int, flow: str) -> None:
        self.baud: int | None = baud
        self._serial = SerialLine(path, baud, flow)
        self.open = self._serial.open
        self.close = self._serial.close
        self.write_some = self._serial.write_some
        self.read = self._serial.read

    def now(self) -> float:
        return time.monotonic()

    def end_job(self) -> bool:
        return True


class UsbLp:
    """The kernel's USB line printer, /dev/usb/lp0: plain non-blocking writes and reads.

    Its driver takes 8 kB at a time and sends them off by itself; while the printer is busy `select` says so.
    """

    shared = False
    baud: int | None = None

    def __init__(self, path: str) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def bidirectional(self) -> bool:
        return True

    def now(self) -> float:
        return time.monotonic()

    def open(self) -> None:
        if self._descriptor is None:
            self._descriptor = self._opened(os.O_RDWR | os.O_NONBLOCK)

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with suppress(OSError):
                os.close(descriptor)

    def write_some(self, data: bytes | memoryview, deadline: float) -> int:
        descriptor = self._open_descriptor()
        try:
            _, ready, _ = select.select([], [descriptor], [], max(0.0, deadline - self.now()))
            return os.write(descriptor, memoryview(data)[:MOST_AT_ONCE]) if ready else 0
        except BlockingIOError:
            return 0
        except (OSError, ValueError) as error:
            self.close()
            raise LineLost from error

    def read(self, count: int, deadline: float) -> bytes:
        descriptor = self._open_descriptor()
        ready: list[int] = []
        data = b""
        try:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - self.now()))
            data = os.read(descriptor, count) if ready else b""
        except BlockingIOError:
            pass
        except (OSError, ValueError) as error:
            self.close()
            raise LineLost from error
        if not data and ready:
            # A real pause, of the device's nature: usblp says at once that there is something to read, then gives
            # nothing, and no event tells when the printer has spoken. 50 ms keeps the processor free and is far
            # below the seconds a status may take.
            time.sleep(min(0.05, max(0.0, deadline - self.now())))
        return data

    def end_job(self) -> bool:
        return True

    def _opened(self, flags: int) -> int:
        try:
            return os.open(self._path, flags | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise LineLost from error

    def _open_descriptor(self) -> int:
        if self._descriptor is None:
            raise LineLost
        return self._descriptor


class FilePort(UsbLp):
    """A plain file that keeps what it is sent. A device under this name is one nobody else described."""

    @property
    def bidirectional(self) -> bool:
        return _is_device(self._path)

    def open(self) -> None:
        if self._descriptor is None:
            device = os.O_RDWR | os.O_NONBLOCK
            self._descriptor = self._opened(
                device if self.bidirectional else os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK
            )

    def read(self, count: int, deadline: float) -> bytes:
        return super().read(count, deadline) if self.bidirectional else b""


def _is_device(path: str) -> bool:
    try:
        return stat.S_ISCHR(os.stat(path).st_mode)
    except OSError:
        return False


def open_link(link: str, profile: PrinterProfile) -> Transport | None:
    """The line of a setting: `tcp://host:port`, `serial:/dev/…`, `usb:/dev/usb/lp0`, `cups:QUEUE`, `file:/…`, `none`."""
    kind, _, rest = link.partition(":")
    if link == "none":
        return None
    if kind == "serial" and rest.startswith("/"):
        if profile.rom == "none" and profile.baud < SLOWEST_RASTER_BAUD:
            raise KioskTrouble("printer_link_wrong", link=link)
        return SerialPort(rest, profile.baud, profile.flow)
    if kind == "usb" and rest.startswith("/"):
        return UsbLp(rest)
    if kind == "cups" and is_queue(rest):
        return CupsRaw(rest)
    if kind == "file" and rest.startswith("/"):
        return FilePort(rest)
    if (address := tcp_address(link)) is not None:
        return Tcp9100(*address)
    raise KioskTrouble("printer_link_wrong", link=link)


def tcp_address(link: str) -> tuple[str, int] | None:
    """Host and port of `tcp://host:9100`; None when it is another kind of link."""
    kind, _, rest = link.partition(":")
    host, _, port = rest.removeprefix("//").rpartition(":")
    if kind == "tcp" and rest.startswith("//") and host and port.isascii() and port.isdigit() and 0 < int(port) < 65536:
        return host.strip("[]"), int(port)
    return None
