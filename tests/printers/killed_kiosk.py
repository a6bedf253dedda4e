"""A print worker that dies by `kill -9` at a chosen byte or at a chosen statement to the store.

Run as a program by the test of the same name. It imports everything once and forks a worker for every line it
is told: {"state", "port", "byte": n or null, "statement": n or null}. It answers when that worker is dead.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from kiosk.clock import SystemClock
from kiosk.store.connect import open_store
from kiosk.store.keys import store_key
from kiosk.store.spool import Spool
from printers.escpos_printer import codes_for
from printers.line_printer import LinePrinter
from printers.profiles import load_profile
from printers.spooler import PrintRun
from printers.transports import Tcp9100

PROFILE = load_profile("virtual-80mm")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DyingLine(Tcp9100):
    """Dies after so many bytes of tickets and questions."""

    def __init__(self, port: int, byte: int | None) -> None:
        super().__init__("127.0.0.1", port)
        self._left = byte

    def write_some(self, data: bytes | memoryview, deadline: float) -> int:
        if self._left is None:
            return super().write_some(data, deadline)
        taken = super().write_some(bytes(data)[: self._left], deadline) if self._left else 0
        self._left -= taken
        if self._left <= 0:
            die()
        return taken


def work(order: dict[str, Any]) -> None:
    state = Path(order["state"])
    db = open_store(state, store_key(state))
    run = PrintRun(
        Spool(db), LinePrinter(PROFILE, DyingLine(order["port"], order["byte"])), SystemClock(), lambda report: None
    )
    if order["statement"] is not None:
        left = [order["statement"]]

        def count(_statement: str) -> None:
            left[0] -= 1
            if left[0] < 0:
                die()

        db.conn.set_trace_callback(count)
    run.begin()
    run.watch()
    while run.turn():
        pass
    die()


def main() -> None:
    codes_for(PROFILE)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(json.loads(line))
        os.waitpid(child, 0)
        sys.stdout.write("dead\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
