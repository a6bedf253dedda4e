"""A layout that cannot be printed is told before anybody files, with its place."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents.asked import Asked, Catalogue
from kiosk.documents.paper import Paper, PaperWrong, Place, problems, read_paper, template

FORM = Catalogue(
    {
        "name": Asked("name"),
        "sum": Asked("money"),
        "due": Asked("yes_no", (("yes", "是"), ("no", "否"))),
        "plaintiff/name": Asked("name"),
        "plaintiff/signature": Asked("signature"),
        "plaintiff/person/phone": Asked("phone"),
        "plaintiff/agent/phone": Asked("phone"),
    },
    frozenset({"plaintiff"}),
)


def layout(*rows: dict[str, Any], closing: dict[str, Any] | None = None, **blocks: list[Any]) -> dict[str, Any]:
    sheet: dict[str, Any] = {"name": "s", "title": "t", "sections": [{"heading": "h", "rows": list(rows)}]}
    return {"sheets": [sheet | ({"closing": closing} if closing else {})], "blocks": blocks}


def found(*rows: dict[str, Any], closing: dict[str, Any] | None = None, **blocks: list[Any]) -> tuple[str, ...]:
    return problems(read_paper(layout(*rows, closing=closing, **blocks)), FORM)


def test_a_line_is_words_and_places():
    assert template("有{due=yes}　共{sum:capitals}{#}") == (
        "有",
        Place("due", code="yes"),
        "　共",
        Place("sum", "capitals"),
        Place("#"),
    )


def test_a_good_layout_has_no_problems():
    assert (
        found({"label": "{#}", "each": "plaintiff", "lines": ["{name} {person/phone}"]}, {"lines": ["{due:boxes}"]})
        == ()
    )


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"label": "x", "lines": ["{nobody}"]}, "s, h, x: the form asks nothing called nobody, or more than one"),
        ({"label": "x", "lines": ["{due=maybe}"]}, "s, h, x: due has no choice maybe"),
        ({"label": "x", "lines": ["{sum:boxes}"]}, "s, h, x: sum has no choices to draw boxes for"),
        ({"label": "x", "lines": ["{name:capitals}"]}, "s, h, x: name is not money"),
        ({"label": "x", "each": "crowd", "lines": []}, "s, h, x: no list called crowd"),
        ({"label": "x", "lines": [{"each": "crowd", "text": "y"}]}, "s, h, x: no list or group called crowd"),
        (
            {"label": "x", "lines": [{"when": "nobody", "text": "y"}]},
            "s, h, x: the form asks nothing called nobody, or more than one",
        ),
        (
            {"label": "x", "each": "plaintiff", "lines": ["{phone}"]},
            "s, h, x: the form asks nothing called phone, or more than one",
        ),
    ],
)
def test_what_a_form_does_not_have_is_named_with_its_place(row: dict[str, Any], problem: str):
    assert found(row) == (problem,)


def test_only_a_signature_can_be_signed():
    closing = {"signed_by": "具状人", "date": "", "each": "plaintiff"}
    assert found(closing=closing | {"ink": "signature"}) == ()
    assert found(closing=closing | {"ink": "name"}) == ("s, closing: name is not a signature of this form",)


@pytest.mark.parametrize(
    "rows",
    [
        [{"lines": ["{"]}],
        [{"lines": ["{name:upside_down}"]}],
        [{"lines": [{"use": "nothing_here"}]}],
        [{"lines": [{"when": "a or b", "text": "x"}]}],
        [{"label": "table", "columns": [{"head": "h", "text": "{name}"}]}],
        [{"colour": "red"}],
    ],
)
def test_a_layout_that_makes_no_sense_is_refused(rows: list[dict[str, Any]]):
    with pytest.raises(PaperWrong):
        read_paper(layout(*rows))


def test_a_block_that_uses_itself_is_refused():
    with pytest.raises(PaperWrong, match="round"):
        read_paper(layout({"lines": [{"use": "round"}]}, round=[{"use": "square"}], square=[{"use": "round"}]))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["sheets", "rows", "lines", "sections", "name", "title", "blocks", "use"]),
            inner,
            max_size=4,
        )
    ),
)


@given(JUNK)
def test_no_layout_does_anything_but_load_or_be_refused(source: object):
    with suppress(PaperWrong):
        assert isinstance(read_paper(source), Paper)


@given(st.text(alphabet="{}#:=abc/_ 中", max_size=20))
def test_no_template_does_anything_but_load_or_be_refused(text: str):
    with suppress(PaperWrong):
        assert not any(set(part) & {"{", "}"} for part in template(text) if isinstance(part, str))
