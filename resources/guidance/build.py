"""Builds what the kiosk reads of guidance: `python -m resources.guidance.build` (a second).

The TOML files here are what people write: topics with their everyday words, the groups of words that mean the same,
gates, fees, deadlines, the green channels. `book.json` is all of them in one file that loads fast. `sounds.json`
holds the syllable of each common character, so that a wrong character of the right sound is still understood; it is
taken from pypinyin, which is needed here only.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

import resources
from resources.guidance import FILE, SOUNDS

SOURCE = (
    "the topics, gates, deadlines and fees are told from the law named beside each; causes: 民事案件案由规定, "
    "法〔2025〕227号, in force 2026-01-01; everyday words are ours"
)
CONFIDENCE = "each entry says its own; the texts of the law named were read, wording and everyday words are ours"
COMMON_CHARACTERS = 3500
WORD_LISTS = ("strong", "usual", "faint", "against")
FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"))  # said alike in half the country


def book(folder: Path) -> dict[str, Any]:
    """Everything in one value: word lists split, phrases one a line, causes taken from the table of the law."""
    causes = json.loads((resources.folder("tables") / "causes.json").read_text(encoding="utf-8"))["rows"]
    codes = [row["code"] for row in causes if row["level"] >= 3]
    places = _toml(folder / "places.toml")
    slips = _toml(folder / "slips.toml")
    return {
        "source": SOURCE,
        "confidence": CONFIDENCE,
        "topics": [_topic(name, one, codes) for name, one in _topics(folder)],
        "groups": {name: words.split() for name, words in _toml(folder / "groups.toml").items()},
        "slips": slips["words"],
        "traditional": {pair[0]: pair[1] for pair in slips["traditional"]["pairs"].split()},
        **places,
        **_toml(folder / "channels.toml"),
        **_toml(folder / "tree.toml"),
    }


def sounds(folder: Path) -> dict[str, str]:
    """Syllable → the characters read so, of the common ones and all that the lexicon uses."""
    import pypinyin

    common = (resources.folder("pinyin") / "standard_characters.txt").read_text(encoding="utf-8").split()
    wanted = set("".join(common)[:COMMON_CHARACTERS])
    for path in (*sorted((folder / "topics").glob("*.toml")), folder / "groups.toml"):
        wanted |= {one for one in path.read_text(encoding="utf-8") if "\u4e00" <= one <= "\u9fff"}
    heard: dict[str, list[str]] = {}
    for one in sorted(wanted):
        heard.setdefault(fold(pypinyin.lazy_pinyin(one)[0]), []).append(one)
    return {syllable: "".join(characters) for syllable, characters in sorted(heard.items())}


def fold(syllable: str) -> str:
    """One spelling for syllables that many people do not tell apart: zh and z, in and ing."""
    for long, short in FOLDS:
        if syllable.startswith(long):
            syllable = short + syllable.removeprefix(long)
    return syllable.removesuffix("g") if syllable.endswith(("ing", "eng")) else syllable


def _topics(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((folder / "topics").glob("*.toml")):
        yield from _toml(path).items()


def _topic(name: str, one: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    causes = list(one["causes"])
    for first, _, last in (span.partition("-") for span in one.get("ranges", ())):
        causes += [code for code in codes if "." not in code and first <= code <= last and code not in causes]
    return {
        "id": name,
        "causes": causes,
        **{key: one[key] for key in ("pack", "where", "fee", "deadline", "gates", "bring", "doors")},
        "alone": one.get("alone", False),
        "channels": one.get("channels", []),
        "title": {"zh": one["zh"], "en": one["en"]},
        "what": {"zh": one["what_zh"], "en": one["what_en"]},
        **{key: one.get(key, "").split() for key in WORD_LISTS},
        "together": [pair.split("+") for pair in one.get("together", ())],
        "phrases": [line.strip() for line in one["phrases"].splitlines() if line.strip()],
        "cause_words": {code: words.split() for code, words in one.get("cause_words", {}).items()},
    }


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=0, sort_keys=False) + "\n"


@click.command()
def main() -> None:
    """Write book.json and sounds.json beside the files they are made from."""
    folder = resources.folder("guidance")
    (folder / FILE).write_text(written(book(folder)), encoding="utf-8")
    (folder / SOUNDS).write_text(written(sounds(folder)), encoding="utf-8")
    click.echo(f"{folder / FILE}, {folder / SOUNDS}")


if __name__ == "__main__":
    main()
