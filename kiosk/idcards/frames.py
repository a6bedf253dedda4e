"""Frames of a card reader: built, found in a stream, checked. Pure.

`AA AA AA 96 69 | length, 2 bytes | body | XOR`. The length counts body and XOR; the XOR covers length and body.
Readers lose preamble bytes, so a frame is found by its `96 69`, and believed only when its sum is right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ANCHOR = b"\x96\x69"
PREAMBLE = b"\xaa\xaa\xaa" + ANCHOR
LONGEST = 4096  # bytes of one frame


def build(body: bytes) -> bytes:
    """A whole frame around this body: command and parameter, or status and data."""
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + counted + bytes([xor(counted)])


def xor(data: bytes | bytearray) -> int:
    total = 0
    for byte in data:
        total ^= byte
    return total


ASK_STATUS = build(b"\x11\xff")
ASK_SAM = build(b"\x12\xff")
FIND = build(b"\x20\x01")
SELECT = build(b"\x20\x02")
READ = build(b"\x30\x01")
NEWEST_ADDRESS = build(b"\x30\x03")

OK, FOUND, NO_CONTENT = 0x90, 0x9F, 0x91
NO_CARD, NOT_SELECTED = 0x80, 0x81


@dataclass(frozen=True, slots=True)
class Reply:
    """`SW1 SW2 SW3` and what follows."""

    status: int  # SW3
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class BadFrame:
    """Something that began like a frame and is none."""


class FrameReader:
    """Bytes in any pieces, whole frames out; anything else is skipped."""

    def __init__(self) -> None:
        self._held = bytearray()

    @property
    def held(self) -> int:
        return len(self._held)

    def reset(self) -> None:
        self._held.clear()

    def feed(self, data: bytes) -> list[Reply | BadFrame]:
        found: list[Reply | BadFrame] = []
        # In pieces, so that a flood is never held as a whole.
        for start in range(0, len(data), LONGEST):
            self._held += data[start : start + LONGEST]
            while (frame := self._next()) is not None:
                found.append(frame)
        return found

    def _next(self) -> Reply | BadFrame | None:
        held = self._held
        place = held.find(ANCHOR)
        if place < 0:
            del held[: max(0, len(held) - 1)]  # the first half of an anchor may be its last byte
            return None
        del held[:place]
        if len(held) < 4:
            return None
        counted = int.from_bytes(held[2:4], "big")
        if not 4 <= counted <= LONGEST:
            del held[:2]
            return BadFrame()
        if len(held) < 4 + counted:
            return None
        if xor(held[2 : 4 + counted]) != 0:  # the sum is part of what it sums
            del held[:2]  # a true frame may have begun inside the false one
            return BadFrame()
        body = bytes(held[4 : 3 + counted])
        del held[: 4 + counted]
        return Reply(body[2], body[3:])


@dataclass(frozen=True, slots=True)
class CardData:
    """What a read brings. Fingerprints are counted and never kept."""

    text: bytes = field(repr=False)
    photo: bytes = field(repr=False)


def card_data(data: bytes) -> CardData | None:
    """Text and photo behind the status of a read; None when the lengths do not fit."""
    text_size, photo_size = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
    for head in (4, 6):
        finger_size = int.from_bytes(data[4:6], "big") if head == 6 else 0
        if text_size == 256 and photo_size <= 1024 and len(data) == head + text_size + photo_size + finger_size:
            return CardData(data[head : head + 256], data[head + 256 : head + 256 + photo_size])
    return None
