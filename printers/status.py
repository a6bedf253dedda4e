"""What a printer says, sorted. Its bytes are a stream, never "the answer to what I just asked".

One classifier on the first byte; the classes do not overlap. Noise is counted and never read as "fine".
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.slips.printer import PrinterState

BLOCK_CAP = 80
_BLOCK_STARTS = frozenset((0x35, 0x37, 0x3B, 0x3D, 0x5F))
_FLOW = frozenset((0x11, 0x13))


@dataclass(frozen=True, slots=True)
class EotAnswer:
    """A `DLE EOT` answer. It does not say to which question."""

    byte: int


@dataclass(frozen=True, slots=True)
class Asb:
    """A status message the printer sent by itself."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class MarkerCame:
    marker: str


@dataclass(frozen=True, slots=True)
class Info:
    text: str


@dataclass(frozen=True, slots=True)
class GsRAnswer:
    byte: int


StatusEvent = EotAnswer | Asb | MarkerCame | Info | GsRAnswer


class StatusReader:
    """Bytes in any pieces, events out."""

    def __init__(self) -> None:
        self.noise = 0
        self._block = bytearray()
        self._asb = bytearray()
        self._flood = False  # a block went on too long: skip to its end

    @property
    def held(self) -> int:
        return len(self._block) + len(self._asb)

    def reset(self) -> None:
        """A new line: half a message of the old one means nothing."""
        self._block.clear()
        self._asb.clear()
        self._flood = False

    def feed(self, data: bytes) -> list[StatusEvent]:
        events: list[StatusEvent] = []
        for byte in data:
            if byte not in _FLOW:
                self._one(byte, events)
        return events

    def _one(self, byte: int, events: list[StatusEvent]) -> None:
        if self._asb:
            if byte & 0x90 == 0:
                self._asb.append(byte)
                if len(self._asb) == 4:
                    events.append(Asb(bytes(self._asb)))
                    self._asb.clear()
                return
            self.noise += len(self._asb)
            self._asb.clear()
        if self._flood and 0x20 <= byte <= 0x7E:
            self.noise += 1
            return
        self._flood = False
        if self._block and (byte == 0 or 0x20 <= byte <= 0x7E):
            self._in_block(byte, events)  # printable bytes of a block look like status bytes
        elif byte & 0x93 == 0x12:
            events.append(EotAnswer(byte))
        elif byte & 0x93 == 0x10:
            self._asb.append(byte)  # also in the middle of a block: a message may cut into an answer
        elif self._block:
            self._drop_block()
        elif byte in _BLOCK_STARTS:
            self._block.append(byte)
        elif byte & 0x90 == 0:
            events.append(GsRAnswer(byte))
        else:
            self.noise += 1

    def _in_block(self, byte: int, events: list[StatusEvent]) -> None:
        if byte == 0:
            events += _block(bytes(self._block))
            self._block.clear()
        elif len(self._block) < BLOCK_CAP:
            self._block.append(byte)
        else:
            self._drop_block()
            self._flood = True

    def _drop_block(self) -> None:
        self.noise += len(self._block) + 1
        self._block.clear()


def _block(block: bytes) -> list[StatusEvent]:
    if block[:2] == b'7"' and len(block) == 6:
        return [MarkerCame(block[2:].decode("ascii"))]
    return [Info(block[1:].decode("ascii"))] if block[:1] == b"_" else []


def state_from_answers(answers: dict[int, int], seen_at: float) -> PrinterState:
    """The state told by `DLE EOT n` answers, by n."""
    one, two, three, four = (answers.get(n, 0x12) for n in (1, 2, 3, 4))
    return PrinterState(
        online=not one & 0x08,
        cover_open=bool(two & 0x04),
        paper=not (two & 0x20 or four & 0x60),
        near_end=bool(four & 0x0C),
        cutter_jam=bool(three & 0x08),
        error=bool(three & 0x20),
        overheated=bool(three & 0x40),
        seen_at=seen_at,
        raw=bytes(answers[n] for n in sorted(answers)),
    )


def state_from_asb(raw: bytes, seen_at: float) -> PrinterState:
    first, second, third, _ = raw
    return PrinterState(
        online=not first & 0x08,
        cover_open=bool(first & 0x20),
        paper=not third & 0x0C,
        near_end=bool(third & 0x03),
        cutter_jam=bool(second & 0x08),
        error=bool(second & 0x20),
        overheated=bool(second & 0x40),
        seen_at=seen_at,
        raw=raw,
    )
