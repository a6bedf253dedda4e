"""The LPR, the cap of a private loan, and interest."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.law import loans, lpr

DAYS = st.dates(date(2019, 8, 20), date(2026, 7, 19))


def test_no_rate_existed_before_20_august_2019(tables):
    assert lpr.rate(date(2019, 8, 19), tables) == lpr.NoRate()
    assert lpr.cap_on(date(2019, 8, 19), tables) is None


def test_the_table_says_how_far_it_knows(tables):
    last = lpr.Rate(Decimal("3.00"), Decimal("3.50"), date(2026, 6, 22))
    assert lpr.rate(date(2026, 7, 19), tables) == last
    assert lpr.rate(date(2026, 7, 20), tables) == lpr.Unknown(date(2026, 7, 20), last)
    assert lpr.cap_on(date(2026, 11, 23), tables) is None
    assert lpr.last_known(date(2026, 11, 23), tables) == Decimal("3.00")


@given(DAYS)
def test_a_rate_is_that_of_the_last_announcement(tables, day: date):
    found = lpr.rate(day, tables)
    assert found.since <= day
    assert not [row for row in tables.lpr.rows if found.since < row.since <= day]


def test_a_contract_older_than_the_rules_takes_the_rate_of_the_suit(tables):
    assert loans.cap_for(date(2018, 5, 1), date(2026, 6, 1), tables) == Decimal("12.00")
    assert loans.cap_for(date(2020, 8, 19), date(2021, 1, 4), tables) == Decimal("15.40")
    assert loans.cap_for(date(2020, 8, 20), date(2026, 6, 1), tables) == Decimal("15.40")
    assert loans.cap_for(date(2018, 5, 1), date(2026, 11, 23), tables) is None


def test_an_old_loan_lives_under_two_caps(tables):
    old, new = loans.stretches(date(2019, 1, 1), date(2021, 6, 1), tables)
    assert (old.last, old.cap, old.line) == (date(2020, 8, 19), Decimal(24), loans.Line.OLD)
    assert (new.first, new.cap, new.line) == (date(2020, 8, 20), Decimal("15.40"), loans.Line.SUIT)
    assert loans.stretches(date(2019, 1, 1), date(2020, 8, 19), tables)[0].line is loans.Line.OLD


def test_interest_of_an_old_loan_is_the_sum_of_its_stretches(tables):
    first, last, line = date(2019, 8, 19), date(2021, 8, 19), date(2020, 8, 19)
    found = loans.protected_interest(Decimal(100000), Decimal(30), first, first, last, date(2021, 9, 1), tables)
    old = lpr.exact_interest(Decimal(100000), Decimal(24), first, line, 365)
    new = lpr.exact_interest(Decimal(100000), Decimal("15.40"), line, last, 365)
    assert found == (old + new).quantize(Decimal("0.01"))


def test_what_no_table_knows_has_no_interest(tables):
    old, today = date(2018, 1, 1), date(2026, 11, 23)
    assert loans.protected_interest(Decimal(1), Decimal(10), old, old, today, today, tables) is None


def test_the_rate_of_a_loan_that_says_little(tables):
    assert loans.term_rate(None, True, True) == 0
    assert loans.term_rate(None, False, True) == 0
    assert loans.term_rate(None, False, False) is None
    assert loans.overdue_rate(Decimal(10), None, date(2025, 6, 1), tables) == Decimal(10)
    assert loans.overdue_rate(None, None, date(2025, 6, 1), tables) == Decimal("3.00")
    assert loans.overdue_rate(None, Decimal(12), date(2025, 6, 1), tables) == Decimal(12)


def test_interest_kept_back_is_no_principal():
    assert [loans.principal(Decimal(100), Decimal(kept)) for kept in (0, 20, 120, -5)] == [100, 80, 0, 100]


def test_rates_a_month_and_a_quarter_become_rates_a_year():
    rates = [lpr.year_rate(Decimal("1.5"), unit) for unit in ("month", "quarter", "year", "week")]
    assert rates == [Decimal("18.0"), Decimal("6.0"), Decimal("1.5"), None]


def test_interest_never_runs_backwards():
    assert lpr.interest(Decimal(100), Decimal(12), date(2026, 2, 1), date(2026, 1, 1)) == 0


@pytest.mark.parametrize("basis", [360, 365])
@given(st.integers(0, 10**9), DAYS, st.integers(0, 800), st.integers(0, 800))
def test_interest_of_two_stretches_is_that_of_the_whole(basis: int, principal: int, start: date, one: int, two: int):
    middle, end = start + timedelta(days=one), start + timedelta(days=one + two)
    whole = lpr.exact_interest(Decimal(principal), Decimal("3.45"), start, end, basis)
    parts = [
        lpr.exact_interest(Decimal(principal), Decimal("3.45"), *span, basis)
        for span in ((start, middle), (middle, end))
    ]
    assert abs(whole - sum(parts)) < Decimal("0.0001")


@given(st.integers(1, 10**7), DAYS, DAYS)
def test_floating_interest_lies_between_the_lowest_and_the_highest_rate(tables, principal: int, one: date, two: date):
    start, end = min(one, two), max(one, two)
    found = lpr.floating_interest(Decimal(principal), start, end, tables)
    bounds = [lpr.interest(Decimal(principal), rate, start, end) for rate in (Decimal("3.00"), Decimal("4.25"))]
    assert bounds[0] <= found <= bounds[1]


def test_floating_interest_stops_where_the_table_does(tables):
    assert lpr.floating_interest(Decimal(1), date(2026, 7, 1), date(2026, 7, 20), tables) is None
    assert lpr.floating_interest(Decimal(1), date(2019, 8, 1), date(2020, 7, 20), tables) is None


def test_the_day_of_an_announcement_is_the_first_at_the_new_rate(tables):
    # 2019-09-19 is the last day at 4.25, 2019-09-20 the first at 4.20.
    spans = [(date(2019, 9, 18), date(2019, 9, 19)), (date(2019, 9, 19), date(2019, 9, 20))]
    found = [lpr.floating_interest(Decimal(3650000), *span, tables) for span in spans]
    assert found == [Decimal("425.00"), Decimal("420.00")]
    assert lpr.floating_interest(Decimal(3650000), date(2019, 8, 19), date(2019, 8, 20), tables) == Decimal("425.00")
