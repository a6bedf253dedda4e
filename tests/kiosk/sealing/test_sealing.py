"""What is sealed opens for the court, whole and in its place, and for nobody else."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import sha256_hex
from kiosk.filings.envelope import envelope_bytes
from kiosk.filings.frames import MOST_CHUNK_BYTES, FrameType, decode_frames
from kiosk.ids import FilingId
from kiosk.sealing.hpke import CannotOpen
from kiosk.sealing.seal import Attachment, open_sealed, seal
from kiosk.sealing.stream import PLAIN_BYTES, TAG_BYTES, open_chunks, pad, seal_chunks
from kiosk.sealing.suite import suite_named

NAME = "欧阳示例"
HEADER = json.dumps({"name": NAME, "amount": "50000.00", "ink": [[1, 2, 3]]}).encode()
KEY = bytes(range(32))
ONE = FilingId("019f0000-0000-7000-8000-000000000001")
OTHER = FilingId("019f0000-0000-7000-8000-000000000002")


def chunks_of(sealed) -> dict[str, bytes]:
    return {frame.sha256: frame.body for frame in decode_frames(sealed.frames) if frame.type == FrameType.CHUNK}


@pytest.mark.parametrize("size", [0, 1, 16 * 1024, PLAIN_BYTES, PLAIN_BYTES + 1, 3 * PLAIN_BYTES])
def test_header_and_attachments_come_back_exactly(pair, identity, size):
    papers = [
        Attachment("complaint.pdf", "application/pdf", b"%PDF" * 9),
        Attachment("a.png", "image/png", b"x" * size),
    ]
    sealed = seal(identity, HEADER, papers, [pair.public])
    opened = open_sealed(sealed.envelope, pair.opens, chunks_of(sealed))
    assert opened.header == json.loads(HEADER)
    assert opened.attachments == tuple(papers)


def test_the_envelope_names_its_bytes_and_the_file_ends_with_it(pair, identity):
    sealed = seal(identity, HEADER, [], [pair.public])
    last = decode_frames(sealed.frames)[-1]
    assert (last.type, last.body) == (FrameType.ENVELOPE, envelope_bytes(sealed.envelope))
    assert sealed.envelope_sha256 == sha256_hex(last.body)
    for chunk in sealed.chunks:
        assert sha256_hex(sealed.frames[chunk.offset : chunk.offset + chunk.size]) == chunk.sha256


def test_another_key_opens_nothing(pair, identity, make_pair):
    sealed = seal(identity, HEADER, [], [pair.public])
    stranger = make_pair(pair.public.suite)
    for keys in ({}, stranger.opens, {pair.public.key_id: stranger.private}):
        with pytest.raises(CannotOpen):
            open_sealed(sealed.envelope, keys, chunks_of(sealed))


def test_a_wrapped_key_moved_to_another_filing_opens_nothing(pair, identity):
    mine = seal(identity, HEADER, [], [pair.public])
    for change in ({"filing_id": OTHER}, {"rev": 2}):
        moved = dataclasses.replace(mine.envelope, **change)
        with pytest.raises(CannotOpen):
            open_sealed(moved, pair.opens, chunks_of(mine))


def test_no_word_of_the_filing_stands_in_the_sealed_bytes(pair, identity):
    papers = [Attachment(f"{NAME}.pdf", "application/pdf", NAME.encode() * 1000)]
    sealed = seal(identity, HEADER, papers, [pair.public])
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        assert NAME.encode(encoding) not in sealed.frames
    assert NAME not in repr(sealed) + repr(papers) + repr(open_sealed(sealed.envelope, pair.opens, chunks_of(sealed)))


def test_sizes_tell_only_a_multiple_of_the_padding(pair, identity):
    sizes = set()
    for length in (1, 500, 5000, 15_000):
        sealed = seal(identity, HEADER, [Attachment("a", "text/plain", b"a" * length)], [pair.public])
        sizes.add(tuple(part.sealed_size for part in sealed.envelope.parts))
    assert sizes == {(16 * 1024 + TAG_BYTES, 16 * 1024 + TAG_BYTES)}


def test_sealing_twice_never_uses_the_same_key(pair, identity):
    first, second = (seal(identity, HEADER, [], [pair.public]) for _ in range(2))
    assert not set(chunks_of(first)) & set(chunks_of(second))


def test_a_chunk_opens_only_in_its_own_place():
    chunks = list(seal_chunks(KEY, ONE, 1, 2, b"a" * (3 * PLAIN_BYTES)))
    assert [len(chunk) for chunk in chunks] == [MOST_CHUNK_BYTES] * 3
    assert b"".join(open_chunks(KEY, ONE, 1, 2, chunks)) == b"a" * (3 * PLAIN_BYTES)
    a, b, c = chunks
    wrong = [[], [a, b], [b, a, c], [a, c], [a, b, c, c], [c], [a, a, b, c]]
    for row in wrong:
        with pytest.raises(CannotOpen):
            list(open_chunks(KEY, ONE, 1, 2, row))
    for place in ((OTHER, 1, 2), (ONE, 2, 2), (ONE, 1, 3)):
        with pytest.raises(CannotOpen):
            list(open_chunks(KEY, *place, chunks))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=3000), kib=st.integers(1, 64))
def test_padding_only_adds_zeros(data, kib):
    padded = pad(data, kib)
    assert padded.startswith(data)
    assert not padded[len(data) :].strip(b"\0")
    assert len(padded) % (kib * 1024) == 0
    assert len(padded) > 0


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_found(identity, make_pair, place, bit):
    pair = make_pair()
    sealed = seal(identity, HEADER, [Attachment("a", "text/plain", b"hello")], [pair.public], pad_kib=1)
    chunks = chunks_of(sealed)
    name = sorted(chunks)[place % len(chunks)]
    body = bytearray(chunks[name])
    body[place % len(body)] ^= 1 << bit
    changed = bytes(body)
    envelope = dataclasses.replace(
        sealed.envelope,
        header=_renamed(sealed.envelope.header, name, changed),
        attachments=tuple(_renamed(part, name, changed) for part in sealed.envelope.attachments),
    )
    with pytest.raises(CannotOpen):
        open_sealed(envelope, pair.opens, {**chunks, sha256_hex(changed): changed})


def _renamed(part, name: str, changed: bytes):
    ids = tuple(sha256_hex(changed) if chunk == name else chunk for chunk in part.chunks)
    return dataclasses.replace(part, chunks=ids)


@pytest.mark.parametrize(
    ("name", "key"), [("sm2-sm4gcm-sm3-1", "sealing.suite_needs_module"), ("rot13", "sealing.suite_unknown")]
)
def test_a_suite_this_program_does_not_have_is_refused(name, key):
    with pytest.raises(KioskTrouble) as trouble:
        suite_named(name)
    assert trouble.value.key == key


def test_what_was_sealed_long_ago_still_opens(root):
    """The format is a promise: this file was sealed once and is never made again."""
    kept = json.loads((root / "tests" / "golden" / "sealing" / "filing_1.json").read_text(encoding="utf-8"))
    frames = decode_frames(bytes.fromhex(kept["frames"]))
    from kiosk.filings.envelope import parse_envelope

    envelope = parse_envelope(frames[-1].body)
    chunks = {frame.sha256: frame.body for frame in frames[:-1]}
    opened = open_sealed(envelope, {kept["key_id"]: bytes.fromhex(kept["private"])}, chunks)
    assert opened.header == kept["header"]
    assert [(one.name, one.media_type, one.data.decode()) for one in opened.attachments] == [tuple(kept["attachment"])]
