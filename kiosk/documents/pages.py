"""Pages filling up from the top with marks, in points from the lower left corner of A4. Nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.documents.breaks import wrap
from kiosk.documents.filled import Box, Inline, Piece
from kiosk.documents.font_runs import Face, Fonts
from kiosk.filings.ink import Ink

WIDE, HIGH = 595.276, 841.89
LEFT, RIGHT, TOP, BOTTOM = 62.0, WIDE - 62.0, HIGH - 62.0, 62.0
SIZE = 10.5
BLANK = "　　"
BOX = 1.05  # the width of a box against the size of its text


@dataclass(frozen=True, slots=True)
class Words:
    x: float
    y: float
    text: str = field(repr=False)
    size: float
    face: Face


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    y: float  # the base line of the text around it
    size: float
    ticked: bool


@dataclass(frozen=True, slots=True)
class Frame:
    x: float
    y: float
    wide: float
    high: float
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    x: float
    y: float
    wide: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """Ink inside a frame of this size."""

    x: float
    y: float
    wide: float
    high: float
    ink: Ink = field(repr=False)


@dataclass(frozen=True, slots=True)
class Digest:
    """Where the digest of what was signed will stand; known only once the rest is drawn."""

    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code. Its data is a reference and a check, never anything a person said."""

    x: float
    y: float
    side: float
    data: str


Mark = Words | Tick | Frame | Rule | Drawn | Digest | Code


@dataclass(slots=True)
class Pages:
    """The one thing in this room that changes. It never leaves `layout.lay_out`."""

    fonts: Fonts
    pages: list[list[Mark]] = field(default_factory=lambda: [[]])
    y: float = TOP

    @property
    def room(self) -> float:
        return self.y - BOTTOM

    def turn(self) -> None:
        self.pages.append([])
        self.y = TOP

    def add(self, *marks: Mark) -> None:
        self.pages[-1].extend(marks)

    def line(self, inline: Inline, x: float, base: float, size: float = SIZE, face: Face = Face.BODY) -> None:
        """One line of text from x on, standing on its base line."""
        for piece in inline:
            words = piece.label if isinstance(piece, Box) else piece if isinstance(piece, str) else BLANK
            if words.strip():
                self.add(Words(x, base, words, size, face))
            if isinstance(piece, Box):
                self.add(Tick(x + self.fonts.width(words, size, face), base, size, piece.ticked))
            x += self._wide(piece, size, face)

    def centred(self, text: str, base: float, size: float, face: Face) -> None:
        self.line((text,), (WIDE - self.width(text, size, face)) / 2, base, size, face)

    def width(self, text: str, size: float = SIZE, face: Face = Face.BODY) -> float:
        return self.fonts.width(text, size, face)

    def wrapped(self, lines: Iterable[Inline], wide: float, size: float = SIZE) -> list[Inline]:
        def measure(piece: Piece) -> float:
            return self._wide(piece, size, Face.BODY)

        return [part for line in lines for part in wrap(line, wide, measure)]

    def _wide(self, piece: Piece, size: float, face: Face) -> float:
        if isinstance(piece, str):
            return self.fonts.width(piece, size, face)
        if isinstance(piece, Box):
            return self.fonts.width(piece.label, size, face) + size * BOX
        return self.fonts.width(BLANK, size, face)
