"""What a cause (案由) means for the other rules: which fee, which limitation, which line of the decision table.

A cause is looked up with everything above it; the nearest entry counts. Where the cause alone does not tell, the
answer is empty and a person is asked.
"""

from __future__ import annotations

from decimal import Decimal

from kiosk.law.tables import Tables

FEES = {
    "P01": "personality",  # FM art.13(1)(2)2; life, body and health: see `INJURY`
    "P02": "other_non_property",
    "014": "divorce",
    "P05": "ip",
    "P07": "labour",  # FM art.13(1)(4)
    "P11": "none",  # FM art.8(1)
    "C45": "payment_order",
    "C46": "public_summons",
    "C48": "bankruptcy",
    "C50": "preservation",
    "C53": "arbitration_set_aside",
}
INJURY = (
    "001",
    "406",
    "411",
    "412",
    "413",
)  # charged by the personality line in some courts, by the property line in others

LIMITATION = {
    "P01": "",  # what is claimed decides: stopping harm never lapses, damages do
    "P02": "",
    "P03": "",
    "P04": "general_3y",
    "C11": "unjust_enrichment",
    "088.7": "international_sale_or_technology_import",
    "P07": "labour_1y_arbitration",
    "P10": "general_3y",
    "C31": "other_insurance",
    "372": "",  # accident and health cover: a person decides
    "372.1": "life_insurance",
}
NOT_SUBJECT = ("022.1", "023", "024", "023.1", "024.1")  # support payments

FORMS = {
    "014": "divorce",
    "022": "support",
    "023": "support",
    "024": "support",
    "C02": "family",
    "C03": "succession",
    "C05": "real_estate",
    "055": "real_estate",
    "056": "real_estate",
    "065": "land_contract",
    "088": "sales_contract",
    "108.3": "private_lending",
    "108.1": "financial_loan",
    "096.5": "policy_housing",
    "115.2": "credit_card",
    "116.2": "house_lease",
    "117": "financial_lease",
    "120.3": "construction",
    "126": "property_service",
    "144": "service_contract",
    "088.8": "online_sales",
    "C10": "contract",
    "P07": "labour_dispute",
    "411": "traffic_accident",
    "410": "product_quality",
    "372": "personal_insurance",
    "C31": "insurance",
    "P10": "tort",
    "P01": "tort",
}


def above(cause: str, tables: Tables) -> tuple[str, ...]:
    """The cause and everything above it, nearest first; empty for an unknown code."""
    way: list[str] = []
    while cause in tables.cause_rows and cause not in way:
        way.append(cause)
        cause = tables.cause_rows[cause].parent
    return tuple(way)


def fee_kind(cause: str, amount: Decimal | None, tables: Tables) -> str:
    """A kind of `fees.KINDS`; "" for an unknown cause. Property where money is claimed and no own line exists."""
    way = above(cause, tables)
    if not way:
        return ""
    found = next((FEES[code] for code in way if code in FEES), "property")
    if found == "other_non_property" and amount:
        return "property"  # JI art.201
    return "other_non_property" if found == "property" and not amount else found


def is_injury(cause: str, tables: Tables) -> bool:
    return any(code in INJURY for code in above(cause, tables))


def limitation_rule(cause: str, tables: Tables) -> str:
    """A rule of the limitation table; "" where the claim, not the cause, decides or no limitation runs."""
    way = above(cause, tables)
    if set(way) & set(NOT_SUBJECT):
        return ""
    return next((LIMITATION[code] for code in way if code in LIMITATION), "general_3y") if way else ""


def forum_form(cause: str, tables: Tables) -> str:
    """The form of the decision table; `general` where nothing more special is known."""
    return next((FORMS[code] for code in above(cause, tables) if code in FORMS), "general")
