"""Numbers with a birth date inside: the resident ID (GB 11643) and its relatives.

The residence permit of Hong Kong, Macao and Taiwan residents and the 2023 foreign permanent resident card use the
same check digit. County codes are never refused: abolished ones live on in old numbers.
"""

from __future__ import annotations

import re
from datetime import date

from kiosk.law.verdict import Normalised, Verdict, Wrong

_PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71"
PROVINCES = frozenset(_PROVINCES.split())
PERMIT_AREAS = frozenset(("810000", "820000", "830000"))
FIRST_YEAR = 1850

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SHAPE = re.compile(r"^[0-9]{17}[0-9X]$")
_SHAPE_15 = re.compile(r"^[0-9]{15}$")


def check_digit(first17: str) -> str:
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def check_resident(number: str, today: date | None) -> Verdict:
    """A resident ID; an old 15-digit number is turned into the 18 digits that replaced it."""
    if _SHAPE_15.match(number):
        return check_resident_15(number, today)
    if wrong := _wrong_shape(number):
        return wrong
    if number[:2] not in PROVINCES:
        return Wrong("law.id_other_card" if number[:6] in PERMIT_AREAS or number[0] == "9" else "law.id_area")
    return _with_birth(number, number[6:14], {"province": number[:2]}, today)


def check_resident_15(number: str, today: date | None) -> Verdict:
    if not _SHAPE_15.match(number):
        return Wrong("law.id_length_15")
    first17 = f"{number[:6]}19{number[6:]}"
    if number[:2] not in PROVINCES:
        return Wrong("law.id_area")
    return _with_birth(first17 + check_digit(first17), first17[6:14], {"province": number[:2], "from_15": "yes"}, today)


def check_permit(number: str, today: date | None) -> Verdict:
    """港澳台居民居住证"""
    if wrong := _wrong_shape(number):
        return wrong
    if number[:6] not in PERMIT_AREAS:
        return Wrong("law.id_permit_area")
    return _with_birth(number, number[6:14], {"province": number[:2]}, today)


def check_foreign(number: str, today: date | None) -> Verdict:
    """外国人永久居留身份证: the 2023 number, or the older three letters and twelve digits."""
    if re.match(r"^[A-Z]{3}[0-9]{12}$", number):
        return Normalised(number, {"nationality": number[:3]})
    if wrong := _wrong_shape(number):
        return wrong
    if number[0] != "9" or number[1:3] not in PROVINCES:
        return Wrong("law.id_foreign_shape")
    return _with_birth(number, number[6:14], {"province": number[1:3], "nationality": number[3:6]}, today)


def _wrong_shape(number: str) -> Wrong | None:
    if len(number) != 18:
        return Wrong("law.id_length")
    if not _SHAPE.match(number):
        return Wrong("law.id_character")
    if number[17] != check_digit(number[:17]):
        return Wrong("law.id_check_digit")
    return None


def _with_birth(number: str, birth: str, facts: dict[str, str], today: date | None) -> Verdict:
    try:
        day = date(int(birth[:4]), int(birth[4:6]), int(birth[6:8]))
    except ValueError:
        return Wrong("law.id_birth")
    if day.year < FIRST_YEAR or (today is not None and day > today):
        return Wrong("law.id_birth")
    return Normalised(
        number, facts | {"region": number[:6], "birth": day.isoformat(), "gender": "m" if int(number[16]) % 2 else "f"}
    )
