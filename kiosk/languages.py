"""The languages a kiosk speaks: a folder each in `resources/wording`, with a `language.toml` in it.

A language is added by adding files: its folder, in it `language.toml` and its sentences under the keys of the
shared files, and the fonts it names in `resources/fonts`. Nothing in the program names it. Two languages are named
here because of what they are for, not because of who speaks them.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from kiosk.errors import KioskTrouble

COURT_LANGUAGE = "zh"  # of what the court is handed (Civil Procedure Law, article 11), and of a kiosk nobody has set
OPERATOR_LANGUAGE = "en"  # of what is printed in a terminal beside the court's
FILE = "language.toml"
DIRECTIONS = {"left to right": False, "right to left": True}


class Language(NamedTuple):
    code: str
    name: str  # as its own speakers call it
    short: str  # on the button that turns to it
    choose: str  # the title of the page where a language is chosen
    place: int = 99  # among the others
    second: str = ""  # what small sizes show beside it; "" : the first other one
    direction: str = "left to right"
    fonts: tuple[str, ...] = ()  # files in resources/fonts for letters the shipped ones lack

    @property
    def right_to_left(self) -> bool:
        return DIRECTIONS[self.direction]


def read_languages(folder: Path) -> tuple[Language, ...]:
    """Every language of the wording folder, in the order in which they are offered."""
    found = [_read(path) for path in sorted(folder.glob(f"*/{FILE}"))]
    codes = {one.code for one in found}
    for one in found:
        if one.second == one.code or (one.second and one.second not in codes):
            raise KioskTrouble("wording.language", file=f"{one.code}/{FILE}", reason="second")
    return tuple(sorted(found, key=lambda one: (one.place, one.code)))


def _read(path: Path) -> Language:
    file, code = f"{path.parent.name}/{FILE}", path.parent.name
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KioskTrouble("wording.language", file=file, reason="TOML") from error
    known = dict.fromkeys(("name", "short", "choose", "second", "direction"), str) | {"place": int, "fonts": list}
    for name, value in table.items():
        if name not in known or type(value) is not known[name]:
            raise KioskTrouble("wording.language", file=file, reason=name)
    for name in ("name", "short", "choose"):
        if not table.get(name):
            raise KioskTrouble("wording.language", file=file, reason=name)
    if table.get("direction", "left to right") not in DIRECTIONS:
        raise KioskTrouble("wording.language", file=file, reason="direction")
    fonts = tuple(table.pop("fonts", ()))
    if not all(isinstance(font, str) and font == Path(font).name for font in fonts):
        raise KioskTrouble("wording.language", file=file, reason="fonts")
    return Language(code=code, fonts=fonts, **table)
