"""A pack that will not do says everything that is wrong with it at once, with places, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.forms import Form, load_form
from kiosk.forms.problems import PackTrouble

Make = Callable[..., Form]


def keys(trouble: pytest.ExceptionInfo[PackTrouble]) -> list[str]:
    return [problem.key for problem in trouble.value.problems]


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ({"ask": "q", "kind": "wizard"}, "unknown_kind"),
        ({"ask": "q", "kind": "choice"}, "missing"),
        ({"ask": "q", "kind": "choice", "choices": "none"}, "unknown_list"),
        ({"ask": "q", "stage": "later"}, "unknown_stage"),
        ({"ask": "q", "requried": "yes"}, "unknown_key"),
        ({"ask": "q", "required": True}, "wrong_type"),
        ({"ask": "q w"}, "bad_name"),
        ({"ask": "q", "purpose": ""}, "no_purpose"),
        ({"ask": "q", "label": {"zh": "问"}}, "language_missing"),
        ({"ask": "q", "relevant": "${other} = 1"}, "unknown_name"),
        ({"ask": "q", "label": {"en": "Is it ${other}?"}}, "unknown_name"),
        ({"ask": "q", "relevant": "${q} = 1"}, "circle"),
        ({"compute": "q"}, "missing"),
    ],
)
def test_a_mistake_is_named(make_form: Make, item: dict[str, Any], key: str):
    with pytest.raises(PackTrouble) as trouble:
        make_form(item)
    assert key in keys(trouble)


def test_every_mistake_is_told_at_once(make_form: Make):
    with pytest.raises(PackTrouble) as trouble:
        make_form({"ask": "a", "kind": "x"}, {"ask": "a"}, {"ask": "b", "constraint": "1 +"}, fee_rule="magic")
    assert sorted(keys(trouble)) == ["twice", "unfinished", "unknown_kind", "unknown_rule"]


def test_a_name_means_the_nearest_question(make_form: Make):
    form = make_form(
        {"repeat": "p", "items": [{"ask": "name"}, {"compute": "shout", "value": "${name}"}]},
        {"group": "g", "items": [{"ask": "name"}, {"compute": "copy", "value": "${name}"}]},
    )
    uses = {form.plan.nodes[task.index].name: sorted(use.index for use in task.code.uses) for task in form.plan.tasks}
    paths = {name: [form.plan.nodes[index].path for index in indexes] for name, indexes in uses.items()}
    assert paths == {"shout": ["/data/p/name"], "copy": ["/data/g/name"]}


def test_a_name_that_fits_two_questions_is_refused(make_form: Make):
    with pytest.raises(PackTrouble) as trouble:
        make_form(
            {"group": "a", "items": [{"ask": "name"}]},
            {"group": "b", "items": [{"ask": "name"}]},
            {"compute": "c", "value": "${name}"},
        )
    assert keys(trouble) == ["ambiguous_name"]


@pytest.mark.parametrize("text", ['{"pack": 1, "pack": 2}', '{"a": NaN}', "[]", "{", "[" * 100_000, "\xff"])
def test_broken_json_is_refused(text: str):
    with pytest.raises(PackTrouble):
        load_form(text.encode("latin-1"))


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.sampled_from(["int", "1 +", "${q}", "yes"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                [
                    "ask",
                    "group",
                    "repeat",
                    "items",
                    "label",
                    "kind",
                    "relevant",
                    "value",
                    "compute",
                    "note",
                    "choices",
                    "en",
                ]
            ),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=20,
)


@given(
    st.dictionaries(
        st.sampled_from(["form", "choices", "lists", "title", "languages", "stages", "materials", "notices"]), JSON
    )
)
def test_any_json_is_a_form_or_a_list_of_problems(top: dict[str, Any]):
    pack = {"pack": "x", "version": "1", "languages": ["en"], "title": {"en": "x"}} | top
    try:
        form = load_form(json.dumps(pack).encode())
    except PackTrouble as trouble:
        form = None
        told = [problem.zh and problem.en for problem in trouble.problems]
        assert all(told)
    assert form is None or form.pack == "x"
