"""A scanner that types: letters come faster than any hand can type, and end with Return.

Whatever comes slower, holds other signs or runs too long is no scan and is dropped whole. What is handed on is only
text to be looked up: it is never a command and is never opened. Pure: the time is handed in.
"""

from __future__ import annotations

import re

LONGEST_GAP_MS = 50
SHORTEST = 6
LONGEST = 256
END = "\r"
AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")  # what kind of code it was (ISO/IEC 15424)


class Wedge:
    def __init__(self) -> None:
        self._heard = ""
        self._last_ms = 0
        self._spoilt = False

    def hears(self, character: str, at_ms: int, *, modified: bool = False) -> str | None:
        """The whole scan when this was its last key, else nothing. `modified`: Ctrl, Alt or Meta is held."""
        if at_ms - self._last_ms > LONGEST_GAP_MS:
            self.forget()
        self._last_ms = at_ms
        if character in (END, "\n"):
            scan, spoilt = self._heard, self._spoilt
            self.forget()
            scan = scan[3:] if AIM.match(scan) else scan
            return scan if not spoilt and len(scan) >= SHORTEST else None
        if modified or len(character) != 1 or not (" " <= character <= "~") or len(self._heard) == LONGEST:
            self._spoilt = True
        else:
            self._heard += character
        return None

    def busy(self, at_ms: int) -> bool:
        """Whether letters are coming in haste: then Return belongs to them and is nobody's key press."""
        return (bool(self._heard) or self._spoilt) and at_ms - self._last_ms <= LONGEST_GAP_MS

    def forget(self) -> None:
        self._heard = ""
        self._spoilt = False
