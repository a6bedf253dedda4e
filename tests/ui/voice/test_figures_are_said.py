"""Numbers, sums, dates and figures to dial: what is said reads back to the value."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from resources import folder
from ui.voice.figures import (
    DIALLED,
    DIGITS,
    ENGLISH_WORDS,
    MONTHS,
    MOST,
    Manner,
    spoken_date,
    spoken_digits,
    spoken_number,
    spoken_sum,
)

SEED = 20261124
UNITS = {"十": 10, "百": 100, "千": 1000}
ONES = {word: number for number, word in enumerate(ENGLISH_WORDS[:20])}
TENS = {word: 10 * (number + 2) for number, word in enumerate(ENGLISH_WORDS[20:28])}
LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}


def heard_chinese(words: tuple[str, ...]) -> int:
    """The number a Mandarin speaker hears, worked out from the words alone."""
    whole = group = digit = 0
    for word in words:
        if word in ("万", "亿"):
            unit = 10**4 if word == "万" else 10**8
            group += digit
            whole = (whole + group) * unit if word == "亿" else whole + group * unit
            group = digit = 0
        elif word in UNITS:
            group += (digit or 1) * UNITS[word]
            digit = 0
        else:
            digit = 2 if word == "两" else DIGITS.index(word)
    return whole + group + digit


def heard_english(words: tuple[str, ...]) -> int:
    whole = group = 0
    for word in words:
        if word in LARGE:
            whole += group * LARGE[word]
            group = 0
        elif word == "hundred":
            group *= 100
        else:
            group += ONES.get(word, TENS.get(word, 0))
    return whole + group


def heard_number(words: tuple[str, ...], manner: Manner) -> Decimal:
    point, minus = ("点", "负") if manner is Manner.CHINESE else ("point", "minus")
    negative = words[:1] == (minus,)
    words = words[negative:]
    at = words.index(point) if point in words else len(words)
    whole = heard_chinese(words[:at]) if manner is Manner.CHINESE else heard_english(words[:at])
    names = list(DIGITS) if manner is Manner.CHINESE else list(ONES)
    rest = "".join(str(names.index(word)) for word in words[at + 1 :])
    value = Decimal(f"{whole}.{rest}" if rest else whole)
    return -value if negative else value


def heard_sum(words: tuple[str, ...], manner: Manner) -> Decimal:
    if manner is not Manner.CHINESE:
        at = words.index("yuan") if "yuan" in words else -1
        yuan = heard_english(words[:at]) if at >= 0 else 0
        return yuan + Decimal(heard_english(tuple(w for w in words[at + 1 :] if w != "fen"))) / 100
    text = list(words)
    value = Decimal(0)
    for unit, worth in (("元", Decimal(1)), ("角", Decimal("0.1")), ("分", Decimal("0.01"))):
        if unit in text:
            at = text.index(unit)
            value += heard_chinese(tuple(text[:at])) * worth
            text = text[at + 1 :]
    return value


@pytest.mark.parametrize("manner", Manner)
def test_two_thousand_numbers_are_heard_as_they_are(manner: Manner):
    chance = random.Random(SEED)
    for _ in range(2000):
        value = Decimal(chance.randrange(10 ** chance.randint(1, 12)))
        if chance.random() < 0.3:
            value = (value % 10**9) + Decimal(chance.randrange(1, 10_000)) / 10_000
        value = value if chance.random() < 0.9 else -value
        words = spoken_number(value, manner)
        assert heard_number(words, manner) == value, (value, words)


@pytest.mark.parametrize("manner", Manner)
def test_two_thousand_sums_are_heard_as_they_are(manner: Manner):
    chance = random.Random(SEED)
    for _ in range(2000):
        value = Decimal(chance.randrange(10 ** chance.randint(1, 13))) / 100
        words = spoken_sum(value, manner)
        assert heard_sum(words, manner) == value, (value, words)


@pytest.mark.parametrize("manner", Manner)
def test_two_thousand_dates_are_heard_as_they_are(manner: Manner):
    chance = random.Random(SEED)
    for _ in range(2000):
        year, month, day = chance.randint(1900, 2099), chance.randint(1, 12), chance.randint(1, 28)
        words = spoken_date(f"{year}-{month:02d}-{day:02d}", manner)
        if manner is Manner.CHINESE:
            assert "".join(str(DIGITS.index(word)) for word in words[:4]) == str(year)
            assert heard_chinese(words[words.index("年") + 1 : words.index("月")]) == month
            assert heard_chinese(words[words.index("月") + 1 : words.index("日")]) == day
        else:
            assert MONTHS.index(words[0]) + 1 == month
            assert heard_english(words[1:-4]) == day
            assert "".join(str(ONES[word]) for word in words[-4:]) == str(year)


@pytest.mark.parametrize("manner", Manner)
def test_two_thousand_numbers_on_cards_are_heard_figure_by_figure(manner: Manner):
    chance = random.Random(SEED)
    names = list(DIALLED) if manner is Manner.CHINESE else list(ONES)
    for _ in range(2000):
        text = "".join(chance.choice("0123456789") for _ in range(17)) + chance.choice("0123456789X")
        words = spoken_digits(text, manner)
        assert "".join(word if word == "X" else str(names.index(word)) for word in words) == text


def test_numbers_sound_as_people_say_them():
    said = {
        0: "零", 10: "十", 15: "十五", 20: "二十", 101: "一百零一", 110: "一百一十", 2222: "两千两百二十二",
        10_050: "一万零五十", 200_000: "二十万", 20_002_000: "两千万两千", 100_000_000: "一亿",
    }  # fmt: skip
    assert {value: "".join(spoken_number(value, Manner.CHINESE)) for value in said} == said
    assert "".join(spoken_sum(Decimal("50000"), Manner.CHINESE)) == "五万元整"
    assert "".join(spoken_sum(Decimal("12.05"), Manner.CHINESE)) == "十二元零五分"
    assert " ".join(spoken_sum(Decimal("12.05"), Manner.ENGLISH)) == "twelve yuan five fen"
    assert "".join(spoken_digits("12368", Manner.CHINESE)) == "幺二三六八"


def test_what_is_no_date_and_what_is_too_much_is_not_guessed():
    assert spoken_date("2026-13-01", Manner.CHINESE) == ()
    assert spoken_date("明天", Manner.CHINESE) == ()
    assert len(spoken_number(MOST, Manner.CHINESE)) == len(str(MOST))


def test_every_word_of_a_figure_is_among_those_that_have_clips():
    known = set((folder("voice") / "en" / "words.txt").read_text("utf-8").split())
    assert set(ENGLISH_WORDS) <= known
