"""What was said, brought into one spelling: full width, capitals, traditional characters, dialect words, English endings.

Nothing is kept of it. The cap is on what is read, not on what may be typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

MOST_CHARACTERS = 400
LONGEST_ENDING = 4
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_RUNS = re.compile(f"[{_HAN}]+|[a-z0-9+]+(?:'[a-z]+)?")
_IS_HAN = re.compile(f"[{_HAN}]")
_SHORT = {"won't": "will not", "can't": "can not", "cannot": "can not", "n't": " not"}  # in this order
_ENDINGS = ("ing", "ied", "ies", "ed", "es", "s", "e", "y")


class Heard(NamedTuple):
    """The words in one spelling: Han runs joined by blanks, and the English words without their endings."""

    han: str
    english: tuple[str, ...]
    spelled: tuple[str, ...]  # the same English words as they were typed


def hear(text: str, slips: Mapping[str, str], traditional: Mapping[str, str]) -> Heard:
    text = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).lower().replace("\u2019", "'")
    text = "".join(traditional.get(one, one) for one in text)
    for short, long in _SHORT.items():
        text = text.replace(short, long)
    han: list[str] = []
    english: list[str] = []
    for run in _RUNS.findall(re.sub(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])", "，", text)):
        (han if _IS_HAN.match(run) else english).append(run)
    joined = " ".join(han)
    for wrong, right in slips.items():
        joined = joined.replace(wrong, right)
    return Heard(joined, tuple(map(stem, english)), tuple(english))


def stem(word: str) -> str:
    """The word without its ending: crude, the same for what is listed and what is said."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def grams(heard: Heard) -> Iterator[str]:
    """Single characters and pairs of them, single English words and pairs of them."""
    for run in heard.han.split(" "):
        yield from run
        yield from (run[n : n + 2] for n in range(len(run) - 1))
    yield from heard.english
    yield from (f"{one} {two}" for one, two in zip(heard.english, heard.english[1:], strict=False))
