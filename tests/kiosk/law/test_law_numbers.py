"""Every number a card, a licence or a bank prints."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskBug
from kiosk.law.identity import CHECKS, check, uscc_check_character
from kiosk.law.resident import check_digit
from kiosk.law.verdict import Normalised, Wrong
from kiosk.wording import load_wording

TODAY = date(2026, 11, 23)


def told(row: dict[str, str]) -> dict[str, str]:
    return dict(fact.split("=") for fact in row["facts"].split(";") if fact)


def test_every_vector_is_kept_or_refused_as_written(vectors):
    rows = vectors("numbers")
    kept = {(row["kind"], row["text"]): check(row["kind"], row["text"], TODAY) for row in rows}
    assert {key: found.text if isinstance(found, Normalised) else "" for key, found in kept.items()} == {
        (row["kind"], row["text"]): row["kept"] for row in rows
    }


def test_every_vector_with_a_reason_is_refused_for_that_reason(vectors):
    rows = [row for row in vectors("numbers") if row["reason"]]
    assert [check(row["kind"], row["text"], TODAY) for row in rows] == [Wrong(row["reason"]) for row in rows]


def test_a_number_tells_its_birth_gender_and_region(vectors):
    for row in vectors("numbers"):
        found = check(row["kind"], row["text"], TODAY)
        if isinstance(found, Normalised):
            wanted = told(row)
            assert {key: found.facts.get(key) for key in wanted} == wanted, row["kind"]


@given(st.sampled_from(sorted([*CHECKS, "name"])), st.text(max_size=80))
def test_any_text_is_kept_plain_or_refused_with_a_sentence(kind: str, text: str):
    found = check(kind, text, TODAY)
    if isinstance(found, Normalised):
        assert check(kind, found.text, TODAY) == found


@given(st.integers(0, 99999), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 17))
def test_one_wrong_figure_is_always_noticed(area: int, birth: date, serial: int, place: int):
    first17 = f"11{area % 10000:04d}{birth:%Y%m%d}{serial:03d}"
    number = first17 + check_digit(first17)
    assert isinstance(check("resident_id", number, TODAY), Normalised)
    other = "0" if number[place] != "0" else "7"
    assert isinstance(check("resident_id", number[:place] + other + number[place + 1 :], TODAY), Wrong)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9), st.integers(0, 10**6 - 1))
def test_a_code_with_its_check_character_is_kept(org: str, region: int):
    first17 = f"91{region:06d}{org}"
    assert isinstance(check("uscc", first17 + uscc_check_character(first17)), Normalised)


@pytest.mark.parametrize("number", ["110105491231002"])
def test_an_old_number_becomes_the_one_that_replaced_it(number: str):
    assert check("resident_id", number, TODAY) == Normalised(
        "11010519491231002X",
        {"province": "11", "from_15": "yes", "region": "110105", "birth": "1949-12-31", "gender": "f"},
    )


def test_a_number_is_never_in_the_repr():
    assert "11010519491231002X" not in repr(check("resident_id", "11010519491231002X", TODAY))


@pytest.mark.parametrize("text", ["12\u202e34", "\ud842", "a\ue000b", "1\x002"])
def test_what_cannot_be_printed_is_refused(text: str):
    assert check("other", text) == Wrong("law.number_character")


@pytest.mark.parametrize("kind", sorted([*CHECKS, "name"]))
def test_a_very_long_text_is_refused_at_once(kind: str):
    for text in ("1" * 1_000_000, "张" * 1_000_000, "（" * 100_000):
        assert isinstance(check(kind, text, TODAY), Wrong)


def test_an_account_without_a_card_is_kept_too():
    assert check("bank_account", "0200 0045 0900 1234 567") == Normalised("0200004509001234567")
    assert check("bank_account", "6217001234567890123") == Wrong("law.bank_card_check")


def test_a_mobile_or_a_landline_is_a_phone():
    written = ["138-0013-8000", "+8613800138000", "(010)12345678", "01012345678", "075512345678"]
    kept = ["13800138000", "13800138000", "010-12345678", "010-12345678", "0755-12345678"]
    assert [check("phone", text).text for text in written] == kept
    assert check("phone", "12345") == Wrong("law.phone")


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "810000198001010014", "932682198501010017", "150102880730303"]
)
def test_a_number_of_an_unknown_card_is_read_by_its_shape(number: str):
    assert check("id_number", number, TODAY).facts.keys() >= {"birth", "gender"}


def test_a_kind_nobody_knows_is_a_bug():
    with pytest.raises(KioskBug):
        check("horoscope", "1")


def test_every_reason_has_its_sentence_within_the_budget():
    import resources

    wording = load_wording(resources.folder("wording"))
    source = "".join(path.read_text(encoding="utf-8") for path in (resources.folder("..") / "kiosk/law").glob("*.py"))
    reasons = {part.split('"')[0] for part in source.split('"law.')[1:]}
    assert reasons
    assert {reason for reason in reasons if not wording.knows(f"law.{reason}")} == set()
    own = {key: words for key, words in wording.entries.items() if key.startswith("law.")}
    assert {key for key, words in own.items() if len(words["zh"]) > 40 or len(words["en"]) > 70} == set()
    assert {key.removeprefix("law.") for key in own} == reasons
