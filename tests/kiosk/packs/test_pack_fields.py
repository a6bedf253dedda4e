"""Nothing of the model text is lost: every field of it is asked or worked out, under its own name.

The names follow the rows of the 2025 model text of private lending (法〔2025〕82号) and the blocks that all complaints
share. Where one question answers several boxes the boxes are computed; both count.
"""

from __future__ import annotations

import pytest

from kiosk.forms.model import Computed, Question

PERSON = (
    "name gender birth_date ethnicity employer occupation phone domicile habitual_residence id_type id_number capacity"
)
GUARDIAN = "name relation id_type id_number phone address"
ORGANISATION = "name address registered_address legal_rep legal_rep_post phone uscc org_type ownership"

FIELDS = {
    "case_head": "court_name doc_title cause_code filer_role assisted_by",
    "plaintiff": "kind",
    "plaintiff/person": PERSON + " special_group",
    "plaintiff/person/statutory_agent": GUARDIAN,
    "plaintiff/organisation": ORGANISATION,
    "plaintiff/sole_trader": "trade_name uscc",
    "plaintiff/sole_trader/operator": PERSON,
    "plaintiff/signing": "signature",
    "defendant": "kind",
    "defendant/person": PERSON,
    "defendant/person/statutory_agent": "name relation phone address",
    "defendant/organisation": ORGANISATION,
    "defendant/sole_trader": "trade_name uscc",
    "defendant/sole_trader/operator": "name gender birth_date ethnicity employer occupation phone domicile id_type id_number",
    "third_party": "kind",
    "third_party/person": "name gender birth_date ethnicity employer occupation phone domicile id_type id_number",
    "third_party/organisation": "name address phone uscc legal_rep",
    "third_party/sole_trader/operator": "name phone domicile",
    "people": "has_agent",
    "agent": "name agent_kind unit post phone licence_no authority special_items",
    "claims": (
        "principal_asof principal_owed interest_claimed interest_asof interest_owed interest_method interest_to_payment "
        "accelerate accelerate_kind claim_security claim_security_content claim_realisation_cost claim_court_fee "
        "other_claims total_amount"
    ),
    "claims/realisation_cost_items": "item amount",
    "jurisdiction": (
        "has_forum_clause forum_clause_kind forum_clause_text pre_preserved preserve_court preserve_date preserve_case_no "
        "want_litigation_preserve preserve_amount"
    ),
    "jurisdiction/preserve_property": "kind detail location owner",
    "facts": (
        "contract_info contract_date lender borrower amount_agreed amount_actual delivery_mode matured term_from term_to "
        "rate_agreed rate_value rate_unit rate_clause overdue_rate_agreed repay_mode repaid_principal repaid_interest "
        "interest_paid_to overdue overdue_since last_demand"
    ),
    "facts/disbursements": "date amount mode voucher_no",
    "facts/repayments": "date amount note",
    "security": (
        "currency has_real_security real_security_date max_amount_security max_fix_date max_limit registered register_kind "
        "has_guarantee guarantee_date guarantor guarantee_content guarantee_mode other_security other_security_form "
        "other_security_date"
    ),
    "security/security_items": "provider collateral",
    "appraisal": "want_appraisal appraisal_matter",
    "evidence_and_basis": "basis_contract basis_law narrative other_notes",
    "evidence_and_basis/evidence": "no name source purpose pages copies original_or_copy scanned_file",
    "evidence_and_basis/witnesses": "name address phone",
    "fee_relief": "want_relief relief_kind relief_ground",
    "fee_relief/relief_proof": "name issuer pages",
    "fee_relief/refund_account": "holder bank branch account_no",
    "mediation": (
        "med_aware med_point_speed med_point_cost med_point_change med_point_secret med_point_effect med_choice"
    ),
    "service": (
        "addressee post_address postcode recipient_name recipient_phone has_proxy proxy_name proxy_relation proxy_id "
        "proxy_address e_service_consent e_channels e_phone e_mail e_fax e_judgments confidential scope_ack "
        "consequence_ack signature service_sign_date"
    ),
    "closing": "to_court sign_date copies honesty_ack",
}


@pytest.mark.parametrize("group", FIELDS)
def test_every_field_is_asked_or_worked_out(form, group: str):
    there = form.elements
    missing = [
        name for name in FIELDS[group].split() if not isinstance(there.get(f"{group}/{name}"), Question | Computed)
    ]
    assert missing == []


ROWS = {
    "claims": {
        "1": "principal_owed principal_asof",
        "2": "interest_claimed interest_asof interest_owed interest_method interest_to_payment",
        "3": "accelerate accelerate_kind",
        "4": "claim_security claim_security_content",
        "5": "claim_realisation_cost",
        "6": "claim_court_fee",
        "7": "other_claims",
        "8": "total_amount",
    },
    "facts": {
        "1": "contract_info contract_date",
        "2": "lender borrower",
        "3": "amount_agreed amount_actual delivery_mode",
        "4": "matured term_from term_to",
        "5": "rate_agreed rate_value rate_unit rate_clause overdue_rate_agreed",
        "6": "disbursements",
        "7": "repay_mode",
        "8": "repaid_principal repaid_interest interest_paid_to repayments",
        "9": "overdue overdue_since last_demand",
    },
    "security": {
        "10": "has_real_security real_security_date",
        "11": "security_items",
        "12": "max_amount_security max_fix_date max_limit",
        "13": "registered register_kind",
        "14": "has_guarantee guarantee_date guarantor guarantee_content guarantee_mode",
        "15": "other_security other_security_form other_security_date",
    },
    "evidence_and_basis": {"16": "basis_contract basis_law", "17": "other_notes", "18": "evidence"},
}


@pytest.mark.parametrize("group", ROWS)
def test_the_official_row_numbers_are_kept_for_print(form, group: str):
    kept = {name: form.elements[f"{group}/{name}"].row for names in ROWS[group].values() for name in names.split()}
    assert kept == {name: row for row, names in ROWS[group].items() for name in names.split()}


def test_the_legal_word_stands_beside_every_official_question(form):
    plain = [
        name
        for name, element in form.elements.items()
        if isinstance(element, Question) and element.source in ("official", "law", "practice") and not element.paper
    ]
    assert plain == []
