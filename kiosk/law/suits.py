"""The facts of a suit written on one line, as forms and tables hand them to the jurisdiction rules.

`plaintiff_domicile=110105;defendant_domicile=120101,320102;amount=120000000;court=110105;digital`: names with codes
of places (kept addresses do as well), `amount`, `court`, `agreed`, and flags as bare words or `=yes`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kiosk.law import money
from kiosk.law.jurisdiction import Flag, Suit
from kiosk.law.tables import Tables
from kiosk.law.verdict import Wrong

LONGEST = 4000
PLACES = frozenset(
    [
        "plaintiff_domicile",
        "defendant_domicile",
        "defendant_habitual",
        "defendant_present",
        "real_estate_location",
        "port",
        "decedent_domicile_at_death",
        "main_estate_location",
        "receiver_of_money_place",
        "performer_place",
        "place_of_performance",
        "deal_place",
        "buyer_domicile",
        "delivery_place",
        "place_of_use",
        "property_location",
        "insured_object_location",
        "vehicle_registration_place",
        "insured_person_domicile",
        "accident_place",
        "vehicle_first_arrival_place",
        "place_of_act",
        "place_of_result",
        "device_place",
        "victim_domicile",
        "made",
        "sold",
        "service_place",
        "tort_place",
        "employer_location",
        "labour_contract_performance_place",
        "applicant_residence",
        "respondent_residence",
        "violence_place",
        "debtor_domicile",
        "respondent_domicile",
        "court_with_jurisdiction",
    ]
)
_CODE = re.compile(r"(?<![0-9])[1-8][0-9]{5}(?![0-9])")


def region_codes(text: str, tables: Tables) -> tuple[str, ...]:
    """The known places of a text, each once, in order: codes, or kept addresses joined by anything."""
    return tuple(dict.fromkeys(code for code in _CODE.findall(text[:LONGEST]) if code in tables.region_rows))


def read_suit(form: str, facts: str, tables: Tables) -> Suit | Wrong:
    if len(facts) > LONGEST:
        return Wrong("law.too_long")
    places: dict[str, tuple[str, ...]] = {}
    flags: set[Flag] = set()
    amount, court = Decimal(0), ""
    agreed: tuple[str, ...] = ()
    for part in re.split(r"[;；\n]", facts):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        codes = region_codes(value, tables)
        if not name:
            continue
        if name in PLACES:
            places[name] = places.get(name, ()) + codes
        elif name == "agreed":
            agreed = codes
        elif name == "court":
            court = value[:6]
        elif name == "amount":
            read = money.parse(value) if value else Decimal(0)
            if isinstance(read, Wrong):
                return read
            amount = read
        elif name in set(Flag):
            if not equals or value in ("yes", "true", "1"):
                flags.add(Flag(name))
        else:
            return Wrong("law.suit_fact")
    return Suit(form, places, frozenset(flags), amount, court, agreed)
