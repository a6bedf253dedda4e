"""Which font draws which character."""

from __future__ import annotations

import pytest

import resources
from kiosk.documents.font_runs import Face, Fonts, Run, machine_fonts

SHIPPED_ONLY = Fonts()


def test_common_text_is_one_run_of_the_body_font():
    assert SHIPPED_ONLY.runs("张三䶮 (𬭊𫍯𬱖𪨶) 12") == (Run(Face.BODY, "张三䶮 (𬭊𫍯𬱖𪨶) 12"),)


def test_a_name_beyond_the_body_font_comes_from_the_machines_fonts():
    if len(machine_fonts().rare) < 2:
        pytest.skip("fonts-hanazono is not on this machine")
    assert machine_fonts().runs("欧阳𡝐𠇾𬎆") == (
        Run(Face.BODY, "欧阳"),
        Run("HanaMinB", "𡝐"),
        Run("HanaMinA", "𠇾"),
        Run("HanaMinB", "𬎆"),
    )


def test_a_character_in_no_font_keeps_its_code_point_and_shows_its_number():
    assert SHIPPED_ONLY.runs("王𬎆小") == (
        Run(Face.BODY, "王"),
        Run(Face.BODY, "𬎆(U+2C386)", stands_for="𬎆"),
        Run(Face.BODY, "小"),
    )


def test_a_bad_font_on_the_machine_keeps_nobody_from_filing(tmp_path):
    damaged = tmp_path / "Damaged.ttf"
    damaged.write_bytes(b"\x00\x01\x00\x00 not a font")
    fonts = Fonts((damaged, tmp_path / "Missing.ttf"))
    assert fonts.runs("王𬎆") == SHIPPED_ONLY.runs("王𬎆")
    assert fonts.unusable() == fonts.rare


def test_the_width_of_a_text_is_that_of_its_runs():
    assert SHIPPED_ONLY.width("年月日", 10) == 30
    assert SHIPPED_ONLY.width("𬎆", 10) == pytest.approx(10 + SHIPPED_ONLY.width("(U+2C386)", 10))


def test_every_character_of_the_shipped_layouts_is_in_the_shipped_fonts():
    for path in resources.folder("packs").glob("*.paper.yaml"):
        text = "".join(path.read_text(encoding="utf-8").split())
        drawn = "".join(run.text for run in SHIPPED_ONLY.runs(text))
        assert drawn == text, path.name
