"""补打 on a finished PDF: the mark of a second attempt in the head and the foot of every page.

The document is not drawn anew (it is what was signed): an *incremental update* (ISO 32000-1, 7.5.6) is appended, which
gives each page one more content stream with the mark as a picture of its letters. Nothing before it changes by a byte.
Only the PDFs this program draws are stamped; whatever else comes is refused as our own bug.
"""

from __future__ import annotations

import re
import zlib

from PIL import Image

from kiosk.errors import KioskBug
from kiosk.slips.measure import TextLine, columns
from kiosk.slips.parts import Align
from printers.glyphs import shipped_glyphs
from printers.raster import draw_line

MARK_HEIGHT = 9.0  # points
EDGE = 14.0  # points from the paper's edge: outside what documents draw on
_OBJECT = re.compile(rb"(?:^|[\r\n])(\d{1,7}) (\d{1,5}) obj\b(.*?)\bendobj", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ROOT = re.compile(rb"/Root\s+(\d+ \d+ R)")
_SIZE = re.compile(rb"/Size\s+(\d+)")
_ID = re.compile(rb"/ID\s*\[[^\]]*\]")
_INFO = re.compile(rb"/Info\s+\d+ \d+ R")
_BOX = re.compile(rb"/MediaBox\s*\[\s*([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s*\]")
_CONTENTS = re.compile(rb"/Contents\s+(\d+ \d+ R|\[[^\]]*\])")
_XOBJECTS = re.compile(rb"/XObject\s*<<")
_RESOURCES = re.compile(rb"/Resources\s*<<")
A4 = (0.0, 0.0, 595.28, 841.89)


def stamped(pdf: bytes, mark: str) -> bytes:
    """The same document with this mark at the top and the bottom of every page."""
    start = _START.search(pdf)
    last = pdf.rindex(b"trailer") if b"trailer" in pdf else -1
    objects = {int(found[1]): (found[2], found[3]) for found in _OBJECT.finditer(pdf)}
    pages = [number for number, (_, body) in objects.items() if _PAGE.search(body)]
    root, size = (_ROOT.search(pdf, last), _SIZE.search(pdf, last)) if last >= 0 else (None, None)
    if start is None or root is None or size is None or not pages:
        raise KioskBug("this is no PDF of ours: it cannot be marked")
    out = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    places: dict[int, int] = {}
    free = int(size[1])

    def add(number: int, body: bytes) -> None:
        places[number] = len(out)
        out.extend(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    picture, wide, high = _letters(mark)
    add(free, _stream(b"/Type /XObject /Subtype /Image /Width %d /Height %d /ImageMask true" % (wide, high), picture))
    for at, number in enumerate(pages):
        body = objects[number][1]
        content = free + 1 + at
        add(content, _stream(b"", _drawing(body, wide / high)))
        add(number, _with_mark(body, content, free))
    xref = len(out)
    out += b"xref\n"
    for number in sorted(places):
        out += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    kept = b" ".join(found[0] for found in (_ID.search(pdf, last), _INFO.search(pdf, last)) if found)
    out += b"trailer\n<< /Size %d /Root %s /Prev %s %s >>\n" % (free + 1 + len(pages), root[1], start[1], kept)
    out += b"startxref\n%d\n%%%%EOF\n" % xref
    return bytes(out)


def _letters(mark: str) -> tuple[bytes, int, int]:
    """The mark as a stencil: set bits let the ink through."""
    line = draw_line(TextLine(mark, 2, Align.LEFT, bold=True), columns(mark) * 24, shipped_glyphs())
    stencil = line.convert("L").resize((line.width // 2 * 2, line.height), Image.Resampling.NEAREST)
    bits = stencil.point(lambda level: 255 if level else 0).convert("1")
    return bits.tobytes(), bits.width, bits.height


def _drawing(page: bytes, ratio: float) -> bytes:
    box = _BOX.search(page)
    left, bottom, right, top = (float(one) for one in box.groups()) if box else A4
    wide = MARK_HEIGHT * ratio
    x = left + (right - left - wide) / 2
    drawn = b"".join(
        b"q 0 g %.2f 0 0 %.2f %.2f %.2f cm /KioskMark Do Q\n" % (wide, MARK_HEIGHT, x, y)
        for y in (top - EDGE - MARK_HEIGHT, bottom + EDGE)
    )
    return b"\n" + drawn


def _with_mark(page: bytes, content: int, picture: int) -> bytes:
    """The page's own object, with one more content and one more picture it may use."""
    old = _CONTENTS.search(page)
    if old is None:
        raise KioskBug("a page without contents cannot be marked")
    before = old[1].strip(b"[]").strip()
    page = page[: old.start()] + b"/Contents [ %s %d 0 R ]" % (before, content) + page[old.end() :]
    entry = b" /KioskMark %d 0 R " % picture
    if pictures := _XOBJECTS.search(page):
        return (page[: pictures.end()] + entry + page[pictures.end() :]).strip()
    if means := _RESOURCES.search(page):
        return (page[: means.end()] + b" /XObject <<" + entry + b">> " + page[means.end() :]).strip()
    raise KioskBug("a page whose means stand elsewhere cannot be marked")


def _stream(head: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< %s /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (head, len(packed), packed)
