"""The four sorts of value an expression can have, and how one becomes another.

An answer that is still empty is the empty text, whatever its kind: that is how ODK engines read it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

from kiosk.forms.kinds import MOMENTS, NUMBERS, Kind
from kiosk.forms.numbers import Arithmetic, Number

Value = str | bool | Decimal | float | date | datetime
EPOCH = date(1970, 1, 1)
SECONDS_A_DAY = 86_400
TRUTHS: dict[str, bool] = {"true": True, "1": True, "false": False, "0": False}


class Sort(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    TRUTH = "truth"
    MOMENT = "moment"
    NODES = "nodes"
    ANY = "any"  # decided when it runs: if(), coalesce()


def sort_of(kind: Kind) -> Sort:
    if kind in NUMBERS:
        return Sort.NUMBER
    if kind in MOMENTS:
        return Sort.MOMENT
    if kind is Kind.BOOLEAN:
        return Sort.TRUTH
    return Sort.TEXT


def is_number(value: object) -> bool:
    return isinstance(value, Decimal | float)


def text_of(value: Value, arithmetic: Arithmetic) -> str:
    if type(value) is Decimal:
        return arithmetic.text(value)
    if isinstance(value, str):
        return value
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, datetime) and arithmetic.keeps_time:
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return arithmetic.text(value)


def moment_text(value: datetime) -> str:
    zone = value.strftime("%z") or "+0000"
    suffix = "Z" if zone == "+0000" else f"{zone[:3]}:{zone[3:5]}"
    return f"{value.strftime('%Y-%m-%dT%H:%M:%S')}.{value.microsecond // 1000:03d}{suffix}"


def number_of(value: Value, arithmetic: Arithmetic) -> Number:
    if type(value) is Decimal:
        return value
    if isinstance(value, bool):
        return arithmetic.of_int(int(value))
    if isinstance(value, str):
        return arithmetic.parse(value)
    if isinstance(value, datetime) and arithmetic.keeps_time:
        return fractional_days(value, arithmetic)
    if isinstance(value, date):
        value = value.date() if isinstance(value, datetime) else value
        return arithmetic.of_int((value - EPOCH).days)
    return value


def fractional_days(value: datetime, arithmetic: Arithmetic) -> Number:
    moment = value if value.tzinfo else value.replace(tzinfo=UTC)
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    whole = arithmetic.of_int(since.days)
    rest = arithmetic.of_int(since.seconds * 1000 + since.microseconds // 1000)
    return arithmetic.add(whole, arithmetic.divide(rest, arithmetic.of_int(SECONDS_A_DAY * 1000)))


def truth_of(value: Value) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value != ""
    if isinstance(value, date):
        return True
    return value == value and value != 0


def moment_of(text: str) -> date | datetime | None:
    """A date or date-time in ISO form; None when it is neither."""
    if len(text) < 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def reader_for(kind: Kind, arithmetic: Arithmetic) -> Callable[[str], Value]:
    """How the stored text of this kind enters an expression."""
    sort = sort_of(kind)
    if sort is Sort.NUMBER:
        parse = arithmetic.parse
        return lambda text: parse(text) if text else ""
    if sort is Sort.MOMENT:
        return lambda text: (moment_of(text) or text) if text else ""
    if sort is Sort.TRUTH:
        return lambda text: TRUTHS.get(text, text)
    return lambda text: text
