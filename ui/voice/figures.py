"""Numbers, sums, dates and numbers to dial as they are said: words, each of which has a clip of its own.

Mandarin as in everyday speech: 两 before 百 千 万 亿, 零 once for a gap, 一十 at the very
beginning is 十, 幺 for one in a number to dial. English counts in thousands.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

Words = tuple[str, ...]


class Manner(StrEnum):
    """How a language counts: the `counts` of its `voice.toml`."""

    CHINESE = "Chinese"
    ENGLISH = "English"


DIGITS = "零一二三四五六七八九"
DIALLED = "零幺二三四五六七八九"
_SMALL = ("", "十", "百", "千")
_LARGE = ("", "万", "亿")
MOST = 10**12  # what may be said; more is read digit by digit

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_THOUSANDS = ("", "thousand", "million", "billion")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ENGLISH_WORDS = (*_ONES, *_TENS[2:], "hundred", *_THOUSANDS[1:], *MONTHS, "point", "minus", "percent", "yuan", "fen")

_DATE = re.compile(r"(\d{4})(?:-|年|\.)(\d{1,2})(?:-|月|\.)(\d{1,2})日?")


def spoken_number(value: int | Decimal, manner: Manner) -> Words:
    """A number as it is counted: 10,050 is 一万零五十, ten thousand fifty."""
    whole, _, rest = f"{abs(Decimal(value)):f}".partition(".")
    sign = () if value >= 0 else ("负",) if manner is Manner.CHINESE else ("minus",)
    if int(whole) >= MOST:
        return (*sign, *spoken_digits(whole, manner))
    counted = _chinese(int(whole)) if manner is Manner.CHINESE else _english(int(whole))
    if not rest:
        return (*sign, *counted)
    names = DIGITS if manner is Manner.CHINESE else _ONES
    point = "点" if manner is Manner.CHINESE else "point"
    return (*sign, *counted, point, *(names[int(digit)] for digit in rest))


def spoken_sum(value: Decimal, manner: Manner) -> Words:
    """Yuan, and what is below one: 12.05 is 十二元零五分, twelve yuan five fen."""
    cents = int(abs(value) * 100)
    yuan, below = divmod(cents, 100)
    if manner is not Manner.CHINESE:
        said = spoken_number(yuan, manner) if yuan or not below else ()
        fen = (*spoken_number(below, manner), "fen") if below else ()
        return (("minus",) if value < 0 else ()) + ((*said, "yuan") if said else ()) + fen
    tens, ones = divmod(below, 10)
    parts: Words = (*spoken_number(yuan, manner), "元") if yuan or not below else ()
    if not below:
        parts = (*parts, "整")
    elif tens:
        parts = (*parts, DIGITS[tens], "角")
    elif yuan:
        parts = (*parts, "零")
    if ones:
        parts = (*parts, DIGITS[ones], "分")
    return (("负",) if value < 0 else ()) + parts


def spoken_digits(text: str, manner: Manner) -> Words:
    """Figures one by one, as a number to dial or on a card; letters as they are."""
    names = DIALLED if manner is Manner.CHINESE else _ONES
    star = "星号" if manner is Manner.CHINESE else "star"
    figure = {str(digit): name for digit, name in enumerate(names[:10])} | {"*": star}
    return tuple(figure.get(sign) or sign.upper() for sign in text)


def spoken_date(text: str, manner: Manner) -> Words:
    """2026-11-23 is 二零二六年十一月二十三日, November twenty three two zero two six; anything else is nothing."""
    found = _DATE.fullmatch(text)
    if found is None:
        return ()
    year, month, day = found[1], int(found[2]), int(found[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ()
    if manner is Manner.CHINESE:
        years = tuple(DIGITS[int(digit)] for digit in year)
        return (*years, "年", *_chinese(month), "月", *_chinese(day), "日")
    return (MONTHS[month - 1], *_english(day), *(_ONES[int(digit)] for digit in year))


def _chinese(value: int) -> Words:
    if value == 0:
        return ("零",)
    groups = []
    rest = value
    while rest:
        rest, group = divmod(rest, 10_000)
        groups.append(group)
    said: list[str] = []
    gap = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group == 0:
            gap = True
            continue
        if said and (gap or group < 1000):
            said.append("零")
        said += _four(group, lead=not said)
        said.append(_LARGE[place])
        gap = False
    return tuple(word for word in said if word)


def _four(group: int, *, lead: bool) -> list[str]:
    """Up to four figures; 一十 at the very beginning is 十."""
    said: list[str] = []
    gap = False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(said)
            continue
        if gap:
            said.append("零")
            gap = False
        if not (lead and not said and place == 1 and digit == 1):
            said.append("两" if digit == 2 and place >= 2 else DIGITS[digit])
        said.append(_SMALL[place])
    return [word for word in said if word]


def _english(value: int) -> Words:
    if value == 0:
        return ("zero",)
    said: list[str] = []
    for place in range(len(_THOUSANDS) - 1, -1, -1):
        group = value // 1000**place % 1000
        if group == 0:
            continue
        hundreds, rest = divmod(group, 100)
        if hundreds:
            said += [_ONES[hundreds], "hundred"]
        if rest >= 20:
            said.append(_TENS[rest // 10])
            rest %= 10
        if rest:
            said.append(_ONES[rest])
        if place:
            said.append(_THOUSANDS[place])
    return tuple(said)
