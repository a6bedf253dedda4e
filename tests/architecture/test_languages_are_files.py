"""No screen and no step of a visit names a language: a language is added by adding files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kiosk.languages import read_languages
from resources import folder

ROOMS = ("ui", "kiosk/visit")
NOT_THE_LOBBY = ("ui/samples", "ui/demo")  # made-up pages and persons are written in the two shipped languages
LETTERS_OF_PINYIN = "ui/inputs/syllables.py"  # zh and en begin and end syllables there


def sources(root: Path) -> list[Path]:
    found = [path for room in ROOMS for path in sorted((root / room).rglob("*.py"))]
    aside = (*NOT_THE_LOBBY, LETTERS_OF_PINYIN)
    return [path for path in found if not path.relative_to(root).as_posix().startswith(aside)]


@pytest.mark.parametrize("code", [one.code for one in read_languages(folder("wording"))])
def test_no_language_is_named_in_the_program(code: str, root: Path):
    named = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in sources(root)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value == code
    ]
    assert named == []
