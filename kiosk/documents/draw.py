"""Pages of marks become the bytes of a PDF: the one module that calls the drawing library.

The same marks give the same bytes. Boxes are drawn as shapes, with □ or ☑ as invisible text in their place, so that
a search finds them whatever the fonts hold. Ink and the digest of what it signs are not drawn here: they come as a
second revision of the file (`signed.py`), so that what was signed stays in it byte for byte.

Operators are written out rather than asked for one by one: of a wage case with 300 rows the library's own number
and text formatting took twice the time of everything else.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from kiosk.documents import to_unicode
from kiosk.documents.font_runs import Face, Fonts, Run
from kiosk.documents.pages import HIGH, WIDE, Code, Frame, Mark, Rule, Tick, Words

INVISIBLE: Final = 3
LINE, STRONG = 0.6, 1.3
_one_at_a_time = Lock()  # a font object reads its file while a document is saved; the settings are the process's


@dataclass(frozen=True, slots=True)
class Sheets:
    """A PDF nobody has signed yet."""

    pdf: bytes = field(repr=False)
    pages: int
    body_font: str  # the name of the body font's first subset, which has all of ASCII


def draw(pages: Sequence[Sequence[Mark]], title: str, fonts: Fonts) -> Sheets:
    """The PDF of these pages. The title must hold nothing a person said: readers show it in their window's bar."""
    to_unicode.put_right()
    file = io.BytesIO()
    with _one_at_a_time:
        as_text, rl_config.useA85 = rl_config.useA85, 0  # streams as they are: a fifth smaller, and no time
        try:
            canvas = Canvas(file, pagesize=(WIDE, HIGH), invariant=1, pageCompression=1, lang="zh-CN")
            canvas.setTitle(title)
            canvas.setViewerPreference("DisplayDocTitle", "true")
            pen = _Pen(canvas, fonts)
            body_font = pen.name_of(Face.BODY)
            for page in pages:
                canvas.addLiteral("\n".join(pen.operators(page)))
                canvas.showPage()
            canvas.save()
        finally:
            rl_config.useA85 = as_text
    return Sheets(file.getvalue(), len(pages), body_font)


class _Pen:
    """The operators of marks, for one document."""

    def __init__(self, canvas: Any, fonts: Fonts) -> None:
        self._document = canvas._doc  # what the library's own text objects ask for subsets
        self._fonts = fonts

    def name_of(self, font: str) -> str:
        found: Any = pdfmetrics.getFont(font)
        return str(found.getSubsetInternalName(0, self._document))

    def operators(self, page: Sequence[Mark]) -> Iterator[str]:
        yield f"{LINE} w 1 J 1 j"
        for mark in page:
            match mark:
                case Words():
                    yield self._words(mark)
                case Frame(x, y, wide, high, shaded):
                    shape = f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re"
                    yield f"q 0.92 g {shape} B Q" if shaded else f"{shape} S"
                case Rule():
                    yield f"{mark.x:.2f} {mark.y:.2f} m {mark.x + mark.wide:.2f} {mark.y:.2f} l S"
                case Tick():
                    yield self._tick(mark)
                case Code():
                    yield _code(mark)

    def _words(self, words: Words) -> str:
        return self._text(words.x, words.y, words.size, self._fonts.runs(words.text, words.face))

    def _text(self, x: float, y: float, size: float, runs: Sequence[Run], mode: str = "") -> str:
        """Runs from x on; a font has at most 256 characters a subset, so a run may be several strings."""
        parts = [f"BT {mode}1 0 0 1 {x:.2f} {y:.2f} Tm"]
        for run in runs:
            font: Any = pdfmetrics.getFont(run.font)
            if run.stands_for:  # ISO 32000-1 section 14.9.4: what readers search and copy instead of what is drawn
                actual = ("\ufeff" + run.stands_for).encode("utf-16-be").hex()
                parts.append(f"/Span <</ActualText <{actual}>>> BDC")
            for subset, codes in font.splitString(run.text, self._document):
                name = font.getSubsetInternalName(subset, self._document)
                parts.append(f"{name} {size:g} Tf <{codes.hex()}> Tj")
            if run.stands_for:
                parts.append("EMC")
        parts.append("0 Tr ET" if mode else "ET")
        return " ".join(parts)

    def _tick(self, tick: Tick) -> str:
        side = tick.size * 0.82
        left, low = tick.x + tick.size * 0.1, tick.y - tick.size * 0.08
        drawn = self._text(tick.x, tick.y, tick.size, (self._fonts.box(tick.ticked),), f"{INVISIBLE} Tr ")
        drawn += f"\n{left:.2f} {low:.2f} {side:.2f} {side:.2f} re S"
        if tick.ticked:
            bends = ((0.18, 0.52, "m"), (0.42, 0.22, "l"), (0.86, 0.84, "l"))
            path = " ".join(f"{left + side * x:.2f} {low + side * y:.2f} {verb}" for x, y, verb in bends)
            drawn += f"\n{STRONG} w {path} S {LINE} w"
        return drawn


def _code(code: Code) -> str:
    """A QR code as filled squares."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel  # wanted by one paper only

    drawn: Any = QRCode(None, QRErrorCorrectLevel.M)
    drawn.addData(code.data)
    drawn.make()
    rows: list[list[bool]] = drawn.modules
    side = code.side / len(rows)
    squares = (
        f"{code.x + column * side:.2f} {code.y + code.side - (row + 1) * side:.2f} {side:.2f} {side:.2f} re"
        for row, modules in enumerate(rows)
        for column, dark in enumerate(modules)
        if dark
    )
    return " ".join((*squares, "f"))
