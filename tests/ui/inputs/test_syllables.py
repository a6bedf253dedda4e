"""How letters are cut into syllables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.inputs.syllables import MOST_CUTS, Syllables

KNOWN = Syllables(
    frozenset(
        [
            "a",
            "an",
            "ang",
            "e",
            "fa",
            "fan",
            "fang",
            "ga",
            "gan",
            "xi",
            "xian",
            "zhang",
            "zha",
            "zhan",
            "z'",
            "san",
            "shan",
            "lin",
            "ling",
            "lve",
            "nve",
        ]
    )
)


def cuts(typed: str) -> list[str]:
    return [" ".join(p.letters + ("" if p.whole else "…") for p in cut.pieces) for cut in KNOWN.cuts(typed)]


def test_fewest_syllables_come_first():
    assert cuts("xian")[:2] == ["xian", "xi an"]
    assert cuts("fangan")[:2] == ["fang an", "fan gan"]


def test_a_mark_between_syllables_is_kept():
    assert cuts("xi'an")[0] == "xi an"
    assert "xian" not in cuts("xi'an")


def test_the_last_syllable_may_be_unfinished():
    assert "zhang s…" in cuts("zhangs")


def test_initials_alone_are_read_when_nothing_else_fits():
    assert cuts("zxs")[0] == "z… x… s…"


def test_lue_and_nue_are_spelt_as_the_file_has_them():
    assert (cuts("lue"), cuts("nue")) == (["lve"], ["nve"])


def test_what_cannot_be_pinyin_has_no_cut():
    assert cuts("uu") == []
    assert cuts("") == [""]
    assert cuts("''") == [""]


def test_sounds_often_mistaken_for_each_other():
    assert KNOWN.fuzzy("san") == ("shan",)
    assert KNOWN.fuzzy("lin") == ("ling",)


@given(st.text(alphabet="aefgixnzhsl'", max_size=60))
def test_cuts_cover_what_was_typed_in_order_and_are_never_too_many(typed: str):
    found = KNOWN.cuts(typed)
    assert len(found) <= MOST_CUTS
    for cut in found:
        ends = [piece.end for piece in cut.pieces]
        assert ends == sorted(set(ends))
        assert not ends or typed[ends[-1] :].strip("'") == ""
