"""Which font draws which character, and how wide it is.

The body is Noto Serif SC, headings Noto Sans SC Bold; what they lack comes from HanaMin when the machine has it.
A character in no font is drawn as 〓 with its number beside it, while the PDF's text holds the character alone (the
number is marked as drawn for it), so that a search for the whole name finds it. Nothing is dropped and nothing is
replaced silently.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

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
    """Characters that one font draws; `stands_for` is what they are read as where that is something else."""

    font: str
    text: str
    stands_for: str = ""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The shipped faces, and the machine's fonts for rare names in the order they are asked."""

    rare: tuple[Path, ...] = ()
    _ems: dict[Face, _Ems] = field(default_factory=dict, init=False, repr=False, compare=False)

    def runs(self, text: str, face: Face = Face.BODY) -> tuple[Run, ...]:
        """Split the text into runs, each in the first font that has its characters."""
        if _shipped(face).covers.issuperset(text):
            return (Run(face, text),) if text else ()
        runs: list[Run] = []
        for character in text:
            found, _ = _drawn(character, face, self.rare)
            for run in found:
                if runs and runs[-1].font == run.font and not (run.stands_for or runs[-1].stands_for):
                    runs[-1] = Run(run.font, runs[-1].text + run.text)
                else:
                    runs.append(run)
        return tuple(runs)

    def width(self, text: str, size: float, face: Face = Face.BODY) -> float:
        """How far this text reaches at this size, in points."""
        ems = self._ems.get(face)
        if ems is None:
            ems = self._ems[face] = _Ems(face, self.rare)
        return sum(map(ems.__getitem__, text)) * size / 1000

    def unusable(self) -> tuple[Path, ...]:
        """Fonts for rare names that cannot be read: missing, damaged, or with outlines that PDF drawing cannot take."""
        return tuple(path for path in self.rare if _rare(path) is None)

    def box(self, ticked: bool) -> Run:
        """The searchable text of a box, drawn invisibly under its shape; no text of people's goes this way."""
        heading = _shipped(Face.HEAD)
        heading.stand_in(TICKED, UNTICKED)
        return Run(Face.HEAD, TICKED if ticked else UNTICKED)


class _Ems(dict[str, float]):
    """Widths of characters in thousandths of their size, worked out when first asked."""

    def __init__(self, face: Face, rare: tuple[Path, ...]) -> None:
        self._of = face, rare

    def __missing__(self, character: str) -> float:
        wide = self[character] = _drawn(character, *self._of)[1]
        return wide


@cache
def machine_fonts(chosen: str = "") -> Fonts:
    """What this machine has, after the one chosen in the settings; none is fine, and is named in the readiness report."""
    found = (next((f / name for f in _RARE_FOLDERS if (f / name).is_file()), None) for name in _RARE_NAMES)
    return Fonts(tuple(path for path in (Path(chosen) if chosen else None, *found) if path is not None))


@dataclass(frozen=True, slots=True)
class _Loaded:
    font: TTFont
    covers: frozenset[str]

    def em(self, text: str) -> float:
        """The width of a text in thousandths of its size."""
        shapes = self.font.face
        return float(sum(shapes.charWidths.get(ord(character), shapes.defaultWidth) for character in text))

    def stand_in(self, character: str, drawn_as: str) -> None:
        """From now on this font draws one character with the shape of another; its text stays the character."""
        shapes = self.font.face
        shapes.charToGlyph[ord(character)] = shapes.charToGlyph[ord(drawn_as)]
        shapes.charWidths[ord(character)] = shapes.charWidths[ord(drawn_as)]


@cache
def _load(name: str, path: Path) -> _Loaded:
    """Read and register a font once a process."""
    font = TTFont(name, str(path))
    pdfmetrics.registerFont(font)
    return _Loaded(font, frozenset(map(chr, font.face.charToGlyph)))


@cache
def _rare(path: Path) -> _Loaded | None:
    """A bad font on the machine must not keep anybody from filing: it is as if it were not there."""
    try:
        return _load(path.stem, path)
    except (TTFError, OSError):
        return None


@cache
def _shipped(face: Face) -> _Loaded:
    return _load(face, resources.folder("fonts") / _SHIPPED[face])


@lru_cache(maxsize=1 << 15)
def _drawn(character: str, face: Face, rare: tuple[Path, ...]) -> tuple[tuple[Run, ...], float]:
    """The runs of one character and its width: in the first font that has it, or 〓 standing in, and its number."""
    shipped = _shipped(face)
    if character in shipped.covers:
        return (Run(face, character),), shipped.em(character)
    for path in rare:
        loaded = _rare(path)
        if loaded and character in loaded.covers:
            return (Run(path.stem, character),), loaded.em(character)
    shipped.stand_in(character, GETA)
    text = f"{character}({code_point(character)})"
    return (Run(face, text, character),), shipped.em(text)
