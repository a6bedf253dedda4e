"""How the ROM of a Chinese printer reads bytes, mistakes included.

A two-byte ROM that is sent a four-byte code reads it as two and two, prints two boxes, and is in step again
only by luck. So does this one.
"""

from __future__ import annotations

BOX = "□"


def needs(lead: int, second: int, rom: str) -> int:
    """How many bytes the character that begins with these two takes."""
    return 4 if rom == "gb18030-4" and 0x30 <= second <= 0x39 and lead >= 0x81 else 2


def read(code: bytes, rom: str) -> str | None:
    """The character of a whole code, or None when the ROM has none."""
    if rom == "gb2312" and code in (b"\xa1\xa4", b"\xa1\xaa"):
        return {0xA4: "·", 0xAA: "—"}[code[1]]
    codec = "gb18030" if rom.startswith("gb18030") else rom
    try:
        text = code.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None
    if len(text) != 1 or "\ue000" <= text <= "\uf8ff":
        return None
    return text
