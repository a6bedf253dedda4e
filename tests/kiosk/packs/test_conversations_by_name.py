"""Conversations with the shipped pack, told page by page as a reviewer reads them."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.authoring.conversation import Conversation, ask_for
from kiosk.forms import Form

TODAY = date(2026, 11, 23)
FACTS = {"court_code": "110105", "court_name": "北京市朝阳区人民法院"}


@pytest.fixture
def talk(form: Form) -> Conversation:
    return ask_for(form, today=TODAY, facts=FACTS)


def test_the_first_question_is_who_is_here_and_then_who_sues(talk: Conversation):
    talk.expect_next("filer_role").answer("self").expect_next("plaintiff/kind").answer("person").expect_asked(
        "plaintiff/person/name", "plaintiff/person/id_number"
    ).expect_not_asked("plaintiff/organisation/name")


def test_a_choice_that_does_not_exist_is_refused_and_the_page_stays(talk: Conversation):
    talk.answer("the neighbour").expect_refused().expect_next("filer_role").answer("self").expect_next("plaintiff/kind")


def test_nothing_is_skipped_by_going_on_without_an_answer(talk: Conversation):
    talk.go_on().expect_refused().expect_next("filer_role")


def test_a_loan_cannot_have_been_made_tomorrow(talk: Conversation):
    (
        talk.turn_to("contract_info")
        .answer("就是写了一张借条")
        .expect_next("contract_date")
        .answer("2026-11-24")
        .expect_refused()
        .answer("2024-03-01")
        .expect_next("lent_directly")
    )


def test_whoever_repaid_something_is_asked_how_much(talk: Conversation):
    (
        talk.turn_to("repaid_any")
        .expect_not_asked("principal_back")
        .answer("yes")
        .expect_asked("facts/principal_back")
        .turn_to("loan_features")
        .expect_next("security/loan_features")
    )


def test_one_more_payment_brings_its_own_pages(talk: Conversation):
    talk = talk.turn_to("facts/disbursements/date")
    talk = talk.answer("2024-03-01").answer_all(amount="30000", mode="cash").expect_next("facts/disbursements")
    talk.add().expect_next("facts/disbursements/date").answer("2024-04-01").expect_next("amount")


def test_no_later_page_is_reached_when_it_is_not_asked(talk: Conversation):
    with pytest.raises(AssertionError, match="principal_back is not asked"):
        talk.turn_to("principal_back")


def test_what_is_expected_wrongly_is_told(talk: Conversation):
    with pytest.raises(AssertionError, match="plaintiff/kind was expected next, case_head/filer_role came"):
        talk.expect_next("plaintiff/kind")
