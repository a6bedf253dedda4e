"""Frames: the unit every carrier moves, on a wire, on a stick and in a sealed file.

`type:u8 | length:u32 | sha256:32 | body`, big-endian. A frame checks itself, so a cut stream is still useful up to
its last whole frame. Lengths are checked before anything is read into memory.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from kiosk.errors import KioskBug

HEAD = struct.Struct(">BI32s")
MOST_CHUNK_BYTES = 256 * 1024
MOST_CONTROL_BYTES = 1024 * 1024


class FrameType(IntEnum):
    HEAD = 1
    CHUNK = 2
    ENVELOPE = 3
    AUDIT = 4
    RECEIPT = 5
    REFUSAL = 6
    NOTICE = 7
    PACK = 8
    KEYS = 9
    END = 15


class FrameTrouble(ValueError):
    """The stream is not frames from here on; what came before stands."""


@dataclass(frozen=True, slots=True)
class Frame:
    type: int  # a FrameType, or a number of a newer program: skipped and counted
    body: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


def most_bytes(frame_type: int) -> int:
    return MOST_CHUNK_BYTES if frame_type == FrameType.CHUNK else MOST_CONTROL_BYTES


def encode_frame(frame_type: int, body: bytes) -> bytes:
    if len(body) > most_bytes(frame_type):
        raise KioskBug(f"a frame of type {frame_type} with {len(body)} bytes is too long")
    return HEAD.pack(frame_type, len(body), hashlib.sha256(body).digest()) + body


class FrameReader:
    """Turns bytes, cut anywhere, into frames. Holds at most one unfinished frame."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Every frame that is whole by now; `FrameTrouble` at the first one that is not what it says."""
        self._waiting += data
        start = 0
        try:
            while len(self._waiting) - start >= HEAD.size:
                frame_type, length, digest = HEAD.unpack_from(self._waiting, start)
                if length > most_bytes(frame_type):
                    raise FrameTrouble("a frame is too long")
                end = start + HEAD.size + length
                if len(self._waiting) < end:
                    return
                body = bytes(self._waiting[start + HEAD.size : end])
                if hashlib.sha256(body).digest() != digest:
                    raise FrameTrouble("a frame is damaged")
                start = end
                yield Frame(frame_type, body)
        finally:
            del self._waiting[:start]

    def finish(self) -> None:
        """The stream has ended: half a frame is trouble."""
        if self._waiting:
            raise FrameTrouble("the stream ends inside a frame")


def decode_frames(data: bytes) -> tuple[Frame, ...]:
    """All frames of a whole piece of bytes."""
    reader = FrameReader()
    frames = tuple(reader.feed(data))
    reader.finish()
    return frames
