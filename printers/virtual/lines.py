"""Real lines to the virtual printer: a loopback TCP port and a pseudo terminal, in real time.

One thread a line. It reads only as much as the receive buffer has room for and, when a speed is given, as a serial
line of that speed would have brought by now; answers go out no faster. It takes one connection at a time.
"""

from __future__ import annotations

import os
import select
import socket
import threading
import time
import tty
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from printers.virtual.engine import VirtualPrinter
from printers.virtual.paper import Paper

TICK_SECONDS = 0.02


class _Line:
    """The loop both lines share: let the mechanics work, take bytes, say what there is to say."""

    def __init__(self, printer: VirtualPrinter, on_paper: Callable[[Paper], None] | None, baud: int = 0) -> None:
        self.printer = printer
        self._baud = baud  # 0: as fast as the line
        self._credit, self._credited = 0.0, time.monotonic()
        self.lock = threading.Lock()  # held while the printer is touched, also by whoever stages faults
        self._on_paper = on_paper
        self._shown = 0
        self._stopping = threading.Event()
        self._began = time.monotonic()
        self._thread = threading.Thread(target=self._work, name="virtual-printer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _work(self) -> None:
        raise NotImplementedError

    def _turn(self) -> bytes:
        """Work up to now; what the printer wants to say."""
        with self.lock:
            self.printer.advance(time.monotonic() - self._began)
            answer = self.printer.transmit()
            fresh = self.printer.finished[self._shown :]
            self._shown += len(fresh)
        for paper in fresh if self._on_paper else ():
            assert self._on_paper is not None
            self._on_paper(paper)
        return answer

    def _take(self, descriptor: int) -> bool:
        """Bytes from the line as far as there is room; False when the other side is gone."""
        with self.lock:
            room = min(self.printer.room(), self._come_by_now())
        if room <= 0:
            self._stopping.wait(TICK_SECONDS / 4 if self._baud else TICK_SECONDS)
            return True
        ready, _, _ = select.select([descriptor], [], [], TICK_SECONDS)
        if not ready:
            return True
        data = os.read(descriptor, room)
        self._credit -= len(data)
        with self.lock:
            self.printer.receive(data)
        return bool(data)

    def _come_by_now(self) -> int:
        """How many bytes a line of this speed may have brought; ten bits a byte, never saved up for long."""
        if not self._baud:
            return 1 << 20
        now = time.monotonic()
        self._credit += (now - self._credited) * self._baud / 10
        self._credit = min(self._credit, max(16.0, self._baud / 10 * 2 * TICK_SECONDS))
        self._credited = now
        return int(self._credit)

    def _cut(self) -> bool:
        with self.lock:
            if self.printer.line_cut_after_answer:
                self.printer.line_cut_after_answer = False
                self.printer.line_cut = True
            return self.printer.line_cut or not self.printer.powered


class TcpLine(_Line):
    """Listens on the loopback; a second connection is refused while one is open."""

    def __init__(
        self,
        printer: VirtualPrinter,
        port: int = 0,
        on_paper: Callable[[Paper], None] | None = None,
        baud: int = 0,
    ) -> None:
        super().__init__(printer, on_paper, baud)
        self._listen(port)

    def _listen(self, port: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", port), backlog=1)
        self._listener.settimeout(TICK_SECONDS)
        self.port = int(self._listener.getsockname()[1])

    @property
    def link(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._turn()
            try:
                caller, _ = self._listener.accept()
            except TimeoutError:
                continue
            self._listener.close()  # whoever else calls now is refused, as by most print servers
            with caller:
                with self.lock:
                    on = self.printer.powered
                    if on:
                        self.printer.plug()
                if on:
                    with suppress(OSError):
                        self._serve(caller)
                    with self.lock:
                        self.printer.unplug()
            self._listen(self.port)
        self._listener.close()

    def _serve(self, caller: socket.socket) -> None:
        caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while not self._stopping.is_set():
            if answer := self._turn():
                caller.sendall(answer)
            if self._cut() or not self._take(caller.fileno()):
                return


class PtyLine(_Line):
    """A pseudo terminal; its name is the link. A pty has no baud rate, DTR or CTS."""

    def __init__(self, printer: VirtualPrinter, on_paper: Callable[[Paper], None] | None = None, baud: int = 0) -> None:
        super().__init__(printer, on_paper, baud)
        self._master, self._slave = os.openpty()  # the slave stays open, or the master reads EIO between callers
        tty.setraw(self._master)
        tty.setraw(self._slave)
        self.path = os.ttyname(self._slave)
        printer.plug()

    @property
    def link(self) -> str:
        return f"serial:{self.path}"

    def _work(self) -> None:
        with suppress(OSError):
            while not self._stopping.is_set():
                if answer := self._turn():
                    os.write(self._master, answer)
                if self._cut() or not self._take(self._master):
                    break
        os.close(self._slave)
        os.close(self._master)


def keep_as_picture(folder: Path) -> Callable[[Paper], None]:
    """Keeps each paper as `ticket-0001.png`, …, written whole or not at all."""
    from printers.picture import draw

    folder.mkdir(parents=True, exist_ok=True)

    def keep(paper: Paper) -> None:
        if not paper.ink:
            return  # what a printer feeds out while it gets back in step
        number = 1 + sum(1 for _ in folder.glob("ticket-*.png"))
        part = folder / "ticket.part"
        part.write_bytes(draw([paper]))
        part.replace(folder / f"ticket-{number:04d}.png")
        (folder / f"ticket-{number:04d}.txt").write_text(
            "\n".join((*paper.lines, *(f"[{code}]" for code in paper.codes))) + "\n", encoding="utf-8"
        )

    return keep
