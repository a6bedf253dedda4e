"""Where lines end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents.breaks import NOT_FIRST, wrap
from kiosk.documents.filled import Box, Gap, Inline, Piece


def in_ems(piece: Piece) -> float:
    match piece:
        case Gap():
            return 2
        case Box(label=label):
            return len(label) + 1
        case _:
            return len(piece)


def lines(text: str | Inline, width: float) -> list[Inline]:
    return list(wrap((text,) if isinstance(text, str) else text, width, in_ems))


def test_han_text_breaks_anywhere_but_before_closing_punctuation():
    assert lines("原告与被告，系同事关系。", 5) == [("原告与被",), ("告，系同事",), ("关系。",)]


def test_opening_punctuation_goes_with_what_it_opens():
    assert lines("签订了《借款合同》", 4) == [("签订了",), ("《借款合",), ("同》",)]


def test_numbers_and_words_stay_whole():
    assert lines("账号6222020200 abc", 11) == [("账号",), ("6222020200",), ("abc",)]


def test_a_word_longer_than_the_line_is_cut():
    assert lines("a" * 25, 10) == [("a" * 10,), ("a" * 10,), ("a" * 5,)]


def test_a_box_never_starts_a_line_without_its_word():
    assert lines(("是否到期 是", Box(True), "　", Box(False, "不知道")), 7) == [
        ("是否到期 是", Box(True)),
        (Box(False, "不知道"),),
    ]


def test_a_second_field_starts_a_line_when_it_does_not_fit():
    assert lines(("职务：主任", Gap(), "电话：123"), 14) == [("职务：主任", Gap(), "电话：123")]
    assert lines(("职务：主任", Gap(), "电话：123"), 12) == [("职务：主任",), ("电话：123",)]


def test_no_text_is_one_empty_line():
    assert lines("", 10) == [()]
    assert lines("一\n\n二", 10) == [("一",), (), ("二",)]


@given(st.text(max_size=300), st.integers(2, 40))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int):
    found = lines(text, width)
    kept = "".join(piece for line in found for piece in line if isinstance(piece, str))
    assert "".join(kept.split()) == "".join(text.split())
    assert all(sum(map(in_ems, line)) <= width for line in found)


@given(st.text(alphabet="中文，。、（）《》", max_size=200))
def test_closing_punctuation_starts_a_line_only_after_a_run_of_itself(text: str):
    for before, line in zip(lines(text, 6), lines(text, 6)[1:], strict=False):
        first = str(line[0])[:1] if line else ""
        if first in NOT_FIRST:
            assert len("".join(map(str, before))) >= 5
