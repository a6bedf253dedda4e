"""Case numbers of 法〔2015〕137号: recognised and taken apart, never made up.

`（2026）京0105民初123号`: year of receipt, court word, type word, serial. Brackets are kept full width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.law.shapes import CaseType
from kiosk.law.tables import Tables
from kiosk.law.verdict import Normalised, Verdict, Wrong

LONGEST = 64
_COURTS = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新兵军"
_NUMBER = rf"（((?:19|20)[0-9]{{2}})）(最高法|[{_COURTS}][0-9]{{0,4}})([一-龥]{{1,4}})([0-9]{{1,8}})号(?:之([一二三四五六七八九十]+))?"
_WHOLE = re.compile(rf"^{_NUMBER}$")
_LOOSE = re.compile(_NUMBER.replace("（", "[（(]", 1).replace("）", "[）)]", 1))


@dataclass(frozen=True, slots=True)
class CaseNumber:
    year: int
    court: str  # 京0105
    kind: str  # 民初
    serial: int
    suffix: str  # 之一

    @property
    def text(self) -> str:
        return f"（{self.year}）{self.court}{self.kind}{self.serial}号{self.suffix}"

    @property
    def level(self) -> str:
        """By the digits of the court word: none high, two intermediate, four basic."""
        if self.court == "最高法":
            return "supreme"
        return {1: "high", 3: "intermediate", 5: "basic"}.get(len(self.court), "")


def check_case_number(number: str) -> Verdict:
    number = number.replace("(", "（").replace(")", "）")
    found = _WHOLE.match(number)
    if found is None:
        return Wrong("law.case_no")
    return Normalised(number, {"year": found[1], "court": found[2], "type": found[3], "serial": found[4]})


def read(text: str) -> CaseNumber | None:
    found = _WHOLE.match(text)
    return _case(found) if found else None


def find_all(text: str) -> tuple[CaseNumber, ...]:
    """The case numbers that stand in a text, in order; for a free narrative or a scanned ruling."""
    return tuple(_case(found) for found in _LOOSE.finditer(text[:200_000]))


def is_before_filing(number: CaseNumber, tables: Tables) -> bool:
    """A mediation number is no docketed case; its word differs from place to place and is a setting."""
    return number.kind in tables.court.mediation_words


def kinds(number: CaseNumber, tables: Tables) -> tuple[CaseType, ...]:
    """The case types of its type word; none for a word the table does not have, which is a reason to look again."""
    found = tuple(row for row in tables.case_types.rows if row.word == number.kind)
    if not found and is_before_filing(number, tables):
        found = tuple(row for row in tables.case_types.rows if row.word in tables.court.mediation_words)[:1]
    return found


def province(number: CaseNumber, tables: Tables) -> str:
    """The two figures of the court's province; "" for the Supreme People's Court and courts of no province."""
    return next((row.prefix for row in tables.case_types.court_words if row.word == number.court[:1]), "")


def basic_court_area(number: CaseNumber, tables: Tables) -> str:
    """The area code of an ordinary basic court, whose word ends in the last four figures of it (京0105: 110105)."""
    code = province(number, tables) + number.court[1:]
    return code if number.level == "basic" and code in tables.region_rows else ""


def _case(found: re.Match[str]) -> CaseNumber:
    year, court, kind, serial, suffix = found.groups()
    return CaseNumber(int(year), court, kind, int(serial), f"之{suffix}" if suffix else "")
