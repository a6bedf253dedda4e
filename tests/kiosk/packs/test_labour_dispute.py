"""A labour dispute: the gate of arbitration, who sues, what is claimed, and that nobody is turned away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from kiosk.interview import objections

Tell = Callable[..., Any]
EMPLOYER = {
    "name": "北京示例商贸有限公司",
    "uscc": "91350100M000100Y43",
    "address": "110105 示例路1号",
    "registered_elsewhere": "no",
    "legal_rep": "钱示例",
    "phone": "010-12345678",
}


@pytest.fixture
def tell(tell_of: Tell) -> Tell:
    return partial(tell_of, "labour_dispute")


def as_employer(tell: Tell, **changes: Any) -> Any:
    worker = {"name": "赵样本", "phone": "13700137000", "domicile": "110105 建国路90号院", "known": "nothing"}
    known: dict[str, Any] = {
        "gate__side": "employer",
        "plaintiff": [{"kind": "organisation", "organisation": EMPLOYER, "signing": {"signature": "signed"}}],
        "defendant": [{"kind": "person", "person": worker}],
        "claims": {"claim_also": "", "other_claims": "判令原告无需支付仲裁裁决的款项"},
        "service__recipient_said": "钱示例",
    }
    return tell(**(known | changes))


def test_the_made_up_dispute_gets_through_page_by_page(tell: Tell):
    end = tell()
    assert end.stopped is None
    assert objections(end.interview) == ()


@pytest.mark.parametrize(
    ("done", "iou", "notes"),
    [("none", "no", {"arbitrate_first"}), ("none", "yes", {"use_wage_form"}), ("overdue", None, set())],
)
def test_without_arbitration_people_are_told_where_to_go_and_may_go_on(
    tell: Tell, done: str, iou: Any, notes: set[str]
):
    end = tell(gate={"side": "worker", "arb_done": done, "has_wage_iou": iou})
    assert end.stopped is None
    assert {note for note in end.notes if note in ("arbitrate_first", "use_wage_form", "sue_by_note")} == notes
    assert "gate/arb_received" not in end.names


@pytest.mark.parametrize(
    ("received", "last", "note", "standing"),
    [
        ("2026-11-16", "2026-12-01", "sue_by_note", "near"),
        ("2026-11-06", "2026-11-23", "sue_by_note", "near"),
        ("2026-10-01", "2026-10-16", "sue_by_passed", "past"),
    ],
)
def test_fifteen_days_run_from_the_award_and_close_no_door(
    tell: Tell, received: str, last: str, note: str, standing: str
):
    end = tell(gate__arb_received=received)
    assert end.stopped is None
    assert (end.answers["gate"]["sue_by"], end.answers["facts"]["limitation_standing"]) == (last, standing)
    assert note in end.notes


def test_against_a_final_award_the_employer_is_told_of_the_intermediate_court(tell: Tell):
    end = as_employer(tell, gate__arb_final="yes")
    assert end.stopped is None
    assert "set_aside_only" in end.notes
    assert end.answers["gate"]["sue_by"] == "2026-12-16"
    assert "set_aside_only" not in tell(gate__arb_final="yes").notes


def test_an_employer_says_in_words_what_it_wants_and_ticks_no_wages(tell: Tell):
    end = as_employer(tell)
    assert end.stopped is None
    assert "claims/claim_items" not in end.names
    assert end.answers["claims"]["wage"] == "no"
    assert as_employer(tell, claims={"claim_also": ""}).names[-1] == "claims/other_claims"


def test_the_total_is_the_sum_and_the_fee_ten_yuan(tell: Tell):
    claims = tell().answers["claims"]
    assert (claims["total_amount"], claims["fee_estimate"], claims["fee_if_halved"]) == ("185138.00", "10.00", "5.00")
    assert "no_prepay" in tell().notes


def test_severance_and_damages_are_not_both_for_one_dismissal(tell: Tell):
    end = tell(claims__claim_items="severance unlawful_dismissal")
    assert (end.names[-1], end.stopped is not None) == ("claims/claim_items", True)


def test_double_wage_runs_eleven_months_at_most(tell: Tell):
    end = tell(claims__double_wage_detail__period_to="2023-03-02")
    assert (end.names[-1], end.stopped is not None) == ("claims/double_wage_detail/period_to", True)


def test_damages_are_offered_as_twice_the_severance(tell: Tell):
    end = tell(claims__unlawful_dismissal_detail__amount=None)
    assert end.answers["claims"]["unlawful_dismissal_detail"]["amount"] == "68400.00"


@pytest.mark.parametrize(
    ("items", "cause"),
    [("wage", "205.5"), ("severance", "205.6"), ("social_insurance_loss", "206"), ("wage overtime", "205")],
)
def test_the_cause_follows_what_is_claimed(tell: Tell, items: str, cause: str):
    details = {
        "severance_detail": {"years": "3", "monthly_avg": "7600", "amount": "22800"},
        "social_insurance_loss_detail": {"kind": "pension", "amount": "5000"},
    }
    end = tell(claims__claim_items=items, **{f"claims__{name}": value for name, value in details.items()})
    assert end.stopped is None
    assert end.answers["case_head"]["cause_code"] == cause


def test_the_court_is_that_of_the_employer_or_the_work(tell: Tell):
    assert tell().answers["jurisdiction"]["court_fits"] == "yes"
    end = tell(defendant__0__organisation__address="120101 示例路18号", facts__work_place="310115 世纪大道1号")
    assert end.stopped is None
    assert "another_court" in end.notes
    assert "another_court" not in tell(defendant__0__organisation__address="120101 示例路18号").notes


def test_a_migrant_worker_is_shown_the_green_channel(tell: Tell):
    assert "migrant_channel" in tell(facts__is_migrant="yes").notes
    assert (
        tell(plaintiff__0__person__special_group="migrant_worker", facts__is_migrant=None).answers["facts"][
            "is_migrant"
        ]
        == "yes"
    )


def test_papers_of_arbitration_are_asked_for_once_there_was_one(tell: Tell):
    assert {"arbitration_papers", "arbitration_receipt"} <= tell().materials.keys()
    end = tell(gate={"side": "worker", "arb_done": "none", "has_wage_iou": "no"})
    assert {"arbitration_papers", "arbitration_receipt"} & end.materials.keys() == set()
