"""Small forms made on the page of the test that needs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.forms import Form, load_form
from kiosk.interview import Context, Interview, answer, begin, tree
from kiosk.law.tables import Tables, read_tables

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def tables() -> Tables:
    return read_tables(ROOT / "resources" / "tables")


@pytest.fixture(scope="session")
def make_form(tables: Tables) -> Callable[..., Form]:
    """A form of these items; labels and purposes that do not matter to the test are filled in."""

    def completed(item: dict[str, Any]) -> dict[str, Any]:
        item = dict(item)
        if "compute" not in item:
            item.setdefault("label", {"en": "?"})
        if "ask" in item:
            item.setdefault("purpose", "test")
        if "items" in item:
            item["items"] = [completed(inner) for inner in item["items"]]
        return item

    def made(*items: dict[str, Any], **top: Any) -> Form:
        pack = {"pack": "test", "version": "1", "languages": ["en"], "title": {"en": "Test"}} | top
        return load_form(json.dumps(pack | {"form": [completed(item) for item in items]}).encode(), tables)

    return made


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
