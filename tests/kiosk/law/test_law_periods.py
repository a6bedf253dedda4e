"""Deadlines, limitation, capacity, small claims."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskBug
from kiosk.law.calendar import add, add_months, age_on, deadline, is_certain, is_working_day
from kiosk.law.capacity import Capacity, capacity, is_elderly
from kiosk.law.limitation import Limitation, Standing, limitation, loan_start
from kiosk.law.small_claims import SmallClaims, lines_of, small_claims

TODAY = date(2026, 11, 23)


def test_every_deadline_of_the_examples(vectors, tables):
    rows = vectors("deadlines")
    assert [
        (row["why"], str(deadline(date.fromisoformat(row["event"]), int(row["length"]), row["unit"], tables)))
        for row in rows
    ] == [(row["why"], row["last_day"]) for row in rows]


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400), st.sampled_from(["day", "month"]))
def test_a_deadline_is_a_working_day_on_or_after_the_last_day(tables, event: date, length: int, unit: str):
    last = deadline(event, length, unit, tables)
    assert is_working_day(last, tables)
    assert 0 <= (last - add(event, length, unit)).days <= 10


def test_a_month_without_the_day_ends_on_its_last():
    assert [add_months(date(2024, 1, 31), 1), add_months(date(2024, 2, 29), 12)] == [
        date(2024, 2, 29),
        date(2025, 2, 28),
    ]


def test_a_year_without_a_holiday_notice_is_known_to_be_uncertain(tables):
    assert [is_certain(date(year, 1, 4), tables) for year in (2026, 2027)] == [True, False]


def test_a_period_in_weeks_is_a_bug(tables):
    with pytest.raises(KioskBug):
        deadline(TODAY, 1, "week", tables)


def test_a_person_is_a_year_older_on_the_birthday():
    assert [age_on(date(2008, 11, 23), day) for day in (date(2026, 11, 22), TODAY)] == [17, 18]


@pytest.mark.parametrize(
    ("birth", "own_income", "declared", "found"),
    [
        (date(1990, 1, 1), False, Capacity.FULL, Capacity.FULL),
        (date(1990, 1, 1), False, Capacity.NONE, Capacity.NONE),
        (date(2009, 6, 1), False, Capacity.FULL, Capacity.LIMITED),
        (date(2009, 6, 1), True, Capacity.FULL, Capacity.FULL),
        (date(2012, 6, 1), True, Capacity.FULL, Capacity.LIMITED),
        (date(2020, 6, 1), False, Capacity.FULL, Capacity.NONE),
    ],
)
def test_capacity_follows_age_then_what_is_said(birth, own_income, declared, found):
    assert capacity(birth, TODAY, own_income, declared) is found


def test_sixty_full_years_are_elderly():
    assert [is_elderly(date(1966, 11, day), TODAY) for day in (23, 24)] == [True, False]


def test_a_loan_is_counted_from_its_due_day_or_the_last_demand():
    due, demand = date(2022, 5, 1), date(2024, 6, 1)
    assert [loan_start(due, None, demand), loan_start(due, None, None), loan_start(None, None, None)] == [
        demand,
        due,
        None,
    ]


def test_limitation_warns_and_never_blocks(tables):
    starts = [date(2024, 6, 1), date(2023, 12, 5), date(2022, 5, 1), None]
    assert [limitation("general_3y", start, TODAY, tables) for start in starts] == [
        Limitation(Standing.RUNNING, date(2027, 6, 1), "Civil Code art.188"),
        Limitation(Standing.NEAR, date(2026, 12, 7), "Civil Code art.188"),
        Limitation(Standing.PAST, date(2025, 5, 6), "Civil Code art.188"),
        Limitation(Standing.UNKNOWN, None, "Civil Code art.188"),
    ]


def test_every_line_of_the_small_claims_examples(vectors, tables):
    rows = vectors("small_claims")
    assert [
        small_claims(
            Decimal(row["amount"]),
            row["province"],
            date.fromisoformat(row["day"]),
            tables,
            frozenset([row["excluded"]] if row["excluded"] else []),
        )
        for row in rows
    ] == [SmallClaims(row["answer"]) for row in rows]


def test_a_province_without_a_line_is_told_nothing(tables):
    assert small_claims(Decimal(1), "110105", TODAY, tables) is None


def test_half_a_yuan_of_the_line_counts_upwards():
    assert lines_of(Decimal(103621)) == (Decimal(51811), Decimal(207242))
