"""What every pack must hold, as data: the fields of its model text by group, and their official rows.

The names follow the model texts of 法〔2025〕82号 and the blocks that all complaints share. Where one question answers
several boxes the boxes are computed; both count. Tests of every pack read only this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Mend = Callable[[Any, str], tuple[str, str]]

PERSON = (
    "name gender birth_date ethnicity employer occupation phone domicile habitual_residence id_type id_number capacity"
)
GUARDIAN = "name relation id_type id_number phone address"
ORGANISATION = "name address registered_address legal_rep legal_rep_post phone uscc org_type ownership"

HEAD = {"case_head": "court_name doc_title cause_code filer_role assisted_by"}
PLAINTIFF_PERSONS = {
    "plaintiff": "kind",
    "plaintiff/person": PERSON + " special_group",
    "plaintiff/person/statutory_agent": GUARDIAN,
    "plaintiff/signing": "signature",
}
PLAINTIFFS = PLAINTIFF_PERSONS | {
    "plaintiff/organisation": ORGANISATION,
    "plaintiff/sole_trader": "trade_name uscc",
    "plaintiff/sole_trader/operator": PERSON,
}
DEFENDANT_PERSONS = {
    "defendant": "kind",
    "defendant/person": PERSON,
    "defendant/person/statutory_agent": "name relation phone address",
}
DEFENDANTS = DEFENDANT_PERSONS | {
    "defendant/organisation": ORGANISATION,
    "defendant/sole_trader": "trade_name uscc",
    "defendant/sole_trader/operator": "name gender birth_date ethnicity employer occupation phone domicile id_type id_number",
}
THIRD_PARTIES = {
    "third_party": "kind",
    "third_party/person": "name gender birth_date ethnicity employer occupation phone domicile id_type id_number",
    "third_party/organisation": "name address phone uscc legal_rep",
    "third_party/sole_trader/operator": "name phone domicile",
}
AGENTS = {"people": "has_agent", "agent": "name agent_kind unit post phone licence_no authority special_items"}
PRESERVATION = {
    "jurisdiction": "pre_preserved preserve_court preserve_date preserve_case_no want_litigation_preserve preserve_amount",
    "jurisdiction/preserve_property": "kind detail location owner",
}
FORUM = PRESERVATION | {
    "jurisdiction": "has_forum_clause forum_clause_kind forum_clause_text " + PRESERVATION["jurisdiction"]
}
APPRAISAL = {"appraisal": "want_appraisal appraisal_matter"}
SECURITY = {
    "security": (
        "has_real_security real_security_date max_amount_security max_fix_date max_limit registered register_kind "
        "has_guarantee guarantee_date guarantor guarantee_content guarantee_mode other_security other_security_form "
        "other_security_date"
    ),
    "security/security_items": "provider collateral",
}
PROOF = {
    "evidence_and_basis": "basis_contract basis_law narrative other_notes",
    "evidence_and_basis/evidence": "no name source purpose pages copies original_or_copy scanned_file",
    "evidence_and_basis/witnesses": "name address phone",
}
RELIEF = {
    "fee_relief": "want_relief relief_kind relief_ground",
    "fee_relief/relief_proof": "name issuer pages",
    "fee_relief/refund_account": "holder bank branch account_no",
}
ENDING = {
    "mediation": "med_aware med_point_speed med_point_cost med_point_change med_point_secret med_point_effect med_choice",
    "service": (
        "addressee post_address postcode recipient_name recipient_phone has_proxy proxy_name proxy_relation proxy_id "
        "proxy_address e_service_consent e_channels e_phone e_mail e_fax e_judgments confidential scope_ack "
        "consequence_ack signature service_sign_date"
    ),
    "closing": "to_court sign_date copies honesty_ack",
}
COMMON = HEAD | PLAINTIFFS | DEFENDANTS | AGENTS | PROOF | RELIEF | ENDING


@dataclass(frozen=True)
class Pack:
    """`rows`: group → official row → the names in it. `said`: name → answers a made-up person gives there.

    `mend`: list page → what a made-up person corrects when it cannot be left: (interview, ref) → (ref, answer).
    """

    fields: Mapping[str, str]
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mend: Mapping[str, tuple[Mend, ...]] = field(default_factory=dict)


def payments_add_up(talk: Any, ref: str) -> tuple[str, str]:
    from kiosk.interview import tree

    facts = tree(talk)["facts"]
    paid = facts["disbursements"]
    rest = float(facts["amount_actual"]) - sum(float(one.get("amount") or 0) for one in paid[:-1])
    return f"{ref}[{len(paid)}]/amount", f"{rest:.2f}"


PRIVATE_LENDING = Pack(
    fields=COMMON
    | THIRD_PARTIES
    | FORUM
    | APPRAISAL
    | SECURITY
    | {
        "claims": (
            "principal_asof principal_owed interest_claimed interest_asof interest_owed interest_method "
            "interest_to_payment accelerate accelerate_kind claim_security claim_security_content "
            "claim_realisation_cost claim_court_fee other_claims total_amount"
        ),
        "claims/realisation_cost_items": "item amount",
        "facts": (
            "contract_info contract_date lender borrower amount_agreed amount_actual delivery_mode matured term_from "
            "term_to rate_agreed rate_value rate_unit rate_clause overdue_rate_agreed repay_mode repaid_principal "
            "repaid_interest interest_paid_to overdue overdue_since last_demand"
        ),
        "facts/disbursements": "date amount mode voucher_no",
        "facts/repayments": "date amount note",
    },
    rows={
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
    },
    said={"facts/interest_paid_to": ("2026-11-01",)},
    mend={"facts/disbursements": (payments_add_up,)},
)

DIVORCE = Pack(
    fields=HEAD
    | PLAINTIFF_PERSONS
    | DEFENDANT_PERSONS
    | AGENTS
    | PRESERVATION
    | PROOF
    | RELIEF
    | ENDING
    | {
        "claims": (
            "dissolve has_property houses cars deposits other_property has_debt debts has_custody children_custody "
            "has_support support_payer support_amount support_mode has_visit visit_holder visit_mode compensation "
            "damages_amount compensation_amount assistance_amount claim_court_fee other_claims"
        ),
        "claims/houses": "detail value award_to other_detail",
        "claims/cars": "plate_model value award_to other_detail",
        "claims/deposits": "bank amount award_to other_detail",
        "claims/other_property": "detail value award_to other_detail",
        "claims/debts": "detail amount bearer",
        "claims/children_custody": "name birth_date gender custody_to",
        "facts": (
            "marriage_date marriage_registry children_info life_situation separated_since divorce_reason "
            "statutory_ground prior_suit prior_suit_detail dv_present"
        ),
        "facts/children_info": "name birth_date gender living_with",
        "reasons": "property_facts debt_facts custody_facts support_facts visit_facts relief_facts",
    },
    rows={
        "claims": {
            "1": "dissolve",
            "2": "has_property",
            "2(1)": "houses",
            "2(2)": "cars",
            "2(3)": "deposits",
            "2(4)": "other_property",
            "3": "has_debt debts",
            "4": "has_custody children_custody",
            "5": "has_support support_payer support_amount support_mode",
            "6": "has_visit visit_holder visit_mode",
            "7": "compensation damages_amount compensation_amount assistance_amount",
            "8": "claim_court_fee",
            "9": "other_claims",
        },
        "facts": {
            "1": (
                "marriage_date marriage_registry children_info life_situation separated_since divorce_reason "
                "statutory_ground prior_suit prior_suit_detail"
            ),
            "8": "dv_present",
        },
        "reasons": {
            "2": "property_facts",
            "3": "debt_facts",
            "4": "custody_facts",
            "5": "support_facts",
            "6": "visit_facts",
            "7": "relief_facts",
        },
        "evidence_and_basis": {"8": "basis_contract basis_law", "9": "other_notes", "10": "evidence"},
    },
)

_SPAN = "period_from period_to"
LABOUR_DISPUTE = Pack(
    fields=COMMON
    | THIRD_PARTIES
    | PRESERVATION
    | {
        "gate": "arb_done arb_case_no arb_received arb_final has_wage_iou",
        "claims": (
            "wage double_wage overtime annual_leave social_insurance_loss severance unlawful_dismissal claim_court_fee "
            "other_claims total_amount"
        ),
        "claims/wage_detail": _SPAN + " monthly_wage amount",
        "claims/double_wage_detail": _SPAN + " amount",
        "claims/overtime_detail": "weekday_hours restday_hours holiday_hours base amount",
        "claims/annual_leave_detail": "year days amount",
        "claims/social_insurance_loss_detail": "kind amount",
        "claims/severance_detail": "years monthly_avg amount",
        "claims/unlawful_dismissal_detail": "years monthly_avg amount",
        "facts": (
            "contract_sign entry_date employer_name post work_place wage_agreed insurance_info wage_actual leave_info "
            "termination termination_date injury arbitration is_migrant other_facts"
        ),
        "reasons": "overtime_base",
    },
    rows={
        "claims": {
            "1": "wage",
            "2": "double_wage",
            "3": "overtime",
            "4": "annual_leave",
            "5": "social_insurance_loss",
            "6": "severance",
            "7": "unlawful_dismissal",
            "8": "claim_court_fee",
            "9": "other_claims",
            "10": "total_amount",
        },
        "facts": {
            "1": "contract_sign",
            "2": "entry_date employer_name post work_place wage_agreed insurance_info wage_actual leave_info",
            "3": "termination termination_date",
            "4": "injury",
            "5": "arbitration",
            "6": "is_migrant other_facts",
        },
        "reasons": {"2": "overtime_base"},
        "evidence_and_basis": {"7": "basis_contract basis_law", "8": "evidence"},
    },
    said={"claims/annual_leave_detail/year": ("2025",)},
)

WAGE_ARREARS = Pack(
    fields=HEAD
    | PLAINTIFF_PERSONS
    | DEFENDANTS
    | THIRD_PARTIES
    | AGENTS
    | FORUM
    | PROOF
    | RELIEF
    | ENDING
    | {
        "route": "has_iou relation_kind arb_done complained_bureau mediation_agreement route_result",
        "claims": (
            "wage_amount wage_from wage_to interest_claim joint_liability liable_units claim_court_fee other_claims "
            "total_amount advance_enforcement"
        ),
        "claims/liable_units": "unit role reason",
        "facts": (
            "project_name project_place hirer foreman work_from work_to job_kind wage_basis wage_rate work_units "
            "should_pay already_paid iou_date iou_signer pay_promise_date demand_history coworkers"
        ),
        "facts/coworkers": "name id_number phone days rate owed",
    },
)

PACKS: dict[str, Pack] = {
    "divorce": DIVORCE,
    "labour_dispute": LABOUR_DISPUTE,
    "private_lending": PRIVATE_LENDING,
    "wage_arrears": WAGE_ARREARS,
}
