"""Every number a card, a licence or a bank prints."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskBug
from kiosk.law import case_numbers
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
    reasons = {part.split('"')[0] for part in source.split('"law.')[1:] if "{" not in part.split('"')[0]}
    assert reasons
    assert {reason for reason in reasons if not wording.knows(f"law.{reason}")} == set()
    own = {key: words for key, words in wording.entries.items() if key.startswith("law.")}
    assert {key for key, words in own.items() if len(words["zh"]) > 40 or len(words["en"]) > 70} == set()
    assert {key.removeprefix("law.") for key in own if not key.startswith("law.table.")} == reasons


@pytest.mark.parametrize(
    ("plate", "kind"),
    [
        ("京A·12345", "ordinary"),
        ("粤Z1234港", "ordinary"),
        ("京A1234警", "ordinary"),
        ("京AD12345", "new_energy"),
        ("224578使", "embassy"),
        ("沪A0023领", "embassy"),
        ("WJ京1234X", "armed_police"),
        ("KA12345", "military"),
    ],
)
def test_every_shape_of_plate_is_known(plate: str, kind: str):
    assert check("plate", plate).facts["kind"] == kind


@pytest.mark.parametrize("plate", ["AA12345", "京A1234", "京A123456", "京I12345", "京12345", "A京12345", ""])
def test_what_is_no_plate_is_told(plate: str):
    assert isinstance(check("plate", plate), Wrong)


def test_a_case_number_is_taken_apart():
    number = case_numbers.read("（2026）京0105民初123号之一")
    assert (number.year, number.court, number.kind, number.serial, number.suffix) == (
        2026,
        "京0105",
        "民初",
        123,
        "之一",
    )
    assert [case_numbers.read(f"（2026）{court}民初1号").level for court in ("最高法", "京", "苏05", "京0491")] == [
        "supreme",
        "high",
        "intermediate",
        "basic",
    ]


def test_case_numbers_are_found_in_a_narrative(tables):
    found = case_numbers.find_all("收到(2021)川0104民诉前调801号通知，后（2026）京0105民初123号判决。")
    assert [number.text for number in found] == ["（2021）川0104民诉前调801号", "（2026）京0105民初123号"]
    assert [case_numbers.is_before_filing(number, tables) for number in found] == [True, False]


@given(
    st.integers(1900, 2099),
    st.sampled_from(["最高法", "京", "苏05", "京0105"]),
    st.sampled_from(["民初", "民终", "民诉前调", "执"]),
    st.integers(1, 10**8 - 1),
)
def test_a_case_number_comes_back_from_its_parts(year: int, court: str, kind: str, serial: int):
    number = case_numbers.CaseNumber(year, court, kind, serial, "")
    assert case_numbers.read(number.text) == number
    assert case_numbers.find_all(f"见{number.text}。") == (number,)


def test_a_case_number_tells_its_kind_and_its_court(tables):
    numbers = [
        "（2026）京0105民初1号",
        "（2021）川0104民诉前调8号",
        "（2026）最高法民再8号",
        "（2026）京0491民初1号",
        "（2026）京01吃1号",
    ]
    read = [case_numbers.read(text) for text in numbers]
    kinds = [[kind.zh for kind in case_numbers.kinds(number, tables)][:1] for number in read]
    assert kinds == [["民事一审案件"], ["诉前调解（民事）"], ["民事再审案件"], ["民事一审案件"], []]
    assert [case_numbers.province(number, tables) for number in read] == ["11", "51", "", "11", "11"]
    assert [case_numbers.basic_court_area(number, tables) for number in read] == ["110105", "510104", "", "", ""]
