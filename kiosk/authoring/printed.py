"""Every row of the paper has a question, and every official question reaches the paper: printed itself, or read by
something that is printed or that decides what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kiosk.authoring.entries import Draft
from kiosk.authoring.findings import Finding, finding
from kiosk.documents.asked import Scope, catalogue
from kiosk.documents.complaint import layout_problems
from kiosk.documents.paper import POSITION, Line, Paper, PaperWrong, Place, Row, condition, read_paper, template
from kiosk.forms.model import Form, Question


def paper_findings(form: Form, indexes: Mapping[int, str], draft: Draft) -> Iterator[Finding]:
    """`indexes`: node → its place in the pack."""
    if not form.paper:
        yield finding(draft.where("paper"), "no_paper")
        return
    for said in layout_problems(form):
        yield finding(draft.where("paper"), "paper_problem", said=said[:200])
    try:
        paper = read_paper(form.paper)
    except PaperWrong:
        return  # told above
    printed: set[str] = set()
    numbers: set[str] = set()
    whole = Scope.whole(catalogue(form), {})
    for at, sheet in enumerate(paper.sheets):
        printed |= _paths([sheet.when], whole, is_condition=True)
        for below, section in enumerate(sheet.sections):
            for position, row in enumerate(section.rows):
                found = _row(paper, row, whole)
                printed |= found
                numbers.add(row.number)
                if not found:
                    place = f"paper/sheets/{at}/sections/{below}/rows/{position}"
                    yield finding(draft.where(place), "row_without_question", row=row.number or row.label)
        if sheet.closing:
            closing = sheet.closing
            inner = whole.blank(closing.each) if closing.each else whole
            printed |= _paths([closing.court, closing.date, *closing.after], whole)
            printed |= _paths([closing.signer], inner or whole) | _paths(
                [closing.ink], inner or whole, is_condition=True
            )
    reached = _reached(form, printed)
    for index, place in indexes.items():
        element = form.at.get(index)
        if not isinstance(element, Question):
            continue
        if element.source == "official" and element.id not in reached:
            yield finding(draft.where(place), "not_on_paper", name=element.id)
        for number in re.split(r"[,，、 ]+", element.row) if element.row else ():
            if number not in numbers and number.partition("(")[0] not in numbers:  # 2(1) stands within row 2
                yield finding(draft.where(f"{place}/row"), "row_unknown", row=number[:20])


def _row(paper: Paper, row: Row, scope: Scope) -> set[str]:
    inner = scope.blank(row.each) if row.each else scope
    if inner is None:
        return set()
    found = _paths([row.where], inner, is_condition=True) | _paths([row.label], inner)
    found |= _paths([column.text for column in row.columns], inner)
    return found | _lines(paper, row.lines, inner, 0)


def _lines(paper: Paper, lines: tuple[str | Line, ...], scope: Scope, depth: int) -> set[str]:
    found: set[str] = set()
    for line in lines if depth < 20 else ():
        if isinstance(line, str):
            found |= _paths([line], scope)
            continue
        inner = scope.blank(line.each) if line.each else scope
        inner = inner.group(line.at) if inner is not None and line.at else inner
        if inner is None:
            continue
        found |= _paths([line.when], inner, is_condition=True) | _paths([line.text], inner)
        found |= _lines(paper, paper.blocks.get(line.use, ()), inner, depth + 1)
    return found


def _paths(texts: list[str], scope: Scope, is_condition: bool = False) -> set[str]:
    found: set[str] = set()
    for text in texts:
        parts = ([condition(text)] if is_condition else template(text)) if text else []
        for part in parts:
            if isinstance(part, Place) and part != POSITION:
                path = scope.path(part.name)
                if path is not None:
                    found.add(path)
    return found


def _reached(form: Form, printed: set[str]) -> set[str]:
    """The printed questions and everything their values and their relevance are made of."""
    by_id = {element.id: element.index for element in form.elements.values()}
    waiting = [by_id[path] for path in printed if path in by_id]  # type: ignore[index]
    seen: set[int] = set()
    while waiting:
        index = waiting.pop()
        if index in seen:
            continue
        seen.add(index)
        for gate in {index, *(node for node, _ in form.plan.nodes[index].gates)}:
            for rank in form.plan.tasks_at.get(gate, ()):
                for use in form.plan.tasks[rank].code.uses:
                    waiting += form.plan.under.get(use.index, (use.index,))
    return {str(form.at[index].id) for index in seen if index in form.at}
