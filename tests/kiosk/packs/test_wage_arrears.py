"""Unpaid wages: which way is open, a whole crew, the chain of contractors, and no fee in advance."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest

from kiosk.documents.complaint import complaint_pdf
from kiosk.filings.filing import CompletedForm
from kiosk.forms import Form
from kiosk.interview import Context, begin, complete, fill, look, objections
from kiosk.law import identity
from tests.kiosk.packs.conftest import FACTS, TODAY

Tell = Callable[..., Any]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@pytest.fixture
def tell(tell_of: Tell) -> Tell:
    return partial(tell_of, "wage_arrears")


def a_number(serial: int) -> str:
    """A made-up resident number with its right check digit."""
    digits = f"1101051990{serial % 12 + 1:02}{serial % 28 + 1:02}{serial:03}"
    return digits + "10X98765432"[sum(int(one) * weight for one, weight in zip(digits, WEIGHTS, strict=True)) % 11]


def a_name(at: int) -> str:
    """Every one another name: 样本一二, 样本一三 …"""
    return "样本" + "".join("零一二三四五六七八九"[int(digit)] for digit in str(at))


def a_crew(made_up: Callable[[str], dict[str, Any]], people: int, sued: int, rows: int) -> dict[str, Any]:
    known = copy.deepcopy(made_up("wage_arrears"))
    first = known["plaintiff"][0]
    known["plaintiff"] = []
    for at in range(people):
        one = copy.deepcopy(first)
        one["person"] |= {"name": a_name(at), "id_number": a_number(at)}
        known["plaintiff"].append(one)
    company = known["defendant"][1]
    known["defendant"] = [known["defendant"][0]]
    for at in range(1, sued):
        one = copy.deepcopy(company)
        one["organisation"]["name"] = f"北京示例建筑工程第{at}有限公司"
        known["defendant"].append(one)
    known["facts"]["coworkers"] = [
        {"name": a_name(at), "id_number": a_number(at), "phone": "13700137000", "days": "100", "rate": "300"}
        | {"owed": f"{10000 + at}.50"}
        for at in range(rows)
    ]
    known["facts"] |= {
        "elect": "yes",
        "representatives": [{"name": a_name(at), "phone": "13700137000"} for at in range(3)],
    }
    known["claims"]["wage_amount"] = f"{sum(10000 + at for at in range(rows)) + rows * 0.5:.2f}"
    known["service"]["addressee_said"] = "样本零"
    return known


def test_the_made_up_claim_gets_through_page_by_page(tell: Tell):
    end = tell()
    assert end.stopped is None
    assert objections(end.interview) == ()


@pytest.mark.parametrize(
    ("route", "way", "note"),
    [
        ({"relation_kind": "labour_service", "has_iou": "no", "arb_done": "none"}, "service", "way_service"),
        ({"relation_kind": "employment", "has_iou": "yes", "other_issue": "no", "arb_done": "none"}, "direct", "way_direct"),
        ({"relation_kind": "employment", "has_iou": "yes", "other_issue": "yes", "arb_done": "none"}, "arbitrate", "way_arbitrate"),
        ({"relation_kind": "unsure", "has_iou": "no", "arb_done": "none"}, "arbitrate", "way_arbitrate"),
        ({"relation_kind": "employment", "has_iou": "no", "arb_done": "overdue"}, "after_award", "way_after_award"),
        ({"relation_kind": "employment", "has_iou": "no", "arb_done": "none", "mediation_agreement": "yes"}, "payment_order", "way_payment_order"),
    ],
)  # fmt: skip
def test_every_way_is_named_and_none_is_shut(tell: Tell, route: dict[str, str], way: str, note: str):
    end = tell(route={"complained_bureau": "no", "mediation_agreement": "no"} | route)
    assert end.stopped is None
    assert end.answers["route"]["route_result"] == way
    assert [one for one in end.notes if one.startswith("way_")] == [note]


def test_after_an_award_the_fifteen_days_are_counted(tell: Tell):
    route = {
        "relation_kind": "employment",
        "has_iou": "no",
        "arb_done": "award",
        "complained_bureau": "no",
        "mediation_agreement": "no",
    }
    end = tell(route=route | {"arb_received": "2026-11-16"})
    assert (end.answers["route"]["sue_by"], end.answers["facts"]["limitation_standing"]) == ("2026-12-01", "near")
    late = tell(route=route | {"arb_received": "2026-10-01"})
    assert late.stopped is None
    assert "sue_by_passed" in late.notes


def test_the_fee_follows_the_cause_and_nothing_is_paid_in_advance(tell: Tell):
    end = tell()
    assert (end.answers["case_head"]["cause_code"], end.answers["claims"]["fee_estimate"]) == ("144", "2,510.80")
    assert {"channel", "no_prepay"} <= set(end.notes)
    employed = tell(route__relation_kind="employment", route__other_issue="no")
    assert employed.answers["case_head"]["cause_code"] == "205.5"
    assert employed.answers["claims"]["fee_estimate"] == "10.00"


def test_the_green_channel_is_open_to_everybody_here(tell: Tell):
    assert tell(plaintiff__0__person__special_group=None).answers["people"]["green_channel"] == "migrant_worker"


def test_what_is_owed_is_offered_with_and_without_a_list(tell: Tell):
    listed = tell(claims__wage_amount=None)
    assert listed.names[-1] == "claims/wage_amount"
    assert look(listed.interview, "/data/claims/wage_amount", "zh").suggestions == ("107940",)
    alone = tell(facts__crew_any="no", claims__wage_amount=None)
    assert alone.answers["claims"]["wage_amount"] == "47200.00"


def test_sums_that_differ_are_warned_of_and_not_refused(tell: Tell):
    end = tell(facts__should_pay="70000", claims__wage_amount="100000")
    assert end.stopped is None
    assert {"should_pay_differs", "amount_differs"} <= set(end.notes)
    assert {"should_pay_differs", "amount_differs"} & set(tell().notes) == set()


def test_no_more_can_have_been_paid_than_was_due(tell: Tell):
    end = tell(facts__already_paid="67200.01")
    assert (end.names[-1], end.stopped is not None) == ("facts/already_paid", True)


def test_contractors_who_are_to_pay_are_to_be_sued(tell: Tell):
    assert "sue_them_too" not in tell().notes
    alone = [{"kind": "person", "person": {"name": "钱示例", "known": "nothing"}}]
    end = tell(defendant=alone)
    assert end.stopped is None
    assert "sue_them_too" in end.notes


@pytest.mark.parametrize(
    ("due", "demand", "standing", "note"),
    [
        ("2026-02-10", None, "running", None),
        ("2023-12-04", None, "near", "limitation_near"),
        ("2022-01-01", None, "past", "limitation_past"),
        ("2022-01-01", "2024-05-01", "running", None),
    ],
)
def test_limitation_is_warned_of_and_never_blocks(tell: Tell, due: str, demand: Any, standing: str, note: Any):
    end = tell(facts__work_from="2021-01-01", facts__pay_promise_date=due, facts__last_demand=demand)
    assert end.stopped is None
    assert end.answers["facts"]["limitation_standing"] == standing
    assert [one for one in end.notes if one.startswith("limitation")] == ([note] if note else [])


@pytest.mark.parametrize(("rows", "asked"), [(9, False), (10, True)])
def test_ten_people_may_elect_who_acts_for_them(tell: Tell, made_up: Any, rows: int, asked: bool):
    facts = a_crew(made_up, 1, 1, rows)["facts"]
    end = tell(facts=facts, claims__wage_amount=None)
    assert ("facts/elect" in end.names) == asked
    assert ("election" in end.materials) == asked


@pytest.mark.parametrize(("number", "stopped"), [(1, True), (2, False), (5, False), (6, True)])
def test_two_to_five_are_elected(packs: Mapping[str, Form], made_up: Any, number: int, stopped: bool):
    known = a_crew(made_up, 2, 1, 12)
    known["facts"]["representatives"] = [{"name": a_name(at), "phone": "13700137000"} for at in range(number)]
    talk = fill(begin(packs["wage_arrears"], Context(today=TODAY, facts=FACTS)), known)
    assert (isinstance(talk, tuple) or objections(talk) != ()) == stopped


def test_eight_plaintiffs_five_defendants_and_three_hundred_rows(packs: Mapping[str, Form], made_up: Any):
    form = packs["wage_arrears"]
    known = a_crew(made_up, 8, 5, 300)
    assert all(identity.check("resident_id", row["id_number"]) for row in known["facts"]["coworkers"])
    talk = fill(begin(form, Context(today=TODAY, facts=FACTS)), known)
    assert not isinstance(talk, tuple), talk
    done = complete(talk, "zh")
    assert isinstance(done, CompletedForm), done
    assert done.answers["facts"]["claimants"] == "300"
    assert done.answers["closing"]["copies"] == "5"
    assert done.answers["claims"]["wage_amount"] == "3045000.00"
    assert "amount_differs" not in [str(name) for name in done.answers]
    assert complaint_pdf(form, done, {}, form.tables).startswith(b"%PDF")
