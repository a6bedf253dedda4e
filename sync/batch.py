"""Which filings go together, and the bytes that carry them. Pure, but for the chunks it is handed a way to read.

A batch never splits a filing between two offers; a bundle may, when a filing is larger than the court's window:
chunks first, the envelope only when every chunk it names is there or on its way in the same bundle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kiosk.filings.envelope import parse_envelope
from kiosk.filings.frames import HEAD, FrameType, encode_frame
from kiosk.ids import FilingId
from kiosk.sealing.seal import ChunkPlace
from kiosk.sealing.signing import SigningKey
from kiosk.store.outbox import OutboxEntry
from sync.wire import MOST_OFFER_CHUNKS, MOST_OFFER_ITEMS, Offer, OfferItem, signed_envelope

MOST_BATCH_BYTES = 64 * 1024 * 1024

ChunkReader = Callable[["Parcel", ChunkPlace], bytes]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One sealed filing, ready to go."""

    entry: OutboxEntry
    chunks: tuple[ChunkPlace, ...] = field(repr=False)
    receipt: bytes = field(default=b"", repr=False)  # the court's own, for a filing it has lost

    @property
    def name(self) -> tuple[FilingId, int]:
        return self.entry.filing_id, self.entry.rev

    @property
    def size(self) -> int:
        return sum(chunk.size for chunk in self.chunks)


@dataclass(frozen=True, slots=True)
class Batch:
    batch_id: str
    parcels: tuple[Parcel, ...]

    def offer(self) -> Offer:
        return Offer(
            batch_id=self.batch_id,
            items=tuple(
                OfferItem(
                    filing_id=parcel.entry.filing_id,
                    rev=parcel.entry.rev,
                    envelope_sha256=parcel.entry.envelope_sha256,
                    epoch=parcel.entry.place.epoch,
                    seq=parcel.entry.place.seq,
                    chunks=tuple(chunk.sha256 for chunk in parcel.chunks),
                )
                for parcel in self.parcels
            ),
        )


def fill(parcels: Iterator[Parcel], most_items: int = MOST_OFFER_ITEMS) -> tuple[Parcel, ...]:
    """As many parcels, in order, as one offer may hold; always at least one if there is one."""
    chosen: list[Parcel] = []
    size = chunks = 0
    for parcel in parcels:
        size, chunks = size + parcel.size, chunks + len(parcel.chunks)
        if chosen and (size > MOST_BATCH_BYTES or chunks > MOST_OFFER_CHUNKS):
            break
        chosen.append(parcel)
        if len(chosen) >= min(most_items, MOST_OFFER_ITEMS):
            break
    return tuple(chosen)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Bytes for one request and what they bring to an end."""

    frames: bytes = field(repr=False)
    completes: tuple[Parcel, ...]


def bundles(
    wanted: Sequence[tuple[Parcel, frozenset[str]]],
    read_chunk: ChunkReader,
    key: SigningKey,
    head: bytes,
    window_bytes: int,
) -> Iterator[Bundle]:
    """The wanted chunks and envelopes, cut to the court's window. A single frame always fits."""
    start = encode_frame(FrameType.HEAD, head)
    body = bytearray(start)
    done: list[Parcel] = []

    def room_for(size: int) -> bool:
        return len(body) + HEAD.size + size <= window_bytes or len(body) == len(start)

    for parcel, ids in wanted:
        sent: set[str] = set()
        for chunk in parcel.chunks:
            if chunk.sha256 not in ids or chunk.sha256 in sent:
                continue
            sent.add(chunk.sha256)
            if not room_for(chunk.size):
                yield Bundle(bytes(body), tuple(done))
                body, done = bytearray(start), []
            body += encode_frame(FrameType.CHUNK, read_chunk(parcel, chunk))
        closing = encode_frame(FrameType.RECEIPT, parcel.receipt) if parcel.receipt else b""
        closing += encode_frame(FrameType.ENVELOPE, signed_envelope(parse_envelope(parcel.entry.envelope), key))
        if not room_for(len(closing)):
            yield Bundle(bytes(body), tuple(done))
            body, done = bytearray(start), []
        body += closing
        done.append(parcel)
    if done:
        yield Bundle(bytes(body), tuple(done))
