"""Whatever is written as YAML is read back as exactly that by the pack compiler."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.authoring.yaml_text import scalar, yaml_of
from kiosk.forms.source import Compilation

TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=20),
    st.sampled_from(
        [
            "yes",
            "no",
            "true",
            "null",
            "~",
            "",
            "1",
            "007",
            "1e3",
            "- a",
            "a: b",
            "#x",
            "{x}",
            "[y]",
            "&a",
            "*a",
            "是，否",
        ]
    ),
)
VALUES = st.recursive(
    st.one_of(TEXTS, st.integers(-(10**7), 10**8), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=14,
)


def read_back(text: str, folder: Path) -> Any:
    path = folder / "pack.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    return Compilation(path).read(path)


@given(value=st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_is_read_back(value: dict[str, Any], tmp_path: Path):
    assert read_back(yaml_of(value), tmp_path) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("yes", "yes"),
        ("true", '"true"'),
        (True, "true"),
        ("1", '"1"'),
        (1, "1"),
        ("", '""'),
        ("民事起诉状", "民事起诉状"),
    ],
)
def test_plain_words_stay_plain_and_the_rest_is_quoted(value: object, written: str):
    assert scalar(value) == written
