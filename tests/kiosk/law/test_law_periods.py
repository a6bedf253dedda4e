"""Deadlines, limitation, capacity, small claims."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskBug
from kiosk.law.calendar import (
    add,
    add_months,
    age_on,
    deadline,
    hours_after,
    in_time,
    is_certain,
    is_working_day,
    period,
    procedure,
)
from kiosk.law.capacity import Capacity, capacity, is_elderly, who_may_act
from kiosk.law.limitation import (
    STARTS,
    Limitation,
    Obstacle,
    Standing,
    eighteenth_birthday,
    is_subject,
    limitation,
    loan_start,
)
from kiosk.law.small_claims import EXCLUDED_KINDS, SmallClaims, is_fresh, line_for, lines_of, small_claims

TODAY = date(2026, 11, 23)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400), st.sampled_from(["day", "month"]))
def test_a_deadline_is_a_working_day_on_or_after_the_last_day(tables, event: date, length: int, unit: str):
    found = period(event, length, unit, tables)
    assert is_working_day(found.last, tables)
    assert found.raw == add(event, length, unit)
    assert 0 <= (found.last - found.raw).days <= 10
    assert found.raw <= found.safe <= found.last
    assert found.certain == (found.raw.year in (2025, 2026) and found.last.year in (2025, 2026))


@given(st.dates(date(2025, 1, 1), date(2026, 10, 1)), st.integers(0, 60))
def test_working_days_are_counted_one_by_one(tables, event: date, length: int):
    found = period(event, length, "working_day", tables)
    days = [event + timedelta(days=n) for n in range(1, (found.last - event).days + 1)]
    assert sum(is_working_day(day, tables) for day in days) == length


@given(st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.integers(0, 40), st.integers(0, 40))
def test_a_longer_period_never_ends_earlier(tables, event: date, length: int, more: int):
    assert deadline(event, length, "day", tables) <= deadline(event, length + more, "day", tables)


def test_where_holidays_are_unknown_the_safe_day_comes_first(tables):
    found = period(date(2026, 12, 4), 1, "month", tables)  # 2027-01-04 is a Monday
    assert (found.last, found.certain) == (date(2027, 1, 4), False)
    weekend = period(date(2026, 12, 2), 1, "month", tables)  # 2027-01-02 is a Saturday
    assert (weekend.raw, weekend.last, weekend.safe) == (date(2027, 1, 2), date(2027, 1, 4), date(2027, 1, 2))


def test_a_posted_paper_is_in_time_when_it_was_posted_in_time():
    last = date(2026, 10, 8)
    assert in_time(last, posted=date(2026, 10, 8))
    assert in_time(last, handed_in=date(2026, 10, 12), posted=date(2026, 10, 7))
    assert not in_time(last, handed_in=date(2026, 10, 9))
    assert not in_time(last)


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


@given(st.dates(date(2024, 1, 1), TODAY), st.lists(st.dates(date(2024, 1, 1), date(2040, 1, 1)), max_size=4))
def test_an_interruption_never_shortens_a_period(tables, start: date, interruptions: list[date]):
    without = limitation("general_3y", start, TODAY, tables)
    found = limitation("general_3y", start, TODAY, tables, interruptions=interruptions)
    assert found.last_day >= without.last_day


def test_a_demand_that_came_too_late_starts_nothing_anew(tables):
    found = limitation("general_3y", date(2022, 5, 1), TODAY, tables, interruptions=[date(2025, 6, 1)])
    assert (found.standing, found.last_day) == (Standing.PAST, date(2025, 5, 6))


def test_each_demand_in_time_starts_the_period_anew(tables):
    demands = [date(2026, 1, 5), date(2023, 6, 1)]
    found = limitation("general_3y", date(2020, 7, 1), TODAY, tables, interruptions=demands)
    assert found.last_day == date(2029, 1, 5)


def test_twenty_years_from_the_harm_end_everything(tables):
    found = limitation("general_3y", date(2026, 1, 5), TODAY, tables, harmed=date(2006, 12, 1))
    assert (found.standing, found.last_day) == (Standing.NEAR, date(2026, 12, 1))


def test_wages_lapse_only_after_the_work_has_ended(tables):
    assert limitation("wage_during_employment", None, TODAY, tables).standing is Standing.NOT_RUNNING
    assert limitation("wage_during_employment", date(2025, 11, 22), TODAY, tables).last_day == TODAY


def test_an_obstacle_in_the_last_six_months_leaves_six_more(tables):
    over = limitation(
        "general_3y", date(2023, 12, 1), TODAY, tables, obstacle=Obstacle(date(2026, 6, 1), date(2026, 11, 1))
    )
    early = limitation(
        "general_3y", date(2023, 12, 1), TODAY, tables, obstacle=Obstacle(date(2024, 1, 1), date(2024, 6, 1))
    )
    still = limitation("general_3y", date(2023, 12, 1), TODAY, tables, obstacle=Obstacle(date(2026, 6, 1), None))
    assert [over.last_day, early.last_day, still.last_day] == [date(2027, 5, 1), date(2026, 12, 1), None]
    assert still.standing is Standing.NOT_RUNNING


@pytest.mark.parametrize(
    ("rule_id", "last"),
    [
        ("labour_1y_arbitration", "2027-03-01"),
        ("enforcement_application", "2028-03-01"),
        ("other_insurance", "2028-03-01"),
        ("general_3y", "2029-03-01"),
        ("instalments", "2029-03-01"),
        ("no_due_date", "2029-03-01"),
        ("unjust_enrichment", "2029-03-01"),
        ("minor_sexual_abuse", "2029-03-01"),
        ("against_statutory_agent", "2029-03-01"),
        ("international_sale_or_technology_import", "2030-03-01"),
        ("life_insurance", "2031-03-01"),
        ("wage_during_employment", "2027-03-01"),
    ],
)
def test_every_limitation_rule_has_its_years(tables, rule_id: str, last: str):
    assert limitation(rule_id, date(2026, 3, 1), TODAY, tables).last_day == date.fromisoformat(last)


def test_the_table_has_the_rules_the_law_knows(tables):
    assert len(tables.limitation.rows) == 12
    assert {row.start for row in tables.limitation.rows} <= STARTS
    assert [is_subject(claim, tables) for claim in ("support", "deposits", "loan")] == [False, False, True]


def test_a_child_born_on_a_leap_day_is_eighteen_on_the_first_of_march():
    assert [eighteenth_birthday(date(2008, 2, 29)), eighteenth_birthday(date(2008, 2, 28))] == [
        date(2026, 3, 1),
        date(2026, 2, 28),
    ]


def test_a_line_nobody_has_renewed_for_years_is_known_to_be_old(tables):
    row = line_for("330000", date(2022, 6, 1), tables)
    assert [is_fresh(row, day) for day in (date(2022, 6, 1), date(2026, 6, 1))] == [True, False]


def test_excluded_kinds_have_no_small_claim_at_any_sum(tables):
    day = date(2026, 3, 1)
    for kind in EXCLUDED_KINDS:
        assert small_claims(Decimal(1), "320000", day, tables, frozenset([kind])) is SmallClaims.NOT_AVAILABLE


def test_a_province_without_a_line_is_told_nothing(tables):
    assert small_claims(Decimal(1), "110105", TODAY, tables) is None


def test_half_a_yuan_of_the_line_counts_upwards():
    assert lines_of(Decimal(103621)) == (Decimal(51811), Decimal(207242))


@pytest.mark.parametrize(
    ("period_id", "last"),
    [
        ("filing_decision", "2026-11-30"),
        ("fee_payment", "2026-11-30"),
        ("copy_to_defendant", "2026-11-30"),
        ("defence", "2026-12-08"),
        ("appeal_ruling", "2026-12-03"),
        ("sue_after_preservation", "2026-12-23"),
    ],
)
def test_every_step_of_the_procedure_has_its_last_day(tables, period_id: str, last: str):
    assert procedure(period_id, TODAY, tables).last == date.fromisoformat(last)


def test_hours_begin_with_the_next_hour(tables):
    handed_in = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
    assert hours_after(handed_in, 48) == datetime(2026, 11, 25, 10, tzinfo=UTC)
    assert procedure("preservation_decision", TODAY, tables) is None
    with pytest.raises(KioskBug):
        procedure("coffee", TODAY, tables)


def test_parents_act_for_a_child_and_a_spouse_for_an_adult():
    assert who_may_act(date(2015, 1, 1), TODAY)[0] == "parents"
    assert who_may_act(date(1980, 1, 1), TODAY)[0] == "spouse"
