"""A scan is told from typing by its haste, and is only ever text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.inputs.wedge import LONGEST, Wedge

TICKET = "0105-261123-0007-K3"


def scan(wedge: Wedge, text: str, *, gap_ms: int = 4, start_ms: int = 1000) -> str | None:
    answers = [wedge.hears(character, start_ms + place * gap_ms) for place, character in enumerate(text)]
    assert answers[:-1] == [None] * (len(answers) - 1)
    return answers[-1]


def test_a_fast_run_that_ends_with_return_is_a_scan():
    assert scan(Wedge(), TICKET + "\r") == TICKET


def test_a_hand_is_too_slow_to_be_a_scanner():
    assert scan(Wedge(), TICKET + "\r", gap_ms=80) is None


def test_what_was_typed_slowly_before_is_not_part_of_the_scan():
    wedge = Wedge()
    wedge.hears("x", 0)
    assert scan(wedge, TICKET + "\r") == TICKET


def test_two_scans_after_each_other_are_two():
    wedge = Wedge()
    assert scan(wedge, TICKET + "\r") == TICKET
    assert scan(wedge, "SECOND-1\n", start_ms=1090) == "SECOND-1"


def test_too_short_too_long_and_strange_signs_are_dropped_whole():
    assert scan(Wedge(), "123\r") is None
    assert scan(Wedge(), "1" * (LONGEST + 1) + "\r") is None
    assert scan(Wedge(), "12345\x1b[A678\r") is None
    assert scan(Wedge(), "123456张\r") is None


def test_a_scanner_that_types_alt_and_tab_types_nothing():
    wedge = Wedge()
    for place, character in enumerate("123456"):
        wedge.hears(character, place)
    wedge.hears("\t", 6, modified=True)
    assert wedge.hears("\r", 7) is None


def test_return_in_haste_belongs_to_the_scan_and_alone_to_the_hand():
    wedge = Wedge()
    assert not wedge.busy(0)
    wedge.hears("0", 1000)
    assert (wedge.busy(1010), wedge.busy(1100)) == (True, False)
    wedge.hears("\r", 1010)
    assert not wedge.busy(1011)


@given(st.lists(st.tuples(st.characters(), st.integers(0, 120), st.booleans()), max_size=80))
def test_whatever_comes_a_scan_is_short_printable_ascii(keys: list[tuple[str, int, bool]]):
    wedge, now = Wedge(), 0
    for character, gap_ms, modified in keys:
        now += gap_ms
        found = wedge.hears(character, now, modified=modified)
        assert found is None or (6 <= len(found) <= LONGEST and found.isascii() and found.isprintable())
