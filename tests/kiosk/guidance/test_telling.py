"""What is told before a form begins: every topic, in both languages, with sums the law's own rules work out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kiosk.guidance.search import signpost_of
from kiosk.guidance.telling import Telling, fee_words, telling
from kiosk.law import fees

TWELVE = ("private_lending", "divorce", "sales_contract", "labour_dispute", "traffic_accident", "property_service")
TWELVE += ("wage_arrears", "financial_loan", "credit_card", "house_lease", "general_civil", "protection_order")


@pytest.fixture
def told(book, tables):
    def tell(topic: str, language: str = "zh", shelf: tuple[str, ...] = TWELVE) -> Telling:
        return telling(signpost_of(book.by_id[topic]), language, book, tables, shelf, "1号窗口")

    return tell


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_topic_tells_everything_and_leaves_no_place_open(language: str, book, told):
    for topic in book.topics:
        one = told(topic.id, language)
        said = (one.title, one.what, one.where, one.fee, one.deadline, *one.gates, *one.bring, *one.doors)
        assert all(said)
        assert not any("{" in words or "}" in words for words in said), topic.id
        assert one.bring
        assert one.doors


def test_wages_are_told_with_their_gate_their_fee_and_who_helps(told):
    one = told("wage_arrears")
    assert one.pack == "wage_arrears"
    assert any("仲裁" in gate for gate in one.gates)
    assert any("欠条" in gate for gate in one.gates)
    assert "可以不预交" in one.fee
    assert "10元" in one.fee
    assert any("12333" in door for door in one.doors)
    assert any("12348" in door for door in one.doors)


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("divorce", "六个月"),
        ("labour_dispute", "劳动仲裁"),
        ("administrative", "行政"),
        ("police", "110"),
        ("sales_contract", "仲裁"),
        ("traffic_accident", "保险公司"),
        ("maritime", "专门法院"),
        ("protection_order", "不用先报警"),
    ],
)
def test_what_stands_before_a_suit_is_told(topic: str, words: str, told):
    assert any(words in gate for gate in told(topic).gates)


@pytest.mark.parametrize(
    ("topic", "phone"),
    [("protection_order", "12338"), ("protection_order", "110"), ("divorce", "民政"), ("private_lending", "12348")],
)
def test_who_else_helps_is_told(topic: str, phone: str, told):
    assert any(phone in door for door in told(topic).doors)


def test_the_example_of_a_fee_is_what_the_law_works_out(book, tables):
    fee = fees.property_fee(Decimal(50_000), tables)
    assert fee == Decimal("1050.00")
    assert "1,050元" in fee_words(book.fees["property"], "zh", tables)
    assert "1,050 yuan" in fee_words(book.fees["property"], "en", tables)
    assert "350元" in fee_words(book.fees["payment_order"], "zh", tables)


def test_nobody_is_refused_for_want_of_a_form(told):
    assert told("animals").pack == "general_civil"
    assert not told("animals").own_form
    assert told("divorce", shelf=("general_civil",)).pack == "general_civil"
    assert told("divorce", shelf=()).pack is None
    assert (
        told("protection_order", shelf=("general_civil",)).pack is None
    )  # an application, against nobody in that form
    assert told("enforcement").pack is None
