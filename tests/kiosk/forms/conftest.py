"""An expression worked out among answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.forms import Form
from kiosk.interview import Context, Interview, answer, begin, tree
from tests.kiosk.small_forms import TODAY


@pytest.fixture
def value_of(make_form: Callable[..., Form]) -> Callable[..., str]:
    """The text an expression gives among these answers; `kinds` says what kind each question is."""

    def evaluated(expression: str, kind: str = "text", kinds: dict[str, str] | None = None, **answers: str) -> str:
        asked = [{"ask": name, "kind": (kinds or {}).get(name, "text")} for name in answers]
        form = make_form(*asked, {"compute": "result", "kind": kind, "value": expression})
        interview: Interview = begin(form, Context(TODAY))
        for name, text in answers.items():
            outcome = answer(interview, f"/data/{name}", text)
            assert isinstance(outcome, Interview)
            interview = outcome
        return str(tree(interview).get("result", ""))

    return evaluated
