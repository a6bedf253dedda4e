"""Dots, turned and grown: how printers hand pictures over, as rows of bits and nothing else. Pure."""

from __future__ import annotations

from printers.virtual.paper import Bitmap, Character, Code, Ink


def qr_side(data: bytes) -> int:
    """Modules along one side of the smallest level M code that holds this much, byte mode."""
    room = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)
    version = next((place for place, most in enumerate(room, 1) if len(data) <= most), 10)
    return 17 + 4 * version


def at(ink: Ink, left: int, top: int) -> Ink:
    match ink:
        case Character(_, _, character, wide, high, bold, box):
            return Character(left, top, character, wide, high, bold, box)
        case Bitmap(_, _, width, height, rows):
            return Bitmap(left, top, width, height, rows)
        case Code(_, _, kind, data, module, side):
            return Code(left, top, kind, data, module, side)


def turned(data: bytes, columns: int, deep: int) -> bytes:
    """Column bytes as rows."""
    wide = (columns + 7) // 8
    rows = bytearray(wide * deep * 8)
    for column in range(columns):
        value = int.from_bytes(data[column * deep : (column + 1) * deep], "big")
        for row in range(deep * 8):
            if value >> (deep * 8 - 1 - row) & 1:
                rows[row * wide + column // 8] |= 0x80 >> (column % 8)
    return bytes(rows)


def grown(data: bytes, width: int, height: int, wide: int, high: int) -> tuple[bytes, int, int]:
    """Rows of dots with each dot so many times as wide and high."""
    stride = (width + 7) // 8
    rows = bytearray()
    for at in range(height):
        row = data[at * stride : (at + 1) * stride].ljust(stride, b"\0")
        bits = "".join(f"{byte:08b}" for byte in row)
        grown = "".join(bit * wide for bit in bits)
        rows += int(grown, 2).to_bytes(stride * wide, "big") * high
    return bytes(rows), stride * 8 * wide, height * high
