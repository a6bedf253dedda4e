"""Interviews told answer by answer, imported forms, and the forms other projects wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.forms import Form
from kiosk.forms.xform import import_xform
from kiosk.interview import Context, Interview, answer, begin
from tests.kiosk.small_forms import TODAY


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
def conformance(conformance_folder: Path) -> Path:
    """The folder of the forms and traces, where they are."""
    return conformance_folder / "xforms"


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
