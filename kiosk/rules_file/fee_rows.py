"""A row of a fee table: a kind, a sum, and parameters such as `base=150;reason=summary_procedure`."""

from __future__ import annotations

import re
from decimal import Decimal

from kiosk.law import fees, money
from kiosk.law.tables import Tables
from kiosk.rules_file import cells
from kiosk.rules_file.reading import CellWrong, Row

COUNTERCLAIM = "counterclaim_or_independent_third_party_merged"
GROUNDS = {
    "small_claims": "summary_procedure",
    "small_claim": "summary_procedure",
    "simple_procedure": "summary_procedure",
    "counterclaim": COUNTERCLAIM,
    "counterclaim_merged": COUNTERCLAIM,
    "independent_third_party": COUNTERCLAIM,
}
KINDS = {
    "administrative": "admin",
    "appeal": "property",  # FM art.17: by the sum that is appealed
    "arbitration_set_aside_or_validity": "arbitration_set_aside",
    "arbitration_validity": "arbitration_set_aside",
    "jurisdiction_objection_rejected": "jurisdiction_objection_failed",
    "labor": "labour",
    "labour_dispute": "labour",
    "no_fee": "none",
    "personality_rights": "personality",
    "special_procedure": "none",
    "jurisdiction_objection": "jurisdiction_objection_failed",
    "non_property": "other_non_property",
    "mixed": "mixed_property_and_nonproperty",
    "ip_with_amount": "ip",
    "ip_amount": "ip",
    "ip_no_amount": "ip",
}
MERGED = frozenset(
    ("counterclaim_merged", "independent_third_party_merged", "third_party_merged", "third_party_claim_merged")
)
AMOUNT_NEEDED = frozenset(("property", "mixed_property_and_nonproperty", "payment_order", "bankruptcy"))
NAMES = frozenset(("base", "base_fee", "reason", "reasons", "ground", "grounds", "kind", "also", "no_amount", "halved"))


def fee_row(row: Row, tables: Tables) -> tuple[str, str]:
    """The fee, and a remark where the province's base is not set: then the fee is a range."""
    params = _params(row)
    kind, grounds = _kind(row.need("kind").lower(), params)
    given = (
        None if "no_amount" in params or row.get("kind").endswith("no_amount") else cells.amount_or_none(row, "amount")
    )
    if given is None and kind in AMOUNT_NEEDED:
        raise CellWrong("amount", "missing")
    base = _base(kind, params, tables)
    found = fees.fee(kind, given, tables, base=base, grounds=grounds | _grounds(params, tables))
    if found is None:
        raise CellWrong("amount", "too_large")
    if found.exact:
        return money.stored(found.least), ""
    return f"{money.stored(found.least)}-{money.stored(found.most)}", "base_not_set"


def _params(row: Row) -> dict[str, str]:
    found: dict[str, str] = {}
    last = ""
    for part in re.split(r"[;；,，&\n]", row.get("params")):
        name, equals, value = (piece.strip().lower() for piece in part.partition("="))
        if name and not equals and last in _REASONS:  # reason=mediation,withdrawal
            found[last] += f" {name}"
            continue
        if name and name not in NAMES:
            raise CellWrong("params", "unknown_parameter")
        if name:
            found[name], last = value, name
    return found


def _kind(kind: str, params: dict[str, str]) -> tuple[str, frozenset[str]]:
    """The kind of `fees.KINDS` and the ground of halving that the kind's own name brings."""
    if kind in MERGED:
        return "property", frozenset((COUNTERCLAIM,))
    halved = kind.endswith("_halved")
    kind = kind.removesuffix("_halved")
    kind = KINDS.get(kind, kind)
    if kind == "admin" and params.get("kind") in ("trademark_patent_maritime", "trademark", "patent", "maritime"):
        kind = "admin_trademark_patent_maritime"
    if kind not in fees.KINDS:
        raise CellWrong("kind", "unknown_kind")
    return kind, frozenset(("summary_procedure",)) if halved and not params.keys() & _REASONS else frozenset()


_REASONS = frozenset(("reason", "reasons", "ground", "grounds"))


def _grounds(params: dict[str, str], tables: Tables) -> frozenset[str]:
    words = " ".join(params.get(name, "") for name in sorted(_REASONS))
    found = {GROUNDS.get(word, word) for word in re.split(r"[\s+|/、]+", words) if word}
    if params.get("halved") in ("yes", "true", "1"):
        found.add("summary_procedure")
    if found - {ground.id for ground in tables.fees.halving}:
        raise CellWrong("params", "unknown_parameter")
    return frozenset(found)


def _base(kind: str, params: dict[str, str], tables: Tables) -> Decimal | None:
    text = params.get("base") or params.get("base_fee")
    if not text:
        return None
    if not re.match(r"^[0-9]{1,6}(?:\.[0-9]{1,2})?$", text):
        raise CellWrong("params", "not_a_sum")
    base = Decimal(text)
    if kind in {row.kind for row in tables.fees.bases} and not fees.base_fits(kind, base, tables):
        raise CellWrong("params", "out_of_range")
    return base
