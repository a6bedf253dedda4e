"""What must hold for every fee; the worked examples are run in test_law_vectors."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

import resources
from kiosk.errors import KioskBug
from kiosk.law import fees
from kiosk.law.tables import read_tables

SUMS = st.integers(0, 10**12).map(lambda fen: Decimal(fen) / 100)
FEN = Decimal("0.01")


@given(st.decimals(0, 10**11, places=2), st.decimals(0, 10**6, places=2))
def test_claiming_more_never_costs_less(tables, amount: Decimal, more: Decimal):
    assert fees.property_fee(amount, tables) <= fees.property_fee(amount + more, tables)


@given(SUMS, SUMS)
def test_dearer_cases_never_cost_less_in_any_kind(tables, amount: Decimal, more: Decimal):
    for kind in fees.KINDS:
        less, dearer = fees.fee(kind, amount, tables), fees.fee(kind, amount + more, tables)
        assert less is not None
        assert dearer is not None
        assert less.least <= dearer.least
        assert less.most <= dearer.most


@given(SUMS)
def test_halving_is_half_and_never_a_quarter(tables, amount: Decimal):
    whole = fees.fee("property", amount, tables)
    once = fees.fee("property", amount, tables, grounds=["mediation"])
    every = fees.fee("property", amount, tables, grounds=[ground.id for ground in tables.fees.halving])
    assert once == every
    assert abs(once.least * 2 - whole.least) <= Decimal("0.02")


EDGES = [
    (kind, bracket.above)
    for kind in ("property", "divorce", "personality", "enforcement", "preservation")
    for bracket in getattr(read_tables(resources.folder("tables")).fees, kind).brackets
]


@pytest.mark.parametrize(("kind", "edge"), EDGES)
def test_the_scales_have_no_jump_at_their_edges(tables, kind: str, edge: Decimal):
    below, at, above = (fees.fee(kind, edge + fen, tables).least for fen in (-FEN, Decimal(0), FEN))
    assert below <= at <= above <= below + Decimal("0.01")


@pytest.mark.parametrize(
    ("amount", "quick"),
    [
        ("150000", "0.02 300"),
        ("400000", "0.015 1300"),
        ("900000", "0.01 3800"),
        ("1999999.99", "0.009 4800"),
        ("4000000", "0.008 6800"),
        ("9000000", "0.007 11800"),
        ("15000000", "0.006 21800"),
        ("300000000", "0.005 41800"),
    ],
)
def test_the_steps_agree_with_the_quick_formula(tables, amount: str, quick: str):
    rate, add = map(Decimal, quick.split())
    assert fees.property_fee(Decimal(amount), tables) == fees.rounded(Decimal(amount) * rate + add, tables)


def test_a_base_that_is_not_set_gives_the_range_of_the_measures(tables):
    assert fees.fee("divorce", Decimal(500000), tables) == fees.Fee(
        Decimal("1550.00"), Decimal("1800.00"), "FM art.13(1)(2)1"
    )
    assert fees.fee("ip", None, tables).most == Decimal("1000.00")
    assert fees.fee("ip", Decimal(100000), tables).exact


def test_a_courts_own_base_and_rounding_count(tables):
    court = structs.replace(tables.court, base_fees={"divorce": Decimal(240)}, rounding="yuan")
    own = structs.replace(tables, court=court)
    assert fees.fee("divorce", Decimal(0), own) == fees.Fee(Decimal(240), Decimal(240), "FM art.13(1)(2)1")
    assert fees.property_fee(Decimal("10021"), own) == Decimal(51)
    down = structs.replace(tables, court=structs.replace(court, rounding="yuan_down"))
    assert fees.property_fee(Decimal("10039"), down) == Decimal(50)


def test_application_fees_are_never_halved(tables):
    for kind in ("preservation", "enforcement", "payment_order", "public_summons", "bankruptcy"):
        assert fees.fee(kind, Decimal(50000), tables, grounds=["mediation"]) == fees.fee(kind, Decimal(50000), tables)


def test_with_any_claim_in_money_only_the_property_standard_counts(tables):
    both = fees.mixed_fee([Decimal(60000), Decimal(40000)], "other_non_property", tables)
    assert both == fees.fee("property", Decimal(100000), tables)
    assert fees.mixed_fee([], "other_non_property", tables, base=Decimal(80)).least == Decimal(80)


def test_an_injury_case_is_shown_by_both_lines_until_the_court_says(tables):
    assert [found.law for found in fees.injury_fees(Decimal(100000), tables)] == ["FM art.13(1)(1)", "FM art.13(1)(2)2"]
    own = structs.replace(tables, court=structs.replace(tables.court, injury_fee_line="personality"))
    assert len(fees.injury_fees(Decimal(100000), own)) == 1


def test_wage_claims_need_not_prepay():
    assert [fees.must_prepay(claim) for claim in ("labour_remuneration", "property", "enforcement")] == [
        False,
        True,
        False,
    ]


def test_relief_has_closed_grounds_and_a_least_share(tables):
    assert len(fees.relief_grounds("exempt", True, tables)) == 5
    assert fees.relief_grounds("exempt", False, tables) == ()
    assert len(fees.relief_grounds("defer", False, tables)) == 4
    assert [fees.reduced(Decimal(100), Decimal(percent), tables) for percent in (29, 30, 100, 101)] == [
        None,
        Decimal(70),
        Decimal(0),
        None,
    ]


@pytest.mark.parametrize("amount", ["-0.01", "1000000000000"])
def test_a_sum_out_of_range_has_no_fee(tables, amount: str):
    assert {fees.fee(kind, Decimal(amount), tables) for kind in fees.KINDS} == {None}


def test_a_base_outside_the_range_of_the_measures_is_a_bug(tables):
    with pytest.raises(KioskBug):
        fees.fee("other_non_property", None, tables, base=Decimal(101))
    with pytest.raises(KioskBug):
        fees.fee("horoscope", None, tables)
    with pytest.raises(KioskBug):
        fees.fee("property", Decimal(1), tables, grounds=["haste"])
