"""A long wage case against a bare canvas that draws the same text: 8 plaintiffs, 5 defendants, 300 rows of wages."""

from __future__ import annotations

import io
import itertools
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from reportlab.pdfgen.canvas import Canvas

from kiosk.documents import to_unicode
from kiosk.documents.asked import Scope, catalogue
from kiosk.documents.complaint import complaint_pdf
from kiosk.documents.filled import Filler
from kiosk.documents.font_runs import Fonts, machine_fonts
from kiosk.documents.layout import lay_out
from kiosk.documents.pages import HIGH, WIDE, Words
from kiosk.documents.paper import read_paper
from kiosk.documents.papers import documents
from kiosk.filings.filing import CompletedForm
from kiosk.forms.model import Form
from kiosk.ids import PackId
from kiosk.interview import Context, begin, complete, fill
from kiosk.law.tables import Tables
from kiosk.shelf import open_shelf
from resources import folder

SAID = Path(__file__).parents[1] / "kiosk" / "packs" / "answers" / "wage_arrears.json"
PLAINTIFFS, DEFENDANTS, ROWS = 8, 5, 300
Page = Sequence[Words]


@dataclass
class LongPaper:
    """Milliseconds of each round."""

    ours: list[float] = field(default_factory=list)  # the pack's sheets in one PDF
    bare: list[float] = field(default_factory=list)  # their text on a bare canvas
    all_ours: list[float] = field(default_factory=list)  # every paper of the filing
    pages: int = 0


def long_paper(rounds: int = 15) -> LongPaper:
    """All in turn, after one round that only warms up."""
    shelf = open_shelf(folder("."))
    form, fonts = shelf.forms[PackId("wage_arrears")], machine_fonts()
    completed = long_case(form)
    pages = words(form, completed, shelf.tables, fonts)
    found = LongPaper(pages=len(pages))
    for counted in (False, *([True] * rounds)):
        times = [time.perf_counter()]
        complaint_pdf(form, completed, {}, shelf.tables, fonts=fonts)
        times.append(time.perf_counter())
        bare_canvas(pages)
        times.append(time.perf_counter())
        documents(form, completed, {}, shelf.tables, fonts)
        times.append(time.perf_counter())
        if counted:
            taken = [(after - before) * 1000 for before, after in itertools.pairwise(times)]
            for kept, one in zip((found.ours, found.bare, found.all_ours), taken, strict=True):
                kept.append(one)
    return found


def long_case(form: Form) -> CompletedForm:
    """The made-up wage case through the interview, then with everybody and every row it may have."""
    said = msgspec.json.decode(SAID.read_bytes())["answers"]
    facts = {"court_code": "110105", "court_name": "北京市朝阳区人民法院"}
    filled = fill(begin(form, Context(today=date(2026, 11, 23), facts=facts)), said)
    assert not isinstance(filled, tuple), filled
    done = complete(filled, "zh")
    assert isinstance(done, CompletedForm), done
    answers = dict(done.answers)
    answers["plaintiff"] = _many(answers["plaintiff"], PLAINTIFFS)
    answers["defendant"] = _many(answers["defendant"], DEFENDANTS)
    rows = _many(answers["facts"]["coworkers"], ROWS)
    rows = [
        {**row, "no": str(n), "days": str(20 + n % 11), "owed": f"{6000 + n * 7}.50"}
        for n, row in enumerate(rows, start=1)
    ]
    answers["facts"] = {**answers["facts"], "coworkers": rows}
    return replace(done, answers=answers)


def _many(some: Sequence[Mapping[str, Any]], count: int) -> list[Mapping[str, Any]]:
    return [some[n % len(some)] for n in range(count)]


def words(form: Form, completed: CompletedForm, tables: Tables, fonts: Fonts) -> list[Page]:
    """Every text of the pack's sheets with its place, page by page."""
    filler = Filler(read_paper(form.paper), Scope.whole(catalogue(form), completed.answers), {}, tables)
    pages = [page for sheet in filler.sheets() for page in lay_out(sheet, fonts)]
    return [[mark for mark in page if isinstance(mark, Words)] for page in pages]


def bare_canvas(pages: Sequence[Page]) -> bytes:
    """What anybody would write who has the places already: no lines, no boxes, nothing measured."""
    to_unicode.put_right()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDE, HIGH), invariant=1, pageCompression=1)
    for page in pages:
        for one in page:
            canvas.setFont(one.face, one.size)
            canvas.drawString(one.x, one.y, one.text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
