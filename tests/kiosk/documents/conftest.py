"""Small papers, drawn for real, and their text as another program reads it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from typing import Any

import pytest

import resources
from kiosk.documents.asked import Asked, Catalogue
from kiosk.documents.complaint import paper_pdf
from kiosk.documents.font_runs import Fonts, machine_fonts
from kiosk.documents.paper import read_paper
from kiosk.filings.ink import Ink
from kiosk.law.tables import Tables, read_tables

PdfText = Callable[[bytes], str]
Print = Callable[..., bytes]


@pytest.fixture(scope="session")
def tables() -> Tables:
    return read_tables(resources.folder("tables"))


@pytest.fixture
def text_of() -> PdfText:
    """The text of a PDF as poppler reads it, line by line in the order it was drawn."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not on this machine")

    def read(pdf: bytes) -> str:
        done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
        assert not done.stderr, done.stderr
        return done.stdout.decode("utf-8")

    return read


@pytest.fixture
def print_rows(tables: Tables) -> Print:
    """Draw one sheet with these rows for these questions and answers."""

    def draw(
        rows: list[dict[str, Any]],
        asked: Mapping[str, Asked],
        answers: Mapping[str, Any],
        *,
        repeats: frozenset[str] = frozenset(),
        fonts: Fonts | None = None,
        signatures: Mapping[str, Ink] | None = None,
        closing: Mapping[str, Any] | None = None,
    ) -> bytes:
        sheet = {"name": "test", "title": "起诉状", "sections": [{"heading": "事实", "rows": rows}]}
        paper = read_paper({"sheets": [sheet | ({"closing": closing} if closing else {})]})
        catalogue = Catalogue(asked, repeats)
        return paper_pdf(paper, catalogue, answers, signatures or {}, tables, fonts or machine_fonts())

    return draw
