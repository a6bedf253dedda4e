"""ESC/POS as the virtual printer understands it: bytes in, ink and wishes to move paper out.

Written as one long conversation: the generator asks for a byte by yielding `BYTE` and waits for the mechanics by
yielding `PAPER`. A command it does not know is noted, never guessed.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Protocol

from printers.virtual.dots import at, grown, qr_side, turned
from printers.virtual.paper import INLINE_PICTURE, Bitmap, Character, Code, Ink
from printers.virtual.rom import BOX, needs, read

BYTE = "byte"
PAPER = "paper"
Talk = Generator[str, int, None]
Taking = Generator[str, int, bytes]

PLAIN_LINE = 30
_ESC_ONE = frozenset(b"!-aEGMtR T{VrU=u")
_ESC_NONE = frozenset(b"LS<\x0c")
_GS_ONE = frozenset(b"!BhwfHbT/")
_GS_TWO = frozenset(b"LWP$\\")
TAB_COLUMNS = 8


class Mechanics(Protocol):
    """What the conversation wishes of the machine around it."""

    def can_move(self, dots: int) -> bool: ...

    def move(self, dots: int, ink: list[Ink], text: str | None) -> None: ...

    def knife(self) -> bool: ...

    def say(self, answer: bytes) -> None: ...

    def say_marker(self, marker: bytes) -> None: ...

    def watch(self, mask: int) -> None: ...

    def paper_byte(self) -> int: ...

    def power_commands(self, allowed: bool) -> None: ...

    def keep_logo(self, key: bytes, logo: Bitmap) -> None: ...

    def kept_logo(self, key: bytes) -> Bitmap | None: ...

    def unknown(self, command: bytes) -> None: ...


@dataclass
class Style:
    wide: int = 1
    high: int = 1
    bold: bool = False
    align: int = 0
    spacing: int = PLAIN_LINE
    kanji: bool = True
    module: int = 3
    code_height: int = 64
    code_width: int = 2
    stored: bytes = b""
    tabs: tuple[int, ...] = ()  # columns; () : every eighth
    left: int = 0  # margin in dots
    area: int = 0  # printed width in dots; 0: the whole paper
    spread: int = 0  # dots to the right of each character
    narrow: bool = False  # font B, 9 dots wide
    drawn: tuple[bytes, int, int] = (b"", 0, 0)  # a graphic in the print buffer: rows, width, height
    line: list[tuple[Ink, int, int, str]] = field(default_factory=list)  # ink at 0,0 with width, height, text


class Interpreter:
    def __init__(self, machine: Mechanics, rom: str, dots: int, logo: Bitmap | None = None) -> None:
        self._machine = machine
        self._rom = rom
        self._dots = dots
        self._logo = logo
        self._style = Style()

    def talk(self) -> Talk:
        """The whole conversation; never ends."""
        while True:
            byte = yield BYTE
            if byte == 0x0A:
                yield from self._end_line(None)
            elif byte == 0x1B:
                yield from self._esc()
            elif byte == 0x1D:
                yield from self._gs()
            elif byte == 0x09:
                self._tab()
            elif byte == 0x1C:
                yield from self._fs()
            elif byte == 0x10:
                yield from self._dle()
            elif byte >= 0x20:
                yield from self._character(byte)

    def _take(self, count: int) -> Taking:
        data = bytearray()
        while len(data) < count:
            data.append((yield BYTE))
        return bytes(data)

    # Text

    def _character(self, byte: int) -> Talk:
        if byte < 0x80 or not self._style.kanji:
            self._add(chr(byte) if byte < 0x7F else BOX, 9 if self._style.narrow else 12, box=byte >= 0x7F)
        elif byte in (0x80, 0xFF):
            self._add(BOX, 12, box=True)
        else:
            code = bytes([byte]) + (yield from self._take(1))
            code += yield from self._take(needs(code[0], code[1], self._rom) - 2)
            found = read(code, self._rom)
            self._add(found or BOX, 24, box=found is None)
        if self._width() > self._room() and len(self._style.line) > 1:
            last = self._style.line.pop()
            yield from self._end_line(None)
            self._style.line.append(last)

    def _add(self, character: str, dots: int, box: bool) -> None:
        style = self._style
        ink = Character(0, 0, character, style.wide, style.high, style.bold, box)
        style.line.append((ink, dots * style.wide + style.spread, 24 * style.high, character))

    def _room(self) -> int:
        return min(self._style.area or self._dots, self._dots - self._style.left)

    def _tab(self) -> None:
        """On to the next tab; a blank as wide as the way."""
        stops = self._style.tabs or tuple(range(TAB_COLUMNS, self._dots // 12, TAB_COLUMNS))
        place = next((stop * 12 for stop in stops if stop * 12 > self._width()), None)
        if place is not None:
            self._go_to(place)

    def _go_to(self, dots: int) -> None:
        gap = dots - self._width()
        if 0 < gap <= self._dots:
            self._style.line.append((Character(0, 0, " ", 1, 1), gap, 24, " " * max(1, gap // 12)))

    def _width(self) -> int:
        return sum(width for _, width, _, _ in self._style.line)

    def _end_line(self, feed: int | None) -> Talk:
        """Print what stands in the line, then move the paper: by the line spacing, or by so many dots."""
        style = self._style
        height = max((height for _, _, height, _ in style.line), default=0)
        dots = max(height, style.spacing if feed is None else feed)
        while not self._machine.can_move(dots):
            yield PAPER
        spare = self._room() - self._width()
        left = style.left + (0, spare // 2, spare)[min(style.align, 2)]
        placed: list[Ink] = []
        for ink, width, tall, _ in style.line:
            placed.append(at(ink, max(left, 0), height - tall))
            left += width
        text = "".join(text for *_, text in style.line)
        style.line.clear()
        self._machine.move(dots, placed, text if placed or feed is None else None)

    def _picture(self, ink: Ink, width: int, height: int) -> Talk:
        """A picture on a line of its own, as high as it is."""
        if self._style.line:
            yield from self._end_line(None)
        while not self._machine.can_move(height):
            yield PAPER
        left = (0, (self._dots - width) // 2, self._dots - width)[min(self._style.align, 2)]
        self._machine.move(height, [at(ink, max(left, 0), 0)], None)

    # Commands

    def _esc(self) -> Talk:
        name = yield BYTE
        style = self._style
        if name == 0x40:  # @
            self._style = Style(kanji=self._kanji_at_start)
            self._machine.watch(0)
            self._machine.power_commands(True)
        elif name == 0x32:
            style.spacing = PLAIN_LINE
        elif name == 0x33:
            style.spacing = yield BYTE
        elif name == 0x4A:
            yield from self._end_line((yield BYTE))
        elif name == 0x64:
            yield from self._end_line(style.spacing * (yield BYTE))
        elif name == 0x2A:
            yield from self._bit_image()
        elif name in b"im":
            yield from self._cut()
        elif name == 0x70:
            yield from self._take(3)
        elif name == 0x44:  # D: tabs, up to a NUL
            tabs: list[int] = []
            while (stop := (yield BYTE)) != 0 and len(tabs) < 32:
                tabs.append(stop)
            style.tabs = tuple(tabs)
        elif name == 0x24:
            low, high = yield from self._take(2)
            self._go_to(low + 256 * high)
        elif name == 0x5C:
            low, high = yield from self._take(2)
            self._go_to(self._width() + int.from_bytes(bytes((low, high)), "little", signed=True))
        elif name in b"cB":
            yield from self._take(2)
        elif name == 0x28:  # ESC ( A: buzzer
            _a, low, high = yield from self._take(3)
            yield from self._take(low + 256 * high)
        elif name == 0x26:  # & : characters of one's own
            yield from self._own_characters()
        elif name in b"%?":
            yield BYTE
        elif name == 0x57:
            yield from self._take(8)
        elif name in _ESC_ONE:
            self._esc_style(name, (yield BYTE))
        elif name not in _ESC_NONE:
            self._machine.unknown(bytes((0x1B, name)))

    _kanji_at_start = True

    def start_without_kanji(self) -> None:
        """A printer that waits for FS & after each start."""
        self._kanji_at_start = False
        self._style.kanji = False

    def _esc_style(self, name: int, value: int) -> None:
        style = self._style
        if name == 0x45:
            style.bold = bool(value & 1)
        elif name == 0x61:
            style.align = value % 48 if value >= 48 else value
        elif name == 0x47:
            style.bold = bool(value & 1)
        elif name == 0x20:
            style.spread = value
        elif name == 0x4D:
            style.narrow = value in (1, 49)
        elif name == 0x21:
            style.bold, style.narrow = bool(value & 8), bool(value & 1)
            style.high, style.wide = 1 + (value >> 4 & 1), 1 + (value >> 5 & 1)

    def _own_characters(self) -> Talk:
        deep, first, last = yield from self._take(3)
        for _ in range(max(0, last - first + 1)):
            yield from self._take(deep * (yield BYTE))

    def _bit_image(self) -> Talk:
        mode, low, high = yield from self._take(3)
        columns = low + 256 * high
        deep = 3 if mode in (32, 33) else 1
        data = yield from self._take(columns * deep)
        rows = turned(data, columns, deep)
        wide = (columns + 7) // 8 * 8
        self._style.line.append((Bitmap(0, 0, wide, deep * 8, rows), columns, deep * 8, INLINE_PICTURE))

    def _gs(self) -> Talk:
        name = yield BYTE
        style = self._style
        if name == 0x21:
            value = yield BYTE
            style.wide, style.high = 1 + (value >> 4 & 7), 1 + (value & 7)
        elif name == 0x56:
            mode = yield BYTE
            if mode >= 65:
                yield from self._end_line((yield BYTE) + 0)
            yield from self._cut()
        elif name == 0x76:
            yield from self._raster()
        elif name == 0x28:
            yield from self._long()
        elif name == 0x6B:
            yield from self._barcode()
        elif name == 0x72:
            if (yield BYTE) in (1, 49):
                self._machine.say(bytes([self._machine.paper_byte()]))
        elif name == 0x61:
            self._machine.watch((yield BYTE))
        elif name == 0x49:
            self._say_who((yield BYTE))
        elif name == 0x38:  # 8 L: as ( L, with a length of four bytes
            part = yield from self._take(5)
            data = yield from self._take(int.from_bytes(part[1:], "little"))
            yield from self._graphics(data)
        elif name == 0x2A:
            x, y = yield from self._take(2)
            yield from self._take(x * y * 8)
        elif name == 0x4C:
            low, high = yield from self._take(2)
            style.left = min(low + 256 * high, self._dots - 12)
        elif name == 0x57:
            low, high = yield from self._take(2)
            style.area = max(12, low + 256 * high)
        elif name in _GS_TWO:
            yield from self._take(2)
        elif name == 0x3A:
            pass  # begins or ends a macro, which is not kept
        elif name == 0x5E:
            yield from self._take(3)
        elif name == 0x67:  # g 0, g 2: maintenance counters
            yield from self._take(4)
        elif name in _GS_ONE:
            value = yield BYTE
            if name == 0x68:
                style.code_height = value
            elif name == 0x77:
                style.code_width = value
        else:
            self._machine.unknown(bytes((0x1D, name)))

    def _raster(self) -> Talk:
        _zero, mode, x_low, x_high, y_low, y_high = yield from self._take(6)
        across, down = x_low + 256 * x_high, y_low + 256 * y_high
        data = yield from self._take(across * down)
        yield from self._scaled(data, across * 8, down, 1 + (mode & 1), 1 + (mode >> 1 & 1))

    def _scaled(self, data: bytes, width: int, height: int, wide: int, high: int) -> Talk:
        """Rows of dots as a picture, each dot so many times as wide and high."""
        if wide > 1 or high > 1:
            data, width, height = grown(data, width, height, wide, high)
        yield from self._picture(Bitmap(0, 0, width, height, data), width, height)

    def _say_who(self, asked: int) -> None:
        said = {
            0x41: b"_1.00\0",
            0x42: b"_KIOSK\0",
            0x43: b"_VIRTUAL\0",
            0x44: b"_0000000001\0",
            0x45: b"_CHINA " + (b"GB2312" if self._rom == "gb2312" else b"GB18030") + b"\0",
            1: b"\x20",
            2: b"\x02",
            3: b"\x00",
        }
        if asked in said:
            self._machine.say(said[asked])

    def _graphics(self, data: bytes) -> Talk:
        """GS ( L: pictures kept in the printer (67, 69) or put into the print buffer and printed (112, 50)."""
        function = data[1] if len(data) > 1 else 0
        if function in (2, 50):
            rows, width, height = self._style.drawn
            self._style.drawn = (b"", 0, 0)
            if rows:
                yield from self._scaled(rows, width, height, 1, 1)
        elif function == 112 and len(data) > 10:
            width = int.from_bytes(data[6:8], "little")
            height = int.from_bytes(data[8:10], "little")
            rows, before = data[10:], self._style.drawn
            wide, high = min(2, max(1, data[3])), min(2, max(1, data[4]))
            rows = rows.ljust((width + 7) // 8 * height, b"\0")[: (width + 7) // 8 * height]
            width = (width + 7) // 8 * 8
            if wide > 1 or high > 1:
                rows, width, height = grown(rows, width, height, wide, high)
            joined = before[1] == width
            self._style.drawn = (before[0] + rows, width, before[2] + height) if joined else (rows, width, height)
        elif function == 67 and len(data) > 11:
            width = (int.from_bytes(data[6:8], "little") + 7) // 8 * 8
            height = int.from_bytes(data[8:10], "little")
            self._machine.keep_logo(bytes(data[3:5]), Bitmap(0, 0, width, height, data[11:]))
        elif function == 69 and len(data) >= 6:
            logo = self._machine.kept_logo(bytes(data[2:4]))
            if logo is not None:
                wide, high = min(2, max(1, data[4])), min(2, max(1, data[5]))
                yield from self._scaled(logo.rows, logo.width, logo.height, wide, high)
        elif function not in (0, 1, 3, 4, 48, 49, 51, 52, 64, 65, 66, 80, 81, 82, 83, 84, 85, 113):
            self._machine.unknown(b"\x1d(L" + data[:2])

    def _long(self) -> Talk:
        name, low, high = yield from self._take(3)
        data = yield from self._take(low + 256 * high)
        if name == 0x48 and data[:2] == b"00":
            self._machine.say_marker(data[2:6])
        elif name == 0x44:
            pairs = dict(zip(data[1::2], data[2::2], strict=False))
            self._machine.power_commands(pairs.get(1, 1) != 0)
        elif name == 0x6B:
            yield from self._qr(data)
        elif name == 0x4C:
            yield from self._graphics(data)
        elif name not in b"HACEKNPQXYZVFM":
            self._machine.unknown(b"\x1d(" + bytes([name]))

    def _qr(self, data: bytes) -> Talk:
        style, function = self._style, data[1] if len(data) > 2 else 0
        if data[:1] != b"1":
            return  # another kind of code than QR: taken in whole, and not drawn
        if function == 67:
            style.module = max(1, data[2])
        elif function == 80:
            style.stored = data[3:]
        elif function == 81:
            side = qr_side(style.stored) * style.module
            code = Code(0, 0, "qr", style.stored.decode("ascii", "replace"), style.module, side)
            yield from self._picture(code, side, side)
        elif function not in (65, 69):
            self._machine.unknown(b"\x1d(k" + data[:2])

    def _barcode(self) -> Talk:
        mode = yield BYTE
        if mode >= 65:
            data = yield from self._take((yield BYTE))
        else:
            data = b""
            while (byte := (yield BYTE)) != 0:
                data += bytes([byte])
        text = data.removeprefix(b"{B").decode("ascii", "replace")
        width = (11 * (len(text) + 3) + 2) * self._style.code_width
        height = self._style.code_height + 24
        yield from self._picture(Code(0, 0, "code128", text, self._style.code_width, height), width, height)

    def _fs(self) -> Talk:
        name = yield BYTE
        if name in b"&.":
            self._style.kanji = name == 0x26
        elif name in b"!-CW":
            yield BYTE
        elif name == 0x53:
            yield from self._take(2)
        elif name == 0x32:
            yield from self._take(2 + 72)
        elif name == 0x70:
            number, _ = yield from self._take(2)
            logo = self._machine.kept_logo(b"%02d" % number) or self._logo
            if logo is not None:
                yield from self._picture(logo, logo.width, logo.height)
        elif name == 0x71:
            for number in range(1, 1 + (yield BYTE)):
                x_low, x_high, y_low, y_high = yield from self._take(4)
                columns, deep = (x_low + 256 * x_high) * 8, y_low + 256 * y_high
                rows = turned((yield from self._take(columns * deep)), columns, deep)
                self._machine.keep_logo(b"%02d" % number, Bitmap(0, 0, columns, deep * 8, rows))
        elif name == 0x28:
            _a, low, high = yield from self._take(3)
            yield from self._take(low + 256 * high)
        else:
            self._machine.unknown(bytes((0x1C, name)))

    def _dle(self) -> Talk:
        """Real-time commands were obeyed when they arrived; in their turn they do nothing."""
        name = yield BYTE
        if name in (0x04, 0x05):
            yield BYTE
        elif name == 0x14:
            function = yield BYTE
            yield from self._take({1: 2, 2: 2, 3: 5, 7: 1, 8: 7}.get(function, 0))
        else:
            self._machine.unknown(bytes((0x10, name)))

    def _cut(self) -> Talk:
        if self._style.line:
            yield from self._end_line(None)
        while not self._machine.knife():
            yield PAPER
