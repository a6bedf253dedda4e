"""The papers a filing puts before the judge: the complaint with its evidence list, and the service address confirmation.

Both are sheets of one PDF, laid out as the pack's `paper` says. They are Chinese whatever language the interview was
held in, because the court reads them; answers stand as they were given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.documents.asked import Catalogue, Scope
from kiosk.documents.draw import draw
from kiosk.documents.filled import Filler
from kiosk.documents.font_runs import Fonts
from kiosk.documents.layout import lay_out
from kiosk.documents.paper import Paper
from kiosk.filings.ink import Ink
from kiosk.rules.tables import Tables


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
    pages = [page for sheet in paper.sheets for page in lay_out(filler.sheet(sheet), fonts)]
    first = paper.sheets[0]
    return draw(pages, first.title + first.subtitle, fonts)
