"""The 256 bytes of card text: four layouts, told apart by byte 248. Pure.

UTF-16LE, padded with blanks. Offsets and sizes are in bytes.
"""

from __future__ import annotations

from datetime import date

from kiosk.idcards.card import CardFields, CardKind, CardTrouble

TEXT_BYTES = 256
NEWEST_ADDRESS_BYTES = 70
_LAYOUT_AT = 248
_KINDS = {
    " ": CardKind.RESIDENT,
    "\0": CardKind.RESIDENT,
    "J": CardKind.HMT,
    "Y": CardKind.FOREIGN_2023,
    "I": CardKind.FOREIGN_2017,
}
# name → (offset, size); `from` and `to` are the days of validity.
_COMMON = {"sex": (30, 2), "birth": (36, 16), "from": (188, 16), "to": (204, 16), "number": (122, 36)}
LAYOUTS: dict[CardKind, dict[str, tuple[int, int]]] = {
    CardKind.RESIDENT: {
        **_COMMON,
        "name": (0, 30),
        "nation": (32, 4),
        "address": (52, 70),
        "authority": (158, 30),
    },
    CardKind.HMT: {
        **_COMMON,
        "name": (0, 30),
        "address": (52, 70),
        "authority": (158, 30),
        "pass_number": (220, 18),
        "issues": (238, 4),
    },
    CardKind.FOREIGN_2023: {
        **_COMMON,
        "chinese_name": (0, 30),
        "issues": (32, 4),
        "foreign_name": (52, 70),
        "foreign_name_rest": (220, 22),
        "nationality": (242, 6),
    },
    CardKind.FOREIGN_2017: {
        "foreign_name": (0, 120),
        "sex": (120, 2),
        "number": (122, 30),
        "nationality": (152, 6),
        "chinese_name": (158, 30),
        "from": (188, 16),
        "to": (204, 16),
        "birth": (220, 16),
        "authority": (240, 8),
    },
}


def decode(text: bytes) -> CardFields | CardTrouble:
    """The fields of a card's text, or that this is no layout we know."""
    if len(text) != TEXT_BYTES:
        return CardTrouble.UNKNOWN_LAYOUT
    kind = _KINDS.get(_words(text, _LAYOUT_AT, 2, strip=False))
    if kind is None:
        return CardTrouble.UNKNOWN_LAYOUT
    said = {name: _words(text, offset, size) for name, (offset, size) in LAYOUTS[kind].items()}
    foreign = (said.get("foreign_name", "") + said.get("foreign_name_rest", "")).strip()
    chinese = said.get("chinese_name", "")
    return CardFields(
        kind=kind,
        name=said.get("name") or chinese or foreign,
        sex=said["sex"],
        number=said["number"],
        birth=_day(said["birth"]),
        nation=said.get("nation", ""),
        address=said.get("address", ""),
        authority=said.get("authority", ""),
        valid_from=_day(said["from"]),
        valid_to=said["to"] if said["to"] == "长期" else _day(said["to"]),
        foreign_name=foreign,
        chinese_name=chinese,
        nationality=said.get("nationality", ""),
        pass_number=said.get("pass_number", ""),
        issues=said.get("issues", ""),
    )


def newest_address(data: bytes) -> str:
    """The address a card got after it was made, "" when this is none."""
    return _words(data, 0, NEWEST_ADDRESS_BYTES) if len(data) == NEWEST_ADDRESS_BYTES else ""


def build(values: dict[int, str]) -> bytes:
    """Card text with these words at these offsets: for pretend cards."""
    text = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
    for offset, words in values.items():
        encoded = words.encode("utf-16-le")
        text[offset : offset + len(encoded)] = encoded
    return bytes(text[:TEXT_BYTES])


def _words(text: bytes, offset: int, size: int, strip: bool = True) -> str:
    # A lone surrogate is no character: it becomes the mark for one, and a clerk looks at the card.
    words = text[offset : offset + size].decode("utf-16-le", "replace").replace("�", "〓")
    return words.strip(" \0　") if strip else words


def _day(digits: str) -> str:
    """19800101 as 1980-01-01, "" when it is no day."""
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return ""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return ""
