"""The toned syllables of Mandarin, and which one each character is read by when it stands alone. A build tool.

`syllables.txt`: a syllable, its characters. `known_words.txt`: surnames, districts and causes of action whose characters are
read otherwise than alone (长春 chang2 chun1). `characters.txt`: a word to know a character by when it is only heard. Readings come from pypinyin; the standard characters are the 8,105.
"""

from __future__ import annotations

import json
import logging
import tomllib
from functools import lru_cache
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from resources import folder

_HERE = Path(__file__).resolve().parent
_PLAIN = "零一二三四五六七八九十百千万亿两幺点元角分整年月日号第位个负"


@lru_cache(maxsize=1)
def readings() -> dict[str, str]:
    """Each character's toned syllable."""
    with (_HERE / "zh" / "readings.toml").open("rb") as file:
        alone: dict[str, str] = tomllib.load(file)["alone"]
    text = (folder("pinyin") / "standard_characters.txt").read_text(encoding="utf-8")
    characters = sorted(
        {sign for line in text.splitlines() if not line.startswith("#") for sign in line if sign > "㐀"}
    )
    found = {sign: alone.get(sign) or _reading(sign) for sign in [*_PLAIN, *characters]}
    return {sign: toned for sign, toned in found.items() if toned}


def _reading(sign: str) -> str:
    toned = lazy_pinyin(sign, style=Style.TONE3, neutral_tone_with_five=True)[0].replace("ü", "v")
    return toned if toned.isascii() and toned[-1:].isdigit() else ""


def all_syllables() -> list[str]:
    """Every syllable a clip is made of; those of figures and sums first."""
    return list(dict.fromkeys(readings().values()))


def words_read_otherwise() -> dict[str, str]:
    """Known words whose reading is not that of their characters one by one."""
    with (_HERE / "zh" / "readings.toml").open("rb") as file:
        table = tomllib.load(file)
    found: dict[str, str] = dict(table["surnames"])
    regions = json.loads((folder("tables") / "regions.json").read_text(encoding="utf-8"))
    causes = json.loads((folder("tables") / "causes.json").read_text(encoding="utf-8"))
    names = {name for name in [*_names(regions), *_names(causes)] if len(name) > 1}
    for name in sorted(names):
        signs = [sign for sign in name if sign in readings()]
        said = lazy_pinyin("".join(signs), style=Style.TONE3, neutral_tone_with_five=True)
        said = (
            [_mended(sign, toned) for sign, toned in zip(signs, said, strict=True)] if len(said) == len(signs) else []
        )
        if said != [readings()[sign] for sign in signs] and len(said) == len(name):
            found[name] = " ".join(said)
    found.update(table["districts"])
    return found


def _mended(sign: str, toned: str) -> str:
    """都 in the name of a place is du1, whatever a dictionary says, and no syllable of a name is light."""
    if sign == "都" or toned.endswith("5"):
        return readings()[sign]
    return toned.replace("ü", "v")


def _names(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if all("\u4e00" <= sign <= "\u9fff" for sign in value) else []
    if isinstance(value, dict):
        return [name for inner in value.values() for name in _names(inner)]
    if isinstance(value, list):
        return [name for inner in value for name in _names(inner)]
    return []


def explaining_words() -> dict[str, str]:
    """The commonest word of two characters that holds a character, read as it is alone: 张 of 紧张. For the ear."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    known = readings()
    found: dict[str, tuple[int, str]] = {}
    for word, count in jieba.dt.FREQ.items():
        if len(word) != 2 or word[0] == word[1] or not all(sign in known for sign in word):
            continue
        said = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True)
        for sign, toned in zip(word, said, strict=True):
            if toned == known[sign] and count > found.get(sign, (0, ""))[0]:
                found[sign] = (count, word)
    return {sign: found[sign][1] for sign in known if sign in found}


def write_syllables(home: Path) -> None:
    by_syllable: dict[str, list[str]] = {}
    for sign, toned in readings().items():
        by_syllable.setdefault(toned, []).append(sign)
    lines = (f"{toned}\t{''.join(signs)}\n" for toned, signs in sorted(by_syllable.items()))
    (home / "syllables.txt").write_text("".join(lines), encoding="utf-8")
    explained = (f"{sign}\t{word}\n" for sign, word in explaining_words().items())
    (home / "characters.txt").write_text("".join(explained), encoding="utf-8")
    words = (f"{word}\t{said}\n" for word, said in words_read_otherwise().items())
    (home / "known_words.txt").write_text("".join(words), encoding="utf-8")
