"""A row of a table of numbers and names: valid or not, the form it is kept in, what it tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from kiosk.law import identity
from kiosk.law.tables import Tables
from kiosk.law.verdict import Normalised
from kiosk.rules_file.reading import CellWrong, Row

# A table of landlines tests the field of a hotline too: 12368 is right there.
KINDS = {
    "landline": "hotline",
    "id_card": "resident_id",
    "usci": "uscc",
    "phone_number": "phone",
    "foreign_pr_2017": "foreign_pr",
    "foreign_pr_2023": "foreign_pr",
    "foreign_pr_old": "foreign_pr",
    "pr2017": "foreign_pr",
    "hk_mo": "hk_mo_permit",
    "tw": "tw_permit",
    "plate_ne": "plate",
    "plate_new_energy": "plate",
    "card_no": "bank_card",
    "person_name": "name",
}
Told = Callable[[Mapping[str, str], Tables], dict[str, str]]


def _person(facts: Mapping[str, str], tables: Tables) -> dict[str, str]:
    return {"birth": facts["birth"], "gender": facts["gender"], "prov": facts["province"]}


def _foreign(facts: Mapping[str, str], tables: Tables) -> dict[str, str]:
    if "birth" not in facts:
        return {}  # the older card tells a nationality in letters only
    country = tables.country_rows.get(facts["nationality"])
    named = f"{facts['nationality']}({country.en})" if country else facts["nationality"]
    return {"prov": facts["province"], "nationality": named, "birth": facts["birth"], "gender": facts["gender"]}


def _company(facts: Mapping[str, str], tables: Tables) -> dict[str, str]:
    return {name: facts[name] for name in ("dept", "type", "region", "org")}


TOLD: Mapping[str, Told] = {
    "resident_id": _person,
    "hmt_residence": _person,
    "foreign_pr": _foreign,
    "uscc": _company,
    "plate": lambda facts, tables: {"kind": facts["kind"]},
}


def id_row(row: Row, tables: Tables, today: date) -> dict[str, str]:
    kind = row.need("kind")
    kind = KINDS.get(kind, kind)
    if kind not in identity.KINDS:
        raise CellWrong("kind", "unknown_kind")
    found = identity.check(kind, row.cells.get("input", ""), today)
    if not isinstance(found, Normalised):
        # The shape a refused plate was held against.
        return {
            "valid": "no",
            "normalised": "",
            "derived": "kind=ordinary" if kind == "plate" else "",
            "refused": found.reason,
        }
    told = TOLD[kind](found.facts, tables) if kind in TOLD else {}
    derived = ";".join(f"{name}={value}" for name, value in told.items())
    return {"valid": "yes", "normalised": found.text, "derived": derived}


def plain_if_valid(kind: str, text: str) -> str:
    """The kept form of a number, or the text itself: a mask never fails."""
    found = identity.check(kind, text)
    return found.text if isinstance(found, Normalised) else text
