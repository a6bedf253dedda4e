"""Answers on their way in and out: as typed, as kept, as people read them.

What a number, a name or a sum must look like is decided in `kiosk.law`; here each kind of question is
only sent to its rule. A refusal is a wording key, never the answer.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kiosk.forms.kinds import NUMBERS, Kind
from kiosk.forms.numbers import Arithmetic, Number, is_nan, java_double
from kiosk.forms.values import Value, is_number, moment_of, moment_text, text_of
from kiosk.law import identity, money, names, regions
from kiosk.law.verdict import Normalised, Verdict, Wrong

LONGEST = {Kind.TEXT: 200, Kind.LONGTEXT: 4000, Kind.ID_NUMBER: 40, Kind.FILE: 200}
MONEY = Kind.MONEY  # a member of an enum is looked up slowly
WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)
PLAIN = re.compile(r"-?(?:\d{1,15}(?:\.\d{1,6})?|\.\d{1,6})", re.ASCII)
SHORT_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?", re.ASCII)
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # categories Cc and Cs, save the line feed
EARLIEST = date(1850, 1, 1)
LATEST = date(2199, 12, 31)
SIGNED = "signed"
CHECKED = {
    Kind.PHONE: "phone",
    Kind.MOBILE: "mobile",
    Kind.EMAIL: "email",
    Kind.POSTCODE: "postcode",
    Kind.USCC: "uscc",
    Kind.CASE_NO: "case_no",
    Kind.BANK_CARD: "bank_account",
}


def normalise(kind: Kind, text: str, tables: Any, today: date) -> Verdict:
    """The text as it is kept, or the key of what is wrong with it. Choices are checked by the caller."""
    if kind in CHECKED:
        return identity.check(CHECKED[kind], text, today)
    rule = RULES.get(kind)
    if rule is not None:
        return rule(text)
    if kind in NUMBERS:
        return _number(kind, text)
    if kind is Kind.ADDRESS and tables is not None:
        return regions.check_address(text, tables)
    return _words(kind, text)


def _money(text: str) -> Verdict:
    amount = money.parse(text)
    return amount if isinstance(amount, Wrong) else Normalised(money.stored(amount))


def _moment(text: str) -> Verdict:
    return Normalised(text.strip()) if moment_of(text.strip()) else Wrong("answers.date")


def _yes_no(text: str) -> Verdict:
    return Normalised(text) if text in ("yes", "no") else Wrong("answers.choice")


def _signature(text: str) -> Verdict:
    return Normalised(SIGNED) if text == SIGNED else Wrong("answers.signature")


def _number(kind: Kind, text: str) -> Verdict:
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "").removesuffix("%")
    if kind is Kind.INT:
        return Normalised(str(int(plain))) if WHOLE.fullmatch(plain) else Wrong("answers.whole_number")
    if not PLAIN.fullmatch(plain):
        return Wrong("answers.number")
    return Normalised(plain_decimal(Decimal(plain)))


def plain_decimal(value: Decimal) -> str:
    """`12.50` is kept as `12.5`."""
    plain = format(value, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def _day(text: str) -> Verdict:
    """ISO, or year, month and day with any sign between: 2024-3-5, 2024年3月5日."""
    plain = unicodedata.normalize("NFKC", text).strip()
    numbers = re.fullmatch(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?", plain, re.ASCII)
    try:
        day = date(int(numbers[1]), int(numbers[2]), int(numbers[3])) if numbers else None
    except ValueError:
        day = None
    if day is None:
        return Wrong("answers.date")
    return Normalised(day.isoformat()) if EARLIEST <= day <= LATEST else Wrong("answers.date_far")


def _words(kind: Kind, text: str) -> Verdict:
    kept = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if CONTROL.search(kept):
        return Wrong("answers.character")
    if "\n" in kept and kind is not Kind.LONGTEXT:
        kept = " ".join(kept.split())
    if len(kept) > LONGEST.get(kind, LONGEST[Kind.TEXT]):
        return Wrong("answers.too_long")
    return Normalised(kept)


RULES: dict[Kind, Callable[[str], Verdict]] = {
    Kind.NAME: names.normalise,
    Kind.MONEY: _money,
    Kind.DATE: _day,
    Kind.DATETIME: _moment,
    Kind.YES_NO: _yes_no,
    Kind.ID_NUMBER: lambda text: _words(Kind.ID_NUMBER, identity.plain(text)),
    Kind.SIGNATURE: _signature,
}


def stored(kind: Kind, value: Value, arithmetic: Arithmetic) -> str:
    """A computed value in the form answers are kept in."""
    if type(value) is Decimal and kind is not MONEY:
        return "" if is_nan(value) else arithmetic.text(value)
    if value == "" or (is_number(value) and is_nan(value)):  # type: ignore[arg-type]
        return ""
    match kind:
        case Kind.MONEY if is_number(value) and abs(value) <= money.LARGEST:  # type: ignore[arg-type, operator]
            return money.stored(Decimal(value))  # type: ignore[arg-type]
        case Kind.DATE if isinstance(value, datetime):
            return value.date().isoformat()
        case Kind.YES_NO if isinstance(value, bool):
            return "yes" if value else "no"
        case _:
            return text_of(value, arithmetic)


def stored_as_odk(kind: Kind, value: Value, arithmetic: Arithmetic) -> str:
    """A computed value of an imported form, written the way ODK engines write it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.date().isoformat() if kind is Kind.DATE else moment_text(value)
    if isinstance(value, date):
        return value.isoformat() if kind is Kind.DATE else f"{value.isoformat()}T00:00:00.000Z"
    if is_number(value):
        number = java_int(value) if kind is Kind.INT else value  # type: ignore[arg-type]
        return "" if is_nan(number) else computed_number(number)  # type: ignore[arg-type]
    return text_of(value, arithmetic)


def java_int(value: Number) -> Number:
    """A number as Java's whole numbers hold it: cut, and no further than 32 bits reach."""
    return value if is_nan(value) else float(math.trunc(max(-(2**31), min(2**31 - 1, value))))


def computed_number(value: Number) -> str:
    """A computed number as it is written into an instance: whole ones without their point."""
    number = float(value)
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if abs(number) < 2**63 and abs(number - int(number)) < 1e-9:
        return str(int(number))
    return java_double(number)


def odk_text(kind: Kind, text: str) -> str:
    """An answer or a first value of an imported form, as its type is written."""
    plain = text.strip()
    if kind is Kind.INT and WHOLE.fullmatch(plain):
        return str(int(plain))
    if kind is Kind.DECIMAL and PLAIN.fullmatch(plain):
        return java_double(float(plain))
    if kind is Kind.DATE:
        return _odk_date(plain) or text
    if kind is Kind.TIME and (found := SHORT_TIME.fullmatch(plain)):
        return f"{int(found[1]):02d}:{found[2]}:{found[3] or '00'}.{(found[4] or '').ljust(3, '0')[:3]}Z"
    if kind is Kind.GEOPOINT:
        return _odk_point(plain) or text
    if kind is Kind.GEOLINE:
        points = [_odk_point(point) for point in plain.split(";") if point.strip()]
        return "; ".join(points) if points and all(points) else text
    return text


def _odk_point(text: str) -> str:
    """Latitude, longitude, altitude and accuracy; "" of what is no point."""
    words = text.split()
    if not words or not all(PLAIN.fullmatch(word) for word in words):
        return ""
    return " ".join(java_double(float(word)) for word in [*words, "0", "0"][:4])


def _odk_date(text: str) -> str:
    found = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else ""


def formatted(kind: Kind, text: str, language: str, tables: Any, labels: Mapping[str, str]) -> str:
    """The answer as people read it; `labels` are the words of the choices."""
    if not text:
        return ""
    match kind:
        case Kind.MONEY:
            amount = money.parse(text)
            plain = text if isinstance(amount, Wrong) else money.format_money(amount)
            return f"{plain} 元" if language == "zh" else f"CNY {plain}"
        case Kind.PERCENT:
            return f"{text}%"
        case Kind.DATE:
            day = moment_of(text)
            if day is None:
                return text
            return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else day.isoformat()[:10]
        case Kind.YES_NO:
            return {"yes": ("是", "Yes"), "no": ("否", "No")}.get(text, (text, text))[language != "zh"]
        case Kind.CHOICE:
            return labels.get(text, text)
        case Kind.CHOICES:
            return ("、" if language == "zh" else ", ").join(labels.get(code, code) for code in text.split())
        case Kind.ADDRESS:
            return regions.address_text(text, tables) if tables is not None else text
        case Kind.SIGNATURE:
            return "已签名" if language == "zh" else "signed"
        case _:
            return text
