"""What a card says, and what of it answers questions. Nothing of it may reach a log or a `repr`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from kiosk.law import identity
from kiosk.law.verdict import Wrong


class CardKind(StrEnum):
    RESIDENT = "resident"  # 居民身份证
    HMT = "hmt"  # 港澳台居民居住证
    FOREIGN_2023 = "foreign_2023"  # 外国人永久居留身份证, five-star card
    FOREIGN_2017 = "foreign_2017"


ID_TYPES = {
    CardKind.RESIDENT: "resident_id",
    CardKind.HMT: "hmt_residence",
    CardKind.FOREIGN_2023: "foreign_pr",
    CardKind.FOREIGN_2017: "foreign_pr",
}


@dataclass(frozen=True, slots=True)
class CardFields:
    kind: CardKind
    name: str = field(repr=False)
    sex: str = field(repr=False)  # 1, 2 or as the card has it
    number: str = field(repr=False)
    birth: str = field(repr=False)  # 1980-01-01, or "" when the card has none
    nation: str = field(default="", repr=False)  # 01-56, 97, 98
    address: str = field(default="", repr=False)
    authority: str = field(default="", repr=False)
    valid_from: str = field(default="", repr=False)
    valid_to: str = field(default="", repr=False)  # 2028-06-01, 长期 or ""
    foreign_name: str = field(default="", repr=False)
    chinese_name: str = field(default="", repr=False)
    nationality: str = field(default="", repr=False)
    pass_number: str = field(default="", repr=False)
    issues: str = field(default="", repr=False)


class CardTrouble(StrEnum):
    """Why there is no card's text; each is a wording key below `card.`."""

    GONE = "gone"  # no line to the reader
    SILENT = "silent"
    NOISE = "noise"  # answers, but none that is whole
    SELECT_FAILED = "select_failed"
    READ_FAILED = "read_failed"
    REFUSED = "refused"  # card and reader do not accept each other
    UNKNOWN_LAYOUT = "unknown_layout"


class CardReader(Protocol):
    """One reader. `look` ends within three seconds, with a named outcome; never on the screen's thread."""

    def look(self) -> CardFields | CardTrouble | None:
        """A card just read, what went wrong, or None when no new card lies there."""

    def close(self) -> None: ...


def as_answers(card: CardFields) -> Mapping[str, str]:
    """Answers by question name, in their stored form. Questions the form does not ask are for the caller to skip."""
    answers = {
        "name": card.name,
        "id_type": ID_TYPES[card.kind],
        "id_number": card.number,
        "domicile": card.address,
        "ethnicity": card.nation,
    }
    gender = {"1": "m", "2": "f"}.get(card.sex, "")
    # A form computes sex and birth from a resident's number and asks only when it cannot.
    answers |= {"gender": gender, "gender_said": gender, "birth_date": card.birth, "birth_said": card.birth}
    return {name: text for name, text in answers.items() if text}


def doubts(card: CardFields, today: date) -> tuple[str, ...]:
    """Wording keys of what a clerk should look at. A wrong check digit is shown, never corrected."""
    found = []
    if any("\ue000" <= character <= "\uf8ff" for character in card.name + card.address):
        found.append("card.doubt_rare")  # old cards keep rare characters at private code points
    verdict = identity.check(ID_TYPES[card.kind], card.number, today)
    if isinstance(verdict, Wrong):
        found.append("card.doubt_number")
    elif card.birth and verdict.facts.get("birth", card.birth) != card.birth:
        found.append("card.doubt_birth")
    if len(card.valid_to) == 10 and card.valid_to < today.isoformat():
        found.append("card.doubt_expired")
    return tuple(found)
