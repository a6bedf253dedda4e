"""What came out of the virtual printer: papers with their ink, their text and their codes."""

from __future__ import annotations

from dataclasses import dataclass, field

INLINE_PICTURE = "￼"  # stands in the text where a small picture stands on the paper


@dataclass(frozen=True, slots=True)
class Character:
    left: int
    top: int
    character: str
    wide: int  # times
    high: int  # times
    bold: bool = False
    box: bool = False  # the ROM has no such character


@dataclass(frozen=True, slots=True)
class Bitmap:
    left: int
    top: int
    width: int
    height: int
    rows: bytes = field(repr=False)  # packed, a set bit is black


@dataclass(frozen=True, slots=True)
class Code:
    left: int
    top: int
    kind: str  # qr or code128
    data: str
    module_dots: int
    side: int  # height in dots


Ink = Character | Bitmap | Code


@dataclass(frozen=True, slots=True)
class Paper:
    """One piece of paper. `torn` when it ended without the knife."""

    width: int
    dots: int
    ink: tuple[Ink, ...] = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    cut: bool = False

    @property
    def torn(self) -> bool:
        return not self.cut

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(ink.data for ink in self.ink if isinstance(ink, Code))

    @property
    def boxes(self) -> int:
        return sum(1 for ink in self.ink if isinstance(ink, Character) and ink.box)
