"""Small forms made on the page of the test that needs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.forms import Form, load_form
from kiosk.forms.xform import import_xform
from kiosk.interview import Context, Interview, answer, begin
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
def told() -> Callable[..., Interview]:
    """An interview after these answers; each must be taken."""

    def told(form: Form, *answers: tuple[str, str], **facts: str) -> Interview:
        interview = begin(form, Context(TODAY, facts))
        for ref, text in answers:
            outcome = answer(interview, ref, text)
            assert isinstance(outcome, Interview), outcome
            interview = outcome
        return interview

    return told


@pytest.fixture(scope="session")
def conformance() -> Path:
    """The folder of forms and traces written by other projects, which lies beside the checkout."""
    folder = ROOT.parent / "shared" / "conformance" / "xforms"
    if not (folder / "traces.jsonl").is_file():
        pytest.skip("the shared conformance forms are not on this machine")
    return folder


@pytest.fixture
def make_xform() -> Callable[[str, str], Form]:
    """An imported form of this instance with its binds, and this body."""

    def made(model: str, body: str) -> Form:
        document = (
            '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
            ' xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title>'
            f"<model>{model}</model></h:head><h:body>{body}</h:body></h:html>"
        )
        return import_xform(document.encode())

    return made
