"""Writes `place_letters.tsv`, by which the region page sorts places: `python -m resources.pinyin.place_letters`.

A line for each letter: the letter, then every place of the country whose name begins with its sound. Readings from pypinyin,
which knows 重庆 and 长沙; it is needed here only, never in a lobby.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import pypinyin

import resources
from resources.pinyin import PLACE_LETTERS


def letters_of(regions: Path) -> dict[str, str]:
    """Name → letter."""
    rows = json.loads(regions.read_text(encoding="utf-8"))["rows"]
    return {name: pypinyin.lazy_pinyin(name)[0][0].upper() for name in sorted({row["zh"] for row in rows})}


def main() -> int:
    by_letter: dict[str, list[str]] = defaultdict(list)
    for name, letter in letters_of(resources.folder("tables") / "regions.json").items():
        by_letter[letter].append(name)
    lines = [f"{letter}\t{' '.join(names)}" for letter, names in sorted(by_letter.items())]
    path = resources.folder("pinyin") / PLACE_LETTERS
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
