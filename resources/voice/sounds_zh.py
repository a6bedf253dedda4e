"""How Mandarin phrases sound, as phonemes of the speech model. Needed where clips are made, never in a lobby.

Figures are written out as people say them, letters by name, and words a dictionary reads wrongly are read as
`readings.toml` says. Phonemes come from misaki's first Mandarin rules, with which the model learned.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import jieba
from pypinyin import Style, lazy_pinyin

jieba.setLogLevel(logging.ERROR)

_HERE = Path(__file__).resolve().parent
_HAN = re.compile("[\u4e00-\u9fff]+")
_DIGITS = "零一二三四五六七八九"
_CALLED = "零幺二三四五六七八九"  # of telephone numbers
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
_YEAR = re.compile(r"(\d{4})(?=年)")
_DOCKET = re.compile(r"(?<=[（〔])(\d{4})(?=[）〕])")
_SIGNS = str.maketrans(
    {"　": "，", "/": "，", "〔": "", "〕": "", "-": " ", "·": "，", "‹": "", "›": "", "〓": "", "@": "", "%": ""}
)
_LETTER = re.compile("[A-Za-z]+")


@lru_cache(maxsize=1)
def _readings() -> dict[str, dict[str, str]]:
    with (_HERE / "zh" / "readings.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def _known_words() -> re.Pattern[str]:
    words = sorted(_readings()["words"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def written_out(text: str) -> str:
    """The same with its figures in characters: 12368 is a number to dial, 30 a number, 2025年 a year."""
    for figures, words in _readings()["figures"].items():
        text = text.replace(figures, words)
    text = re.sub(r"\s*(?<!\d)(123\d\d|110|120|119)(?!\d)\s*", lambda m: _by_digits(m[1], _CALLED), text)
    text = _YEAR.sub(lambda m: _by_digits(m[1], _DIGITS), text)
    text = _DOCKET.sub(lambda m: _by_digits(m[1], _DIGITS), text)
    return _NUMBER.sub(lambda m: _number(m[0]), text)


def _by_digits(figures: str, names: str) -> str:
    return "".join(names[int(figure)] for figure in figures)


def _number(figures: str) -> str:
    plain = figures.replace(",", "")
    if plain.endswith("%"):
        return "百分之" + _number(plain[:-1])
    whole, _, rest = plain.partition(".")
    if len(whole) > 4 and whole.startswith("0"):
        return _by_digits(whole, _DIGITS)
    import cn2an

    said = str(cn2an.an2cn(str(int(whole)), "low"))
    return said + ("点" + _by_digits(rest, _DIGITS) if rest else "")


def syllables(text: str) -> Iterator[str]:
    """The toned syllables of a run of characters, such as `jie4`, ready-made words first."""
    at = 0
    for match in _known_words().finditer(text):
        yield from _by_dictionary(text[at : match.start()])
        yield " " + " ".join(_readings()["words"][match[0]].split()) + " "
        at = match.end()
    yield from _by_dictionary(text[at:])


def _by_dictionary(text: str) -> Iterator[str]:
    for word in jieba.lcut(text):
        yield " ".join(lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True)) + " /"


def phonemes(text: str) -> str:
    """What the model is given for this phrase."""
    from misaki.zh import ZHG2P

    said = ZHG2P.map_punctuation(written_out(text).translate(_SIGNS))
    made, at = [], 0
    for match in _HAN.finditer(said):
        made += [_letters(said[at : match.start()]), _words(match[0])]
        at = match.end()
    made.append(_letters(said[at:]))
    return re.sub(r"\s+", " ", "".join(made)).strip()


def _words(run: str) -> str:
    words = "".join(syllables(run)).split("/")
    return " ".join(said for word in words if (said := "".join(map(syllable, word.split()))))


def syllable(toned: str) -> str:
    """The phonemes of one syllable such as `jie4`; 5 is the light tone."""
    from misaki.zh import ZHG2P

    return str(ZHG2P.py2ipa(toned)).replace(chr(815), "")


def _letters(text: str) -> str:
    names = _readings()["letters"]
    return _LETTER.sub(lambda m: " ".join(names[letter] for letter in m[0].upper()) + " ", text)
