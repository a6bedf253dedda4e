"""What must hold for every sum a person writes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskBug
from kiosk.law.money import (
    LARGEST,
    LONGEST,
    capitals,
    format_money,
    parse,
    read_capitals,
    spellings,
    stored,
    written_out,
)
from kiosk.law.verdict import Wrong

SUMS = st.integers(0, int(LARGEST * 100)).map(lambda fen: Decimal(fen) / 100)


def read_back(words: str) -> Decimal:
    """A second, slower reader of capitals: sections of four figures, then 角 and 分."""
    digits = {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
    yuan, _, rest = words.rpartition("元") if "元" in words else ("", "", words)
    total, section, digit = 0, 0, 0
    for c in yuan:
        if c in digits:
            digit = digits[c]
        elif c in "拾佰仟":
            section, digit = section + digit * {"拾": 10, "佰": 100, "仟": 1000}[c], 0
        else:
            total, section, digit = total + (section + digit) * {"万": 10**4, "亿": 10**8}[c], 0, 0
    fen = 0
    for unit, worth in (("角", 10), ("分", 1)):
        if unit in rest:
            fen += digits[rest[rest.index(unit) - 1]] * worth
    return Decimal(total + section + digit) + Decimal(fen) / 100


@given(SUMS)
def test_every_lawful_spelling_is_read_back(value: Decimal):
    assert {read_capitals(words) for words in spellings(value)} == {value}


@pytest.mark.parametrize(
    "words",
    ["壹拾万元", "壹佰零零壹元整", "一百元整", "壹元贰", "零壹元整", "壹万亿元整", "壹佰拾元整", "元", "壹" * 200],
)
def test_a_spelling_the_bank_would_send_back_is_refused(words: str):
    assert isinstance(read_capitals(words), Wrong)


@given(st.text("零壹贰拾佰仟万亿元角分整", max_size=30))
def test_whatever_is_read_can_be_written(words: str):
    found = read_capitals(words)
    assert isinstance(found, Wrong) or words.replace("圆", "元") in spellings(found)


@given(SUMS)
def test_capitals_read_back_to_the_same_sum(value: Decimal):
    assert read_back(capitals(value)) == value


@given(SUMS)
def test_a_sum_survives_every_way_of_writing_it(value: Decimal):
    assert parse(stored(value)) == parse(format_money(value)) == parse(f"¥{value:.2f}元") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("50000", "50000.00"),
        ("５０，０００．００", "50000.00"),
        ("5万", "50000.00"),
        ("1.5万元", "15000.00"),
        ("0.12345万", "1234.50"),
        ("2亿", "200000000.00"),
        (" 1 234.5 ", "1234.50"),
        ("人民币1,234元整", "1234.00"),
        ("0.01", "0.01"),
    ],
)
def test_sums_are_read_as_people_write_them(text: str, value: str):
    assert stored(parse(text)) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "money_missing"),
        ("元", "money_missing"),
        ("-5", "money_negative"),
        ("1.234", "money_below_fen"),
        ("0.12345678", "money_not_a_number"),
        ("1,23", "money_not_a_number"),
        ("1e9", "money_not_a_number"),
        ("NaN", "money_not_a_number"),
        ("١٢٣", "money_not_a_number"),
        ("五万", "money_not_a_number"),
        ("1000000000000", "money_too_large"),
        ("99999亿", "money_too_large"),
        ("1" * (LONGEST + 1), "money_not_a_number"),
    ],
)
def test_what_is_no_sum_is_told_why(text: str, reason: str):
    assert parse(text) == Wrong(f"law.{reason}")


@given(st.text(max_size=200))
def test_any_text_is_a_sum_in_range_or_a_reason(text: str):
    found = parse(text)
    assert isinstance(found, Wrong) or (0 <= found <= LARGEST and found == found.quantize(Decimal("0.01")))


def test_a_document_prints_both_ways():
    assert written_out(Decimal("100000")) == "人民币壹拾万元整（¥100,000.00）"


@pytest.mark.parametrize("value", ["-1", "0.001", "1000000000000"])
def test_capitals_of_an_impossible_sum_are_a_bug(value: str):
    with pytest.raises(KioskBug):
        capitals(Decimal(value))
