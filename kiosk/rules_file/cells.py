"""One cell as a value: a sum, a day, a number. Anything else is `CellWrong`."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from kiosk.law.money import LARGEST
from kiosk.law.tables import Tables
from kiosk.rules_file.reading import CellWrong, Row

_NUMBER = re.compile(r"^-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,10})?$")
_DAY = re.compile(r"^([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?$")
NO_AMOUNT = frozenset(("", "-", "none", "无", "no_amount"))


def number(row: Row, column: str) -> Decimal:
    text = row.need(column)
    if not _NUMBER.match(text):
        raise CellWrong(column, "not_a_number")
    return Decimal(text.replace(",", ""))


def amount(row: Row, column: str) -> Decimal:
    """A sum from nought to the largest the rules know."""
    text = row.need(column)
    if not _NUMBER.match(text):
        raise CellWrong(column, "not_a_sum")
    return in_range(Decimal(text.replace(",", "")), column)


def in_range(value: Decimal, column: str) -> Decimal:
    if value < 0:
        raise CellWrong(column, "below_zero")
    if value > LARGEST:
        raise CellWrong(column, "too_large")
    return value


def amount_or_none(row: Row, column: str) -> Decimal | None:
    return None if row.get(column).lower() in NO_AMOUNT else amount(row, column)


def rate(row: Row, column: str) -> Decimal:
    value = number(row, column)
    if not 0 <= value <= 10_000:
        raise CellWrong(column, "out_of_range")
    return value


def day(row: Row, column: str) -> date:
    text = row.need(column)
    try:
        parts = _DAY.match(text)
        found = date(int(parts[1]), int(parts[3]), int(parts[4])) if parts else None
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2200:
        raise CellWrong(column, "not_a_date")
    return found


def whole(row: Row, column: str, least: int, most: int) -> int:
    text = row.need(column)
    if not re.match(r"^-?[0-9]{1,9}$", text):
        raise CellWrong(column, "not_a_number")
    if not least <= int(text) <= most:
        raise CellWrong(column, "out_of_range")
    return int(text)


def province(row: Row, column: str, tables: Tables) -> str:
    """The first two figures of a province, from its code, its name or its short name (江苏)."""
    text = row.need(column)
    for place in tables.region_children.get("", ()):
        if text in (place.code, place.code[:2], place.zh) or (len(text) >= 2 and place.zh.startswith(text)):
            return place.code[:2]
    raise CellWrong(column, "unknown_province")


def percent(value: Decimal) -> str:
    """At least two decimals, no trailing noughts beyond: `17.00`, `13.405`."""
    plain = value.normalize()
    decimals = max(2, -int(plain.as_tuple().exponent))
    return f"{value:.{decimals}f}"
