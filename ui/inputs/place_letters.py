"""The letter a place's name begins with when it is said: 重庆市 is under C. Read once, from `resources/pinyin`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import resources
from resources.pinyin import PLACE_LETTERS


@cache
def place_letters() -> Mapping[str, str]:
    """Name → letter; of a kiosk without the file none, and places are then only turned through."""
    path = resources.folder("pinyin") / PLACE_LETTERS
    if not path.is_file():
        return {}
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {name: letter for letter, names in lines for name in names.split(" ")}
