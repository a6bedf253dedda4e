"""Patterns of form authors: the same verdict as the usual engines, and never a hang."""

from __future__ import annotations

import contextlib
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.forms.patterns import full_match
from kiosk.forms.problems import ExpressionProblem

ATOMS = st.sampled_from(
    ["a", "b", "1", "中", ".", "[ab]", "[^a]", "[a-c1-3]", r"\d", r"\w", r"\s", r"\.", "(?:ab|1)", "(a)"]
)
QUANTIFIERS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"])
PIECES = st.lists(st.tuples(ATOMS, QUANTIFIERS), min_size=1, max_size=5).map(
    lambda pieces: "".join(atom + quantifier for atom, quantifier in pieces)
)
PATTERNS = st.lists(PIECES, min_size=1, max_size=3).map("|".join)


@given(PATTERNS, st.text(alphabet="ab1c中. 23_", max_size=8))
def test_a_pattern_means_what_it_means_everywhere(pattern: str, text: str):
    assert full_match(pattern)(text) is (re.fullmatch(pattern, text, re.ASCII) is not None)


BORDERED = st.lists(
    st.sampled_from(["a", "1", " ", ".", r"\b", r"\B", r"\w+", "[ ,]", "(?:a|1)", "^", "$"]), max_size=8
)


@given(BORDERED.map("".join), st.text(alphabet="ab1, _", min_size=1, max_size=8))
def test_a_border_of_a_word_is_where_it_is_everywhere(pattern: str, text: str):
    assert full_match(pattern)(text) is (re.fullmatch(pattern, text) is not None)


@given(st.text(alphabet=r"ab1()[]{}|*+?\d^$.,-&u", max_size=30), st.text(alphabet="ab1", max_size=20))
def test_any_text_is_a_pattern_or_is_refused(pattern: str, text: str):
    with contextlib.suppress(ExpressionProblem):
        assert full_match(pattern)(text) in (True, False)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(a*)*b", "(.*)(.*)(.*)(.*)x"])
def test_patterns_that_hang_other_engines_answer_at_once(pattern: str):
    start = time.perf_counter()
    assert full_match(pattern)("a" * 2000 + "!") is False
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("pattern", ["(?=a)b", r"(a)\1", "(?<!a)b", "a++", "[a&&[b]]", "(a", "a{9,2}", "x{99999}"])
def test_what_cannot_be_done_is_refused_by_name(pattern: str):
    with pytest.raises(ExpressionProblem, match="bad_pattern"):
        full_match(pattern)


def test_borders_stand_only_at_the_ends():
    assert full_match("^a$")("a") is True
    assert full_match("a^b")("ab") is False
    assert full_match("^(务农|退休)$")("退休") is True
    assert full_match("(?i)ab[c-d]")("ABD") is True
