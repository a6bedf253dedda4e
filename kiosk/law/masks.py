"""What may be shown of a person's data where others can read it. Code points are counted, never UTF-16 units."""

from __future__ import annotations

from kiosk.law.names import COMPOUND_SURNAMES, DOT
from kiosk.law.regions import address_text, after_city, split_address
from kiosk.law.tables import Tables

STAR = "*"


def mask_name(name: str) -> str:
    """`张*`, `欧阳**`, `买买提·**`: the surname or the first part stays."""
    if DOT in name:
        first, rest = name.split(DOT, 1)
        return f"{first}{DOT}{STAR * len(rest)}"
    kept = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    if name.isascii() and " " in name:
        kept = name.index(" ") + 1
    return name[:kept] + STAR * max(1, len(name) - kept)


def mask_id(number: str) -> str:
    """First three and last four: `110***********002X`."""
    return _ends(number, 3, 4)


def mask_id_strict(number: str) -> str:
    """First and last only, for the lists a clerk sees: `1****************X`."""
    return _ends(number, 1, 1)


def mask_phone(number: str) -> str:
    """`138****8000`, `010-****5678`; an extension goes wholly."""
    if "-" in number:
        area, rest = number.split("-", 1)
        local, dash, extension = rest.partition("-")
        return f"{area}-{_ends(local, 0, 4)}" + (dash + STAR * len(extension))
    return _ends(number, 3, 4)


def mask_bank_card(number: str) -> str:
    return _ends(number, 0, 4)


def mask_address(address: str, tables: Tables) -> str:
    """To the district, in the words it was written in, never further: `北京市朝阳区****`."""
    words = address_text(address, tables).strip()
    detail = split_address(words, tables).detail
    if detail == words:
        detail = after_city(words, tables)
    return words[: len(words) - len(detail)] + STAR * 4


def mask_mail(address: str) -> str:
    local, at, domain = address.partition("@")
    return local[:1] + STAR * 4 + at + domain if at else STAR * 4


def _ends(text: str, first: int, last: int) -> str:
    if len(text) <= first + last:
        return STAR * len(text)
    return text[:first] + STAR * (len(text) - first - last) + text[len(text) - last :]
