"""The override of reportlab's glyph-to-text map, and the reason it is still needed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents.to_unicode import to_unicode, written_by_reportlab
from kiosk.errors import KioskBug


def test_the_untouched_function_still_writes_five_digits():
    """The day this fails, reportlab writes UTF-16 itself: delete kiosk/documents/to_unicode.py and this file."""
    assert "<00> <2CB4A>" in written_by_reportlab("Font", [0x2CB4A])


def test_a_character_above_the_first_plane_becomes_a_surrogate_pair():
    assert "<00> <D872DF4A>" in to_unicode("Font", [0x2CB4A])


def test_common_characters_are_written_as_reportlab_writes_them():
    subset = [0x4E00 + n for n in range(90)]
    assert to_unicode("Font", subset) == written_by_reportlab("Font", subset)


def test_no_block_holds_more_than_a_hundred_pairs():
    lines = to_unicode("Font", list(range(0x4E00, 0x4F00))).splitlines()
    assert [line for line in lines if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "56 beginbfchar",
    ]


def test_a_lone_surrogate_is_a_bug():
    with pytest.raises(KioskBug):
        to_unicode("Font", [0xD800])


@given(st.lists(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=256))
def test_each_code_reads_back_as_its_character(characters: list[str]):
    pairs = [line.strip("<>").split("> <") for line in to_unicode("F", [ord(c) for c in characters]).splitlines()]
    found = {int(pair[0], 16): bytes.fromhex(pair[1]).decode("utf-16-be") for pair in pairs[12:] if len(pair) == 2}
    assert [found[code] for code in range(len(characters))] == characters
