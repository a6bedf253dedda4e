"""Builds `pinyin.sqlite`, the read-only word file of the 拼音 tab: `python -m resources.pinyin.build` (some 11 s).

General words come from jieba with readings from pypinyin; ours are the legal words, the official words of every shipped
form, the districts, the surnames with readings of their own and names told by their parts. jieba and pypinyin are needed here only, never in a lobby.

    e(k, f, w, i)   syllables joined by ' (ü is v), frequency as a negative number, word, initials
    s(k, r, w)      surnames: syllables, rank, surname
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, product
from pathlib import Path
from typing import Any

import click
import pypinyin

import resources
from resources.pinyin import FILE, FORMAT

LEAST_FREQUENCY = 3
LONGEST_WORD = 6
LEVELS = ((3500, 60), (6500, 8), (8105, 2))  # standard characters up to this place weigh this much more
SCALE = 60  # frequencies are whole numbers of sixtieths, so that a rare reading can have a small share
LEAST_SHARE = 1 / 60  # of a character's weight, for a reading that no word of the list has
LEGAL = 1_000_000_000
FORM = LEGAL - 100_000
MOST_READINGS = 12  # of one word of a form
HINT = 1_000_000 * SCALE
REGION = 2_000 * SCALE
UNUSUAL = {"嗯": ["en"]}  # the table has only readings without a vowel

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_SYLLABLE = re.compile("[a-z]+")
_NO_SYLLABLES = frozenset(("n", "ng", "m", "hm", "hng"))

Entry = tuple[str, int, str]  # syllables, frequency, word


def build(into: Path) -> int:
    """Write the file; returns how many entries it has. A half-written one never takes its place."""
    folder = resources.folder("pinyin")
    entries: dict[tuple[str, str], int] = {}
    general = list(general_words())
    for key, frequency, word in (
        *general,
        *single_characters(folder / "standard_characters.txt", general),
        *region_words(resources.folder("tables") / "regions.json"),
        *legal_words(folder / "legal_words.tsv"),
        *form_words(resources.folder("packs")),
        *hints(folder / "hints.tsv"),
    ):
        entries[key, word] = max(frequency, entries.get((key, word), 0))
    surnames = [(key, rank, word) for rank, (word, key) in enumerate(_table(folder / "surnames.tsv"))]
    unfinished = into.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    connection = sqlite3.connect(unfinished)
    connection.executescript(
        f"""
        PRAGMA journal_mode = OFF;
        PRAGMA user_version = {FORMAT};
        CREATE TABLE e (k TEXT, f INTEGER, w TEXT, i TEXT, PRIMARY KEY (k, f, w)) WITHOUT ROWID;
        CREATE TABLE s (k TEXT, r INTEGER, w TEXT, PRIMARY KEY (k, r)) WITHOUT ROWID;
        """
    )
    rows = sorted((key, -frequency, word, initials(key)) for (key, word), frequency in entries.items())
    connection.executemany("INSERT INTO e VALUES (?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO s VALUES (?, ?, ?)", sorted(surnames))
    connection.execute("CREATE INDEX e_initials ON e (i, f)")
    connection.commit()
    connection.close()
    os.replace(unfinished, into)
    return len(rows)


def initials(key: str) -> str:
    return "".join(syllable[0] for syllable in key.split("'"))


def general_words() -> Iterator[Entry]:
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed: pip install jieba pypinyin")
    with (Path(spec.origin).parent / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, *_ = line.split(" ")
            if int(frequency) >= LEAST_FREQUENCY and 2 <= len(word) <= LONGEST_WORD and _HAN.fullmatch(word):
                yield from _entry(word, int(frequency) * SCALE)


def single_characters(standard: Path, words: list[Entry]) -> Iterator[Entry]:
    """Every standard character under each of its readings, then the rest of the basic block at the very end.

    A character's weight is shared among its readings as the words of the list use them.
    """
    lines = standard.read_text(encoding="utf-8").splitlines()
    characters = "".join(line for line in lines if not line.startswith("#"))
    frequencies = _single_frequencies()
    uses: Counter[tuple[str, str]] = Counter()
    for key, frequency, word in words:
        for character, syllable in zip(word, key.split("'"), strict=True):
            uses[character, syllable] += frequency
    for place, character in enumerate(characters, start=1):
        weight = frequencies.get(character, 0) + next(weight for last, weight in LEVELS if place <= last)
        readings = _readings(character)
        used = sum(uses[character, syllable] for syllable in readings)
        for number, syllable in enumerate(readings):
            share = uses[character, syllable] / used if used else float(number == 0)
            yield syllable, max(1, round(weight * SCALE * max(share, LEAST_SHARE))), character
    for point in range(0x4E00, 0x9FFF):
        if chr(point) not in characters:
            for syllable in _readings(chr(point))[:1]:
                yield syllable, 1, chr(point)


def region_words(path: Path) -> Iterator[Entry]:
    for row in json.loads(path.read_text(encoding="utf-8"))["rows"]:
        if _HAN.fullmatch(row["zh"]):
            for key, frequency, word in _entry(row["zh"], REGION):
                yield key, frequency, word
                if len(word) > 2:  # 朝阳 as well as 朝阳区, read as the place is
                    yield key.rpartition("'")[0], frequency, word[:-1]


def legal_words(path: Path) -> Iterator[Entry]:
    """Each on top of its key, in the order of the file where several share one."""
    for place, (word, key) in enumerate(_table(path)):
        yield key, LEGAL - place, word


def form_words(folder: Path) -> Iterator[Entry]:
    """What the papers of our forms call things: labels, titles, materials. Behind the legal words of the same key."""
    said: set[str] = set()
    for path in sorted(folder.glob("*.json")):
        pack = json.loads(path.read_text(encoding="utf-8"))
        named = [pack["title"], *(material["label"] for material in pack.get("materials", ())), *_papers(pack["form"])]
        said.update(word for words in named for word in _HAN.findall(words.get("zh", "")))
    for word in sorted(said):
        if 2 <= len(word) <= LONGEST_WORD:
            yield from _entry(word, FORM)
            # 支行, 已还: whoever reads a character otherwise than the table does finds the word too
            for syllables in islice(product(*map(_readings, word)), MOST_READINGS):
                yield "'".join(syllables), FORM - 1, word


def _papers(items: Iterable[Any]) -> Iterator[dict[str, str]]:
    for item in items:
        if isinstance(item.get("paper"), dict):
            yield item["paper"]
        yield from _papers(item.get("items", ()))


def hints(path: Path) -> Iterator[Entry]:
    for _, key, character in _table(path):
        yield key, HINT, character


def _table(path: Path) -> Iterable[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _entry(word: str, frequency: int) -> Iterator[Entry]:
    syllables = pypinyin.lazy_pinyin(word, v_to_u=False)
    if len(syllables) == len(word) and all(_is_syllable(syllable) for syllable in syllables):
        yield "'".join(syllables), frequency, word


def _readings(character: str) -> list[str]:
    [found] = pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True, v_to_u=False)
    return [syllable for syllable in found if _is_syllable(syllable)] or UNUSUAL.get(character, [])


def _is_syllable(syllable: str) -> bool:
    return _SYLLABLE.fullmatch(syllable) is not None and syllable not in _NO_SYLLABLES


def _single_frequencies() -> dict[str, int]:
    spec = importlib.util.find_spec("jieba")
    assert spec is not None
    assert spec.origin is not None
    with (Path(spec.origin).parent / "dict.txt").open(encoding="utf-8") as lines:
        parts = (line.split(" ") for line in lines)
        return {word: int(frequency) for word, frequency, *_ in parts if len(word) == 1}


def main() -> int:
    into = resources.folder("pinyin") / FILE
    count = build(into)
    click.echo(f"{FILE}: {count} words, {into.stat().st_size // 1_000_000} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
