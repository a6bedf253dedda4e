"""Seal once, when the person files; never seal again.

`seal` draws one random key for the revision, locks the header and every attachment under it, wraps it for each
recipient, and describes the result in an envelope. The key is then forgotten. It is two steps for whoever must wait
for a place in the chain: the attachments first, header and envelope afterwards. `open_sealed` is the court's half.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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


@dataclass(slots=True)
class LockedAttachments:
    """The attachments of one revision under their key; good for one header, because a nonce counts once for a key."""

    filing_id: FilingId
    rev: int
    suite: str
    recipients: tuple[Recipient, ...]
    inside: list[dict[str, Any]] = field(repr=False)  # names, exact sizes and hashes, for the sealed header
    parts: tuple[SealedPart, ...]
    frames: bytes = field(repr=False)
    chunks: tuple[ChunkPlace, ...] = field(repr=False)  # offsets in these frames
    pad_kib: int
    _key: bytes | None = field(repr=False)

    def take_key(self) -> bytes:
        if self._key is None:
            raise KioskBug("a revision is sealed once")
        key, self._key = self._key, None
        return key


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
    locked = lock_attachments(identity.filing_id, identity.rev, attachments, keys, pad_kib)
    return seal_locked(identity, canonical(json.loads(header)), locked)


def lock_attachments(
    filing_id: FilingId, rev: int, attachments: Sequence[Attachment], keys: Sequence[CourtKey], pad_kib: int = 16
) -> LockedAttachments:
    """All of the sealing that does not ask for the place in the chain."""
    suite = suite_named(keys[0].suite)
    if any(key.suite != suite.name for key in keys):
        raise KioskBug("recipients of one envelope share one suite")
    key = secrets.token_bytes(KEY_BYTES)
    info = _wrap_info(suite.name, filing_id, rev)
    inside, parts, pieces, places = [], [], [], []
    offset = 0
    for no, one in enumerate(attachments, 1):
        told = {"no": no, "name": one.name, "media_type": one.media_type}
        inside.append({**told, "size": len(one.data), "sha256": sha256_hex(one.data)})
        part, frames, chunks = _lock(key, filing_id, rev, no, one.media_type, pad(one.data, pad_kib), offset)
        parts.append(part)
        pieces.append(frames)
        places += chunks
        offset += len(frames)
    return LockedAttachments(
        filing_id=filing_id,
        rev=rev,
        suite=suite.name,
        recipients=tuple(Recipient(to.key_id, suite.wrap(key, to.public, info).hex()) for to in keys),
        inside=inside,
        parts=tuple(parts),
        frames=b"".join(pieces),
        chunks=tuple(places),
        pad_kib=pad_kib,
        _key=key,
    )


def seal_locked(identity: Identity, header: bytes, locked: LockedAttachments) -> SealedFiling:
    """The rest: the header, which is canonical, under the same key, and the envelope with its place in the chain."""
    filing_id, rev = locked.filing_id, locked.rev
    if (identity.filing_id, identity.rev) != (filing_id, rev):
        raise KioskBug("attachments of another filing")
    inside = b'{"attachments":%b,"filing":%b}' % (canonical(locked.inside), header)
    packed = zstandard.ZstdCompressor(COMPRESSION).compress(inside)
    plain = pad(len(packed).to_bytes(LENGTH_BYTES, "big") + packed, locked.pad_kib)
    part, frames, chunks = _lock(locked.take_key(), filing_id, rev, 0, "application/json", plain, 0)
    envelope = Envelope(
        suite=locked.suite,
        court_code=identity.court_code,
        kiosk_id=identity.kiosk_id,
        filing_id=filing_id,
        rev=rev,
        kind=identity.kind,
        place=identity.place,
        ticket_time=identity.ticket_time.replace(microsecond=0),
        boot_id=identity.boot_id,
        monotonic_ms=identity.monotonic_ms,
        pack_id=identity.pack_id,
        pack_version=identity.pack_version,
        header=part,
        attachments=locked.parts,
        recipients=locked.recipients,
    )
    written = envelope_bytes(envelope)
    moved = (replace(place, offset=place.offset + len(frames)) for place in locked.chunks)
    return SealedFiling(
        envelope,
        written,
        sha256_hex(written),
        (*chunks, *moved),
        b"".join((frames, locked.frames, encode_frame(FrameType.ENVELOPE, written))),
    )


def _lock(
    key: bytes, filing_id: FilingId, rev: int, no: int, media_type: str, plain: bytes, offset: int
) -> tuple[SealedPart, bytes, list[ChunkPlace]]:
    """One part as its CHUNK frames, which begin at this offset."""
    frames: list[bytes] = []
    places: list[ChunkPlace] = []
    for n, chunk in enumerate(seal_chunks(key, filing_id, rev, no, plain)):
        frame = encode_frame(FrameType.CHUNK, chunk)
        _, size, digest = HEAD.unpack_from(frame)
        frames.append(frame)
        places.append(ChunkPlace(no, n, digest.hex(), size, offset + HEAD.size))
        offset += len(frame)
    names = tuple(place.sha256 for place in places)
    sealed = SealedPart(no, media_type, sum(place.size for place in places), names, rev)
    return sealed, b"".join(frames), places


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
