"""What a slip says, and what it must not say."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from kiosk.errors import KioskBug
from kiosk.ids import TicketNumber
from kiosk.slips.measure import TextLine, columns, lay_out, wrap
from kiosk.slips.parts import (
    MAX_DOC_BYTES,
    Align,
    Barcode,
    Cut,
    Feed,
    Logo,
    Pair,
    Qr,
    Rule,
    Slip,
    Text,
    dump_slip,
    for_attempt,
    load_slip,
)
from kiosk.slips.slip import QueueFacts, SlipFacts, offline_slip, query_code, queue_ticket, reference, ticket_in
from kiosk.wording import LANGUAGES, Wording, load_wording

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
FACTS = SlipFacts(
    court_name="北京市朝阳区人民法院",
    ticket_number=TicketNumber("0105-261123-0007-K3"),
    ticket_time=NOON,
    cause="民间借贷纠纷",
    pages=6,
    digest16="0123456789abcdef",
    near_limitation="2026-12-01",
    window="诉讼服务中心 1号窗口",
)
QUEUE = QueueFacts("北京市朝阳区人民法院", "A023", "民间借贷", NOON, 4, 20, "2号窗口")


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording(resources.folder("wording"))


def text_of(slip: Slip, width: int = 48) -> str:
    return "\n".join(line.text for line in lay_out(slip, width) if isinstance(line, TextLine))


def test_the_offline_slip_carries_every_fact_and_says_it_is_not_with_the_court_yet(wording: Wording):
    text = text_of(offline_slip(FACTS, wording, "zh"))
    for said in (
        "北京市朝阳区人民法院",
        "0105-261123-0007-K3",
        "2026-11-23 12:00",
        "民间借贷纠纷",
        "6 页",
        "0123456789ABCDEF",
        query_code(FACTS.ticket_number, FACTS.digest16),
        "尚未上传，法院接收后生效",
        "2026-12-01",
        "1号窗口",
        "12368",
    ):
        assert said in text


def test_the_english_slip_keeps_the_chinese_key_line_for_the_clerk(wording: Wording):
    text = text_of(offline_slip(FACTS, wording, "en"))
    assert "Ticket number" in text
    assert "尚未上传，法院接收后生效" in text


def test_no_warning_is_printed_when_the_time_limit_is_far(wording: Wording):
    slip = offline_slip(dataclasses.replace(FACTS, near_limitation=""), wording, "zh")
    assert "时效" not in text_of(slip)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [48, 32])
def test_every_line_fits_the_paper(wording: Wording, language: str, width: int):
    for slip in (offline_slip(FACTS, wording, language), queue_ticket(QUEUE, wording, language)):
        for line in lay_out(for_attempt(slip, 12, NOON), width):
            if isinstance(line, TextLine):
                assert columns(line.text) * line.size <= width


def test_the_code_holds_a_reference_and_a_check_and_nothing_else(wording: Wording):
    (code,) = [part.data for part in offline_slip(FACTS, wording, "zh").parts if isinstance(part, Qr)]
    assert code == reference(FACTS.ticket_number)
    assert ticket_in(code) == FACTS.ticket_number
    assert ticket_in(code + "\r\n") == FACTS.ticket_number


@pytest.mark.parametrize("scanned", ["", "hello", "CK1:T:0105-261123-0007-K3:0000", "CK1:T::", "法院", "https://x:y"])
def test_another_code_is_no_ticket(scanned: str):
    assert ticket_in(scanned) is None


@given(st.text(max_size=80))
def test_no_scan_breaks_the_reader_of_references(scanned: str):
    assert ticket_in(scanned) is None


def test_slips_have_no_field_for_a_person():
    allowed = {"court_name", "ticket_number", "ticket_time", "cause", "pages", "digest16", "near_limitation"}
    assert {field.name for field in dataclasses.fields(SlipFacts)} == allowed | {"window", "hotline", "query_code"}
    assert {field.name for field in dataclasses.fields(QueueFacts)} == {
        "court_name",
        "queue_number",
        "business",
        "taken_at",
        "waiting",
        "minutes",
        "window",
        "hotline",
        "hall",
    }


def test_a_second_attempt_says_so_in_head_and_foot(wording: Wording):
    first, second = (text_of(for_attempt(offline_slip(FACTS, wording, "zh"), n, NOON)).split("\n") for n in (1, 2))
    assert first[0] == "北京市朝阳区人民法院"
    assert first[-1] == "全文完 0105-261123-0007-K3 第1次"
    assert second[0] == second[-2] == "补打 第2次 2026-11-23 12:00:00"
    assert second[-1] == "全文完 0105-261123-0007-K3 第2次"


PARTS = st.one_of(
    st.just(Logo()),
    st.builds(Text, st.text(max_size=40), st.integers(1, 3), st.sampled_from(list(Align)), st.booleans()),
    st.just(Rule()),
    st.builds(Pair, st.text(max_size=20), st.text(max_size=20), st.booleans()),
    st.builds(Qr, st.text("ABC123:-", min_size=1, max_size=40), st.integers(4, 8)),
    st.builds(Barcode, st.text("ABC123-", min_size=1, max_size=20)),
    st.builds(Feed, st.integers(1, 9)),
    st.just(Cut()),
)


@given(st.lists(PARTS, max_size=12).map(tuple), st.text(max_size=20), st.text(max_size=20))
def test_a_spooled_slip_is_read_back_as_it_was(parts: tuple, kind: str, number: str):
    slip = Slip(parts, kind, number)
    assert load_slip(dump_slip(slip)) == slip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        "null",
        "x" * (MAX_DOC_BYTES + 1),
        '{"version":1,"kind":"","number":"","again":"","end":"","parts":[{"part":"picture"}]}',
        '{"version":1,"kind":"","number":"","again":"","end":"","parts":[{"part":"text"}]}',
        '{"version":1,"kind":"","number":"","again":"","end":"","parts":[{"part":"rule","colour":"red"}]}',
        '{"version":1,"kind":"","number":"","again":"","end":"","parts":[],"more":1}',
    ],
)
def test_words_that_are_no_slip_are_our_own_bug(text: str):
    with pytest.raises(KioskBug):
        load_slip(text)


@given(st.text(max_size=300), st.integers(2, 60))
def test_wrapping_keeps_every_ink_and_never_overflows(text: str, width: int):
    lines = wrap(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("立案", 2, ("立", "案")),
        ("民间借贷，纠纷", 8, ("民间借", "贷，纠纷")),
        ("请致电12368。", 11, ("请致电", "12368。")),
        ("12368。", 5, ("12368", "。")),
        ("the court has it", 10, ("the court", "has it")),
        ("0105-261123-0007-K3", 10, ("0105-26112", "3-0007-K3")),
        ("", 10, ("",)),
    ],
)
def test_wrapping_by_example(text: str, width: int, lines: tuple[str, ...]):
    assert wrap(text, width) == lines


def test_a_value_too_long_for_its_line_goes_below_its_label():
    assert [line.text for line in lay_out(Slip((Pair("窗口", "诉讼服务中心一号窗口"),)), 16)] == [
        "窗口",
        "诉讼服务中心一",
        "号窗口",
    ]


def test_a_number_is_made_smaller_rather_than_broken():
    (line,) = lay_out(Slip((Text("0105-261123-0007-K3", size=2),)), 32)
    assert isinstance(line, TextLine)
    assert (line.text, line.size) == ("0105-261123-0007-K3", 1)
