"""The papers a filing puts before the judge: the complaint with its evidence list, and the service address confirmation.

Both are sheets of one PDF, laid out as the pack's `paper` says. They are Chinese whatever language the interview was
held in, because the court reads them; answers stand as they were given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.documents.asked import COURT_LANGUAGE, Catalogue, Scope, catalogue
from kiosk.documents.draw import draw
from kiosk.documents.filled import Filler
from kiosk.documents.font_runs import Fonts, machine_fonts
from kiosk.documents.layout import lay_out
from kiosk.documents.paper import Paper, PaperWrong, problems, read_paper
from kiosk.documents.papers import own_papers
from kiosk.documents.signed import put_ink
from kiosk.filings.filing import CompletedForm
from kiosk.filings.ink import Ink
from kiosk.forms.model import Form
from kiosk.law.tables import Tables


def complaint_pdf(
    form: Form,
    completed: CompletedForm,
    signatures: Mapping[str, Ink],
    tables: Tables,
    language: str = COURT_LANGUAGE,
    fonts: Fonts | None = None,
) -> bytes:
    """The papers of one completed form. `language` is that of the interview and changes nothing on the paper."""
    paper = read_paper(form.paper)
    return paper_pdf(paper, catalogue(form), completed.answers, signatures, tables, fonts or machine_fonts())


def layout_problems(form: Form) -> tuple[str, ...]:
    """What is wrong with the layout of a pack, or with the kiosk's own papers; empty is good."""
    try:
        own_papers()
        return problems(read_paper(form.paper), catalogue(form))
    except PaperWrong as wrong:
        return (str(wrong),)


def paper_pdf(
    paper: Paper,
    catalogue: Catalogue,
    answers: Mapping[str, Any],
    signatures: Mapping[str, Ink],
    tables: Tables,
    fonts: Fonts,
) -> bytes:
    """The sheets of this paper, filled. The same arguments give the same bytes."""
    filler = Filler(paper, Scope.whole(catalogue, answers), signatures, tables)
    pages = [page for sheet in filler.sheets() for page in lay_out(sheet, fonts)]
    first = paper.sheets[0]
    return put_ink(draw(pages, first.title + first.subtitle, fonts), pages).pdf
