"""Which font draws which character, and how wide it is.

The body is Noto Serif SC, headings Noto Sans SC Bold; what they lack comes from HanaMin when the machine has it.
A character in no font is drawn as 〓 with its number beside it, while the code point itself stays in the PDF's text,
so that a search for the name still finds it. Nothing is dropped and nothing is replaced silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources
from kiosk.documents.escape import GETA, code_point

UNTICKED, TICKED = "□", "☑"


class Face(StrEnum):
    BODY = "KioskSerif"
    HEAD = "KioskSansBold"


_SHIPPED = {Face.BODY: "NotoSerifSC_400Regular.ttf", Face.HEAD: "NotoSansSC_700Bold.ttf"}

# Where fonts-hanazono puts them, on Debian and on Fedora's family.
_RARE_FOLDERS = (Path("/usr/share/fonts/truetype/hanazono"), Path("/usr/share/fonts/hanazono-fonts"))
_RARE_NAMES = ("HanaMinA.ttf", "HanaMinB.ttf")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one font draws."""

    font: str
    text: str


def rare_fonts() -> tuple[Path, ...]:
    """The fonts for rare names that this machine has; none is fine and is named in the readiness report."""
    found = (next((f / name for f in _RARE_FOLDERS if (f / name).is_file()), None) for name in _RARE_NAMES)
    return tuple(path for path in found if path is not None)


def font_runs(text: str, face: Face = Face.BODY, rare: Sequence[Path] | None = None) -> tuple[Run, ...]:
    """Split the text into runs, each in the first font that has its characters."""
    rare = rare_fonts() if rare is None else rare
    runs: list[Run] = []
    for character in text:
        for font, piece in _drawn(character, face, tuple(rare)):
            if runs and runs[-1].font == font:
                runs[-1] = Run(font, runs[-1].text + piece)
            else:
                runs.append(Run(font, piece))
    return tuple(runs)


def width(text: str, size: float, face: Face = Face.BODY, rare: Sequence[Path] | None = None) -> float:
    """How far this text reaches at this size, in points."""
    rare = tuple(rare_fonts() if rare is None else rare)
    return sum(_em(character, face, rare) for character in text) * size / 1000


@cache
def _em(character: str, face: Face, rare: tuple[Path, ...]) -> float:
    """The width of one character in thousandths of its size."""
    return sum(
        float(pdfmetrics.getFont(font).face.getCharWidth(ord(c))) for font, piece in _drawn(character, face, rare) for c in piece
    )


@cache
def _drawn(character: str, face: Face, rare: tuple[Path, ...]) -> tuple[tuple[str, str], ...]:
    """The font for this character; or 〓 standing in for it, and its number."""
    point = ord(character)
    if point in _open(face, resources.folder("fonts") / _SHIPPED[face]):
        return ((face, character),)
    for path in rare:
        if point in _open(path.stem, path):
            return ((path.stem, character),)
    if character == TICKED:
        _stand_in(face, character, UNTICKED)
        return ((face, character),)
    _stand_in(face, character, GETA)
    return ((face, character + f"({code_point(character)})"),)


@cache
def _open(name: str, path: Path) -> frozenset[int]:
    """Load and register a font once a process; what it covers."""
    font = TTFont(name, str(path))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def _stand_in(face: Face, character: str, drawn_as: str) -> None:
    """From now on this font draws one character with the shape of another; its text stays the character."""
    shapes = pdfmetrics.getFont(face).face
    shapes.charToGlyph[ord(character)] = shapes.charToGlyph[ord(drawn_as)]
    shapes.charWidths[ord(character)] = shapes.getCharWidth(ord(drawn_as))
