"""What a kiosk and its court say to each other, as values and as bytes.

Every message is canonical JSON. What must be believed later (receipts, refusals, envelopes) and what must not come
from a portal (welcomes, replies) is signed: `{"body": …, "key_id": …, "signature": …}`, the signature bound to a
context. Unknown fields are refused. Nothing here touches a network.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from kiosk.filings.canonical import NotCanonical, canonical, parse
from kiosk.filings.envelope import Envelope, NotAnEnvelope, as_plain, envelope_bytes, from_plain
from kiosk.filings.frames import MOST_CONTROL_BYTES
from kiosk.sealing.signing import SigningKey, VerifyKey

MOST_REPLY_BYTES = 4 * 1024 * 1024
MOST_OFFER_ITEMS = 500
MOST_OFFER_CHUNKS = 8000

KeyFinder = Callable[[str], VerifyKey | None]


class Context(StrEnum):
    """What a signature is about; one made for one thing never counts for another."""

    ENVELOPE = "ck-envelope/1"
    WELCOME = "ck-welcome/1"
    OFFER_REPLY = "ck-offer-reply/1"
    FRAMES_REPLY = "ck-frames-reply/1"
    NEWS_REPLY = "ck-news-reply/1"
    RECEIPT = "ck-receipt/1"
    NOTICE = "ck-notice/1"
    KEYS = "ck-keys/1"
    REFUSAL = "ck-refusal/1"
    END = "ck-end/1"
    HEAD = "ck-head/1"


class WireFault(StrEnum):
    NOT_CANONICAL = "not canonical"
    WRONG_FIELDS = "wrong fields"
    UNKNOWN_KEY = "unknown key"
    BAD_SIGNATURE = "bad signature"


class WireTrouble(ValueError):
    """These bytes are not a message we may act on. Says why, never what stood in them."""

    def __init__(self, fault: WireFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class Hello(Message, frozen=True, kw_only=True):
    """The first words of a round. The nonce comes back signed, or this is not the court."""

    v: int = 1
    kiosk_id: str
    court_code: str
    nonce: str
    epoch: int
    seq: int
    head_hash: str
    audit_seq: int
    audit_head: str
    clock: str
    boot_id: str
    monotonic_ms: int
    software: str


class Welcome(Message, frozen=True, kw_only=True):
    nonce: str
    court_code: str
    kiosk_id: str
    server_time: str
    epoch: int  # the highest place the court holds of this kiosk
    seq: int
    head_hash: str
    audit_seq: int
    audit_head: str
    forked: bool
    window_bytes: int
    offer_items: int
    key_set: str = ""  # which keys the court has; another word than ours means that there are new ones


class OfferItem(Message, frozen=True, kw_only=True):
    filing_id: str
    rev: int
    envelope_sha256: str
    epoch: int
    seq: int
    chunks: tuple[str, ...]


class Offer(Message, frozen=True, kw_only=True):
    batch_id: str
    items: tuple[OfferItem, ...]


class Verdict(StrEnum):
    WANT = "want"  # send it: the chunks of the bitmap, then the envelope
    HAVE = "have"  # received; the receipt is here
    CONFLICT = "conflict"  # another envelope stands under this id: a person must look
    HOLD = "hold"  # a person must look
    REFUSED = "refused"  # a signed refusal is here


class Answer(Message, frozen=True, kw_only=True):
    filing_id: str
    rev: int
    verdict: Verdict
    want: str = ""  # bitmap in hex, first chunk in the highest bit
    reason: str = ""
    fork: bool = False  # the court holds another envelope at this place of the chain
    receipt: dict[str, Any] | None = None  # signed, as its own message
    refusal: dict[str, Any] | None = None


class Reply(Message, frozen=True, kw_only=True):
    """The court's answer to an offer and to frames."""

    batch_id: str
    window_bytes: int
    retry_after: int
    items: tuple[Answer, ...]


class Head(Message, frozen=True, kw_only=True):
    v: int = 1
    kiosk_id: str
    court_code: str
    bundle_id: str
    epoch: int
    clock: str
    boot_id: str
    monotonic_ms: int


class End(Message, frozen=True, kw_only=True):
    root: str
    count: int


class Receipt(Message, frozen=True, kw_only=True):
    v: int = 1
    court_code: str
    kiosk_id: str
    filing_id: str
    rev: int
    envelope_sha256: str
    receipt_number: str
    received_at: str
    ticket_time: str
    opened: bool
    generation: int
    log_index: int


class Refusal(Message, frozen=True, kw_only=True):
    v: int = 1
    refusal_id: str
    court_code: str
    kiosk_id: str
    filing_id: str
    rev: int
    envelope_sha256: str
    reason: str
    at: str


M = TypeVar("M", bound=Message)


def plain(message: Message) -> dict[str, Any]:
    value = msgspec.to_builtins(message)
    assert isinstance(value, dict)
    return value


def write(message: Message) -> bytes:
    return canonical(plain(message))


def read(kind: type[M], data: bytes, most: int = MOST_CONTROL_BYTES) -> M:
    """An unsigned message of this kind."""
    return _as(kind, _parse(data, most))


def sign(context: Context, body: dict[str, Any], key: SigningKey) -> dict[str, Any]:
    """A signed message as a plain value; `canonical` spells it."""
    signature = key.sign(context.value, canonical(body))
    return {"body": body, "key_id": key.public.key_id, "signature": signature}


def read_signed(kind: type[M], context: Context, data: bytes, find_key: KeyFinder, most: int = MOST_REPLY_BYTES) -> M:
    """The message, if one of our court's keys signed exactly this for exactly this purpose."""
    return open_signed(kind, context, _parse(data, most), find_key)


def open_signed(kind: type[M], context: Context, value: dict[str, Any], find_key: KeyFinder) -> M:
    return _as(kind, _verified(context, value, find_key))


def signed_envelope(envelope: Envelope, key: SigningKey) -> bytes:
    """The body of an ENVELOPE frame as it travels. The same key gives the same bytes, however often."""
    signature = key.sign(Context.ENVELOPE.value, envelope_bytes(envelope))
    return canonical({"body": as_plain(envelope), "key_id": key.public.key_id, "signature": signature})


def read_envelope(data: bytes, find_key: KeyFinder) -> Envelope:
    """The envelope of a frame whose kiosk signed it."""
    value = _parse(data, MOST_CONTROL_BYTES)
    try:
        return from_plain(_verified(Context.ENVELOPE, value, find_key))
    except NotAnEnvelope as error:
        raise WireTrouble(WireFault.WRONG_FIELDS) from error


def bitmap(wanted: list[bool]) -> str:
    """One bit a chunk, in hex."""
    bits = "".join("1" if want else "0" for want in wanted)
    whole = bits.ljust(-(-len(bits) // 8) * 8, "0")
    return bytes(int(whole[at : at + 8], 2) for at in range(0, len(whole), 8)).hex()


def wanted_chunks(chunks: tuple[str, ...], bits: str) -> tuple[str, ...]:
    """Which of these chunks the bitmap asks for."""
    try:
        packed = bytes.fromhex(bits)
    except ValueError as error:
        raise WireTrouble(WireFault.WRONG_FIELDS) from error
    if len(packed) != -(-len(chunks) // 8):
        raise WireTrouble(WireFault.WRONG_FIELDS)
    return tuple(chunk for at, chunk in enumerate(chunks) if packed[at // 8] & (128 >> at % 8))


def _parse(data: bytes, most: int) -> dict[str, Any]:
    if b"\\u0000" in data:  # no message has it, and PostgreSQL keeps no text with it
        raise WireTrouble(WireFault.WRONG_FIELDS)
    try:
        return parse(data, most)
    except NotCanonical as error:
        raise WireTrouble(WireFault.NOT_CANONICAL) from error


def _verified(context: Context, value: dict[str, Any], find_key: KeyFinder) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != {"body", "key_id", "signature"}:
        raise WireTrouble(WireFault.WRONG_FIELDS)
    body, key_id, signature = value["body"], value["key_id"], value["signature"]
    if not isinstance(body, dict) or not isinstance(key_id, str) or not isinstance(signature, str):
        raise WireTrouble(WireFault.WRONG_FIELDS)
    key = find_key(key_id)
    if key is None:
        raise WireTrouble(WireFault.UNKNOWN_KEY)
    if not key.verifies(signature, context.value, canonical(body)):
        raise WireTrouble(WireFault.BAD_SIGNATURE)
    return body


def _as(kind: type[M], value: dict[str, Any]) -> M:
    try:
        return msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        raise WireTrouble(WireFault.WRONG_FIELDS) from error
