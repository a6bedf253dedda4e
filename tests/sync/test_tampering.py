"""Whatever is changed on the way, forged or replayed: the court takes only what its kiosk sealed and signed."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import algorithms
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.filings.canonical import canonical, parse, sha256_hex
from kiosk.filings.envelope import as_plain, envelope_bytes, parse_envelope
from kiosk.filings.frames import FrameType, decode_frames, encode_frame
from kiosk.filings.status import FilingStatus
from kiosk.sealing.keys import read_court_keys, read_device_key
from kiosk.sealing.signing import SigningKey
from kiosk.store.receipts import Receipts
from sync.messenger import Outcome
from sync.request_signature import content_digest, signed_headers, signer
from sync.wire import (
    Context,
    Offer,
    Receipt,
    Reply,
    WireTrouble,
    bitmap,
    read,
    read_envelope,
    read_signed,
    sign,
    signed_envelope,
    wanted_chunks,
)

KEY, STRANGER = SigningKey(bytes(range(32))), SigningKey(bytes(32))


def put(kiosk, court, frames: bytes, key: SigningKey | None = None, **headers: str) -> httpx2.Response:
    signed = signed_headers(key or read_device_key(kiosk.state), "PUT", "/v1/frames", frames)
    with court.client() as client:
        return client.put("/v1/frames", content=frames, headers={**signed, "x-batch-id": "abc1", **headers})


def verdicts(kiosk, answer: httpx2.Response) -> list[tuple[str, str]]:
    keys = read_court_keys(kiosk.state)
    reply = read_signed(Reply, Context.FRAMES_REPLY, answer.content, keys.receipt_key)
    return [(item.verdict.value, item.reason) for item in reply.items]


def frames_of(kiosk, filing, envelope_frame: bytes) -> bytes:
    """The sealed file's chunks, and this in the place of its envelope."""
    frames = decode_frames(kiosk.files.path(filing, 1).read_bytes())
    chunks = b"".join(encode_frame(frame.type, frame.body) for frame in frames if frame.type == FrameType.CHUNK)
    return chunks + encode_frame(FrameType.ENVELOPE, envelope_frame)


def envelope_of(kiosk, filing):
    return parse_envelope(kiosk.outbox.get(filing).envelope)


def nothing_received(ledger) -> bool:
    return ledger.all("SELECT 1 FROM filing") == []


def test_the_same_frames_untouched_are_received(kiosk, court, ledger):
    filing = kiosk.file()
    body = signed_envelope(envelope_of(kiosk, filing), read_device_key(kiosk.state))
    assert verdicts(kiosk, put(kiosk, court, frames_of(kiosk, filing, body))) == [("have", "")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kiosk_id", "110105-K02"),
        ("court_code", "110106"),
        ("rev", 2),
        ("seq", 7),
        ("epoch", 9),
        ("ticket_time", "2020-01-01T00:00:00Z"),
        ("pack_id", "divorce"),
        ("prev_hash", "f" * 64),
        ("filing_id", "019f0000-0000-7000-8000-00000000ffff"),
    ],
)
def test_a_changed_envelope_is_refused_for_its_signature(kiosk, court, ledger, field, value):
    filing = kiosk.file()
    honest = parse(signed_envelope(envelope_of(kiosk, filing), read_device_key(kiosk.state)), 10**6)
    forged = canonical({**honest, "body": {**honest["body"], field: value}})
    assert verdicts(kiosk, put(kiosk, court, frames_of(kiosk, filing, forged))) == [("refused", "bad signature")]
    assert nothing_received(ledger)
    assert ledger.all("SELECT reason FROM quarantine") == [("bad signature",)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kiosk_id": "110105-K02"}, "not from this kiosk"),
        ({"court_code": "999999"}, "not from this kiosk"),
        ({"suite": "rot13"}, "unknown suite"),
        ({"recipients": ()}, None),
    ],
)
def test_what_a_kiosk_signs_but_may_not_send_is_refused_with_its_reason(kiosk, court, ledger, change, reason):
    filing = kiosk.file()
    envelope = envelope_of(kiosk, filing)
    changed = dataclasses.replace(envelope, **change)
    body = signed_envelope(changed, read_device_key(kiosk.state))
    answer = put(kiosk, court, frames_of(kiosk, filing, body))
    assert verdicts(kiosk, answer) == ([("refused", reason)] if reason else [])
    assert nothing_received(ledger)


def test_a_filing_sealed_to_a_key_the_court_does_not_have_is_refused(kiosk, court, ledger):
    filing = kiosk.file()
    envelope = envelope_of(kiosk, filing)
    other = dataclasses.replace(envelope.recipients[0], key_id="0" * 16)
    body = signed_envelope(dataclasses.replace(envelope, recipients=(other,)), read_device_key(kiosk.state))
    assert verdicts(kiosk, put(kiosk, court, frames_of(kiosk, filing, body))) == [("refused", "sealed to another key")]


def test_an_envelope_without_its_chunks_is_wanted_not_received(kiosk, court, ledger):
    filing = kiosk.file()
    body = signed_envelope(envelope_of(kiosk, filing), read_device_key(kiosk.state))
    answer = put(kiosk, court, encode_frame(FrameType.ENVELOPE, body))
    assert verdicts(kiosk, answer) == [("want", "chunks are missing")]
    assert nothing_received(ledger)


def test_a_bad_filing_never_delays_its_neighbours(kiosk, court, ledger):
    bad, good = kiosk.file(), kiosk.file()
    garbage = encode_frame(FrameType.ENVELOPE, b"not an envelope") + encode_frame(77, b"from the future")
    forged = frames_of(kiosk, bad, signed_envelope(envelope_of(kiosk, bad), STRANGER))
    fine = frames_of(kiosk, good, signed_envelope(envelope_of(kiosk, good), read_device_key(kiosk.state)))
    assert verdicts(kiosk, put(kiosk, court, garbage + forged + fine)) == [("refused", "unknown key"), ("have", "")]
    assert [row[0] for row in ledger.all("SELECT filing_id FROM filing")] == [good]
    assert len(ledger.all("SELECT 1 FROM quarantine")) == 2


def test_a_damaged_frame_ends_the_bundle_and_what_came_before_counts(kiosk, court, ledger):
    first, second = kiosk.file(), kiosk.file()
    key = read_device_key(kiosk.state)
    whole = frames_of(kiosk, first, signed_envelope(envelope_of(kiosk, first), key))
    cut = bytearray(frames_of(kiosk, second, signed_envelope(envelope_of(kiosk, second), key)))
    cut[60] ^= 1
    assert verdicts(kiosk, put(kiosk, court, whole + bytes(cut))) == [("have", "")]
    assert len(ledger.all("SELECT 1 FROM filing")) == 1


def test_a_stranger_is_turned_away_before_his_body_is_read(kiosk, court, ledger):
    assert put(kiosk, court, b"x" * 1000, key=STRANGER).status_code == 401
    with court.client() as client:
        assert client.put("/v1/frames", content=b"x").status_code == 401
        assert client.post("/v1/hello", content=b"{}").status_code == 401
        assert client.post("/v1/offer", content=b"{}").status_code == 401
        assert client.get("/v1/checkpoint/110105").status_code == 404
        assert client.get("/").status_code == 404
    assert ledger.all("SELECT 1 FROM chunk") == []


def test_a_signed_request_with_another_body_is_refused(kiosk, court):
    key = read_device_key(kiosk.state)
    with court.client() as client:
        headers = signed_headers(key, "POST", "/v1/offer", b'{"batch_id":"a","items":[]}')
        assert client.post("/v1/offer", content=b'{"batch_id":"b","items":[]}', headers=headers).status_code == 400
        assert client.put("/v1/frames", content=b"", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'{"batch_id": "a", "items": []}',
        b'{"batch_id":"a"}',
        b'{"batch_id":1,"items":[]}',
        b"\xff" * 50,
    ],
)
def test_an_offer_that_is_not_one_is_answered_with_a_number_and_nothing_else(kiosk, court, body):
    headers = signed_headers(read_device_key(kiosk.state), "POST", "/v1/offer", body)
    with court.client() as client:
        answer = client.post("/v1/offer", content=body, headers=headers)
    assert (answer.status_code, answer.content) == (400, b"")


def test_an_offer_of_too_much_is_refused(kiosk, court):
    items = [
        {"filing_id": "a", "rev": n, "envelope_sha256": "b", "epoch": 1, "seq": n, "chunks": []} for n in range(501)
    ]
    body = canonical({"batch_id": "a", "items": items})
    headers = signed_headers(read_device_key(kiosk.state), "POST", "/v1/offer", body)
    with court.client() as client:
        assert client.post("/v1/offer", content=body, headers=headers).status_code == 413


def test_a_receipt_of_another_key_or_for_another_envelope_changes_nothing(kiosk, court):
    filing = kiosk.file()
    digest = kiosk.outbox.get(filing).envelope_sha256
    honest = {
        "v": 1,
        "court_code": "110105",
        "kiosk_id": "110105-K01",
        "filing_id": filing,
        "rev": 1,
        "envelope_sha256": digest,
        "receipt_number": "1",
        "received_at": "2026-11-23T04:00:00Z",
        "ticket_time": "2026-11-23T04:00:00Z",
        "opened": False,
        "generation": 1,
        "log_index": 0,
    }
    court_key = SigningKey(court.keys.receipt.read_bytes())
    changes = ({"envelope_sha256": "0" * 64}, {"filing_id": "x"}, {"rev": 2}, {"kiosk_id": "k"}, {"court_code": "c"})
    forged = [sign(Context.RECEIPT, honest, STRANGER), sign(Context.REFUSAL, honest, court_key), {}, {"body": 1}]
    forged += [sign(Context.RECEIPT, {**honest, **change}, court_key) for change in changes]
    for receipt in forged:
        answer = {"filing_id": filing, "rev": 1, "verdict": "have", "want": "", "reason": "", "fork": False}
        court.answer_with(_replying([{**answer, "receipt": receipt, "refusal": None}], court_key), only="/v1/offer")
        kiosk.db.execute("UPDATE outbox SET next_try_at = NULL, tries = 0")
        kiosk.round(court)
        assert kiosk.status(filing) is FilingStatus.STORED
        assert Receipts(kiosk.db).get(filing) is None
    good = {**answer, "receipt": sign(Context.RECEIPT, honest, court_key), "refusal": None}
    court.answer_with(_replying([good], court_key), only="/v1/offer")
    kiosk.db.execute("UPDATE outbox SET next_try_at = NULL")
    assert kiosk.round(court) is Outcome.NOTHING_WAITS


def _replying(items: list[dict], key: SigningKey):
    def answer(request: httpx2.Request) -> httpx2.Response:
        batch_id = json.loads(request.read())["batch_id"]
        reply = {"batch_id": batch_id, "window_bytes": 1 << 24, "retry_after": 0, "items": items}
        return httpx2.Response(200, content=canonical(sign(Context.OFFER_REPLY, reply, key)))

    return answer


def test_a_court_that_never_gives_a_verdict_gets_the_filing_held_for_staff(kiosk, court, clock):
    filing = kiosk.file()
    court.answer_with(_replying([], SigningKey(court.keys.receipt.read_bytes())), only="/v1/offer")
    for _ in range(20):
        kiosk.round(court)
        clock.pass_seconds(3600)
    assert kiosk.status(filing) is FilingStatus.HELD


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_or_a_wire_trouble(data):
    for attempt in (
        lambda: read(Offer, data),
        lambda: read_signed(Receipt, Context.RECEIPT, data, lambda _: KEY.public),
        lambda: read_envelope(data, lambda _: KEY.public),
    ):
        with pytest.raises(WireTrouble):
            attempt()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 7))
def test_a_signed_message_with_any_flipped_bit_is_refused(place, bit):
    offer = {"batch_id": "a", "items": [], "window_bytes": 5, "retry_after": 0}
    data = bytearray(canonical(sign(Context.OFFER_REPLY, offer, KEY)))
    data[place % len(data)] ^= 1 << bit
    with pytest.raises(WireTrouble):
        read_signed(
            Reply, Context.OFFER_REPLY, bytes(data), lambda name: KEY.public if name == KEY.public.key_id else None
        )


@settings(max_examples=200, deadline=None)
@given(st.lists(st.booleans(), max_size=70))
def test_a_bitmap_says_exactly_which_chunks_are_wanted(wanted):
    chunks = tuple(f"{n:064x}" for n in range(len(wanted)))
    assert wanted_chunks(chunks, bitmap(wanted)) == tuple(c for c, want in zip(chunks, wanted, strict=True) if want)


@pytest.mark.parametrize("bits", ["", "zz", "0", "ffffff"])
def test_a_bitmap_of_another_length_is_refused(bits):
    with pytest.raises(WireTrouble):
        wanted_chunks(("a", "b"), bits)


def test_our_request_signatures_are_those_of_rfc_9421():
    """Checked by another implementation."""
    body = b"frames"
    headers = signed_headers(KEY, "PUT", "/v1/frames", body)
    base = (
        '"@method": PUT\n"@path": /v1/frames\n'
        f'"content-digest": sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:\n'
        f'"@signature-params": {headers["signature-input"].removeprefix("kiosk=")}'
    )
    signature = base64.b64decode(headers["signature"].removeprefix("kiosk=:").removesuffix(":"))
    theirs = algorithms.ED25519(public_key=Ed25519PublicKey.from_public_bytes(KEY.public.raw))
    theirs.verify(signature=signature, message=base.encode())


def test_a_request_signature_counts_only_for_its_own_method_path_and_body():
    headers = signed_headers(KEY, "PUT", "/v1/frames", b"x")

    def who(headers, method="PUT", path="/v1/frames"):
        return signer(headers, method, path, lambda name: KEY.public if name == KEY.public.key_id else None)

    assert who(headers) == KEY.public.key_id
    assert who(headers, method="POST") is None
    assert who(headers, path="/v1/offer") is None
    assert who({**headers, "content-digest": content_digest(b"y")}) is None
    for name in headers:
        assert who({**headers, name: ""}) is None
        assert who({**headers, name: headers[name][:-2] + "!:"}) is None
    assert signer(headers, "PUT", "/v1/frames", lambda _: None) is None


def test_an_unsigned_envelope_says_the_same_as_the_signed_one(kiosk):
    envelope = envelope_of(kiosk, kiosk.file())
    signed = parse(signed_envelope(envelope, KEY), 10**6)
    assert signed["body"] == as_plain(envelope)
    assert sha256_hex(canonical(signed["body"])) == sha256_hex(envelope_bytes(envelope))
    assert signed_envelope(envelope, KEY) == signed_envelope(envelope, KEY)
