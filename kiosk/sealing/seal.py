"""Seal once, when the person files; never seal again.

One random key for the revision locks the header, every attachment and, at the press, the ticket; it is wrapped for each
recipient, and the result is described in an envelope. The key is then forgotten. It is two steps, because ticket and
place in the chain are known only at the press: `lock` before it, `seal_locked` at it. `open_sealed` is the court's half.
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
from kiosk.filings.frames import HEAD, MOST_CHUNK_BYTES, FrameType, encode_frame
from kiosk.ids import FilingId, KioskId, PackId
from kiosk.sealing.hpke import CannotOpen
from kiosk.sealing.keys import CourtKey
from kiosk.sealing.stream import KEY_BYTES, open_chunks, pad, seal_chunks
from kiosk.sealing.suite import suite_named

MOST_HEADER_BYTES = 16 * 1024 * 1024
MOST_ATTACHMENT_BYTES = 256 * 1024 * 1024
COMPRESSION = 3
MOST_TICKET_BYTES = 1024
LENGTH_BYTES = 4
TICKET_NO = 0xFFFFFF  # in the nonce, where attachments have their number


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
    locked: bytes = field(repr=False)  # the sealed file up to its ENVELOPE frame

    @property
    def place(self) -> Place:
        return self.envelope.place

    @property
    def frames(self) -> bytes:
        """The sealed file: its CHUNK frames, then its ENVELOPE frame."""
        return self.locked + encode_frame(FrameType.ENVELOPE, self.envelope_bytes)

    @property
    def chunks(self) -> tuple[ChunkPlace, ...]:
        return chunk_places(self.envelope)


@dataclass(slots=True)
class LockedFiling:
    """A revision under its key, all but the ticket; good for one ticket, because a nonce counts once for a key."""

    filing_id: FilingId
    rev: int
    suite: str
    recipients: tuple[Recipient, ...]
    header: SealedPart
    attachments: tuple[SealedPart, ...]
    frames: bytes = field(repr=False)  # CHUNK frames: the header, then the attachments
    _key: bytes | None = field(repr=False)

    @property
    def is_used(self) -> bool:
        return self._key is None

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
    locked = lock(identity.filing_id, identity.rev, canonical(json.loads(header)), attachments, keys, pad_kib)
    return seal_locked(identity, b"", locked)


def lock(
    filing_id: FilingId,
    rev: int,
    header: bytes,
    attachments: Sequence[Attachment],
    keys: Sequence[CourtKey],
    pad_kib: int = 16,
) -> LockedFiling:
    """All of the sealing that does not wait for the press. The header is canonical."""
    suite = suite_named(keys[0].suite)
    if any(key.suite != suite.name for key in keys):
        raise KioskBug("recipients of one envelope share one suite")
    key = secrets.token_bytes(KEY_BYTES)
    info = _wrap_info(suite.name, filing_id, rev)
    told: list[dict[str, Any]] = []
    parts: list[SealedPart] = []
    pieces: list[bytes] = []
    for no, one in enumerate(attachments, 1):
        size, digest = len(one.data), sha256_hex(one.data)
        told.append({"no": no, "name": one.name, "media_type": one.media_type, "size": size, "sha256": digest})
        part, frames = _lock(key, filing_id, rev, no, one.media_type, pad(one.data, pad_kib))
        parts.append(part)
        pieces.append(frames)
    packed = zstandard.ZstdCompressor(COMPRESSION).compress(
        b'{"attachments":%b,"filing":%b}' % (canonical(told), header)
    )
    plain = pad(len(packed).to_bytes(LENGTH_BYTES, "big") + packed, pad_kib)
    first, frames = _lock(key, filing_id, rev, 0, "application/json", plain)
    return LockedFiling(
        filing_id=filing_id,
        rev=rev,
        suite=suite.name,
        recipients=tuple(Recipient(to.key_id, suite.wrap(key, to.public, info).hex()) for to in keys),
        header=first,
        attachments=tuple(parts),
        frames=b"".join((frames, *pieces)),
        _key=key,
    )


def seal_locked(identity: Identity, ticket: bytes, locked: LockedFiling) -> SealedFiling:
    """The rest: the ticket, which is canonical or b"", under the same key, and the envelope with its place in the chain."""
    filing_id, rev = locked.filing_id, locked.rev
    if (identity.filing_id, identity.rev) != (filing_id, rev):
        raise KioskBug("the words of another filing")
    key = locked.take_key()
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
        header=locked.header,
        attachments=locked.attachments,
        recipients=locked.recipients,
        ticket=next(seal_chunks(key, filing_id, rev, TICKET_NO, ticket)).hex() if ticket else "",
    )
    written = envelope_bytes(envelope)
    return SealedFiling(envelope, written, sha256_hex(written), locked.frames)


def _lock(
    key: bytes, filing_id: FilingId, rev: int, no: int, media_type: str, plain: bytes
) -> tuple[SealedPart, bytes]:
    """One part as its CHUNK frames."""
    frames, names, size = [], [], 0
    for chunk in seal_chunks(key, filing_id, rev, no, plain):
        frame = encode_frame(FrameType.CHUNK, chunk)
        frames.append(frame)
        names.append(HEAD.unpack_from(frame)[2].hex())
        size += len(chunk)
    return SealedPart(no, media_type, size, tuple(names), rev), b"".join(frames)


def chunk_places(envelope: Envelope) -> tuple[ChunkPlace, ...]:
    """Where each chunk lies in the sealed file of this envelope."""
    places: list[ChunkPlace] = []
    offset = 0
    for part in envelope.parts:
        left = part.sealed_size
        for n, name in enumerate(part.chunks):
            size = min(left, MOST_CHUNK_BYTES)
            places.append(ChunkPlace(part.no, n, name, size, offset + HEAD.size))
            offset += HEAD.size + size
            left -= size
    return tuple(places)


def locked_size(envelope: Envelope) -> int:
    """How many bytes of the sealed file stand before its envelope."""
    return sum(part.sealed_size + HEAD.size * len(part.chunks) for part in envelope.parts)


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
    return OpenedFiling({**inside["filing"], **_ticket(envelope, key)}, tuple(attachments))


def _ticket(envelope: Envelope, key: bytes) -> dict[str, Any]:
    """What only the press knew."""
    if not envelope.ticket:
        return {}
    sealed = bytes.fromhex(envelope.ticket)
    try:
        plain = b"".join(open_chunks(key, envelope.filing_id, envelope.rev, TICKET_NO, [sealed]))
        return parse(plain, MOST_TICKET_BYTES)
    except NotCanonical as error:
        raise CannotOpen from error


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
