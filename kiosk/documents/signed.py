"""What a person signed, and their ink on it: two revisions of one PDF file.

The first revision is the paper as it was signed. Ink, and the digest of that first revision beside it, are appended
as a second one (ISO 32000-1 section 7.5.6), so the bytes that were signed are the first bytes of the file, and anybody
can cut them off and work out their digest again. A picture of handwriting alone is not a reliable electronic
signature (Electronic Signature Law arts.13, 14): the strokes, their time and this digest travel with the filing.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.documents.draw import Sheets
from kiosk.documents.pages import Digest, Drawn, Mark
from kiosk.errors import KioskBug
from kiosk.filings.papers import Signed

INK_WIDTH = 1.4


@dataclass(frozen=True, slots=True)
class Sealed:
    pdf: bytes = field(repr=False)
    signed: Signed


def what_is_signed(pdf: bytes) -> Signed:
    return Signed(len(pdf), hashlib.sha256(pdf).hexdigest())


def put_ink(sheets: Sheets, pages: Sequence[Sequence[Mark]]) -> Sealed:
    """The sheets with the ink of these pages and the digest beside it; without ink they stay as they are."""
    signed = what_is_signed(sheets.pdf)
    added = {
        number: operators
        for number, page in enumerate(pages)
        if (operators := "\n".join(_operators(page, sheets.body_font, signed.shown)))
    }
    return Sealed(_append(sheets.pdf, added) if added else sheets.pdf, signed)


def still_as_signed(pdf: bytes, signed: Signed) -> bool:
    """Whether this file begins with exactly what was signed.

    What follows it (the ink) is under the digest of the whole file, which the sealed filing carries beside this one.
    """
    first = pdf[: signed.length]
    ends = first.rstrip(b"\n").endswith(b"%%EOF")
    return ends and what_is_signed(first) == signed


def _operators(page: Sequence[Mark], font: str, shown: str) -> Iterator[str]:
    for mark in page:
        match mark:
            case Drawn():
                yield from _ink(mark)
            case Digest():
                yield f"BT 1 0 0 1 {mark.x:.2f} {mark.y:.2f} Tm {font} {mark.size:g} Tf ({shown}) Tj ET"


def _ink(drawn: Drawn) -> Iterator[str]:
    """The strokes scaled into their frame, cut to what was written so that a small hand is not lost."""
    points = [point for stroke in drawn.ink.strokes for point in stroke]
    if not points:
        return
    left, right = min(p.x for p in points), max(p.x for p in points)
    top, bottom = min(p.y for p in points), max(p.y for p in points)
    scale = min(drawn.wide / max(1, right - left), drawn.high / max(1, bottom - top), 1.0)
    yield f"{INK_WIDTH} w"
    for stroke in drawn.ink.strokes:
        places = [(drawn.x + (p.x - left) * scale, drawn.y + (bottom - p.y) * scale) for p in stroke]
        if len(places) == 1:
            places.append((places[0][0] + 0.1, places[0][1]))
        path = (f"{x:.2f} {y:.2f} {'l' if position else 'm'}" for position, (x, y) in enumerate(places))
        yield " ".join((*path, "S"))


# The first revision is always of our own making: a plain cross-reference table and uncompressed objects.
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)
_SIZE = re.compile(rb"/Size\s+(\d+)")
_PAGE = re.compile(rb"^(\d+) 0 obj\n(<<(?:(?!endobj).)*?/Type /Page\b(?!s).*?>>)\s*endobj", re.DOTALL | re.MULTILINE)
_CONTENTS = re.compile(rb"/Contents (\d+ 0 R)")


def _append(pdf: bytes, added: Mapping[int, str]) -> bytes:
    """A second revision in which these pages (counted from 0) have more to draw."""
    start, trailer = _START.search(pdf), _TRAILER.search(pdf)
    pages = [found for found in _PAGE.finditer(pdf) if _CONTENTS.search(found[2])]
    if start is None or trailer is None or (size := _SIZE.search(trailer[1])) is None or max(added) >= len(pages):
        raise KioskBug("a drawn document is not as it is always drawn")
    body, offsets, number = bytearray(), dict[int, int](), int(size[1])
    for page, operators in sorted(added.items()):
        found = pages[page]
        stream = zlib.compress(f"q 1 J 1 j 0 G 0 g\n{operators}\nQ".encode("ascii"))
        offsets[number] = len(pdf) + len(body)
        body += b"%d 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n" % (number, len(stream))
        body += stream + b"\nendstream\nendobj\n"
        offsets[int(found[1])] = len(pdf) + len(body)
        contents = rb"/Contents [ \1 %d 0 R ]" % number
        body += b"%s 0 obj\n%s\nendobj\n" % (found[1], _CONTENTS.sub(contents, found[2], count=1))
        number += 1
    table = len(pdf) + len(body)
    body += b"xref\n0 1\n0000000000 65535 f \n"
    for one, offset in sorted(offsets.items()):
        body += b"%d 1\n%010d 00000 n \n" % (one, offset)
    kept = _SIZE.sub(b"/Size %d" % number, trailer[1]).strip()
    body += b"trailer\n<< %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (kept, start[1], table)
    return pdf + bytes(body)
