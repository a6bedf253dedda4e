"""Which characters a ROM has, which are drawn, and what never reaches paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.slips.printable import GETA, printable
from printers.glyphs import shipped_glyphs
from printers.text import native
from printers.virtual.rom import needs, read

ROMS = {"gb2312": 1467, "gbk": 276, "gb18030-2": 252, "gb18030-4": 3}


@pytest.fixture(scope="module")
def standard_characters(root: Path) -> list[str]:
    """The 8105 characters of the 通用规范汉字表."""
    text = (root / "resources" / "pinyin" / "standard_characters.txt").read_text(encoding="utf-8")
    return [character for line in text.splitlines() if not line.startswith("#") for character in line]


@pytest.mark.parametrize(("rom", "drawn"), ROMS.items())
def test_every_standard_character_prints_natively_or_is_drawn(rom: str, drawn: int, standard_characters: list[str]):
    assert len(standard_characters) == 8105
    missing = [character for character in standard_characters if native(character, rom) is None]
    assert len(missing) == drawn
    for character in standard_characters:
        code = native(character, rom)
        assert code is None or (len(code) == needs(code[0], code[1], rom) and read(code, rom) == character)


def test_the_shipped_font_draws_every_standard_character(standard_characters: list[str]):
    glyphs = shipped_glyphs()
    assert [character for character in standard_characters if not glyphs.has(character)] == []


@pytest.mark.parametrize("rom", ROMS)
def test_the_dot_of_long_names_and_the_dash_are_native_on_every_rom(rom: str):
    assert native("·", rom) == b"\xa1\xa4"
    assert native("—", rom) == b"\xa1\xaa"
    assert read(b"\xa1\xa4", rom) == "·"


@pytest.mark.parametrize(
    ("character", "roms"),
    [
        ("立", ["gb2312", "gbk", "gb18030-2", "gb18030-4"]),
        ("镕", ["gbk", "gb18030-2", "gb18030-4"]),
        ("囍", ["gbk", "gb18030-2", "gb18030-4"]),
        ("䶮", ["gb18030-2", "gb18030-4"]),
        ("㛃", ["gb18030-4"]),
        ("𬎆", ["gb18030-4"]),
        ("\u9fb4", []),
        ("\ue81e", []),
        ("\ufe10", []),
    ],
)
def test_each_rom_has_what_its_encoding_has_and_nothing_unstable(character: str, roms: list[str]):
    assert [rom for rom in ROMS if native(character, rom) is not None] == roms


@given(st.characters(), st.sampled_from(list(ROMS)))
def test_a_native_code_is_read_back_as_the_same_character(character: str, rom: str):
    code = native(character, rom)
    if code is not None and len(code) > 1:
        assert read(code, rom) == character


@given(st.text(max_size=300))
def test_the_gate_lets_nothing_through_that_is_not_ink(text: str):
    import unicodedata

    shown = printable(text)
    assert printable(shown) == shown
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("¥100•买・卖", "￥100·买·卖"),
        ("a\x1b@b\x1dV\x00c", "a@bVc"),
        ("\u202e倒\u2066写", "倒写"),
        ("王\ue123", "王" + GETA),
        ("行\n行\t列", "行 行 列"),
        ("①½Ⅳ", "①½Ⅳ"),
        ("e\u0301", "é"),
        ("葛\U000e0100", "葛"),
    ],
)
def test_the_gate_by_example(typed: str, shown: str):
    assert printable(typed) == shown


def test_a_character_no_font_has_becomes_a_box_with_its_code_point():
    glyphs = shipped_glyphs()
    assert not glyphs.has("\U0010fffd")
    assert glyphs.columns("\U0010fffd") != glyphs.columns("\U0010fffc")
    assert len(glyphs.columns("\U0010fffd")) == 72


def test_what_passed_the_gate_passes_it_unchanged():
    cleaned = printable("a\x1b\x7f\u030c\x00立")
    assert cleaned == "ǎ立"
    assert printable(cleaned) == cleaned
