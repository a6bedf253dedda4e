"""Private lending as people tell it: the shortest way through, every branch, every sum that must agree."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

import resources
from kiosk.interview import (
    AskStep,
    CardStep,
    Context,
    ListStep,
    NoteStep,
    begin,
    complete,
    fill,
    look,
    look_list,
    look_note,
    notices,
    objections,
    steps,
)

ON_CARD = {"name", "id_type", "id_number", "ethnicity", "domicile"}


def told(known: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The same story with something changed: `facts__matured="no"`; None takes an answer away."""
    for path, value in changes.items():
        *way, last = path.split("__")
        node: Any = known
        for name in way:
            node = node[int(name)] if name.isdigit() else node.setdefault(name, {})
        if value is None:
            node.pop(last, None)
        else:
            node[last] = value
    return known


def a_company() -> dict[str, Any]:
    """A company with a lawyer against a sole trader: the second of the many made-up filings."""
    filings = json.loads((resources.folder("demo") / "answers_many.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = filings[1]["answers"]
    return found


# the whole story


@pytest.mark.parametrize("name", ["minimal", "answers"])
def test_a_made_up_filing_gets_through_page_by_page(said, talk, name: str):
    end = talk(said(name))
    assert end.stopped is None
    assert objections(end.interview) == ()


def test_the_simplest_case_with_a_card_takes_few_pages(said, talk):
    end = talk(said())
    read_from_card = [
        page for page in end.names if page.startswith("plaintiff[1]/person/") and page.split("/")[-1] in ON_CARD
    ]
    assert len(read_from_card) == 5
    assert len(end.names) - len(read_from_card) <= 52
    assert [one for one in steps(end.interview) if isinstance(one, CardStep)] != []
    assert len([one for one in steps(end.interview) if isinstance(one, ListStep)]) == 4


def test_rare_sections_are_not_shown_to_a_simple_case(said, talk):
    shown = talk(said()).names
    rare = (
        "agent",
        "third_party",
        "fee_relief",
        "appraisal",
        "jurisdiction/preserve",
        "security/real",
        "security/guarant",
    )
    assert [page for page in shown if page.startswith(rare)] == []


def test_the_completed_form_knows_every_box_of_the_simple_case(said, talk):
    answers = talk(said()).answers
    boxes = {
        "people": {"has_agent": "no"},
        "facts": {"matured": "yes", "rate_agreed": "no", "overdue_rate_agreed": "no", "overdue": "yes"},
        "security": {"has_real_security": "no", "has_guarantee": "no", "other_security": "no", "currency": "CNY"},
        "claims": {"interest_claimed": "no", "accelerate": "no", "claim_security": "no", "claim_court_fee": "yes"},
        "jurisdiction": {"has_forum_clause": "no", "pre_preserved": "no", "want_litigation_preserve": "no"},
        "appraisal": {"want_appraisal": "no"},
        "fee_relief": {"want_relief": "no"},
    }
    assert {group: {name: answers[group][name] for name in names} for group, names in boxes.items()} == boxes
    assert (answers["facts"]["lender"], answers["facts"]["borrower"]) == ("赵样本", "钱示例")
    assert (answers["facts"]["repaid_principal"], answers["facts"]["delivery_mode"]) == ("0.00", "cash")


def test_the_form_can_be_completed(said, talk):
    assert not isinstance(complete(talk(said("answers")).interview, "zh"), tuple)


# parties


def test_a_card_number_tells_birth_and_gender(said, talk):
    person = talk(said()).answers["plaintiff"][0]["person"]
    assert (person["birth_date"], person["gender"], person["capacity"]) == ("1990-01-01", "f", "full")
    assert "birth_said" not in person


def test_a_passport_holder_is_asked_for_birth_and_gender(said, talk):
    known = told(said(), plaintiff__0__person__id_type="passport", plaintiff__0__person__id_number="E12345678")
    known = told(known, plaintiff__0__person__gender_said="m", plaintiff__0__person__birth_said="1980-02-03")
    end = talk(known)
    assert end.stopped is None
    assert "plaintiff[1]/person/ethnicity" not in end.names
    assert end.answers["plaintiff"][0]["person"]["birth_date"] == "1980-02-03"


def test_a_number_that_does_not_fit_its_card_is_refused(said, talk):
    end = talk(told(said(), plaintiff__0__person__id_number="110105194912310021"))
    assert end.stopped is not None
    assert end.names[-1] == "plaintiff[1]/person/id_number"


def test_a_child_who_sues_needs_a_guardian(said, talk):
    known = told(said(), plaintiff__0__person__id_number="110105201501010017")
    assert talk(known).names[-1] == "plaintiff[1]/person/statutory_agent/name"
    guardian = {
        "name": "赵监护",
        "relation": "母亲",
        "id_type": "resident_id",
        "id_number": "11010519491231002X",
        "phone": "13700137000",
        "address": "110105 建国路90号院",
    }
    known = told(known, plaintiff__0__person__statutory_agent=guardian)
    assert talk(known).names[-1] == "plaintiff[1]/person/data_consent"
    end = talk(told(known, plaintiff__0__person__data_consent="yes"))
    assert end.stopped is None
    assert end.answers["plaintiff"][0]["signing"]["signatory"] == "赵样本（赵监护 代）"
    assert "guardian" in end.materials


@pytest.mark.parametrize(("own_income", "capacity"), [("yes", "full"), ("no", "limited")])
def test_somebody_of_seventeen_with_own_wages_may_sue(said, talk, own_income: str, capacity: str):
    known = told(said(), plaintiff__0__person__id_number="110105200901010011")
    end = talk(told(known, plaintiff__0__person__own_income=own_income))
    assert end.answers["plaintiff"][0]["person"]["capacity"] == capacity


def test_an_adult_may_be_represented_by_a_guardian(said, talk):
    known = told(said(), case_head__filer_role="statutory_agent", plaintiff__0__person__adult_capacity="limited")
    end = talk(known)
    assert end.names[-1] == "plaintiff[1]/person/statutory_agent/name"


def test_little_need_be_known_of_a_defendant(said, talk):
    person = {"name": "钱示例", "known": "nothing"}
    end = talk(told(said(), defendant__0__person=person))
    assert end.stopped is None
    assert "hard_to_find" in end.notes


def test_what_is_known_of_a_defendant_is_asked(said, talk):
    person = said()["defendant"][0]["person"] | {
        "known": "id self work home",
        "id_type": "resident_id",
        "id_number": "440524198801010011",
        "ethnicity": "01",
        "occupation": "职员",
        "employer": "示例厂",
        "habitual_residence": "120101 示例路18号楼",
    }
    end = talk(told(said(), defendant__0__person=person))
    assert end.stopped is None
    assert end.answers["defendant"][0]["person"]["gender"] == "m"
    assert "hard_to_find" not in end.notes


def test_none_of_these_stands_alone(said, talk):
    end = talk(told(said(), defendant__0__person__known="nothing id"))
    assert end.names[-1] == "defendant[1]/person/known"
    assert end.stopped is not None


def test_a_company_may_sue_a_sole_trader_through_a_lawyer(said, talk):
    end = talk(a_company())
    assert end.stopped is None
    assert end.answers["plaintiff"][0]["party_name"] == "北京示例商贸有限公司"
    assert end.answers["defendant"][0]["party_name"] == "朝阳示例小吃店"
    assert end.answers["people"]["has_agent"] == "yes"
    assert {"id_org", "agency", "agency_lawyer", "preservation"} <= end.materials.keys()
    assert "id_natural" not in end.materials


def test_an_agent_at_the_kiosk_is_asked_for_as_an_agent(said, talk):
    end = talk(told(said(), case_head__filer_role="agent"))
    assert end.names[-1] == "people/others_involved"
    end = talk(told(said(), case_head__filer_role="agent", people__others_involved="agent"))
    assert end.names[-1] == "agent[1]/name"


def test_a_relative_needs_no_licence_and_a_general_agent_no_special_powers(said, talk):
    relative = {"name": "孙亲属", "agent_kind": "relative", "phone": "13700137000", "authority": "general"}
    end = talk(told(said(), people__others_involved="agent", agent=[relative]))
    assert end.stopped is None
    assert "agency_relative" in end.materials
    end = talk(told(said(), people__others_involved="agent", agent=[relative | {"authority": "special"}]))
    assert end.names[-1] == "agent[1]/special_items"


def test_a_third_party_gets_a_copy_too(said, talk):
    third = {"kind": "person", "person": {"name": "冯第三", "known": "nothing"}}
    end = talk(told(said(), people__others_involved="third_party", third_party=[third]))
    assert end.stopped is None
    assert end.answers["closing"]["copies"] == "2"
    assert end.materials["loan_paper"] == "2"


def test_a_clerk_who_writes_for_somebody_is_named(said, talk):
    assert talk(told(said(), case_head__filer_role="clerk")).names[-1] == "case_head/assisted_by"
    end = talk(told(said(), case_head__filer_role="clerk", case_head__assisted_by="工号0007"))
    assert end.stopped is None


def test_two_plaintiffs_both_sign_and_name_who_receives_the_papers(said, talk):
    known = said()
    second = {
        "kind": "person",
        "person": known["plaintiff"][0]["person"] | {"name": "陈样本"},
        "signing": {"signature": "signed"},
    }
    known["plaintiff"].append(second)
    known = told(
        known, facts__lender_said="赵样本、陈样本", facts__borrower_said="钱示例", service__addressee_said="陈样本"
    )
    known = told(known, service__post_other="110105 建国路90号院", service__recipient_said="陈样本")
    end = talk(told(known, service__recipient_phone_said="13700137000"))
    assert end.stopped is None
    assert {"plaintiff[1]/signing/signature", "plaintiff[2]/signing/signature"} <= set(end.names)
    assert end.answers["service"]["addressee"] == "陈样本"
    assert end.answers["service"]["post_address"] == "110105 建国路90号院"


# the loan


def test_payments_that_do_not_add_up_are_told_on_the_list(said, talk):
    known = told(said("answers"), facts__disbursements__1__amount="29999.99")
    end = talk(known)
    assert end.names[-1] == "facts/disbursements"
    assert end.stopped is not None
    assert "不一样" in end.stopped.words["zh"]


def test_a_loan_paid_in_cash_and_by_transfer_ticks_both_boxes(said, talk):
    assert talk(said("answers")).answers["facts"]["delivery_mode"] == "cash transfer"


def test_principal_cannot_be_more_than_was_lent(said, talk):
    end = talk(told(said(), claims__principal_owed="20000.01"))
    assert (end.names[-1], end.stopped is not None) == ("claims/principal_owed", True)


def test_the_sum_still_owed_is_offered(said, talk):
    known = told(said("answers"), claims__principal_owed=None)
    assert talk(known).answers["claims"]["principal_owed"] == "90000.00"


def test_the_total_is_the_sum_of_all_money_claims(said, talk):
    claims = talk(said("answers")).answers["claims"]
    assert (claims["total_amount"], claims["fee_estimate"], claims["fee_if_halved"]) == (
        "118760.00",
        "2675.20",
        "1337.60",
    )


def test_interest_no_longer_claimed_leaves_the_total(said, talk):
    end = talk(told(said("answers"), claims__claim_also="court_fee"))
    assert end.stopped is None
    assert end.answers["claims"]["total_amount"] == "90000.00"
    assert "interest_owed" not in end.answers["claims"]


def test_a_rate_above_the_cap_is_warned_of_and_not_refused(said, talk):
    end = talk(said("answers"))
    assert end.stopped is None
    assert "rate_above_cap" in end.notes
    assert "24%" in end.note("rate_above_cap")[0]
    assert "14.6%" in end.note("rate_above_cap")[0]
    assert "24%" in end.note("rate_above_cap", "en")[0]


def test_a_rate_within_the_cap_is_not_warned_of(said, talk):
    assert "rate_above_cap" not in talk(told(said("answers"), facts__rate_value="1.2")).notes


@pytest.mark.parametrize(
    ("unit", "rate", "a_year"), [("year", "14.6", "14.6"), ("quarter", "3.65", "14.6"), ("month", "1.5", "18")]
)
def test_rates_are_compared_by_the_year(said, talk, unit: str, rate: str, a_year: str):
    end = talk(told(said("answers"), facts__rate_unit=unit, facts__rate_value=rate))
    assert end.answers["facts"]["rate_a_year"] == a_year
    assert ("rate_above_cap" in end.notes) == (a_year == "18")


def test_more_interest_than_the_cap_allows_is_warned_of(said, talk):
    end = talk(told(said("answers"), claims__interest_owed="60000"))
    assert end.stopped is None
    assert "interest_above_ceiling" in end.notes


def test_the_interest_is_estimated_within_the_cap(said, talk):
    end = talk(said("answers"))
    assert end.answers["claims"]["interest_estimate"] == "23760.00"
    assert "23,760.00 元" in end.note("interest_note")[0]
    end = talk(told(said("answers"), facts__rate_value="1"))
    assert end.answers["claims"]["interest_rate_used"] == "12"


def test_without_an_agreed_rate_the_interest_of_delay_is_estimated(said, talk):
    known = told(said(), claims__claim_also="interest", claims__interest_owed="100", claims__interest_to_payment="yes")
    claims = talk(told(known, claims__interest_method="按LPR")).answers["claims"]
    assert (claims["interest_from"], claims["interest_rate_used"]) == ("2024-11-21", "3.1")
    assert claims["interest_estimate"] == "1243.40"


def test_an_old_loan_is_explained_its_two_parts(said, talk):
    known = told(said("answers"), facts__contract_date="2018-04-10")
    end = talk(known)
    assert "cap_of_old_loan" in end.notes
    assert "lpr_cap" not in end.answers["facts"]  # the table ends before the day of suit: nothing is guessed


def test_interest_without_a_rate_suggests_the_rate_of_delay(said, talk, form):
    known = told(said(), claims__claim_also="interest", claims__interest_owed="100", claims__interest_to_payment="yes")
    end = talk(told(known, claims__interest_method="按LPR"))
    assert end.stopped is None
    assert "LPR" in look(end.interview, "/data/claims/interest_method", "zh").suggestions[0]


def test_a_loan_that_is_not_due_may_be_called_early(said, talk):
    known = told(said(), facts__term_to="2027-12-31", facts__overdue_said="yes", facts__overdue_from="2026-06-01")
    assert talk(known).names[-1] == "claims/accelerate_wish"
    claims = talk(told(known, claims__accelerate_wish="both")).answers["claims"]
    assert (claims["accelerate"], claims["accelerate_kind"]) == ("yes", "early rescind")
    claims = talk(told(known, claims__accelerate_wish="nothing")).answers["claims"]
    assert (claims["accelerate"], claims.get("accelerate_kind")) == ("no", None)


def test_a_loan_without_a_day_asks_since_when_it_is_late(said, talk):
    known = told(said(), facts__term_agreed="no", facts__due_now="yes", facts__term_to=None)
    end = talk(known)
    assert end.stopped is None
    assert "facts/overdue_from" in end.names
    assert end.answers["facts"]["matured"] == "yes"
    assert "overdue_since" not in end.answers["facts"]


def test_what_was_paid_back_is_asked_only_if_something_was(said, talk):
    assert [name for name in talk(said()).names if name.endswith("_back")] == []
    known = told(said(), facts__repaid_any="yes", facts__principal_back="5000", facts__interest_back="0")
    known = told(known, facts__list_repayments="yes", facts__repayments=[{"date": "2025-01-01", "amount": "4000"}])
    end = talk(told(known, claims__principal_owed="15000"))
    assert end.stopped is None
    assert "repayments_differ" in end.notes
    assert end.answers["facts"]["repaid_principal"] == "5000.00"


@pytest.mark.parametrize(
    ("due", "demand", "standing", "note"),
    [
        ("2026-01-01", None, "running", None),
        ("2023-12-04", None, "near", "limitation_near"),
        ("2022-01-01", None, "past", "limitation_past"),
        ("2022-01-01", "2024-05-01", "running", None),
    ],
)
def test_limitation_is_warned_of_and_never_blocks(
    said, talk, due: str, demand: str | None, standing: str, note: str | None
):
    known = told(said(), facts__contract_date="2021-01-01", facts__disbursements__0__date="2021-01-01")
    end = talk(told(known, facts__term_to=due, facts__last_demand=demand))
    assert end.stopped is None
    assert end.answers["facts"]["limitation_standing"] == standing
    assert [name for name in end.notes if name.startswith("limitation")] == ([note] if note else [])


# security, court, applications


def test_a_mortgage_asks_for_everything_about_it(said, talk):
    known = told(said(), security__loan_features="real")
    known["security"] |= {
        "real_security_date": "2024-05-20",
        "security_items": [{"provider": "钱示例", "collateral": "示例小区1号房"}],
        "max_amount_security": "yes",
        "max_fix_date": "2025-05-20",
        "max_limit": "30000",
        "registered": "yes",
        "register_kind": "formal",
    }
    known = told(known, claims__use_security="yes", claims__claim_security_content="请求优先受偿")
    end = talk(known)
    assert end.stopped is None
    assert end.answers["claims"]["claim_security"] == "yes"
    assert "security_papers" in end.materials


def test_foreign_money_is_sent_to_staff(said, talk):
    end = talk(told(said(), security__loan_features="foreign"))
    assert end.answers["security"]["currency"] == "other"
    assert "foreign_currency" in end.notes


def test_an_arbitration_clause_is_warned_of(said, talk):
    known = told(said(), jurisdiction__forum_clause="arbitration", jurisdiction__forum_clause_text="第八条")
    end = talk(known)
    assert end.stopped is None
    assert "arbitration_first" in end.notes
    assert end.answers["jurisdiction"]["forum_clause_kind"] == "arbitration"


def test_an_earlier_preservation_has_its_court_day_and_number(said, talk):
    known = told(
        said(), jurisdiction__applications="preserved_before", jurisdiction__preserve_court="北京市朝阳区人民法院"
    )
    known = told(known, jurisdiction__preserve_date="2026-09-01", jurisdiction__preserve_case_no="(2026)京0105财保9号")
    end = talk(known)
    assert end.stopped is None
    assert end.answers["jurisdiction"]["preserve_case_no"] == "（2026）京0105财保9号"
    assert "preserved_long_ago" in end.notes


def test_no_more_may_be_preserved_than_is_claimed(said, talk):
    known = told(said(), jurisdiction__applications="preserve_now", jurisdiction__preserve_amount="20000.01")
    end = talk(known)
    assert (end.names[-1], end.stopped is not None) == ("jurisdiction/preserve_amount", True)


def test_a_company_cannot_ask_to_be_let_off_the_fee(said, talk):
    known = told(a_company(), jurisdiction__applications="relief", fee_relief__relief_kind="exempt")
    end = talk(known)
    assert (end.names[-1], end.stopped is not None) == ("fee_relief/relief_kind", True)


@pytest.mark.parametrize(
    ("kind", "ground", "taken"), [("exempt", "subsistence", True), ("defer", "subsistence", False)]
)
def test_grounds_of_relief_belong_to_their_kind(said, talk, kind: str, ground: str, taken: bool):
    proof = [{"name": "最低生活保障证", "issuer": "民政局", "pages": "1"}]
    known = told(said(), jurisdiction__applications="relief", fee_relief__relief_kind=kind)
    end = talk(told(known, fee_relief__relief_ground=ground, fee_relief__relief_proof=proof))
    assert (end.stopped is None) == taken


def test_evidence_of_one_s_own_kind_is_described(said, talk):
    own = {"kind": "other", "name_said": "录音", "purpose_said": "证明被告承认欠款", "original_or_copy": "original"}
    end = talk(told(said(), evidence_and_basis__evidence=[own, {"kind": "transfer", "original_or_copy": "copy"}]))
    assert end.stopped is None
    rows = end.answers["evidence_and_basis"]["evidence"]
    assert [(row["no"], row["name"], row["purpose"]) for row in rows] == [
        ("1", "录音", "证明被告承认欠款"),
        ("2", "转账凭证", "证明借款已经交付"),
    ]


# mediation, service, notices


def test_nothing_about_mediation_is_decided_for_anybody(said, talk):
    assert talk(told(said(), mediation__med_aware=None)).names[-1] == "mediation/med_aware"
    answers = talk(said("answers")).answers["mediation"]
    assert {name: value for name, value in answers.items() if name.startswith("med_point_")} == {
        "med_point_speed": "known",
        "med_point_cost": "known",
        "med_point_change": "unknown",
        "med_point_secret": "known",
        "med_point_effect": "unknown",
    }


@pytest.mark.parametrize(
    "consent",
    [
        "closing__honesty_ack",
        "plaintiff__0__signing__signature",
        "mediation__med_aware",
        "mediation__med_points",
        "mediation__med_choice",
        "service__e_service_consent",
        "service__address_ack",
        "service__signature",
    ],
)
def test_nothing_is_ticked_or_signed_for_anybody(said, talk, consent: str):
    end = talk(told(said(), **{consent: None}))
    assert end.names[-1].replace("[1]", "/0") == consent.replace("__", "/")
    assert end.stopped is not None


def test_electronic_service_is_a_choice_of_its_own(said, talk):
    assert talk(told(said(), service__e_service_consent=None)).names[-1] == "service/e_service_consent"
    known = told(said(), service__e_service_consent="yes", service__e_channels="sms email", service__e_judgments="no")
    end = talk(told(known, service__e_mail="test@example.cn"))
    assert end.stopped is None
    assert end.answers["service"]["e_phone"] == "13700137000"


def test_a_receiving_agent_is_named_in_full(said, talk):
    known = told(said(), service__receive_by="proxy", service__proxy_name="褚代收", service__proxy_relation="配偶")
    known = told(known, service__proxy_id="11010519491231002X", service__proxy_address="北京市朝阳区建国路90号院")
    end = talk(told(known, service__recipient_phone_said="13100131000"))
    assert end.stopped is None
    service = end.answers["service"]
    assert (service["has_proxy"], service["recipient_name"], service["recipient_phone"]) == (
        "yes",
        "褚代收",
        "13100131000",
    )


def test_somebody_hurt_by_family_violence_is_offered_a_secret_address(said, talk):
    known = told(said(), plaintiff__0__person__special_group="dv_victim", service__confidential=None)
    assert talk(known).answers["service"]["confidential"] == "yes"


def test_what_to_bring_for_the_simple_case(said, talk):
    assert talk(said()).materials == {
        "complaint": "1",
        "id_natural": "1",
        "defendant_info": "1",
        "loan_paper": "1",
        "delivery_proof": "1",
        "demand_proof": "1",
    }


def test_every_notice_is_shown_and_small_claims_only_where_a_line_is_known(said, talk, form):
    assert set(talk(said()).notices) == {
        "privacy",
        "online_consent",
        "offline",
        "honesty",
        "sham_litigation",
        "litigation_risk",
        "rights_duties",
        "fee",
        "mediation",
        "service_address",
    }
    end = talk(said())
    elsewhere = begin(
        form, Context(today=end.interview.context.today, facts={"court_code": "320500", "court_name": ""})
    )
    filled = fill(elsewhere, said())
    assert not isinstance(filled, tuple)
    assert "small_claims" in [one.id for one in notices(filled, "zh")]


# green channel and court


@pytest.mark.parametrize(
    ("number", "group", "channel"),
    [
        ("110105199001010221", "", None),
        ("11010519491231002X", "", "elderly"),
        ("110105199001010221", "disabled low_income", "disabled low_income"),
    ],
)
def test_who_may_be_served_first_is_told_so(said, talk, number: str, group: str, channel: str | None):
    known = told(said(), plaintiff__0__person__id_number=number, plaintiff__0__person__special_group=group or None)
    end = talk(known)
    assert end.stopped is None
    assert end.answers["people"].get("green_channel") == channel
    assert ("green_channel_note" in end.notes) == (channel is not None)


def test_a_court_far_from_everybody_is_warned_of_and_not_refused(said, talk):
    here = talk(said())
    assert here.answers["jurisdiction"]["court_fits"] == "yes"
    known = told(
        said(), plaintiff__0__person__domicile="310115 世纪大道1号", defendant__0__person__domicile="120101 示例路18号"
    )
    end = talk(known)
    assert end.stopped is None
    assert "another_court" in end.notes
    known = told(known, plaintiff__0__person__lives_elsewhere="yes")
    end = talk(told(known, plaintiff__0__person__habitual_residence="110105 建国路90号院"))
    assert "another_court" not in end.notes


def test_an_address_nobody_could_place_says_nothing_about_the_court(said, talk):
    known = told(said(), plaintiff__0__person__domicile="310115 世纪大道1号", defendant__0__person__domicile=None)
    assert "another_court" not in talk(known).notes


def test_a_very_large_sum_is_sent_to_staff(said, talk):
    known = told(said(), facts__amount_agreed="1亿", facts__amount_actual="1亿", claims__principal_owed="1亿")
    end = talk(told(known, facts__disbursements__0__amount="1亿"))
    assert end.stopped is None
    assert "higher_court" in end.notes


# every page, in both languages


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["minimal", "answers"])
def test_every_page_can_be_drawn_and_keeps_its_places_filled(said, talk, name: str, language: str):
    end = talk(said(name)).interview
    for step in steps(end):
        if isinstance(step, AskStep):
            view = look(end, step.ref, language)
            words = (view.label, view.second_label, view.hint, view.help)
        elif isinstance(step, NoteStep):
            note = look_note(end, step.ref, language)
            words = (note.label, *note.paragraphs)
        elif isinstance(step, ListStep):
            shown = look_list(end, step.ref, language)
            words = (shown.label, shown.hint, shown.add_label, *(item.title for item in shown.items))
        else:
            continue
        assert words[0], step.ref
        assert not any("${" in text for text in words), step.ref


def test_fifty_on_each_side_still_fit(said, form):
    known = told(said(), facts__lender_said="赵样本等五十人", facts__borrower_said="钱示例等五十人")
    known = told(known, service__addressee_said="赵样本")
    known["plaintiff"] = [told(said())["plaintiff"][0] for _ in range(50)]
    known["plaintiff"][49]["person"]["special_group"] = "disabled"
    known["defendant"] *= 50
    known["facts"]["disbursements"] = [{"date": "2024-05-20", "amount": "400", "mode": "cash"}] * 50
    filled = fill(begin(form, Context(today=date(2026, 11, 23), facts={"court_code": "110105"})), known)
    assert not isinstance(filled, tuple)
    done = complete(filled, "zh")
    assert not isinstance(done, tuple)
    assert (done.answers["people"]["green_channel"], done.answers["closing"]["copies"]) == ("disabled", "50")
