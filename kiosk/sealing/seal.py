"""Seal once, when the person files; never seal again.

`seal` draws one random key for the revision, locks the header and every attachment under it, wraps it for each
recipient, and describes the result in an envelope. The key is then forgotten. `open_sealed` is the court's half.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import zstandard

from kiosk.errors import KioskBug, KioskTrouble
from kiosk.filings.canonical import NotCanonical, canonical, parse, sha256_hex
from kiosk.filings.envelope import Envelope, Place, Recipient, SealedPart, envelope_bytes
from kiosk.filings.frames import HEAD, FrameType, encode_frame
from kiosk.ids import FilingId, KioskId, PackId
from kiosk.sealing.hpke import CannotOpen
from kiosk.sealing.keys import CourtKey
from kiosk.sealing.stream import KEY_BYTES, open_chunks, pad, seal_chunks
from kiosk.sealing.suite import suite_named

MOST_HEADER_BYTES = 16 * 1024 * 1024
MOST_ATTACHMENT_BYTES = 256 * 1024 * 1024
COMPRESSION = 3
LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """Which filing this is and where it stands; all of it is readable on the envelope."""

    filing_id: FilingId
    rev: int
    kind: str
    kiosk_id: KioskId
    court_code: str
    place: Place
    ticket_time: datetime
    boot_id: str
    monotonic_ms: int
    pack_id: PackId
    pack_version: str


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str = field(repr=False)
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChunkPlace:
    """Where one chunk's ciphertext lies in the sealed file."""

    attachment: int
    n: int
    sha256: str
    size: int
    offset: int


@dataclass(frozen=True, slots=True)
class SealedFiling:
    envelope: Envelope
    envelope_bytes: bytes = field(repr=False)
    envelope_sha256: str
    chunks: tuple[ChunkPlace, ...] = field(repr=False)
    frames: bytes = field(repr=False)  # the sealed file: its CHUNK frames, then its ENVELOPE frame

    @property
    def place(self) -> Place:
        return self.envelope.place


@dataclass(frozen=True, slots=True)
class OpenedFiling:
    """What the court reads: the header as it was handed in, and every attachment."""

    header: Mapping[str, Any] = field(repr=False)
    attachments: tuple[Attachment, ...] = field(repr=False)


def seal(
    identity: Identity,
    header: bytes,
    attachments: Sequence[Attachment],
    keys: Sequence[CourtKey],
    pad_kib: int = 16,
) -> SealedFiling:
    """Everything this revision says, locked to these keys. The header is a JSON object without fractions."""
    suite = suite_named(keys[0].suite)
    if any(key.suite != suite.name for key in keys):
        raise KioskBug("recipients of one envelope share one suite")
    key = secrets.token_bytes(KEY_BYTES)
    inside = [
        {
            "no": no,
            "name": one.name,
            "media_type": one.media_type,
            "size": len(one.data),
            "sha256": sha256_hex(one.data),
        }
        for no, one in enumerate(attachments, 1)
    ]
    packed = zstandard.ZstdCompressor(COMPRESSION).compress(
        canonical({"filing": json.loads(header), "attachments": inside})
    )
    plain_parts = [("application/json", len(packed).to_bytes(LENGTH_BYTES, "big") + packed)]
    plain_parts += [(one.media_type, one.data) for one in attachments]
    frames = bytearray()
    places: list[ChunkPlace] = []
    parts: list[SealedPart] = []
    for no, (media_type, plain) in enumerate(plain_parts):
        ids: list[str] = []
        sealed_size = 0
        for n, chunk in enumerate(seal_chunks(key, identity.filing_id, identity.rev, no, pad(plain, pad_kib))):
            ids.append(sha256_hex(chunk))
            places.append(ChunkPlace(no, n, ids[-1], len(chunk), len(frames) + HEAD.size))
            frames += encode_frame(FrameType.CHUNK, chunk)
            sealed_size += len(chunk)
        parts.append(SealedPart(no, media_type, sealed_size, tuple(ids), identity.rev))
    info = _wrap_info(suite.name, identity.filing_id, identity.rev)
    envelope = Envelope(
        suite=suite.name,
        court_code=identity.court_code,
        kiosk_id=identity.kiosk_id,
        filing_id=identity.filing_id,
        rev=identity.rev,
        kind=identity.kind,
        place=identity.place,
        ticket_time=identity.ticket_time.replace(microsecond=0),
        boot_id=identity.boot_id,
        monotonic_ms=identity.monotonic_ms,
        pack_id=identity.pack_id,
        pack_version=identity.pack_version,
        header=parts[0],
        attachments=tuple(parts[1:]),
        recipients=tuple(Recipient(to.key_id, suite.wrap(key, to.public, info).hex()) for to in keys),
    )
    written = envelope_bytes(envelope)
    frames += encode_frame(FrameType.ENVELOPE, written)
    return SealedFiling(envelope, written, sha256_hex(written), tuple(places), bytes(frames))


def open_sealed(envelope: Envelope, private_keys: Mapping[str, bytes], chunks: Mapping[str, bytes]) -> OpenedFiling:
    """What was sealed, with the court's private keys by key id; `CannotOpen` when anything is not as it was sealed."""
    key = _unwrap(envelope, private_keys)

    def read(part: SealedPart, most: int) -> bytes:
        if part.sealed_size > most + most // 64:
            raise CannotOpen
        pieces: Iterable[bytes] = (_named(chunks, name) for name in part.chunks)
        return b"".join(open_chunks(key, envelope.filing_id, part.from_rev, part.no, pieces))

    inside = _unpack(read(envelope.header, MOST_HEADER_BYTES))
    attachments: list[Attachment] = []
    for part, told in zip(envelope.attachments, inside["attachments"], strict=True):
        data = read(part, MOST_ATTACHMENT_BYTES)
        exact, padding = data[: told["size"]], data[told["size"] :]
        if told["no"] != part.no or sha256_hex(exact) != told["sha256"] or padding.strip(b"\0"):
            raise CannotOpen
        attachments.append(Attachment(told["name"], told["media_type"], exact))
    return OpenedFiling(inside["filing"], tuple(attachments))


def _unwrap(envelope: Envelope, private_keys: Mapping[str, bytes]) -> bytes:
    try:
        suite = suite_named(envelope.suite)
    except KioskTrouble as error:
        raise CannotOpen from error
    info = _wrap_info(suite.name, envelope.filing_id, envelope.rev)
    for recipient in envelope.recipients:
        if recipient.key_id in private_keys:
            return suite.unwrap(bytes.fromhex(recipient.wrapped), private_keys[recipient.key_id], info)
    raise CannotOpen


def _named(chunks: Mapping[str, bytes], name: str) -> bytes:
    if name not in chunks or sha256_hex(chunks[name]) != name:
        raise CannotOpen
    return chunks[name]


def _unpack(padded: bytes) -> dict[str, Any]:
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    packed, padding = padded[LENGTH_BYTES : LENGTH_BYTES + length], padded[LENGTH_BYTES + length :]
    try:
        if zstandard.frame_content_size(packed) > MOST_HEADER_BYTES or padding.strip(b"\0"):
            raise CannotOpen
        inside = parse(
            zstandard.ZstdDecompressor().decompress(packed, max_output_size=MOST_HEADER_BYTES), MOST_HEADER_BYTES
        )
    except (zstandard.ZstdError, NotCanonical) as error:
        raise CannotOpen from error
    if inside.keys() != {"filing", "attachments"}:
        raise CannotOpen
    return inside


def _wrap_info(suite: str, filing_id: FilingId, rev: int) -> bytes:
    return canonical({"suite": suite, "filing_id": filing_id, "rev": rev})
