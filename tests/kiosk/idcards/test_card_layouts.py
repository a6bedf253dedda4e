"""The four kinds of card decode exactly, and nothing a card holds can be seen from outside."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.idcards import frames, layouts
from kiosk.idcards.card import CardFields, CardKind, CardTrouble, as_answers, doubts
from kiosk.idcards.frames import BadFrame, FrameReader, Reply
from kiosk.idcards.samples import CARDS

RESIDENT = CardFields(
    kind=CardKind.RESIDENT,
    name="买买提·阿不都热依木",
    sex="1",
    number="653101198001010019",
    birth="1980-01-01",
    nation="05",
    address="某市某区示例路1号2单元㛃303室",
    authority="某市公安局",
    valid_from="2020-01-01",
    valid_to="长期",
)
HMT = CardFields(
    kind=CardKind.HMT,
    name="陳小文",
    sex="2",
    number="830000199202290022",
    birth="1992-02-29",
    address="某市某区示例街2号",
    authority="某市公安局",
    valid_from="2023-06-01",
    valid_to="2028-06-01",
    pass_number="T12345678",
    issues="02",
)
FOREIGN_2023 = CardFields(
    kind=CardKind.FOREIGN_2023,
    name="李安娜",
    sex="2",
    number="911124198108030024",
    birth="1981-08-03",
    valid_from="2024-01-02",
    valid_to="2034-01-01",
    foreign_name="LEE, ANNA",
    chinese_name="李安娜",
    nationality="CAN",
    issues="00",
)
FOREIGN_2017 = CardFields(
    kind=CardKind.FOREIGN_2017,
    name="马丁保罗",
    sex="1",
    number="FRA310090010203",
    birth="1990-01-02",
    authority="3100",
    valid_from="2021-03-05",
    valid_to="2031-03-04",
    foreign_name="MARTIN, PAUL",
    chinese_name="马丁保罗",
    nationality="FRA",
)
VECTORS = [
    ("resident", RESIDENT, 0xD4, "3f428cb4b93e0b21"),
    ("hmt", HMT, 0x09, "857f30b1494c565d"),
    ("foreign_2023", FOREIGN_2023, 0x68, "510b29d8fc5b9278"),
    ("foreign_2017", FOREIGN_2017, 0xE0, "c235664f13b673b1"),
]


def whole_frame(card: str) -> bytes:
    return frames.build(b"\0\0\x90\x01\x00\x04\x00" + CARDS[card] + bytes(1024))


@pytest.mark.parametrize(("card", "fields", "xor", "digest"), VECTORS)
def test_each_kind_of_card_decodes_exactly(card: str, fields: CardFields, xor: int, digest: str):
    frame = whole_frame(card)
    assert (len(frame), frame[-1], hashlib.sha256(CARDS[card]).hexdigest()[:16]) == (1295, xor, digest)
    assert layouts.decode(CARDS[card]) == fields


def test_the_resident_card_s_bytes_begin_as_the_reader_s_manual_shows():
    assert CARDS["resident"].startswith(bytes.fromhex("704e704ed063b7003f960d4efd90ed709d4f2867"))
    assert CARDS["resident"][30:36] == bytes.fromhex("310030003500")


@pytest.mark.parametrize("card", [vector[0] for vector in VECTORS])
def test_a_frame_is_found_byte_by_byte(card: str):
    reader = FrameReader()
    found = [reply for byte in whole_frame(card) for reply in reader.feed(bytes([byte]))]
    assert [card_text(reply) for reply in found] == [CARDS[card]]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=30), st.sampled_from([vector[0] for vector in VECTORS]))
def test_any_chunking_gives_the_same_frame(sizes: list[int], card: str):
    data, reader, found = b"\x00\xaa\x96" + whole_frame(card), FrameReader(), []
    for size in sizes:
        found += reader.feed(data[:size])
        data = data[size:]
    found += reader.feed(data)
    assert [card_text(reply) for reply in found] == [CARDS[card]]


def test_lost_preamble_bytes_do_not_matter():
    assert [card_text(reply) for reply in FrameReader().feed(b"\xaa\x00" + whole_frame("resident")[1:])] == [
        CARDS["resident"]
    ]


def test_a_frame_with_a_wrong_sum_is_no_frame():
    frame = whole_frame("resident")
    assert FrameReader().feed(frame[:-1] + bytes([frame[-1] ^ 1])) == [BadFrame()]


@given(st.binary(max_size=3000))
def test_noise_is_never_a_card_and_is_not_hoarded(noise: bytes):
    reader = FrameReader()
    for found in reader.feed(noise * 4):
        assert isinstance(found, Reply | BadFrame)
    assert reader.held <= 8192


@given(st.binary(min_size=256, max_size=256))
def test_every_256_bytes_are_a_card_or_a_named_trouble(text: bytes):
    assert isinstance(layouts.decode(text), CardFields | CardTrouble)


@given(st.binary(max_size=2400))
def test_lengths_that_do_not_fit_are_no_card(data: bytes):
    found = frames.card_data(data)
    assert found is None or len(found.text) == 256


def test_a_fingerprint_is_parsed_over_and_dropped():
    data = b"\x01\x00\x04\x00\x04\x00" + CARDS["resident"] + bytes(1024) + b"F" * 1024
    found = frames.card_data(data)
    assert found is not None
    assert (found.text, len(found.photo)) == (CARDS["resident"], 1024)


def test_nothing_of_a_card_shows_in_a_repr():
    card = layouts.decode(CARDS["resident"])
    reply = FrameReader().feed(whole_frame("resident"))[0]
    data = frames.card_data(reply.data) if isinstance(reply, Reply) else None
    shown = repr(card) + repr(reply) + repr(data)
    for canary in ("买买提", "653101", "1980", "示例路", "公安局", "u4e70", "704e"):
        assert canary not in shown


def test_the_card_answers_questions_in_their_stored_form():
    assert as_answers(HMT) == {
        "name": "陳小文",
        "id_type": "hmt_residence",
        "id_number": "830000199202290022",
        "domicile": "某市某区示例街2号",
        "gender": "f",
        "gender_said": "f",
        "birth_date": "1992-02-29",
        "birth_said": "1992-02-29",
    }


@pytest.mark.parametrize("card", ["resident", "hmt", "foreign_2023", "foreign_2017", "demo"])
def test_the_pretend_cards_raise_no_doubts(card: str):
    fields = layouts.decode(CARDS[card])
    assert isinstance(fields, CardFields)
    assert doubts(fields, date(2026, 11, 23)) == ()


def test_a_doubtful_card_is_shown_and_flagged_and_never_corrected():
    text = layouts.build({0: "王\ue123", 30: "1", 36: "19800102", 122: "653101198001010018", 204: "20200101"})
    fields = layouts.decode(text)
    assert isinstance(fields, CardFields)
    assert fields.number == "653101198001010018"
    assert doubts(fields, date(2026, 11, 23)) == ("card.doubt_rare", "card.doubt_number", "card.doubt_expired")


def card_text(found: Reply | BadFrame) -> bytes | None:
    data = frames.card_data(found.data) if isinstance(found, Reply) else None
    return data.text if data else None
