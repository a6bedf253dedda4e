"""Where a suit may go. The twelve worked cases are run in test_law_vectors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.law.by_cause import fee_kind, forum_form, is_injury, limitation_rule
from kiosk.law.fees import KINDS
from kiosk.law.jurisdiction import Flag, Level, Suit, advise, fits, level_of, residence, seat
from kiosk.law.suits import PLACES, read_suit, region_codes
from kiosk.law.verdict import Wrong

HERE, THERE, ELSEWHERE = ("110105",), ("120101",), ("320508",)
LOAN = Suit(
    "private_lending",
    {"plaintiff_domicile": HERE, "defendant_domicile": THERE, "receiver_of_money_place": HERE},
    court_province="110000",
)


def test_an_agreed_place_of_performance_takes_the_place_of_the_receiver(tables):
    suit = replace(LOAN, places={**LOAN.places, "place_of_performance": ELSEWHERE})
    assert advise(suit, tables).regions == (*THERE, *ELSEWHERE)


@pytest.mark.parametrize("flag", [Flag.FORUM_UNCONNECTED, Flag.CONSUMER_CLAUSE])
def test_a_clause_that_does_not_hold_falls_through(tables, flag: Flag):
    suit = replace(LOAN, agreed=HERE)
    assert advise(suit, tables).rule == "G1"
    assert advise(replace(suit, flags=frozenset([flag])), tables).rule == "S1"


@pytest.mark.parametrize(
    ("defendant", "amount", "rule"),
    [
        ("120101", "99999999.99", "L3"),
        ("120101", "100000000", "L2"),
        ("110101", "499999999.99", "L3"),
        ("110101", "500000000", "L1"),
    ],
)
def test_large_sums_go_to_the_intermediate_court(tables, defendant: str, amount: str, rule: str):
    suit = replace(
        LOAN, amount=Decimal(amount), places={"plaintiff_domicile": HERE, "defendant_domicile": (defendant,)}
    )
    assert level_of(suit, tables)[1] == rule


def test_both_sides_outside_the_province_need_500_million(tables):
    suit = replace(LOAN, court_province="320000", amount=Decimal(120_000_000))
    assert level_of(suit, tables) == (Level.BASIC, "L3")


@pytest.mark.parametrize(("flag", "level"), [(Flag.BOTH_MILITARY, Level.MILITARY), (Flag.SPECIAL_RULES, Level.SPECIAL)])
def test_suits_of_their_own_kind_are_for_their_own_courts(tables, flag: Flag, level: Level):
    assert advise(replace(LOAN, flags=frozenset([flag])), tables).level is level


def test_a_family_case_is_never_sent_to_arbitration(tables):
    divorce = Suit("divorce", {"defendant_domicile": THERE}, frozenset([Flag.ARBITRATION_CLAUSE]))
    assert advise(divorce, tables).redirect == ""


def test_a_wage_iou_opens_the_court(tables):
    suit = Suit("labour_dispute", {"employer_location": HERE}, frozenset([Flag.NOT_ARBITRATED, Flag.WAGE_IOU]))
    assert advise(suit, tables).regions == HERE


@pytest.mark.parametrize(
    ("places", "flags", "regions"),
    [
        ({"receiver_of_money_place": HERE}, [Flag.MONEY_CLAIM], (*THERE, *HERE)),
        ({"performer_place": ELSEWHERE}, [], (*THERE, *ELSEWHERE)),
        ({"real_estate_location": ELSEWHERE}, [], (*THERE, *ELSEWHERE)),
        ({"deal_place": ELSEWHERE}, [Flag.INSTANT_DEAL], (*THERE, *ELSEWHERE)),
        ({"place_of_performance": ELSEWHERE}, [Flag.NEVER_PERFORMED], THERE),
        ({"place_of_performance": HERE}, [Flag.NEVER_PERFORMED], (*THERE, *HERE)),
        ({}, [], THERE),
    ],
)
def test_where_a_contract_is_performed(tables, places, flags, regions):
    suit = Suit(
        "service_contract", {"plaintiff_domicile": HERE, "defendant_domicile": THERE, **places}, frozenset(flags)
    )
    assert advise(suit, tables).regions == regions


def test_what_comes_through_the_network_is_performed_at_the_buyers(tables):
    places = {"defendant_domicile": THERE, "buyer_domicile": HERE, "delivery_place": ELSEWHERE}
    online = [frozenset([Flag.ONLINE]), frozenset([Flag.ONLINE, Flag.DIGITAL])]
    assert [advise(Suit("sales_contract", places, flags), tables).regions for flags in online] == [
        (*THERE, *ELSEWHERE),
        (*THERE, *HERE),
    ]


@pytest.mark.parametrize(
    ("flags", "regions"),
    [
        ([], THERE),
        ([Flag.DEFENDANT_AWAY], (*HERE, *THERE)),
        ([Flag.BOTH_AWAY], ELSEWHERE),
        ([Flag.DEFENDANT_ABROAD], HERE),
        ([Flag.DEFENDANT_MISSING], HERE),
        ([Flag.DEFENDANT_CONFINED], HERE),
    ],
)
def test_where_a_marriage_is_ended(tables, flags, regions):
    places = {"plaintiff_domicile": HERE, "defendant_domicile": THERE, "defendant_habitual": ELSEWHERE}
    assert advise(Suit("divorce", places, frozenset(flags)), tables).regions == regions


def test_parents_may_sue_at_home_when_their_children_live_apart(tables):
    places = {"plaintiff_domicile": HERE, "defendant_domicile": THERE}
    apart = places | {"defendant_domicile": THERE + ELSEWHERE}
    assert advise(Suit("support", places), tables).regions == THERE
    assert advise(Suit("support", apart), tables).regions == (*HERE, *THERE, *ELSEWHERE)


def test_someone_missing_is_sued_where_the_plaintiff_lives(tables):
    places = {"plaintiff_domicile": HERE, "defendant_domicile": THERE}
    suit = Suit("general", places, frozenset([Flag.DEFENDANT_MISSING, Flag.PERSONAL_STATUS]))
    assert (advise(suit, tables).rule, advise(suit, tables).regions) == ("N3", HERE)
    assert advise(replace(suit, flags=frozenset([Flag.DEFENDANT_MISSING])), tables).regions == THERE


@pytest.mark.parametrize("form", ["labour_dispute", "protection_order", "payment_order"])
def test_some_suits_stay_at_the_basic_court_whatever_the_sum(tables, form: str):
    assert advise(Suit(form, amount=Decimal(10**9)), tables).level is Level.BASIC


def test_a_year_without_a_break_makes_a_home():
    day = date(2026, 11, 23)
    assert [residence("a", "b", since, day) for since in (date(2025, 11, 23), date(2025, 11, 24), None)] == [
        "b",
        "a",
        "a",
    ]
    assert [seat("a", "b"), seat("", "b")] == ["a", "b"]


def test_a_place_fits_a_court_above_it():
    assert [fits(court, ["110105"]) for court in ("110105", "110100", "110000", "110106", "")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@given(
    st.sampled_from(["private_lending", "sales_contract", "divorce", "labour_dispute", "general", "no such form"]),
    st.dictionaries(
        st.sampled_from(sorted(PLACES)), st.lists(st.sampled_from([*HERE, *THERE, *ELSEWHERE]), max_size=3)
    ),
    st.frozensets(st.sampled_from(list(Flag))),
    st.integers(0, 10**9),
)
def test_any_facts_get_an_answer_with_its_law(tables, form: str, places, flags, amount: int):
    suit = Suit(form, {name: tuple(codes) for name, codes in places.items()}, flags, Decimal(amount), "110000")
    found = advise(suit, tables)
    assert len(set(found.regions)) == len(found.regions)
    assert set(found.regions) <= {code for codes in places.values() for code in codes}
    assert all(place.law for place in found.places)
    assert bool(found.redirect) <= (found.places == ())


def test_facts_are_read_from_one_line(tables):
    facts = "court=110105;defendant_domicile=120101 滨江道1号 110105 建国路88号;amount=5万;digital=no;online"
    found = read_suit("sales_contract", facts, tables)
    assert found.places["defendant_domicile"] == ("120101", "110105")
    assert (found.amount, found.flags) == (Decimal("50000.00"), frozenset([Flag.ONLINE]))


@given(st.text(max_size=300))
def test_any_line_is_facts_or_a_reason(tables, facts: str):
    assert isinstance(read_suit("general", facts, tables), Suit | Wrong)
    assert all(code in tables.region_rows for code in region_codes(facts, tables))


@pytest.mark.parametrize(
    ("cause", "amount", "fee", "rule", "form"),
    [
        ("108.3", 1, "property", "general_3y", "private_lending"),
        ("014", None, "divorce", "", "divorce"),
        ("022.1", 1, "property", "", "support"),
        ("027", None, "other_non_property", "", "family"),
        ("006", 1, "personality", "", "tort"),
        ("205.5", 1, "labour", "labour_1y_arbitration", "labour_dispute"),
        ("411", 1, "property", "general_3y", "traffic_accident"),
        ("148", 1, "property", "unjust_enrichment", "general"),
        ("372.1", 1, "property", "life_insurance", "personal_insurance"),
        ("371", 1, "property", "other_insurance", "insurance"),
        ("116.2", 1, "property", "general_3y", "house_lease"),
        ("no such cause", 1, "", "", "general"),
    ],
)
def test_a_cause_tells_the_other_rules(tables, cause: str, amount, fee: str, rule: str, form: str):
    found = (fee_kind(cause, amount, tables), limitation_rule(cause, tables), forum_form(cause, tables))
    assert found == (fee, rule, form)


def test_every_cause_has_a_fee_and_a_limitation_that_exist(tables):
    rules = {row.id for row in tables.limitation.rows} | {""}
    for cause in tables.causes.rows:
        assert fee_kind(cause.code, Decimal(1), tables) in KINDS
        assert limitation_rule(cause.code, tables) in rules
    assert is_injury("411.1", tables)
    assert not is_injury("108.3", tables)
