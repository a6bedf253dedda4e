"""A row of a jurisdiction table: a form, its facts on one line (`kiosk.law.suits`), and where the suit may go."""

from __future__ import annotations

from kiosk.law import jurisdiction, suits
from kiosk.law.tables import Tables
from kiosk.law.verdict import Wrong
from kiosk.rules_file.reading import CellWrong, Row


def place_row(row: Row, tables: Tables) -> dict[str, str]:
    suit = suits.read_suit(row.need("form"), row.get("facts"), tables)
    if isinstance(suit, Wrong):
        raise CellWrong("facts", "unknown_parameter" if suit.reason == "law.suit_fact" else "not_a_sum")
    found = jurisdiction.advise(suit, tables)
    return {
        "places": "|".join(sorted(found.regions)),
        "redirect": found.redirect,
        "level": str(found.level),
        "rule": found.rule,
    }
