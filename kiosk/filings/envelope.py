"""The envelope: what the court may read of a sealed filing before it opens it, and the filing's identity.

The SHA-256 of the canonical bytes is the identity of (filing_id, rev) for ever: a retry sends the same bytes. It
names every chunk, its place in this kiosk's chain, and one wrapped key per recipient. It holds nothing a person
said; exact sizes and file names stand in the sealed header, the number on the slip in the sealed ticket. The kiosk's
signature travels beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.filings.canonical import NotCanonical, canonical, parse, sha256_hex
from kiosk.filings.frames import MOST_CONTROL_BYTES
from kiosk.ids import FilingId, KioskId, PackId

VERSION = 1
KINDS = ("new", "amend", "withdraw")
MOST_ATTACHMENTS = 999
FIRST_HASH = "0" * 64  # what the first envelope of an epoch of a new kiosk names as the one before
HASH = re.compile(r"[0-9a-f]{64}")
HEX = re.compile(r"(?:[0-9a-f]{2}){1,2048}")
WORD = re.compile(r"[A-Za-z0-9._:/+-]{1,80}")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class NotAnEnvelope(ValueError):
    """These bytes are not an envelope this program understands. Never quotes them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an envelope stands in its kiosk's chain."""

    epoch: int
    seq: int
    prev_hash: str


@dataclass(frozen=True, slots=True)
class SealedPart:
    no: int  # 0 is the header
    media_type: str
    sealed_size: int
    chunks: tuple[str, ...]  # SHA-256 of each chunk's ciphertext, in order
    from_rev: int  # whose key and associated data open it


@dataclass(frozen=True, slots=True)
class Recipient:
    key_id: str
    wrapped: str  # hex


@dataclass(frozen=True, slots=True)
class Envelope:
    suite: str
    court_code: str
    kiosk_id: KioskId
    filing_id: FilingId
    rev: int
    kind: str
    place: Place
    ticket_time: datetime  # UTC, to the second
    boot_id: str
    monotonic_ms: int
    pack_id: PackId
    pack_version: str
    header: SealedPart
    attachments: tuple[SealedPart, ...]
    recipients: tuple[Recipient, ...]
    ticket: str = ""  # hex, sealed: what only the press knew; "" when the header holds it

    @property
    def parts(self) -> tuple[SealedPart, ...]:
        return (self.header, *self.attachments)

    @property
    def chunk_ids(self) -> tuple[str, ...]:
        """Every chunk this envelope needs, each once, in order."""
        return tuple(dict.fromkeys(chunk for part in self.parts for chunk in part.chunks))


def envelope_bytes(envelope: Envelope) -> bytes:
    """The one spelling of this envelope; its SHA-256 is the filing's identity."""
    return canonical(as_plain(envelope))


def envelope_hash(envelope: Envelope) -> str:
    return sha256_hex(envelope_bytes(envelope))


def as_plain(envelope: Envelope) -> dict[str, Any]:
    ticket = {"ticket": envelope.ticket} if envelope.ticket else {}
    return {
        "v": VERSION,
        "suite": envelope.suite,
        "court_code": envelope.court_code,
        "kiosk_id": envelope.kiosk_id,
        "filing_id": envelope.filing_id,
        "rev": envelope.rev,
        "kind": envelope.kind,
        "epoch": envelope.place.epoch,
        "seq": envelope.place.seq,
        "prev_hash": envelope.place.prev_hash,
        "ticket_time": stamp(envelope.ticket_time),
        "boot_id": envelope.boot_id,
        "monotonic_ms": envelope.monotonic_ms,
        "pack_id": envelope.pack_id,
        "pack_version": envelope.pack_version,
        "header": _part_plain(envelope.header),
        "attachments": [_part_plain(part) for part in envelope.attachments],
        "recipients": [{"key_id": one.key_id, "wrapped": one.wrapped} for one in envelope.recipients],
        **ticket,
    }


def parse_envelope(data: bytes) -> Envelope:
    """The envelope these canonical bytes spell, or `NotAnEnvelope`."""
    try:
        return from_plain(parse(data, MOST_CONTROL_BYTES))
    except NotCanonical as error:
        raise NotAnEnvelope("not canonical") from error


def from_plain(plain: object) -> Envelope:
    """An envelope from a parsed message. Unknown and missing fields are refused, so that nothing rides along unsigned."""
    try:
        names = ENVELOPE_FIELDS | (plain.keys() & {"ticket"} if isinstance(plain, dict) else frozenset())
        envelope = _from_plain(_fields(plain, names))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAnEnvelope("a field is missing or wrong") from error
    if envelope_bytes(envelope) != canonical(plain):
        raise NotAnEnvelope("a field of another kind")  # an empty text for an empty list would be another hash
    return envelope


def stamp(moment: datetime) -> str:
    """A time as messages write it: 2026-11-23T10:30:00Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def read_stamp(text: str) -> datetime:
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
    if stamp(moment) != text:
        raise ValueError("a time in another spelling")
    return moment


ENVELOPE_FIELDS = frozenset(
    [
        "v",
        "suite",
        "court_code",
        "kiosk_id",
        "filing_id",
        "rev",
        "kind",
        "epoch",
        "seq",
        "prev_hash",
        "ticket_time",
        "boot_id",
        "monotonic_ms",
        "pack_id",
        "pack_version",
        "header",
        "attachments",
        "recipients",
    ]
)
PART_FIELDS = frozenset(["no", "media_type", "sealed_size", "chunks", "from_rev"])


def _from_plain(plain: dict[str, Any]) -> Envelope:
    if _whole(plain["v"], 1) != VERSION or plain["kind"] not in KINDS or len(plain["attachments"]) > MOST_ATTACHMENTS:
        raise ValueError("another version")
    header = _part(plain["header"])
    attachments = tuple(_part(part) for part in plain["attachments"])
    if header.no != 0 or [part.no for part in attachments] != list(range(1, len(attachments) + 1)):
        raise ValueError("attachments are not counted")
    recipients = tuple(_recipient(one) for one in plain["recipients"])
    if not recipients:
        raise ValueError("nobody can open it")
    return Envelope(
        suite=_text(plain["suite"], WORD),
        court_code=_text(plain["court_code"], WORD),
        kiosk_id=KioskId(_text(plain["kiosk_id"], WORD)),
        filing_id=FilingId(_text(plain["filing_id"], UUID)),
        rev=_whole(plain["rev"], 1),
        kind=plain["kind"],
        place=Place(_whole(plain["epoch"], 1), _whole(plain["seq"], 1), _text(plain["prev_hash"], HASH)),
        ticket_time=read_stamp(_text(plain["ticket_time"], None)),
        boot_id=_text(plain["boot_id"], UUID),
        monotonic_ms=_whole(plain["monotonic_ms"], 0),
        pack_id=PackId(_text(plain["pack_id"], WORD)),
        pack_version=_text(plain["pack_version"], WORD),
        header=header,
        attachments=attachments,
        recipients=recipients,
        ticket=_text(plain["ticket"], HEX) if "ticket" in plain else "",
    )


def _part_plain(part: SealedPart) -> dict[str, Any]:
    return {
        "no": part.no,
        "media_type": part.media_type,
        "sealed_size": part.sealed_size,
        "chunks": list(part.chunks),
        "from_rev": part.from_rev,
    }


def _part(value: object) -> SealedPart:
    plain = _fields(value, PART_FIELDS)
    chunks = tuple(_text(chunk, HASH) for chunk in plain["chunks"])
    if not chunks:
        raise ValueError("a part without a chunk")
    return SealedPart(
        _whole(plain["no"], 0),
        _text(plain["media_type"], WORD),
        _whole(plain["sealed_size"], 1),
        chunks,
        _whole(plain["from_rev"], 1),
    )


def _recipient(value: object) -> Recipient:
    plain = _fields(value, frozenset(("key_id", "wrapped")))
    return Recipient(_text(plain["key_id"], WORD), _text(plain["wrapped"], HEX))


def _fields(value: object, names: frozenset[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != names:
        raise ValueError("other fields than expected")
    return value


def _text(value: object, shape: re.Pattern[str] | None) -> str:
    if not isinstance(value, str) or (shape is not None and not shape.fullmatch(value)):
        raise ValueError("a text of another shape")
    return value


def _whole(value: object, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValueError("not a whole number in range")
    return value
