"""A name stays as the card has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.law.masks import mask_address, mask_mail, mask_name
from kiosk.law.names import normalise
from kiosk.law.regions import address_text
from kiosk.law.verdict import Normalised, Wrong


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("王䶮", "王䶮"),
        ("李𬭛", "李𬭛"),
        ("张 三", "张三"),
        ("张　三", "张三"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提 ． 艾力", "买买提·艾力"),
        ("\ue81e三", "\u9fb4三"),
        ("⼈民", "人民"),
        ("Zhang  San", "Zhang San"),
        ("Anna-Maria O'Neil Jr.", "Anna-Maria O'Neil Jr."),
    ],
)
def test_a_name_is_kept_with_its_rare_characters(written: str, kept: str):
    assert normalise(written) == Normalised(kept)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "name_missing"),
        ("  ", "name_missing"),
        ("张3", "name_character"),
        ("张三<b>", "name_character"),
        ("\ud842张", "name_character"),
        ("·张", "name_character"),
        ("张三\u202e", "name_character"),
        ("张" * 51, "name_too_long"),
    ],
)
def test_what_is_no_name_is_told_why(written: str, reason: str):
    assert normalise(written) == Wrong(f"law.{reason}")


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("上海浦东新区世纪大道1号", "上海浦东新区****"),
        ("苏州市姑苏区人民路1号", "苏州市姑苏区****"),
        ("江苏省某处1号", "江苏省****"),
        ("广东省东莞市南城街道鸿福路", "广东省东莞市****"),
    ],
)
def test_an_address_is_masked_in_the_words_it_was_written_in(tables, written: str, masked: str):
    assert mask_address(written, tables) == masked


@given(st.text(max_size=80))
def test_a_masked_address_shows_no_more_than_its_head(tables, written: str):
    head = mask_address(written, tables).removesuffix("****")
    assert address_text(written, tables).strip().startswith(head)


def test_a_kept_address_is_masked_to_its_district(tables):
    assert mask_address("110105 建国路88号", tables) == "北京市朝阳区****"
    assert mask_address("某国某城一号", tables) == "****"


def test_a_mail_address_keeps_one_letter():
    assert mask_mail("zhangsan@example.cn") == "z****@example.cn"


@given(st.text(min_size=1, max_size=60))
def test_a_mask_never_shows_a_whole_name(text: str):
    name = normalise(text)
    if isinstance(name, Normalised):
        assert mask_name(name.text) != name.text
        assert "*" in mask_name(name.text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Nguyễn Thị Hà", "Nguyễn Thị Hà"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("O\u2019Brien", "O'Brien"),
        ("Anne-Marie St. John", "Anne-Marie St. John"),
        ("阿卜杜‧买买提∙艾力", "阿卜杜·买买提·艾力"),
        ("\ue81e民", "\u9fb4民"),
    ],
)
def test_foreign_and_rare_names_are_kept_as_they_are_printed(written: str, kept: str):
    assert normalise(written) == Normalised(kept)
