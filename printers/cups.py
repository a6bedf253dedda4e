"""Printing through a queue of CUPS, by its own commands: the second way, for printers nothing else reaches.

A queue takes a whole paper at once and never says what became of it on paper, so there is no back channel here: what
it takes is *printed, unconfirmed*. The queue must not resend by itself (`ErrorPolicy=abort-job`, see docs/devices.md).
No binding is used: the published ones must be compiled, and `lp` is on every machine that has the queue.
"""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

from kiosk.serial_line import LineLost
from kiosk.slips.printer import Trouble

COMMAND_SECONDS = 20.0
MOST_BYTES = 16 * 1024 * 1024
_QUEUE = re.compile(r"[A-Za-z0-9_.+][A-Za-z0-9_.+-]{0,126}", re.ASCII)
_WAYS = ("/usr/bin", "/usr/local/bin", "/bin")
PLAIN = {"LC_ALL": "C", "PATH": ":".join(_WAYS)}


def is_queue(name: str) -> bool:
    """Whether this can be a queue's name: never an option, never an address."""
    return _QUEUE.fullmatch(name) is not None


class CupsCommands:
    """`lp` and `lpstat` of this machine, or of another folder in tests. Every call ends in time."""

    def __init__(self, folder: str = "") -> None:
        self._folders = (folder,) if folder else _WAYS

    def print_file(self, queue: str, document: bytes, options: tuple[str, ...], title: str) -> bool:
        """Whether the queue took the document whole."""
        words = [arg for option in options for arg in ("-o", option)]
        return self._run(["lp", "-s", "-d", queue, "-t", title, *words, "--", "-"], document)[0] == 0

    def trouble(self, queue: str) -> Trouble | None:
        """Why the queue takes nothing now; None when it does."""
        code, told = self._run(["lpstat", "-p", queue, "-a", queue], b"")
        if code != 0:
            return Trouble.GONE
        words = told.decode("utf-8", "replace")
        return Trouble.OFFLINE if "disabled" in words or "not accepting" in words else None

    def resume(self, queue: str) -> bool:
        """恢复: a queue that CUPS paused after a fault goes on."""
        return self._run(["cupsenable", queue], b"")[0] == 0

    def queues(self) -> tuple[str, ...]:
        """The queues this machine has, by name."""
        code, told = self._run(["lpstat", "-e"], b"")
        names = told.decode("utf-8", "replace").split()
        return tuple(name for name in names if is_queue(name)) if code == 0 else ()

    def _run(self, command: list[str], document: bytes) -> tuple[int, bytes]:
        program = next((found for way in self._folders if (found := Path(way) / command[0]).is_file()), None)
        if program is None:
            return 127, b""
        try:
            ran = subprocess.run(  # noqa: S603 - a program of this machine, its arguments checked one by one
                [str(program), *command[1:]],
                input=document,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=COMMAND_SECONDS,
                check=False,
                env=PLAIN,
            )
        except (OSError, subprocess.TimeoutExpired):
            return 126, b""
        return ran.returncode, ran.stdout[:65536]


class CupsRaw:
    """Fills `printers.transports.Transport`: keeps a paper until it is whole, then gives it to a raw queue."""

    bidirectional = False
    shared = True
    baud: int | None = None

    def __init__(self, queue: str, commands: CupsCommands | None = None) -> None:
        self._queue = queue
        self._commands = commands or CupsCommands()
        self._paper = bytearray()

    def now(self) -> float:
        return time.monotonic()

    def open(self) -> None:
        if self._commands.trouble(self._queue) is not None:
            raise LineLost

    def close(self) -> None:
        self._paper.clear()

    def write_some(self, data: bytes | memoryview, deadline: float) -> int:
        if len(self._paper) + len(data) > MOST_BYTES:
            raise LineLost
        self._paper += data
        return len(data)

    def read(self, count: int, deadline: float) -> bytes:
        return b""

    def end_job(self) -> bool:
        paper = bytes(self._paper)
        self._paper.clear()
        return self._commands.print_file(self._queue, paper, ("raw",), "ticket")
