"""Which characters a printer's ROM holds, and the bytes that call them.

The test is by encoding, per character and per ROM. Four-byte codes sent to a two-byte ROM print rubbish and
shift everything after them, so in doubt a character goes as a picture.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=32768)
def native(character: str, rom: str) -> bytes | None:
    """The bytes of this character on a printer with this ROM, or None when it must be drawn."""
    if " " <= character <= "~":
        return character.encode("ascii")
    if _unstable(ord(character)) or rom == "none":
        return None
    try:
        code = character.encode("gb18030")
    except UnicodeEncodeError:
        return None
    if rom == "gb18030-4":
        return code
    if len(code) != 2:
        return None
    if rom == "gb18030-2":
        return code
    if rom == "gb2312" and character in "·—":
        # Python's gb2312 reads A1A4 and A1AA as U+30FB and U+2015; real ROMs have the dot and the dash there.
        return code
    try:
        return code if code.decode(rom) == character else None
    except UnicodeDecodeError:
        return None


def _unstable(point: int) -> bool:
    """Private use, and the code points that GB18030-2022 moved while Python keeps the map of 2005."""
    return (
        0xE000 <= point <= 0xF8FF
        or 0x9FA6 <= point <= 0x9FFF
        or 0xFE10 <= point <= 0xFE19
        or point == 0x1E3F
        or point >= 0xF0000
    )
