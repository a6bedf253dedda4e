"""Characters as dots, for what a ROM does not hold and for tickets drawn whole.

One cell is 24 dots high and 12 (ASCII) or 24 dots wide. A character no font has becomes a box with its code
point: the record keeps the character, the paper shows that something stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import resources

CELL = 24
_HAN_BASELINE = 21
_ASCII_BASELINE = 19  # room for the tails of g and y
_HAN_PIXELS = 24
_ASCII_PIXELS = 21
_THRESHOLD = 110
_SYSTEM_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
    "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    "/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf",
)


class Glyphs:
    """A chain of fonts: the kiosk's own first, then what the system has for rare characters."""

    def __init__(self, regular: Path, bold: Path, rare: Sequence[Path] = ()) -> None:
        self._plain = _Chain([regular, *rare])
        self._bold = _Chain([bold, regular, *rare])
        self.cell = lru_cache(maxsize=8192)(self._cell)
        self.columns = lru_cache(maxsize=2048)(self._columns)

    def has(self, character: str) -> bool:
        return self._plain.find(character, _HAN_PIXELS) is not None

    def _cell(self, character: str, size: int = 1, bold: bool = False) -> Image.Image:
        """The character in its cell, black on white, threshold and never dither."""
        wide = CELL if character > "~" else CELL // 2
        pixels = (_HAN_PIXELS if character > "~" else _ASCII_PIXELS) * size
        font = (self._bold if bold else self._plain).find(character, pixels)
        if font is None:
            return _box(character).resize((wide * size, CELL * size), Image.Resampling.NEAREST)
        advance = max(1, round(font.getlength(character)))
        room = wide * size
        canvas = Image.new("L", (max(advance, room), CELL * size), 255)
        start = max(0, (room - advance) // 2)
        baseline = _HAN_BASELINE if character > "~" else _ASCII_BASELINE
        ImageDraw.Draw(canvas).text((start, baseline * size), character, fill=0, font=font, anchor="ls")
        if canvas.width > room:
            canvas = canvas.resize((room, canvas.height), Image.Resampling.BILINEAR)
        return canvas.point(lambda level: 0 if level < 255 - _THRESHOLD else 255).convert("1")

    def _columns(self, character: str, bold: bool = False) -> bytes:
        """72 bytes for `ESC * 33`: 24 columns of 24 dots, top dot first, a set bit is black."""
        cell = Image.new("1", (CELL, CELL), 1)
        drawn = self.cell(character, 1, bold)
        cell.paste(drawn, ((CELL - drawn.width) // 2, 0))
        return bytes(byte ^ 0xFF for byte in cell.transpose(Image.Transpose.TRANSPOSE).tobytes())


class _Chain:
    """The first font of a list that draws a character."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self._font = lru_cache(maxsize=64)(self._open)
        self._missing = lru_cache(maxsize=64)(self._draw_missing)

    def find(self, character: str, pixels: int) -> ImageFont.FreeTypeFont | None:
        for path in self._paths:
            font = self._font(path, pixels)
            if character.isspace() or bytes(font.getmask(character)) != self._missing(path, pixels):
                return font
        return None

    def _open(self, path: Path, pixels: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(path), pixels, layout_engine=ImageFont.Layout.BASIC)

    def _draw_missing(self, path: Path, pixels: int) -> bytes:
        return bytes(self._font(path, pixels).getmask("\U0010ffff"))


def _box(character: str) -> Image.Image:
    """A frame with the code point in it, two rows of three digits."""
    cell = Image.new("1", (CELL, CELL), 1)
    draw = ImageDraw.Draw(cell)
    draw.rectangle((1, 1, CELL - 2, CELL - 2), outline=0)
    digits = f"{ord(character):06X}"
    font = ImageFont.truetype(str(resources.folder("fonts") / "NotoSansSC_400Regular.ttf"), 9)
    for row, three in enumerate((digits[:3], digits[3:])):
        draw.text((CELL // 2, 7 + 9 * row), three, fill=0, font=font, anchor="mm")
    return cell


@lru_cache(maxsize=1)
def shipped_glyphs() -> Glyphs:
    """The fonts that ship with the kiosk, and the system's for rare characters where it has them."""
    fonts = resources.folder("fonts")
    rare = [Path(path) for path in _SYSTEM_FONTS if Path(path).is_file()]
    return Glyphs(fonts / "NotoSansSC_400Regular.ttf", fonts / "NotoSansSC_700Bold.ttf", rare)
