"""A slip as printer bytes. Only this module makes them, from lines that have passed the gate.

Every item of the list is one whole command or line, so that status may be asked between any two. Native text
first, a rare character as an inline picture of 77 bytes, a whole line or ticket as picture last.
"""

from __future__ import annotations

from typing import Protocol

from PIL import Image

from kiosk.slips.measure import Line, TextLine, lay_out
from kiosk.slips.parts import Align, Barcode, Cut, Feed, Logo, Qr, RomRow, Slip
from printers.glyphs import Glyphs, shipped_glyphs
from printers.logo import stored_logo
from printers.profiles import PrinterProfile
from printers.raster import draw_line, picture_commands, scrub, stack
from printers.text import native

LINE_DOTS = 34  # a little air between lines of 24 dots
BELOW_CODE_DOTS = 12
CUT_FEED_LINES = 3
MARGIN_TO_KNIFE_DOTS = 120
_ALIGN = {Align.LEFT: b"\x1ba\x00", Align.CENTRE: b"\x1ba\x01", Align.RIGHT: b"\x1ba\x02"}


class Codes(Protocol):
    """The commands that are built elsewhere, by python-escpos."""

    def qr(self, data: str, module_dots: int) -> bytes: ...

    def qr_matrix(self, data: str) -> list[list[bool]]: ...

    def barcode(self, data: str) -> bytes: ...

    def feed_and_cut(self, lines: int, cut: str) -> bytes: ...


def encode(
    slip: Slip,
    profile: PrinterProfile,
    codes: Codes,
    glyphs: Glyphs | None = None,
    logo: Image.Image | None = None,
) -> list[bytes]:
    """The paper's bytes, from `ESC @` to the knife. The marker is the driver's."""
    body, foot = encode_parted(slip, profile, codes, glyphs, logo)
    return [*body, *foot]


def encode_parted(
    slip: Slip,
    profile: PrinterProfile,
    codes: Codes,
    glyphs: Glyphs | None = None,
    logo: Image.Image | None = None,
) -> tuple[list[bytes], list[bytes]]:
    """The same in two pieces: up to the last line of text, and that line with the knife. The last line makes a paper
    valid, so it may be held back until the rest is known to be printed.
    """
    page = _Page(profile, codes, glyphs or shipped_glyphs(), logo)
    lines = lay_out(slip, profile.columns)
    foot = max((at for at, line in enumerate(lines) if isinstance(line, TextLine)), default=len(lines))
    pieces: list[list[bytes]] = []
    for part in (lines[:foot], lines[foot:]):
        if profile.rom == "none":
            commands = page.pictures(part)
        else:
            commands = [command for line in part for command in page.native(line)]
        pieces.append([command for command in commands if command])
    return [head(profile), *pieces[0]], pieces[1]


def head(profile: PrinterProfile) -> bytes:
    """A fresh start: `ESC @` turns status messages off, so they come on after it."""
    return b"".join(
        (
            b"\x1b@",
            b"\x1da\xff" if profile.asb else b"",
            b"\x1d(D\x05\x00\x14\x01\x00\x02\x00" if profile.realtime_off == "gs_paren_d" else b"",
            b"\x1c&" if profile.kanji_mode == "fs" and profile.rom != "none" else b"",
            line_spacing(1),
        )
    )


def line_spacing(size: int) -> bytes:
    return bytes((0x1B, 0x33, line_dots(size)))


def line_dots(size: int) -> int:
    return 24 * size + LINE_DOTS - 24


def marker_command(profile: PrinterProfile, marker: str) -> bytes:
    """What the printer is asked to say once everything before it is on paper."""
    match profile.marker:
        case "gs_paren_h":
            return b"\x1d(H\x06\x0000" + marker.encode("ascii")
        case "gs_r":
            return b"\x1dr\x01"
        case "none":
            return b""


def paper_millimetres(slip: Slip, profile: PrinterProfile) -> int:
    """How long the paper will be, generously."""
    dots = MARGIN_TO_KNIFE_DOTS
    for line in lay_out(slip, profile.columns):
        match line:
            case TextLine(size=size):
                dots += line_dots(size)
            case Feed(lines):
                dots += LINE_DOTS * lines
            case Qr(module_dots=module):
                dots += 41 * module
            case Barcode():
                dots += 100
            case Logo():
                dots += 192
            case Cut():
                dots += LINE_DOTS * CUT_FEED_LINES
            case RomRow():
                dots += LINE_DOTS
    return round(dots * 25.4 / profile.dpi)


class _Page:
    """Lines into commands. A style is sent when it changes; `ESC @` began with the plain one."""

    def __init__(self, profile: PrinterProfile, codes: Codes, glyphs: Glyphs, logo: Image.Image | None) -> None:
        self._profile = profile
        self._codes = codes
        self._glyphs = glyphs
        self._logo = logo
        self._align: Align | None = None
        self._size, self._bold = 1, False

    def native(self, line: Line) -> list[bytes]:
        match line:
            case TextLine():
                return self._text(line)
            case Feed(lines):
                return [self._sized(1) + b"\x1bd" + bytes([lines])]
            case Qr(data, module_dots):
                if not self._profile.qr_native:
                    return self._picture(stack([self._qr(data, module_dots), BELOW_CODE_DOTS], self._profile.dots))
                return [
                    self._aligned(Align.CENTRE) + self._codes.qr(data, module_dots),
                    bytes((0x1B, 0x4A, BELOW_CODE_DOTS)),
                ]
            case Barcode(data):
                return [self._aligned(Align.CENTRE) + self._codes.barcode(data)]
            case Logo():
                return self._logo_commands()
            case Cut():
                return [self._cut()]
            case RomRow(label, characters):
                return [self._rom_row(label, characters)]

    def pictures(self, lines: tuple[Line, ...]) -> list[bytes]:
        """Everything drawn, for printers without Chinese characters."""
        commands: list[bytes] = []
        drawn: list[Image.Image | int] = []
        for line in lines:
            match line:
                case TextLine():
                    drawn += [draw_line(line, self._profile.dots, self._glyphs), LINE_DOTS - 24]
                case Feed(count):
                    drawn.append(LINE_DOTS * count)
                case Qr(data, module_dots) if not self._profile.qr_native:
                    drawn += [self._qr(data, module_dots), BELOW_CODE_DOTS]
                case Logo() if not self._profile.nv_logo:
                    drawn += [self._logo] if self._logo else []
                case _:
                    commands += self._flush(drawn) + self.native(line)
                    drawn = []
        return commands + self._flush(drawn)

    def _flush(self, drawn: list[Image.Image | int]) -> list[bytes]:
        if not drawn:
            return []
        return self._picture(stack(drawn, self._profile.dots))

    def _text(self, line: TextLine) -> list[bytes]:
        codes = [native(character, self._profile.rom) for character in line.text]
        if line.size > 1 and None in codes:
            # GS ! does not scale an inline picture, so the whole line is drawn.
            return self._picture(
                stack([draw_line(line, self._profile.dots, self._glyphs), LINE_DOTS - 24], self._profile.dots)
            )
        body = b"".join(
            code if code is not None else self._inline(character, line.bold)
            for character, code in zip(line.text, codes, strict=True)
        )
        return [self._sized(line.size) + self._aligned(line.align) + self._weight(line.bold) + body + b"\n"]

    def _sized(self, size: int) -> bytes:
        if size == self._size:
            return b""
        self._size = size
        return line_spacing(size) + bytes((0x1D, 0x21, (size - 1) * 0x11))

    def _aligned(self, align: Align) -> bytes:
        if align is self._align:
            return b""
        self._align = align
        return _ALIGN[align]

    def _weight(self, bold: bool) -> bytes:
        if bold is self._bold:
            return b""
        self._bold = bold
        return bytes((0x1B, 0x45, bold))

    def _inline(self, character: str, bold: bool) -> bytes:
        return b"\x1b*\x21\x18\x00" + scrub(self._glyphs.columns(character, bold))

    def _rom_row(self, label: str, characters: str) -> bytes:
        """Left what the printer's own ROM makes of the codes, right the same characters drawn. Whatever the profile
        believes, the codes are sent: a ROM without them shows itself. The line ends before the next begins, so that
        one that reads four bytes as two and two is in step again.
        """
        plain = self._sized(1) + self._aligned(Align.LEFT) + self._weight(False)
        if self._profile.rom == "none":
            plain += b"\x1c&"
        codes = characters.encode("gb18030")
        drawn = b"".join(self._inline(character, False) for character in characters)
        return plain + label.encode("ascii") + b"  " + codes + b"    " + drawn + b"\n"

    def _picture(self, picture: Image.Image) -> list[bytes]:
        """A picture as wide as the paper; it starts at the left, or its trimmed bands would wander."""
        commands = [self._aligned(Align.LEFT), *picture_commands(picture, self._profile)]
        if self._profile.raster == "esc_star":
            self._size = 0  # the stripes changed the line spacing
        return commands

    def _qr(self, data: str, module_dots: int) -> Image.Image:
        matrix = self._codes.qr_matrix(data)
        small = Image.new("1", (len(matrix), len(matrix)), 1)
        small.putdata([0 if dark else 1 for row in matrix for dark in row])
        side = len(matrix) * module_dots
        return small.resize((side, side), Image.Resampling.NEAREST)

    def _logo_commands(self) -> list[bytes]:
        if self._profile.nv_logo:
            return [self._aligned(Align.CENTRE) + stored_logo(self._profile)]
        if self._logo is None:
            return []
        return [self._aligned(Align.CENTRE), *picture_commands(self._logo, self._profile, trim=False)]

    def _cut(self) -> bytes:
        return self._codes.feed_and_cut(CUT_FEED_LINES, self._profile.cut)
