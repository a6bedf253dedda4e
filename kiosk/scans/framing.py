"""What a scanner sends, cut into scans. Pure: the time is handed in.

A scan ends with CR, LF or CR LF, or with nothing and a gap of 80 ms. An AIM prefix such as `]Q1` (ISO/IEC 15424) says what
kind of code it was and is taken off. The bytes are strictly UTF-8, else strictly GB18030, else the scan is refused. What
comes out is text to be looked up: never a command, never an address to open, and in no repr.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

GAP_MS = 80
LONGEST = 4096
ENDS = b"\r\n"
_AIM = re.compile(rb"\][A-Za-z][0-9A-Za-z]")


class ScanTrouble(StrEnum):
    """Why there is no scan; each is a wording key below `scan.`."""

    TOO_LONG = "too_long"
    BROKEN = "broken"  # neither UTF-8 nor GB18030, or signs no paper has


@dataclass(frozen=True, slots=True)
class Scan:
    text: str = field(repr=False)


@dataclass(slots=True)
class Framing:
    """One line's bytes. Feed it what came and when; ask it now and then whether a gap ended a scan."""

    _held: bytearray = field(default_factory=bytearray, repr=False)
    _last_ms: int = 0
    _too_long: bool = False

    def feed(self, data: bytes, now_ms: int) -> list[Scan | ScanTrouble]:
        """Every scan that these bytes end, in their order."""
        found = self.quiet(now_ms)
        self._last_ms = now_ms
        for byte in data:
            if byte in ENDS:
                found += self._ended()
            elif len(self._held) >= LONGEST:
                self._too_long = True  # the rest is dropped until it ends: nothing is ever cut in two
            else:
                self._held.append(byte)
        return found

    def quiet(self, now_ms: int) -> list[Scan | ScanTrouble]:
        """The scan that ended with nothing, once the gap is long enough."""
        return self._ended() if self._held and now_ms - self._last_ms >= GAP_MS else []

    @property
    def waiting(self) -> bool:
        return bool(self._held)

    def forget(self) -> None:
        self._held.clear()
        self._too_long = False

    def _ended(self) -> list[Scan | ScanTrouble]:
        data, too_long = bytes(self._held), self._too_long
        self.forget()
        if too_long:
            return [ScanTrouble.TOO_LONG]
        return [read_scan(data)] if data else []  # CR LF ends a scan once


def read_scan(data: bytes) -> Scan | ScanTrouble:
    """One whole scan's bytes as text."""
    if len(data) > LONGEST:
        return ScanTrouble.TOO_LONG
    plain = data[3:] if _AIM.match(data) else data
    for spelling in ("utf-8", "gb18030"):
        try:
            text = plain.decode(spelling)
        except UnicodeDecodeError:
            continue
        fit = all(sign.isprintable() or sign == "\t" for sign in text)
        return Scan(text) if text and fit else ScanTrouble.BROKEN
    return ScanTrouble.BROKEN
