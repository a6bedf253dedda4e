"""Divorce as people tell it: what is asked of whom, and the warnings that stop nobody."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from kiosk.interview import objections

Tell = Callable[..., Any]


@pytest.fixture
def tell(tell_of: Tell) -> Tell:
    return partial(tell_of, "divorce")


def test_the_made_up_divorce_gets_through_page_by_page(tell: Tell):
    end = tell()
    assert end.stopped is None
    assert objections(end.interview) == ()


def test_nobody_is_asked_whether_a_spouse_is_a_company_and_one_plaintiff_is_not_a_list(tell: Tell):
    names = tell().names
    assert {"plaintiff", "defendant", "plaintiff[1]/kind", "third_party"} & set(names) == set()


def test_children_are_named_once_and_the_claims_know_them(tell: Tell):
    claims = tell().answers["claims"]
    assert [(one["name"], one["custody_to"]) for one in claims["children_custody"]] == [
        ("钱小样", "plaintiff"),
        ("钱小例", "plaintiff"),
    ]
    assert (claims["has_custody"], claims["has_support"], claims["has_visit"]) == ("some", "some", "some")


def test_grown_up_children_are_no_question_of_custody(tell: Tell):
    end = tell(
        facts__children_info=[{"name": "钱大样", "birth_date": "2000-01-01", "gender": "f", "living_with": "other"}]
    )
    assert end.answers["claims"]["has_custody"] == "none"
    assert [name for name in end.names if "support" in name or "visit" in name or "custody" in name] == []


def test_the_fee_counts_the_property_and_not_the_compensation(tell: Tell):
    claims = tell().answers["claims"]
    assert (claims["property_total"], claims["total_amount"]) == ("3200000.00", "3310000.00")
    assert claims["fee_estimate"] == "15,050.00–15,300.00"


def test_no_property_costs_the_base_fee(tell: Tell):
    end = tell(facts__property_kinds="nothing", facts__debts_any="no", claims__compensation="none")
    assert end.stopped is None
    assert end.answers["claims"]["fee_estimate"] == "50.00–300.00"
    assert [name for name in end.names if name.startswith(("claims/houses", "claims/debts", "reasons/relief"))] == []


@pytest.mark.parametrize(
    ("ended", "warned"), [("2026-05-22", False), ("2026-05-23", True), ("2026-10-01", True), ("2025-06-15", False)]
)
def test_a_second_suit_within_six_months_is_warned_of_and_not_refused(tell: Tell, ended: str, warned: bool):
    end = tell(facts__prior_ended=ended)
    assert end.stopped is None
    assert ("six_months" in end.notes) == warned


def test_a_husband_is_asked_about_pregnancy_and_a_wife_is_not(tell: Tell):
    assert "facts/wife_pregnant" not in tell().names
    end = tell(plaintiff__0__person__id_number="440524198801010011", facts__wife_pregnant="yes")
    assert end.stopped is None
    assert "husband_must_wait" in end.notes


def test_a_soldiers_consent_is_spoken_of(tell: Tell):
    assert "soldier_consent" in tell(facts__spouse_soldier="yes").notes


def test_violence_brings_protection_and_a_secret_address_and_is_never_insisted_on(tell: Tell):
    end = tell()
    assert "protection_note" in end.notes
    assert end.answers["service"]["confidential"] == "yes"
    assert "violence_papers" in end.materials
    silent = tell(facts__dv_present=None)
    assert silent.stopped is None
    assert "protection_note" not in silent.notes


@pytest.mark.parametrize(
    ("where", "fits"), [("home", "no"), ("away", "yes"), ("abroad", "yes"), ("missing", "yes"), ("confined", "yes")]
)
def test_the_court_follows_the_defendant_unless_they_are_away(tell: Tell, where: str, fits: str):
    end = tell(defendant__0__person__domicile="120101 示例路18号", facts__where_defendant=where)
    assert end.stopped is None
    assert end.answers["jurisdiction"]["court_fits"] == fits
    assert ("another_court" in end.notes) == (fits == "no")


def test_two_years_apart_are_counted(tell: Tell):
    assert "not_two_years" not in tell().notes
    assert "not_two_years" in tell(facts__separated_since="2025-06-01").notes


def test_an_agent_does_not_spare_the_journey(tell: Tell):
    agent = {"name": "孙示例", "agent_kind": "relative", "phone": "13700137001", "authority": "general"}
    assert "must_appear" in tell(people__others_involved="agent", agent=[agent]).notes


def test_limitation_and_small_claims_do_not_touch_a_divorce(tell: Tell):
    end = tell()
    assert [name for name in end.notes if name.startswith("limitation")] == []
    assert "small_claims" not in end.notices
