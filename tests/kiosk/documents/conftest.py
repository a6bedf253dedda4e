"""Small papers, drawn for real, and their text as another program reads it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

import resources
from kiosk.documents.asked import Asked, Catalogue
from kiosk.documents.complaint import paper_pdf
from kiosk.documents.font_runs import Fonts, machine_fonts
from kiosk.documents.paper import read_paper
from kiosk.filings.filing import CompletedForm
from kiosk.filings.ink import Ink
from kiosk.forms.model import Form
from kiosk.ids import PackId
from kiosk.interview import Context, begin, complete, fill
from kiosk.law.tables import Tables, read_tables
from kiosk.shelf import Shelf, open_shelf

PdfText = Callable[[bytes], str]
Print = Callable[..., bytes]


@pytest.fixture(scope="session")
def tables() -> Tables:
    return read_tables(resources.folder("tables"))


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return open_shelf(resources.folder("."))


@pytest.fixture(scope="session")
def form(shelf: Shelf) -> Form:
    return shelf.forms[PackId("private_lending")]


@pytest.fixture(scope="session")
def completed(form: Form) -> CompletedForm:
    """The demonstration's own answers, through the interview."""
    answers = msgspec.json.decode((resources.folder("demo") / "answers.json").read_bytes())["answers"]
    facts = {"court_code": "110105", "court_name": "北京市朝阳区人民法院"}
    filled = fill(begin(form, Context(today=date(2026, 11, 23), facts=facts)), answers)
    assert not isinstance(filled, tuple), filled
    done = complete(filled, "zh")
    assert isinstance(done, CompletedForm), done
    return done


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
def faults_in(tmp_path: Path) -> PdfText:
    """What qpdf says against a PDF; nothing when it is clean."""
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not on this machine")

    def check(pdf: bytes) -> str:
        (tmp_path / "paper.pdf").write_bytes(pdf)
        command = ["qpdf", "--check", str(tmp_path / "paper.pdf")]
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
        return done.stderr.decode("utf-8", "replace") or ("" if done.returncode == 0 else f"exit {done.returncode}")

    return check


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
