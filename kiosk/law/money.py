"""Sums of money: read as people write them, kept exactly, written in figures and in capitals (大写).

Capitals follow the rules of the People's Bank for bills: 整 only after 元, one 零 for a run of noughts,
零 before 分 when there is no 角.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from kiosk.errors import KioskBug
from kiosk.law.verdict import Wrong

FEN = Decimal("0.01")
LARGEST = Decimal("999999999999.99")  # twelve figures: capitals stay within 亿
LONGEST = 40  # characters that are looked at

_PLAIN = re.compile(r"^(\d{1,13}|\d{1,3}(?:,\d{3}){1,4})(\.\d{1,6})?(万|亿)?$")
_UNITS = {None: Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿")

_CAPITALS = re.compile(
    r"^(?:(?P<yuan>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{1,60})元)?零?"
    r"(?:(?P<jiao>[壹贰叁肆伍陆柒捌玖])角)?零?(?:(?P<fen>[壹贰叁肆伍陆柒捌玖])分)?整?$"
)


def parse(text: str) -> Decimal | Wrong:
    """A sum of yuan with at most two decimals: `50000`, `５０，０００．００`, `5万`, `¥1,234.5元`."""
    if len(text) > LONGEST:
        return Wrong("law.money_not_a_number")
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    plain = plain.removeprefix("人民币").removeprefix("¥").removesuffix("整").removesuffix("元")
    found = _PLAIN.match(plain)
    if not plain:
        return Wrong("law.money_missing")
    if plain.startswith("-"):
        return Wrong("law.money_negative")
    if found is None or not plain.isprintable() or not found[1].replace(",", "").isascii():
        return Wrong("law.money_not_a_number")
    value = Decimal(found[1].replace(",", "") + (found[2] or "")) * _UNITS[found[3]]
    if value > LARGEST:
        return Wrong("law.money_too_large")
    if value != value.quantize(FEN):
        return Wrong("law.money_below_fen")
    return value.quantize(FEN)


def to_fen(value: Decimal) -> Decimal:
    """Two decimals, half a fen upwards: the measures on fees give no rule, this is the usual one."""
    return value.quantize(FEN, rounding=ROUND_HALF_UP)


def stored(value: Decimal) -> str:
    """The form an answer is kept in: `50000.00`."""
    return f"{to_fen(value):.2f}"


def format_money(value: Decimal) -> str:
    """`50,000.00`"""
    return f"{to_fen(value):,.2f}"


def capitals(value: Decimal) -> str:
    """`壹拾万柒仟元伍角叁分`; a value below nought or above `LARGEST` is a bug of the caller."""
    if not 0 <= value <= LARGEST or value != value.quantize(FEN):
        raise KioskBug("capitals asked for a sum that has none")
    fen_in_all = int(value * 100)
    yuan, jiao, fen = fen_in_all // 100, fen_in_all // 10 % 10, fen_in_all % 10
    words = _whole(yuan) + "元" if yuan else ""
    if not jiao and not fen:
        return (words or "零元") + "整"
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif yuan:
        words += "零"
    return words + (_DIGITS[fen] + "分" if fen else "")


def spellings(value: Decimal) -> tuple[str, ...]:
    """Every lawful way to write a sum in capitals, ours first."""
    found = [capitals(value)]
    for change in _freedoms(value):
        found += [change(words) for words in found]
    return tuple(found)


def other_spellings(value: Decimal) -> tuple[str, ...]:
    """The spellings that differ from ours in one thing only: what a table of examples lists beside it."""
    return tuple(change(capitals(value)) for change in _freedoms(value))


def _freedoms(value: Decimal) -> tuple[Callable[[str], str], ...]:
    """What the bank rules leave open: a 零 after 元 when the yuan figure is 0 and there is 角; a 零 after 万 when the
    万 figure is 0 and the 仟 figure is not; a 整 after 角; nought without its 整."""
    yuan, rest = int(value), int(value * 100) % 100
    free: list[Callable[[str], str]] = []
    if yuan and yuan % 10 == 0 and rest >= 10:
        free.append(lambda words: words.replace("元", "元零"))
    if yuan // 10_000 % 10_000 and yuan // 10_000 % 10 == 0 and yuan % 10_000 >= 1000:
        free.append(lambda words: "万零".join(words.rsplit("万", 1)))
    if rest >= 10 and rest % 10 == 0:
        free.append(lambda words: words + "整")
    if value == 0:
        free.append(lambda words: words.removesuffix("整"))
    return tuple(free)


def read_capitals(text: str) -> Decimal | Wrong:
    """A sum written in capitals, by any lawful spelling; 圆 and 正 are read as 元 and 整."""
    if len(text) > LONGEST * 2:
        return Wrong("law.money_not_a_number")
    words = "".join(unicodedata.normalize("NFKC", text).split()).removeprefix("人民币")
    words = words.replace("圆", "元").replace("正", "整")
    if not words:
        return Wrong("law.money_missing")
    found = _CAPITALS.match(words)
    if found is None:
        return Wrong("law.money_not_a_number")
    value = Decimal(_read_whole(found["yuan"] or "")) + Decimal(_figure(found["jiao"])) / 10
    value = (value + Decimal(_figure(found["fen"])) / 100).quantize(FEN)
    if value > LARGEST or words not in spellings(value):
        return Wrong("law.money_not_a_number")
    return value


def written_out(value: Decimal) -> str:
    """As a document prints it: `人民币壹拾万元整（¥100,000.00）`."""
    return f"人民币{capitals(value)}（¥{format_money(value)}）"


def _whole(yuan: int) -> str:
    sections = [yuan % 10_000, yuan // 10_000 % 10_000, yuan // 100_000_000]
    words = ""
    for power in (2, 1, 0):
        section = sections[power]
        if not section:
            continue
        if words and (section < 1000 or not sections[power + 1]):
            words += "零"
        words += _section(section) + _SECTIONS[power]
    return words


def _section(section: int) -> str:
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = section // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return words


def _figure(word: str | None) -> int:
    return _DIGITS.index(word) if word else 0


def _read_whole(words: str) -> int:
    """A slack reader: whatever comes out is checked by spelling it again."""
    total, section, digit = 0, 0, 0
    for c in words:
        if c in _DIGITS:
            digit = _DIGITS.index(c)
        elif c in _PLACES:
            section, digit = section + digit * 10 ** _PLACES.index(c), 0
        else:
            total, section, digit = total + (section + digit) * 10 ** (4 * _SECTIONS.index(c)), 0, 0
    return total + section + digit
