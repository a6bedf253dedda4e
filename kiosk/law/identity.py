"""One door for every number a person may give: `check(kind, text, today)`.

The text is made plain first (full width to half, blanks out, capitals), so a person may write it as the card
prints it. A kind that is not known is a bug of the caller.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from kiosk.errors import KioskBug
from kiosk.law import names
from kiosk.law.case_numbers import check_case_number
from kiosk.law.plates import check_plate
from kiosk.law.resident import PERMIT_AREAS, check_foreign, check_permit, check_resident, check_resident_15
from kiosk.law.verdict import Normalised, Verdict, Wrong

LONGEST = 64

_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

_MOBILE = re.compile(r"^1[3-9][0-9]{9}$")
_LANDLINE = re.compile(r"^0[0-9]{2,3}-[0-9]{7,8}(?:-[0-9]{1,6})?$")
_HOTLINE = re.compile(r"^(?:1[0-9]{2,4}|9[56][0-9]{3}|[48]00[0-9]{7})$")
_MAIL = re.compile(r"^[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,5}[A-Za-z]{2,24}$")


def plain(text: str) -> str:
    """NFKC, no blanks, capitals: the shape every number is compared in."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def check(kind: str, text: str, today: date | None = None) -> Verdict:
    """The text as it is kept and what it tells, or what is wrong. Without `today` a future birth passes."""
    if kind == "name":
        return names.normalise(text)
    known = CHECKS.get(kind)
    if known is None:
        raise KioskBug(f"no check of the kind {kind}")
    if len(text) > LONGEST:
        return Wrong("law.too_long")
    number = "".join(unicodedata.normalize("NFKC", text).split()) if kind == "email" else plain(text)
    if not number:
        return Wrong("law.number_missing")
    if not names.is_plain(number):
        return Wrong("law.number_character")
    return known(number, today)


def uscc_check_character(first17: str) -> str:
    total = sum(_USCC.index(c) * weight for c, weight in zip(first17, _USCC_WEIGHTS, strict=True))
    return _USCC[-total % 31]


def luhn_holds(digits: str) -> bool:
    total = 0
    for i, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if i % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _any_with_birth(number: str, today: date | None) -> Verdict:
    """A number whose document is not known: resident, permit or permanent resident card."""
    if number[:6] in PERMIT_AREAS:
        return check_permit(number, today)
    return check_foreign(number, today) if number[:1] == "9" else check_resident(number, today)


def _uscc(number: str, today: date | None) -> Verdict:
    if len(number) != 18:
        return Wrong("law.uscc_length")
    if any(c not in _USCC for c in number) or not re.match(r"^..[0-9]{6}", number):
        return Wrong("law.uscc_character")
    if uscc_check_character(number[:17]) != number[17]:
        return Wrong("law.uscc_check")
    facts = {"dept": number[0], "type": number[1], "region": number[2:8], "org": number[8:17]}
    return Normalised(number, facts | {"org_check": "yes" if _org_holds(number[8:17]) else "no"})


def _org_holds(code: str) -> bool:
    # GB 11714 gives letters 10 to 35; USCC's own alphabet has fewer, so this check only ever warns.
    values = [int(c) if c.isdigit() else ord(c) - ord("A") + 10 for c in code[:8]]
    check = 11 - sum(v * w for v, w in zip(values, _ORG_WEIGHTS, strict=True)) % 11
    return code[8] == {10: "X", 11: "0"}.get(check, str(check))


def _mobile(number: str, today: date | None) -> Verdict:
    number = number.replace("-", "")
    if not _MOBILE.match(number):
        number = re.sub(r"^(?:\+86|0086|86)", "", number)
    return Normalised(number) if _MOBILE.match(number) else Wrong("law.mobile")


def _landline(number: str, today: date | None) -> Verdict:
    number = re.sub(r"^\((0[0-9]{2,3})\)", r"\1-", number)
    if re.match(r"^0[12][0-9][0-9]{8}$", number):
        number = f"{number[:3]}-{number[3:]}"
    elif re.match(r"^0[3-9][0-9]{2}[0-9]{7,8}$", number):
        number = f"{number[:4]}-{number[4:]}"
    return Normalised(number) if _LANDLINE.match(number) else Wrong("law.landline")


def _hotline(number: str, today: date | None) -> Verdict:
    return Normalised(number) if _HOTLINE.match(number) else _landline(number, today)


def _phone(number: str, today: date | None) -> Verdict:
    for either in (_mobile, _landline):
        found = either(number, today)
        if isinstance(found, Normalised):
            return found
    return Wrong("law.phone")


def _postcode(number: str, today: date | None) -> Verdict:
    return Normalised(number) if re.match(r"^[0-9]{6}$", number) else Wrong("law.postcode")


def _bank_card(number: str, today: date | None) -> Verdict:
    number = number.replace("-", "")
    if not re.match(r"^[0-9]{16,19}$", number):
        return Wrong("law.bank_card_length")
    return Normalised(number) if luhn_holds(number) else Wrong("law.bank_card_check")


def _bank_account(number: str, today: date | None) -> Verdict:
    """An account that need not be a card: passbooks and company accounts have no Luhn digit."""
    number = number.replace("-", "")
    if re.match(r"^62[0-9]{14,17}$", number):
        return _bank_card(number, today)
    return Normalised(number) if re.match(r"^[0-9]{8,30}$", number) else Wrong("law.bank_account")


def _shape(pattern: str, reason: str) -> Callable[[str, date | None], Verdict]:
    compiled = re.compile(pattern)
    return lambda number, today: Normalised(number) if compiled.match(number) else Wrong(reason)


def _mail(number: str, today: date | None) -> Verdict:
    return Normalised(number) if _MAIL.match(number) else Wrong("law.email")


CHECKS: Mapping[str, Callable[[str, date | None], Verdict]] = {
    # the documents a person may show: codes of the list id_type
    "resident_id": check_resident,
    "household": check_resident,
    "passport": _shape(r"^[A-Z0-9]{5,15}$", "law.passport"),
    "hk_mo_permit": _shape(r"^[HM][0-9]{8}(?:[0-9]{2})?$", "law.hk_mo_permit"),
    "tw_permit": _shape(r"^[0-9]{8}$", "law.tw_permit"),
    "hmt_residence": check_permit,
    "foreign_pr": check_foreign,
    "military": _shape(r"^[一-龥A-Z0-9()（）\-第号字]{4,24}$", "law.military"),
    "other": _shape(r"^\S{1,40}$", "law.other_document"),
    # narrower, wider or other
    "id_number": _any_with_birth,
    "resident_id_15": check_resident_15,
    "passport_cn": _shape(r"^(?:E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8})$", "law.passport"),
    "lawyer_licence": _shape(r"^[0-9]{17}$", "law.lawyer_licence"),
    "uscc": _uscc,
    "mobile": _mobile,
    "landline": _landline,
    "hotline": _hotline,
    "phone": _phone,
    "postcode": _postcode,
    "bank_card": _bank_card,
    "bank_account": _bank_account,
    "plate": lambda number, today: check_plate(number),
    "case_no": lambda number, today: check_case_number(number),
    "email": _mail,
}
KINDS = frozenset(CHECKS) | {"name"}
