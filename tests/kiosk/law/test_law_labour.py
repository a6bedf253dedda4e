"""The labour gate, and the sums of an injury."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from kiosk.errors import KioskBug
from kiosk.law import injury
from kiosk.law.injury import Dependant
from kiosk.law.labour import Arbitration, Relation, Route, after_arbitration, is_overdue, may_be_final, route
from kiosk.law.shapes import InjuryYear

TODAY = date(2026, 11, 23)
DEPENDANTS = st.lists(st.builds(Dependant, st.integers(0, 100), st.integers(1, 5), st.booleans()), max_size=5)


@pytest.mark.parametrize(
    ("relation", "arbitration", "iou", "mediated", "found"),
    [
        (Relation.EMPLOYMENT, Arbitration.NONE, False, False, Route.ARBITRATE),
        (Relation.UNSURE, Arbitration.NONE, False, False, Route.ARBITRATE),
        (Relation.PLATFORM, Arbitration.NONE, False, False, Route.ARBITRATE),
        (Relation.EMPLOYMENT, Arbitration.NONE, True, False, Route.DIRECT),
        (Relation.EMPLOYMENT, Arbitration.NONE, False, True, Route.PAYMENT_ORDER),
        (Relation.EMPLOYMENT, Arbitration.AWARD, True, True, Route.AFTER_AWARD),
        (Relation.EMPLOYMENT, Arbitration.REFUSED, False, False, Route.AFTER_AWARD),
        (Relation.EMPLOYMENT, Arbitration.OVERDUE, False, False, Route.AFTER_AWARD),
        (Relation.LABOUR_SERVICE, Arbitration.NONE, False, False, Route.SERVICE),
        (Relation.LABOUR_SERVICE, Arbitration.NONE, True, False, Route.SERVICE),
    ],
)
def test_every_route_of_a_wage_claim(relation, arbitration, iou, mediated, found):
    gate = route(relation, arbitration, wage_iou_only=iou, mediation_agreement=mediated)
    assert gate.route is found
    assert gate.open == (found is not Route.ARBITRATE)


def test_an_award_leaves_fifteen_days(tables):
    gate = after_arbitration(Arbitration.AWARD, date(2026, 9, 16), TODAY, tables)
    assert (gate.sue_by, gate.overdue, gate.law) == (date(2026, 10, 8), True, "LDMA art.50")


def test_against_a_final_award_only_the_worker_may_sue(tables):
    received = date(2026, 11, 10)
    worker = after_arbitration(Arbitration.AWARD, received, TODAY, tables, final=True)
    employer = after_arbitration(Arbitration.AWARD, received, TODAY, tables, final=True, employer_sues=True)
    assert (worker.sue_by, worker.set_aside_only, worker.law) == (date(2026, 11, 25), False, "LDMA art.48")
    assert (employer.sue_by, employer.set_aside_only, employer.law) == (date(2026, 12, 10), True, "LDMA art.49")


def test_overdue_arbitration_opens_the_court_without_a_last_day(tables):
    assert after_arbitration(Arbitration.OVERDUE, None, TODAY, tables).sue_by is None
    assert after_arbitration(Arbitration.NONE, None, TODAY, tables).route is Route.ARBITRATE


def test_arbitration_is_overdue_after_its_own_days(tables):
    applied, accepted = date(2026, 11, 16), date(2026, 9, 1)
    assert [is_overdue(applied, None, day, tables) for day in (date(2026, 11, 23), date(2026, 11, 24))] == [False, True]
    assert [is_overdue(applied, accepted, TODAY, tables, longer) for longer in (False, True)] == [True, True]
    assert not is_overdue(applied, date(2026, 9, 25), TODAY, tables, longer=True)


def test_a_small_award_is_final_where_the_minimum_wage_is_set(tables):
    assert may_be_final(Decimal(1), tables) is None
    assert [may_be_final(Decimal(sum_), tables, Decimal(2000)) for sum_ in (24000, 24001)] == [True, False]


def test_years_grow_fewer_from_sixty_and_are_five_from_seventy_five():
    assert [injury.years_counted(age) for age in (0, 59, 60, 61, 74, 75, 99)] == [20, 20, 20, 19, 6, 5, 5]


def test_sums_of_an_injury():
    assert injury.disability_compensation(Decimal("54188"), 40, injury.share_of_grade(10)) == Decimal("108376.00")
    assert injury.death_compensation(Decimal("54188"), 70) == Decimal("541880.00")
    assert injury.funeral(Decimal("10000.55")) == Decimal("60003.30")
    assert [injury.share_of_grade(grade) for grade in (1, 10)] == [Decimal(1), Decimal("0.1")]
    with pytest.raises(KioskBug):
        injury.share_of_grade(11)


def test_several_dependants_never_cost_more_a_year_than_one_person_spends():
    child, mother = Dependant(8, 2), Dependant(70, 1, unable=True)
    assert injury.dependants_living(Decimal(30000), [child]) == Decimal("150000.00")
    assert injury.dependants_living(Decimal(30000), [mother]) == Decimal("300000.00")
    assert injury.dependants_living(Decimal(30000), [child, mother]) == Decimal("300000.00")
    assert injury.dependants_living(Decimal(30000), [child], Decimal("0.1")) == Decimal("15000.00")
    assert injury.dependants_living(Decimal(30000), [Dependant(40)]) == 0


@given(DEPENDANTS, DEPENDANTS)
def test_more_dependants_never_cost_less(some: list[Dependant], more: list[Dependant]):
    fewer, all_ = (injury.dependants_living(Decimal(30000), those) for those in (some, some + more))
    assert fewer <= all_ <= 20 * Decimal(30000)


def test_figures_are_those_in_use_on_the_day_or_none(tables):
    years = [
        InjuryYear(
            since=date(year, 5, 1),
            income_per_head=Decimal(year),
            consumption_per_head=Decimal(1),
            monthly_wage=Decimal(1),
            confidence="made up",
        )
        for year in (2025, 2026)
    ]
    own = structs.replace(tables, court=structs.replace(tables.court, injury_years=tuple(years)))
    found = [injury.figures(day, own) for day in (date(2025, 4, 30), date(2026, 4, 30), TODAY)]
    assert found == [None, years[0], years[1]]
    assert injury.figures(TODAY, tables) is None


def test_the_compulsory_policy_pays_less_without_liability():
    limits = [injury.compulsory_limit(kind, liable) for kind in sorted(injury.COMPULSORY) for liable in (True, False)]
    assert limits == [180000, 18000, 18000, 1800, 2000, 100]
