"""The code on a resume slip: what is read as one, and that only it opens what was sealed under it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sealing.hpke import CannotOpen
from kiosk.sealing.slip_code import ALPHABET, CodeKey, draw_code, open_form, read_code, seal_form, shown_code, stretch

KEY = CodeKey("00", bytes(range(32)))


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_code_or_nothing(typed: str):
    code = read_code(typed)
    assert code is None or (len(code) == 12 and set(code) <= set(ALPHABET))


@given(st.text(ALPHABET, min_size=12, max_size=12))
def test_a_code_is_read_as_it_is_shown(code: str):
    assert read_code(shown_code(code)) == read_code(shown_code(code).lower()) == code


def test_letters_that_look_like_figures_are_taken_for_them():
    assert read_code("oil0-OIL0-ｏｉｌ０") == "011001100110"


def test_codes_are_drawn_by_chance():
    assert len({draw_code() for _ in range(200)}) == 200


def test_a_code_leads_to_the_same_key_everywhere_and_the_handle_is_not_the_key():
    first, second, other = stretch("7F3AK2M9XQ4T"), stretch("7F3AK2M9XQ4T"), stretch("7F3AK2M9XQ4V")
    assert first == second
    assert first.handle != other.handle
    assert first.key.hex() not in repr(first)


@given(st.binary(max_size=200), st.binary(max_size=40), st.text(max_size=6))
def test_what_was_sealed_opens_again(body: bytes, bound: bytes, last_four: str):
    assert open_form(KEY, seal_form(KEY, body, bound, last_four), bound, last_four) == body


@pytest.mark.parametrize(
    ("bound", "last_four", "flip"), [(b"other", "002X", -1), (b"bound", "0021", -1), (b"bound", "002X", 3)]
)
def test_another_date_other_digits_or_a_changed_byte_open_nothing(bound: bytes, last_four: str, flip: int):
    sealed = bytearray(seal_form(KEY, b"form", b"bound", "002X"))
    if flip >= 0:
        sealed[flip] ^= 1
    with pytest.raises(CannotOpen):
        open_form(KEY, bytes(sealed), bound, last_four)


@given(st.binary(max_size=64))
def test_any_bytes_in_the_place_of_a_sealed_form_are_refused(sealed: bytes):
    with pytest.raises(CannotOpen):
        open_form(KEY, sealed, b"bound", "")
