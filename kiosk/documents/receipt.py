"""The A4 filing receipt (立案材料接收回执), with room for the court's stamp.

It is filled from `ReceiptFacts`, which exist only where the court's own signed receipt does; the kiosk stamps nothing.
"""

from __future__ import annotations

from functools import cache

import resources
from kiosk.documents.asked import Asked, Catalogue, Scope
from kiosk.documents.draw import draw
from kiosk.documents.filled import Filler
from kiosk.documents.font_runs import Fonts, machine_fonts
from kiosk.documents.layout import lay_out
from kiosk.documents.papers import OwnPaper, read_own_paper
from kiosk.filings.receipt import ReceiptFacts
from kiosk.law.tables import Tables

LAYOUT = "told/filing_receipt.toml"
ROLES = (
    ("self", "原告"),
    ("statutory_agent", "法定代理人"),
    ("agent", "委托诉讼代理人"),
    ("clerk", "原告（工作人员代录）"),
)
TEXTS = (
    "court_name",
    "receipt_number",
    "reference",
    "received_at",
    "receiver",
    "handed_in_by",
    "cause",
    "plaintiff_side",
    "defendant_side",
    "amount",
    "review_doubt",
    "query_code",
    "window",
    "hotline",
)
FACTS = Catalogue(
    {
        **{name: Asked("text") for name in TEXTS},
        "role": Asked("choice", ROLES),
        "review_until": Asked("date"),
        **{f"materials/{name}": Asked("text") for name in ("name", "copies", "pages", "kind")},
    },
    frozenset({"materials"}),
)
DOUBT = "该年度的节假日安排尚未公布，遇法定假日顺延。"


def receipt_pdf(facts: ReceiptFacts, reference: str, tables: Tables, fonts: Fonts | None = None) -> bytes:
    """The receipt as a PDF. `reference`: what its code holds, as on the slip."""
    paper = _layout().paper()
    answers = {
        "court_name": facts.court_name,
        "receipt_number": facts.receipt_number,
        "reference": reference,
        "received_at": facts.received_at,
        "receiver": facts.receiver,
        "handed_in_by": facts.handed_in_by,
        "role": facts.role,
        "cause": facts.cause,
        "plaintiff_side": _side(facts.plaintiffs),
        "defendant_side": _side(facts.defendants),
        "amount": facts.amount,
        "materials": [
            {
                "name": one.name,
                "copies": str(one.copies),
                "pages": str(one.pages or ""),
                "kind": "原件" if one.original else "复印件",
            }
            for one in facts.materials
        ],
        "review_until": facts.review_until.isoformat(),
        "review_doubt": "" if facts.review_certain else DOUBT,
        "query_code": facts.query_code,
        "window": facts.window,
        "hotline": facts.hotline,
    }
    filler = Filler(paper, Scope.whole(FACTS, answers), {}, tables)
    drawn_with = fonts or machine_fonts()
    pages = lay_out(filler.sheet(paper.sheets[0]), drawn_with)
    return draw(pages, paper.sheets[0].title, drawn_with).pdf


def _side(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}人" if names else ""


@cache
def _layout() -> OwnPaper:
    return read_own_paper((resources.folder("papers") / LAYOUT).read_text(encoding="utf-8"))
