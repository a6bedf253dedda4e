"""Ogg Vorbis in two parts: the head that all clips of a language share, and a clip's own pages.

The code books at the head of a Vorbis stream are some 4 kB and the same for every clip made with the same settings:
kept once a language they spare a third of the room. Head and body laid end to end are an ordinary Ogg file.
Pages as in RFC 3533, section 6; the three header packets as in the Vorbis I specification, section 4.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

SERIAL = 0x6B696F73  # of every clip, so that one head fits all
MOST_BYTES = 4_000_000  # a clip is some 20 kB
HEADER_PACKETS = 3
_POLYNOMIAL = 0x04C11DB7


class OggProblem(ValueError):
    """Bytes that are no Ogg stream as we make them."""


class Page(NamedTuple):
    flags: int
    granule: int
    segments: bytes  # the lacing values
    body: bytes

    @property
    def packets_ended(self) -> int:
        return sum(length < 255 for length in self.segments)


def pages_in(data: bytes) -> Iterator[Page]:
    """The pages of one stream; anything else is a problem."""
    if len(data) > MOST_BYTES:
        raise OggProblem("too long")
    at = 0
    while at < len(data):
        if len(data) - at < 27 or data[at : at + 5] != b"OggS\0":
            raise OggProblem("no page")
        flags, granule, _serial, _number, _check, count = struct.unpack_from("<BqIIIB", data, at + 5)
        segments = data[at + 27 : at + 27 + count]
        begin = at + 27 + count
        end = begin + sum(segments)
        if len(segments) != count or end > len(data):
            raise OggProblem("cut off")
        yield Page(flags, granule, segments, data[begin:end])
        at = end


def packed(page: Page, number: int) -> bytes:
    """The page as bytes, with our serial number, its place and its checksum."""
    head = struct.pack("<4sBBqIII", b"OggS", 0, page.flags, page.granule, SERIAL, number, 0)
    whole = head + bytes((len(page.segments),)) + page.segments + page.body
    return whole[:22] + struct.pack("<I", checksum(whole)) + whole[26:]


def split(data: bytes) -> tuple[bytes, bytes]:
    """Head and body of an Ogg Vorbis file; the head is the pages of the three header packets."""
    head, body, packets = b"", b"", 0
    for number, page in enumerate(pages_in(data)):
        if packets < HEADER_PACKETS:
            head += packed(page, number)
            packets += page.packets_ended
        else:
            body += packed(page, number)
    if packets != HEADER_PACKETS or not body:
        raise OggProblem("no Vorbis head")
    return head, body


def _table() -> tuple[int, ...]:
    entries = []
    for number in range(256):
        entry = number << 24
        for _ in range(8):
            entry = ((entry << 1) ^ _POLYNOMIAL if entry & 0x80000000 else entry << 1) & 0xFFFFFFFF
        entries.append(entry)
    return tuple(entries)


_ENTRIES = _table()


def checksum(data: bytes) -> int:
    """The CRC of a page: polynomial 04C11DB7, from 0, nothing reflected (RFC 3533, section 6)."""
    value = 0
    for byte in data:
        value = ((value << 8) & 0xFFFFFFFF) ^ _ENTRIES[(value >> 24) ^ byte]
    return value
