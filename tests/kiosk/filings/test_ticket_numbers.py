"""A ticket number is read back whatever way it was typed, and a wrong one is never mistaken for another."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskBug
from kiosk.filings.ticket import read_ticket, ticket_number

DAY = date(2026, 11, 23)
numbers = st.builds(
    ticket_number,
    st.integers(0, 999999).map("{:06d}".format),
    st.dates(date(2020, 1, 1), date(2099, 12, 31)),
    st.integers(1, 9999),
)


def test_a_number_names_court_day_and_serial():
    assert ticket_number("110105", DAY, 7).startswith("0105-261123-0007-")


@given(numbers)
def test_what_is_printed_can_be_read(number: str):
    assert read_ticket(number) == number


@given(numbers)
def test_gaps_case_and_look_alikes_do_not_matter(number: str):
    typed = " " + number.lower().replace("-", "  ").replace("0", "o").replace("1", "l") + " "
    assert read_ticket(typed) == number


@given(numbers)
def test_full_width_digits_are_understood(number: str):
    assert read_ticket("".join(chr(ord(letter) + 0xFEE0) for letter in number)) == number


def test_every_single_wrong_character_is_found():
    bare = ticket_number("110105", DAY, 7).replace("-", "")
    for place in range(len(bare)):
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[: 10 if place < 14 else 32]:
            changed = bare[:place] + other + bare[place + 1 :]
            assert (read_ticket(changed) is None) == (changed != bare)


def test_any_two_digits_changed_over_are_found():
    bare = ticket_number("310115", DAY, 4096).replace("-", "")
    for first, second in combinations(range(14), 2):
        letters = list(bare)
        letters[first], letters[second] = letters[second], letters[first]
        changed = "".join(letters)
        assert (read_ticket(changed) is None) == (changed != bare)


@given(st.text(max_size=80))
def test_other_text_is_no_ticket_or_is_exactly_one(text: str):
    found = read_ticket(text)
    assert found is None or read_ticket(found) == found


@pytest.mark.parametrize("serial", [0, 10000])
def test_a_day_holds_no_more_than_its_serials(serial: int):
    with pytest.raises(KioskBug):
        ticket_number("110105", DAY, serial)
