"""Pictures as printer commands, cut into bands and scrubbed.

Printers obey `10 04 n`, `10 05 n` and `10 14 n` wherever they stand, also inside a picture: a dense ticket holds
one nine times out of ten. The scrub adds one dot to each; nobody sees it on paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PIL import Image

from kiosk.slips.measure import TextLine, columns
from kiosk.slips.parts import Align
from printers.glyphs import CELL, Glyphs
from printers.profiles import PrinterProfile

BAND_ROWS = 255  # so that the row count of a band can never read 10 04
_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")


def scrub(dots: bytes) -> bytes:
    """The same dots without a byte string that printers would obey as a real-time command."""
    return _REAL_TIME.sub(b"\x18", dots)


def draw_line(line: TextLine, dots: int, glyphs: Glyphs) -> Image.Image:
    """One text line across the whole paper."""
    canvas = Image.new("1", (dots, CELL * line.size), 1)
    width = columns(line.text) * (CELL // 2) * line.size
    left = {Align.LEFT: 0, Align.CENTRE: (dots - width) // 2, Align.RIGHT: dots - width}[line.align]
    for character in line.text:
        cell = glyphs.cell(character, line.size, line.bold)
        if character != " ":
            canvas.paste(cell, (left, 0))
        left += cell.width
    return canvas


def stack(pictures: Sequence[Image.Image | int], dots: int) -> Image.Image:
    """Pictures one below the other; a number is so many blank rows."""
    height = sum(picture if isinstance(picture, int) else picture.height for picture in pictures)
    canvas = Image.new("1", (dots, max(height, 1)), 1)
    top = 0
    for picture in pictures:
        if isinstance(picture, int):
            top += picture
            continue
        canvas.paste(picture, ((dots - picture.width) // 2, top))
        top += picture.height
    return canvas


_INVERTED = bytes(byte ^ 0xFF for byte in range(256))


def picture_commands(picture: Image.Image, profile: PrinterProfile, trim: bool = True) -> list[bytes]:
    """A 1-bit picture as commands: bands of at most 255 rows, blank rows as feed, the right edge trimmed."""
    wide = (picture.width + 7) // 8
    padded = Image.new("1", (wide * 8, picture.height), 1)
    padded.paste(picture, (0, 0))
    packed = padded.tobytes().translate(_INVERTED)
    rows = [packed[at : at + wide] for at in range(0, len(packed), wide)]
    if profile.raster == "esc_star":
        return _stripes(padded)
    commands: list[bytes] = []
    for blank, run in _runs(rows, trim):
        if blank:
            commands += [b"\x1bJ" + bytes([min(255, len(run) - at)]) for at in range(0, len(run), 255)]
        else:
            for at in range(0, len(run), BAND_ROWS):
                commands.append(_band(run[at : at + BAND_ROWS], wide, trim))
    return commands


def _runs(rows: list[bytes], trim: bool) -> list[tuple[bool, list[bytes]]]:
    """Rows grouped into blank and inked runs; a few blank rows are cheaper inside a band."""
    if not trim:
        return [(False, rows)]
    runs: list[tuple[bool, list[bytes]]] = []
    for row in rows:
        blank = not any(row)
        if runs and runs[-1][0] is blank:
            runs[-1][1].append(row)
        else:
            runs.append((blank, [row]))
    return runs


def _band(rows: list[bytes], wide: int, trim: bool) -> bytes:
    used = max((len(row.rstrip(b"\0")) for row in rows), default=0) if trim else wide
    used = max(1, used)
    data = scrub(b"".join(row[:used] for row in rows))
    return b"\x1dv0\x00" + used.to_bytes(2, "little") + len(rows).to_bytes(2, "little") + data


def _stripes(picture: Image.Image) -> list[bytes]:
    """For printers without `GS v 0`: stripes of 24 rows by `ESC *`, on a line spacing of 24 dots."""
    commands = [b"\x1b3\x18"]
    for top in range(0, picture.height, CELL):
        stripe = Image.new("1", (picture.width, CELL), 1)
        stripe.paste(picture.crop((0, top, picture.width, min(top + CELL, picture.height))), (0, 0))
        data = bytes(byte ^ 0xFF for byte in stripe.transpose(Image.Transpose.TRANSPOSE).tobytes())
        commands.append(b"\x1b*\x21" + picture.width.to_bytes(2, "little") + scrub(data) + b"\n")
    return commands
