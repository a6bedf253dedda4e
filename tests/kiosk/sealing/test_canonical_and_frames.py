"""One spelling for every message, and frames that check themselves."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import KioskBug
from kiosk.filings.canonical import NotCanonical, canonical, parse
from kiosk.filings.envelope import NotAnEnvelope, as_plain, envelope_bytes, parse_envelope
from kiosk.filings.frames import (
    HEAD,
    MOST_CHUNK_BYTES,
    MOST_CONTROL_BYTES,
    FrameReader,
    FrameTrouble,
    FrameType,
    decode_frames,
    encode_frame,
)
from kiosk.sealing.seal import Attachment, seal

KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=8)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=5)


@settings(max_examples=300, deadline=None)
@given(OBJECTS)
def test_every_message_has_exactly_one_spelling(value):
    data = canonical(value)
    assert parse(data, 10**6) == value
    for other in (b" " + data, data + b"\n", data.replace(b",", b", ", 1), data.replace(b":", b": ", 1)):
        if other != data:
            with pytest.raises(NotCanonical):
                _same(parse(other, 10**6), value, data)


@settings(max_examples=500, deadline=None)
@given(OBJECTS)
def test_it_is_the_spelling_of_the_standard_library(value):
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    assert canonical(value) == text.encode()


def test_every_sign_below_the_blank_is_spelled_like_the_standard_library_does():
    value = {"a": "".join(map(chr, range(0x80))) + "\u2028\U00020bb7", "B": [True, None, -(2**62)]}
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert canonical(value) == text.encode()


def _same(found, value, data: bytes) -> None:
    """A blank inside a text is another value, not another spelling."""
    if found != value:
        raise NotCanonical(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b'{"a":1,"a":1}',
        b'{"b":1,"a":2}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\ud800"}',
        b'{"a":' + b"9" * 5000 + b"}",
        b"\xff\xfe",
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        '{"é":1}'.encode(),
        b'{"a":01}',
    ],
)
def test_other_spellings_are_refused(data):
    with pytest.raises(NotCanonical):
        parse(data, 10**6)


def test_a_message_over_its_cap_is_not_even_read():
    with pytest.raises(NotCanonical):
        parse(b'{"a":"%s"}' % (b"x" * 100), 100)


@pytest.mark.parametrize("value", [{"a": 1.5}, {"é": 1}, {1: 2}, {"a": 2**63}, {"a": object()}])
def test_what_has_no_one_spelling_is_a_bug_of_ours(value):
    with pytest.raises(KioskBug):
        canonical(value)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_message_or_are_refused(data):
    try:
        value = parse(data, 10**6)
    except NotCanonical:
        return
    assert canonical(value) == data


FRAMES = st.lists(st.tuples(st.sampled_from([1, 2, 3, 5, 77]), st.binary(max_size=300)), max_size=6)


@settings(max_examples=200, deadline=None)
@given(FRAMES, st.lists(st.integers(1, 90), max_size=60))
def test_frames_come_out_as_they_went_in_however_the_stream_is_cut(frames, cuts):
    stream = b"".join(encode_frame(kind, body) for kind, body in frames)
    reader, found, at = FrameReader(), [], 0
    for cut in [*cuts, len(stream)]:
        found += [(frame.type, frame.body) for frame in reader.feed(stream[at : at + cut])]
        at += cut
    found += [(frame.type, frame.body) for frame in reader.feed(stream[at:])]
    reader.finish()
    assert found == frames


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=500))
def test_any_bytes_are_frames_or_are_refused(data):
    try:
        frames = decode_frames(data)
    except FrameTrouble:
        return
    assert b"".join(encode_frame(frame.type, frame.body) for frame in frames) == data


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 7))
def test_a_flipped_bit_never_passes_for_a_frame(place, bit):
    stream = bytearray(encode_frame(FrameType.CHUNK, b"ciphertext" * 20))
    stream[place % len(stream)] ^= 1 << bit
    try:
        frames = decode_frames(bytes(stream))
    except FrameTrouble:
        return
    assert frames[0].type != FrameType.CHUNK  # the type is not part of the hash: a chunk of another type is no chunk
    assert frames[0].body == b"ciphertext" * 20


def test_what_came_before_a_damaged_frame_counts():
    good, bad = encode_frame(FrameType.CHUNK, b"one"), bytearray(encode_frame(FrameType.CHUNK, b"two"))
    bad[-1] ^= 1
    frames = FrameReader().feed(good + bytes(bad))
    assert next(frames).body == b"one"
    with pytest.raises(FrameTrouble):
        next(frames)


@pytest.mark.parametrize(
    ("kind", "most"),
    [(FrameType.CHUNK, MOST_CHUNK_BYTES), (FrameType.ENVELOPE, MOST_CONTROL_BYTES), (99, MOST_CONTROL_BYTES)],
)
def test_a_frame_that_claims_too_much_is_refused_before_it_is_read(kind, most):
    with pytest.raises(FrameTrouble):
        list(FrameReader().feed(HEAD.pack(kind, most + 1, bytes(32))))


def test_an_envelope_is_read_back_as_it_was_written(identity, make_pair):
    sealed = seal(identity, b"{}", [Attachment("a", "text/plain", b"a")], [make_pair().public])
    assert parse_envelope(sealed.envelope_bytes) == sealed.envelope


def test_every_changed_field_of_an_envelope_is_refused_or_another_envelope(identity, make_pair):
    sealed = seal(identity, b"{}", [Attachment("a", "text/plain", b"a")], [make_pair().public])
    plain = as_plain(sealed.envelope)
    wrong = [None, 0, -1, True, "", "x\n", [], {}, ["x"], "../../etc/passwd", 2**62]
    for field in plain:
        for value in [*wrong]:
            changed = json.loads(json.dumps({**plain, field: value}))
            try:
                found = parse_envelope(canonical(changed))
            except NotAnEnvelope:
                continue
            assert envelope_bytes(found) == canonical(changed)
        without = {name: value for name, value in plain.items() if name != field}
        with pytest.raises(NotAnEnvelope):
            parse_envelope(canonical(without))
    with pytest.raises(NotAnEnvelope):
        parse_envelope(canonical({**plain, "extra": 1}))
