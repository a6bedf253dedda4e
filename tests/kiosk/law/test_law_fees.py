"""Fees, rates and interest, against the worked examples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskBug
from kiosk.law import fees, lpr
from kiosk.law.tables import Tables

BASES = {"other_non_property": "other_non_property", "jurisdiction_objection_failed": "jurisdiction_objection"}
FIXED = {
    "labour": "labour",
    "admin": "administrative_ip",
    "public_summons": "public_summons",
    "arbitration_set_aside": "arbitration_set_aside",
}
SCALES = {
    "property": fees.property_fee,
    "mixed_property_and_nonproperty": fees.property_fee,
    "preservation": fees.preservation_fee,
    "enforcement": fees.enforcement_fee,
    "payment_order": fees.payment_order_fee,
    "bankruptcy": fees.bankruptcy_fee,
}


def fee(row: dict[str, str], tables: Tables) -> Decimal:
    kind, amount = row["kind"], Decimal(row["amount"] or 0)
    base = Decimal(dict(part.split("=") for part in row["given"].split(";") if part).get("base", 0))
    if kind in SCALES:
        return SCALES[kind](amount, tables)
    if kind in FIXED:
        return fees.fixed_fee(FIXED[kind], tables)
    if kind in BASES:
        return fees.base_fee(BASES[kind], base, tables)
    if kind in ("property_halved", "counterclaim_merged"):
        return fees.halved(fees.property_fee(amount, tables))
    return fees.divorce_fee(amount, base, tables) if kind == "divorce" else fees.personality_fee(amount, base, tables)


def test_every_worked_example_of_the_measures(vectors, tables):
    rows = [row for row in vectors("fees") if row["kind"] != "none"]
    assert [(row["kind"], row["amount"], str(fee(row, tables))) for row in rows] == [
        (row["kind"], row["amount"], row["fee"]) for row in rows
    ]


@given(st.decimals(0, 10**11, places=2), st.decimals(0, 10**6, places=2))
def test_claiming_more_never_costs_less(tables, amount: Decimal, more: Decimal):
    assert fees.property_fee(amount, tables) <= fees.property_fee(amount + more, tables)


def test_a_base_outside_the_range_of_the_measures_is_a_bug(tables):
    with pytest.raises(KioskBug):
        fees.base_fee("other_non_property", Decimal(101), tables)
    with pytest.raises(KioskBug):
        fees.fixed_fee("horoscope", tables)


def test_the_cap_is_four_times_the_rate_of_the_day_the_contract_was_formed(vectors, tables):
    rows = vectors("lpr_caps")
    caps = [lpr.cap_on(date.fromisoformat(row["contract"]), tables) for row in rows]
    assert caps == [Decimal(row["cap"]) for row in rows]
    assert ["yes" if Decimal(row["agreed_a_year"]) <= cap else "no" for row, cap in zip(rows, caps, strict=True)] == [
        row["within"] for row in rows
    ]


def test_no_rate_existed_before_20_august_2019(tables):
    assert lpr.cap_on(date(2019, 8, 19), tables) is None


def test_a_contract_older_than_the_rules_takes_the_rate_of_the_suit(tables):
    assert lpr.cap_for(date(2018, 5, 1), date(2026, 6, 1), tables) == Decimal("12.00")
    assert lpr.cap_for(date(2020, 8, 19), date(2021, 1, 4), tables) == Decimal("15.40")
    assert lpr.cap_for(date(2020, 8, 20), date(2026, 6, 1), tables) == Decimal("15.40")


def test_the_table_says_how_far_it_knows(tables):
    assert lpr.is_certain(date(2026, 6, 22), tables)
    assert not lpr.is_certain(date(2026, 11, 23), tables)


def test_rates_a_month_and_a_quarter_become_rates_a_year():
    rates = [lpr.year_rate(Decimal("1.5"), unit) for unit in ("month", "quarter", "year", "week")]
    assert rates == [Decimal("18.0"), Decimal("6.0"), Decimal("1.5"), None]


def test_interest_is_that_of_the_examples(vectors):
    rows = vectors("interest")
    assert [
        lpr.interest(
            Decimal(row["principal"]),
            Decimal(row["rate"]),
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["end"]),
            int(row["day_basis"]),
        )
        for row in rows
    ] == [Decimal(row["interest"]) for row in rows]
