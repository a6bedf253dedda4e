"""The same table for contracts, accidents, complaints in one's own words and protection orders."""

from __future__ import annotations

from tests.kiosk.packs.fields import (
    AGENTS,
    APPRAISAL,
    COMMON,
    FORUM,
    HEAD,
    ORGANISATION,
    PERSON,
    PRESERVATION,
    SECURITY,
    THIRD_PARTIES,
    Pack,
    payments_add_up,
)

CONTRACT = COMMON | THIRD_PARTIES | FORUM | APPRAISAL
LENDER = {
    key: names for key, names in CONTRACT.items() if not key.startswith(("plaintiff/person", "plaintiff/sole_trader"))
} | {"plaintiff": "kind", "plaintiff/organisation": ORGANISATION}
COSTS = {"claims/realisation_cost_items": "item amount"}

HOUSE_LEASE = Pack(
    fields=CONTRACT
    | COSTS
    | {
        "claims": (
            "rent_owed delay_penalty other_fees deposit_return continue_or_rescind vacate occupation_fee "
            "claim_realisation_cost claim_court_fee other_claims total_amount"
        ),
        "facts": (
            "contract_info lessor lessee premises term_from term_to rent rent_total pay_means pay_schedule fees_lessor "
            "fees_lessee breach_terms rescission_terms delivered_on deposit deposit_amount deposit_paid_date rent_paid arrears"
        ),
    },
    rows={
        "facts": {
            "1": "contract_info",
            "2": "lessor lessee",
            "3": "premises",
            "4": "term_from term_to",
            "5": "rent rent_total pay_means pay_schedule",
            "6": "fees_lessor fees_lessee",
            "7": "breach_terms",
            "8": "rescission_terms",
            "9": "delivered_on",
            "10": "deposit deposit_amount deposit_paid_date",
            "11": "rent_paid",
            "12": "arrears",
        },
        "evidence_and_basis": {"13": "basis_contract basis_law", "14": "other_notes", "15": "evidence"},
    },
)

FINANCIAL_LOAN = Pack(
    fields=LENDER
    | SECURITY
    | COSTS
    | {
        "claims": (
            "principal_asof principal_owed interest_asof interest_total interest_term interest_compound interest_default "
            "interest_method interest_to_payment accelerate accelerate_kind claim_security claim_security_content "
            "claim_realisation_cost claim_court_fee other_claims total_amount"
        ),
        "facts": (
            "contract_info lender borrower amount_agreed amount_actual matured term_from term_to rate_value rate_unit "
            "rate_clause overdue_uplift overdue_uplift_clause compound_clause default_rate default_rate_clause repay_mode "
            "repaid_principal repaid_interest interest_paid_to overdue overdue_since"
        ),
        "facts/disbursements": "date amount",
        "security": SECURITY["security"] + " currency",
    },
    rows={
        "claims": {
            "1": "principal_asof principal_owed",
            "2": (
                "interest_asof interest_total interest_term interest_compound interest_default interest_method "
                "interest_to_payment"
            ),
            "3": "accelerate accelerate_kind",
            "4": "claim_security claim_security_content",
            "5": "claim_realisation_cost",
            "6": "claim_court_fee",
            "7": "other_claims",
            "8": "total_amount",
        },
        "facts": {
            "1": "contract_info",
            "2": "lender borrower",
            "3": "amount_agreed amount_actual",
            "4": "matured term_from term_to",
            "5": "rate_value rate_unit rate_clause overdue_uplift compound_clause default_rate",
            "6": "disbursements",
            "7": "repay_mode",
            "8": "repaid_principal repaid_interest interest_paid_to",
            "9": "overdue overdue_since",
        },
        "security": {
            "1": "currency",
            "10": "has_real_security real_security_date",
            "11": "security_items",
            "12": "max_amount_security max_fix_date max_limit",
            "13": "registered register_kind",
            "14": "has_guarantee guarantee_date guarantor guarantee_content",
            "15": "guarantee_mode",
            "16": "other_security other_security_form other_security_date",
        },
        "evidence_and_basis": {"17": "basis_contract basis_law", "18": "other_notes", "19": "evidence"},
    },
    mend={"facts/disbursements": (payments_add_up,)},
)

CREDIT_CARD = Pack(
    fields={key: names for key, names in LENDER.items() if not key.startswith("defendant/")}
    | {"defendant/person": PERSON}
    | SECURITY
    | COSTS
    | {
        "claims": (
            "principal_asof principal_owed charges_asof charges_total charges_after claim_security "
            "claim_security_content claim_realisation_cost claim_court_fee other_claims total_amount"
        ),
        "claims/charges_detail": "item amount",
        "facts": (
            "card_no card_holder card_date card_bank terms_amount terms_rate terms_breach terms_rescind notice_given "
            "notice_detail repaid_overdue overdue_since dunned dunned_detail"
        ),
        "facts/owed_break": "item amount",
    },
    rows={
        "claims": {
            "1": "principal_asof principal_owed",
            "2": "charges_asof charges_total charges_after charges_detail",
            "3": "claim_security claim_security_content",
            "4": "claim_realisation_cost",
            "5": "claim_court_fee",
            "6": "other_claims",
            "7": "total_amount",
        },
        "facts": {
            "1": "card_no card_holder card_date card_bank",
            "2": "terms_amount terms_rate terms_breach terms_rescind",
            "3": "notice_given notice_detail",
            "4": "repaid_overdue",
            "5": "overdue_since owed_break",
            "6": "dunned dunned_detail",
        },
        "security": {
            "7": "has_real_security real_security_date",
            "8": "security_items",
            "9": "max_amount_security max_fix_date max_limit",
            "10": "registered register_kind",
            "11": "has_guarantee guarantee_date guarantor guarantee_content",
            "12": "guarantee_mode",
            "13": "other_security other_security_form other_security_date",
        },
        "evidence_and_basis": {"14": "basis_contract basis_law", "15": "other_notes", "16": "evidence"},
    },
)

GENERAL_CIVIL = Pack(
    fields=CONTRACT
    | {
        "claims": "claim_court_fee total_amount",
        "claims/claim_items": "no text amount",
        "facts": "facts_text event_date",
    },
    said={"facts/facts_text": ("二〇二五年三月，双方口头约定由被告装修房屋，至今没有完工。",)},
)

PROTECTION_ORDER = Pack(
    fields=HEAD
    | {
        "plaintiff": "kind",
        "plaintiff/person": PERSON + " special_group",
        "plaintiff/signing": "signature",
        "defendant": "kind",
        "defendant/person": PERSON,
        "closing": "to_court sign_date copies honesty_ack",
        "applicant": "applicant_person proxy_kind proxy_reason safe_contact address_secret",
        "respondent": "respondent_person relation",
        "requests": "measures",
        "requests/protected_relatives": "name relation age",
        "facts": "evidence_kinds",
        "facts/incidents": "date place what_happened injury police_called",
        "safety": "danger_now",
    },
)

SALES_CONTRACT = Pack(
    fields=CONTRACT
    | SECURITY
    | COSTS
    | {
        "claims": (
            "price_due delay_asof delay_amount delay_from delay_method delay_to_payment loss_amount breach_kinds "
            "defect_claim defect_remedy continue_or_rescind continue_detail claim_security claim_security_content "
            "due_interest due_penalty due_damages due_sum claim_realisation_cost claim_court_fee other_claims total_amount"
        ),
        "facts": (
            "side contract_info contract_date seller buyer unit_price total_price pay_means pay_bill_kind pay_schedule "
            "instalment_detail delivery_terms delivery_place quality_terms penalty_amount penalty_clause earnest_amount "
            "earnest_clause daily_penalty daily_penalty_clause paid_on_time paid_late unpaid delivered_on_time "
            "delivered_late undelivered delay_exists delay_period delay_kind demanded demand_date demand_mode "
            "quality_dispute quality_dispute_detail nonconform nonconform_detail negotiated negotiated_detail "
            "rescission_notice rescission_notice_detail"
        ),
        "facts/goods": "name spec unit quantity unit_price quality",
    },
    rows={
        "claims": {
            "1": "price_due",
            "2": "delay_asof delay_amount delay_from delay_method delay_to_payment",
            "3": "loss_amount breach_kinds",
            "4": "defect_claim defect_remedy",
            "5": "continue_or_rescind continue_detail",
            "6": "claim_security claim_security_content",
            "7": "claim_realisation_cost",
            "8": "claim_court_fee",
            "9": "other_claims",
            "10": "total_amount",
            "15": "due_interest due_penalty due_damages due_sum",
        },
        "facts": {
            "1": "contract_info contract_date",
            "2": "seller buyer",
            "3": "goods",
            "4": "unit_price total_price pay_means pay_bill_kind pay_schedule instalment_detail",
            "5": "delivery_terms delivery_place",
            "6": "quality_terms",
            "7": "penalty_amount earnest_amount daily_penalty",
            "8": "paid_on_time paid_late unpaid delivered_on_time delivered_late undelivered",
            "9": "delay_exists delay_period delay_kind",
            "10": "demanded demand_date demand_mode",
            "11": "quality_dispute quality_dispute_detail",
            "12": "nonconform nonconform_detail",
            "13": "negotiated negotiated_detail",
            "14": "rescission_notice rescission_notice_detail",
        },
        "security": {
            "16": "has_real_security real_security_date",
            "17": "security_items",
            "18": "max_amount_security max_fix_date max_limit",
            "19": "registered register_kind",
            "20": "has_guarantee guarantee_date guarantor guarantee_content",
            "21": "guarantee_mode",
            "22": "other_security other_security_form other_security_date",
        },
        "evidence_and_basis": {"23": "basis_contract basis_law", "24": "other_notes", "25": "evidence"},
    },
)

PROPERTY_SERVICE = Pack(
    fields=CONTRACT
    | {
        "claims": (
            "fee_asof fee_owed penalty_asof penalty_owed penalty_to_payment penalty_calc claim_court_fee other_claims "
            "total_amount"
        ),
        "facts": (
            "contract_info contract_kind owner_side manager_side unit_location unit_area unit_owner fee_standard "
            "service_from service_to pay_mode penalty_standard arrears_from arrears_to arrears_calc dunning dunning_date"
        ),
    },
    rows={
        "claims": {
            "1": "fee_asof fee_owed",
            "2": "penalty_asof penalty_owed penalty_to_payment",
            "3": "claim_court_fee",
            "4": "other_claims",
            "5": "total_amount",
            "9": "penalty_calc",
        },
        "facts": {
            "1": "contract_info contract_kind",
            "2": "owner_side manager_side",
            "3": "unit_location unit_area unit_owner",
            "4": "fee_standard",
            "5": "service_from service_to",
            "6": "pay_mode",
            "7": "penalty_standard",
            "8": "arrears_from arrears_to arrears_calc",
            "10": "dunning dunning_date",
        },
        "evidence_and_basis": {"11": "basis_contract basis_law", "12": "other_notes", "13": "evidence"},
    },
)

TRAFFIC_ACCIDENT = Pack(
    fields=COMMON
    | THIRD_PARTIES
    | PRESERVATION
    | APPRAISAL
    | AGENTS
    | {
        "claims": (
            "medical_from medical_to medical_hospital medical_kind medical_amount medical_proof nursing_days "
            "nursing_amount nursing_proof nutrition_amount nutrition_proof food_amount food_proof work_from work_to "
            "work_amount transport_amount transport_proof disability_amount dependant_in_disability disability_grade "
            "device_amount death_amount funeral_amount moral_amount insurer_first claim_court_fee total_amount"
        ),
        "claims/property_amount": "item amount proof",
        "claims/other_fee": "item amount",
        "facts": (
            "accident_time accident_place accident_text report_no report_org liability liability_text compulsory_insurer "
            "compulsory_policy commercial_insurer commercial_limit other_facts"
        ),
        "facts/vehicles": "plate kind driver owner employer_or_affiliate",
        "facts/paid_before": "payer amount date",
        "facts/dependants": "name relation birth_date co_supporters",
    },
    rows={
        "claims": {
            "1": "medical_from medical_to medical_hospital medical_kind medical_amount medical_proof",
            "2": "nursing_days nursing_amount nursing_proof",
            "3": "nutrition_amount nutrition_proof",
            "4": "food_amount food_proof",
            "5": "work_from work_to work_amount",
            "6": "transport_amount transport_proof",
            "7": "disability_amount dependant_in_disability disability_grade",
            "8": "device_amount",
            "9": "death_amount funeral_amount",
            "10": "moral_amount",
            "11": "property_amount",
            "12": "other_fee",
            "13": "claim_court_fee",
            "14": "total_amount",
        },
        "facts": {
            "1": "accident_time accident_place accident_text vehicles",
            "2": "report_no report_org liability liability_text",
            "3": "compulsory_insurer compulsory_policy commercial_insurer commercial_limit paid_before",
            "4": "dependants other_facts",
        },
        "evidence_and_basis": {"4": "basis_contract basis_law other_notes", "5": "evidence"},
    },
)

CONTRACTS: dict[str, Pack] = {
    "credit_card": CREDIT_CARD,
    "financial_loan": FINANCIAL_LOAN,
    "general_civil": GENERAL_CIVIL,
    "house_lease": HOUSE_LEASE,
    "property_service": PROPERTY_SERVICE,
    "protection_order": PROTECTION_ORDER,
    "sales_contract": SALES_CONTRACT,
    "traffic_accident": TRAFFIC_ACCIDENT,
}
