"""A card read from a picture: right number or no card, nothing corrected, and gone with its process."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from kiosk.idcards.card import CardFields, CardKind, as_answers
from kiosk.idcards.picture_reader import LONGEST_LINE, Line, believed, card_in, card_of, is_offered
from kiosk.pictures.made_up import Shot, jpeg_of, photograph
from resources import folder

NUMBER = "11010519491231002X"
CARD = CardFields(
    CardKind.RESIDENT, "卡纳里甲", "1", NUMBER, "1949-12-31", nation="01", address="某市某区示例路1号2单元303室"
)


def line(text: str, left: float, top: float, right: float, score: float = 0.95) -> Line:
    return Line(text, score, left, top, right, top + 30)


READ = (
    line("姓名", 29, 45, 73),
    line("卡纳里甲", 109, 45, 224),
    line("性别男", 27, 101, 142),
    line("民族汉", 214, 102, 314),
    line("出生", 30, 163, 77),
    line("1949年12月31日", 108, 162, 333),
    line("住址", 30, 221, 76),
    line("某市某区示例路1号", 112, 221, 309),
    line("2单元303室", 110, 257, 235),
    line("公民身份号码", 31, 391, 149),
    line(NUMBER, 219, 392, 517),
)


def changed(at: int, text: str) -> tuple[Line, ...]:
    return tuple(replace(one, text=text) if n == at else one for n, one in enumerate(READ))


def test_lines_of_a_card_are_its_fields_in_any_order():
    assert card_of(READ) == CARD
    assert card_of(READ[::-1]) == CARD


@pytest.mark.parametrize("number", ["110105194912310021", "11010519491231002", "1101051949123100", ""])
def test_a_number_that_is_short_or_does_not_add_up_is_no_card(number: str):
    assert card_of(changed(10, number)) is None


def test_two_numbers_or_no_name_are_no_card():
    assert card_of((*READ, line("110105199003070011", 219, 430, 517))) is None
    assert card_of(changed(1, "??")) is None
    assert card_of(READ[2:]) is None


def test_a_line_nobody_is_sure_of_does_not_count():
    assert card_of(tuple(replace(one, score=0.3) for one in READ)) is None


def test_what_cannot_be_read_is_left_empty_and_never_guessed():
    blurred = card_of(tuple(one for one in READ if one.text not in ("民族汉", "2单元303室", "1949年12月31日")))
    assert blurred is not None
    assert (blurred.nation, blurred.birth, blurred.address) == ("", "", "某市某区示例路1号")
    assert "ethnicity" not in as_answers(blurred)


def test_nothing_of_it_is_in_a_repr():
    assert all(word not in repr((READ, card_of(READ))) for word in ("卡纳", NUMBER, "示例路"))


@given(st.binary(max_size=400))
def test_any_reply_of_a_child_is_lines_or_nothing(reply: bytes):
    assert isinstance(believed(reply), tuple)


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=6)))
def test_any_json_of_a_child_is_lines_or_nothing(reply: object):
    for one in believed(json.dumps(reply).encode()):
        assert len(one.text) <= LONGEST_LINE


def drawn_card() -> Image.Image:
    """The front of a made-up card, in the shipped font."""
    from PIL import ImageFont

    def font(size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(folder("fonts") / "NotoSansSC_400Regular.ttf"), size)

    card = Image.new("RGB", (1012, 638), (222, 230, 238))
    draw = ImageDraw.Draw(card)
    for x, y, words, size in (
        *((50, 60, "姓名", 28), (170, 56, "卡纳里甲", 40), (50, 140, "性别", 28), (170, 136, "男", 34)),
        *((330, 140, "民族", 28), (430, 136, "汉", 34), (50, 220, "出生", 28), (170, 216, "1949", 34)),
        *((270, 222, "年", 26), (320, 216, "12", 34), (370, 222, "月", 26), (420, 216, "31", 34), (470, 222, "日", 26)),
        *((50, 300, "住址", 28), (170, 296, "某市某区示例路1号", 34), (170, 346, "2单元303室", 34)),
        *((50, 530, "公民身份号码", 28), (330, 522, NUMBER, 44)),
    ):
        draw.text((x, y), words, fill=(20, 20, 20), font=font(size))
    draw.rectangle((720, 90, 950, 400), fill=(170, 180, 190))
    return card


SHOT = Shot(tilt_degrees=4, blur=1.0, noise=6, fill=0.36, size=(1600, 1200))


@pytest.mark.parametrize(
    "words",
    [
        "import sys; sys.exit(1)",
        "print('nonsense')",
        "print('[[1, 2, 3]]')",
        "import os; os.abort()",
    ],
)
def test_a_child_that_fails_is_no_card(words: str):
    picture = jpeg_of(photograph(drawn_card(), SHOT))
    assert card_in(picture, lambda: [sys.executable, "-I", "-c", words]) is None


def test_without_the_extra_the_way_is_not_offered():
    there = all(importlib.util.find_spec(name) is not None for name in ("cv2", "rapidocr"))
    assert is_offered() is there


def test_a_tilted_blurred_and_noisy_card_is_read_in_a_process_that_ends():
    for name in ("cv2", "rapidocr", "pyclipper", "shapely", "omegaconf"):
        pytest.importorskip(name, reason="the extra `ocr` (rapidocr, OpenCV) is not installed")
    assert card_in(jpeg_of(photograph(drawn_card(), SHOT))) == CARD
