"""A pretend scanner on a pseudo-terminal: `kiosk` opens its path as a serial line. It misbehaves when told.

`python -m kiosk.scans.virtual_scanner` prints the path and sends each line of its input as one scan.
"""

from __future__ import annotations

import os
import pty
import sys
import tty
from contextlib import suppress
from enum import StrEnum


class ScannerFault(StrEnum):
    NONE = "none"
    NOISE = "noise"  # bytes no spelling has
    HALF = "half"  # the rest never comes
    TWICE = "twice"
    TOO_MUCH = "too much"


class VirtualScanner:
    """One scanner: `path` is where it is plugged in."""

    def __init__(self, end: bytes = b"\r", prefix: bytes = b"", spelling: str = "utf-8") -> None:
        self.end, self.prefix, self.spelling = end, prefix, spelling
        self.fault = ScannerFault.NONE
        self._mine, theirs = pty.openpty()
        tty.setraw(theirs)
        self.path = os.ttyname(theirs)
        self._theirs: int | None = theirs

    def scan(self, text: str) -> None:
        """What a scanner sends for a code that says this."""
        data = self.prefix + text.encode(self.spelling) + self.end
        match self.fault:
            case ScannerFault.NOISE:
                data = b"\xff\xfe\x80\x00" + self.end
            case ScannerFault.HALF:
                data = data[: len(data) // 2]
            case ScannerFault.TWICE:
                data += data
            case ScannerFault.TOO_MUCH:
                data = b"9" * 5000 + self.end
        self.send(data)

    def send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._mine, data) :]

    def pull_the_cable(self) -> None:
        """From now on the line is hung up."""
        if self._theirs is not None:
            os.close(self._theirs)
            self._theirs = None
        with suppress(OSError):
            os.close(self._mine)


def main() -> None:
    scanner = VirtualScanner()
    sys.stdout.write(f"{scanner.path}\n")
    sys.stdout.flush()
    for line in sys.stdin:
        scanner.scan(line.rstrip("\n"))


if __name__ == "__main__":
    main()
