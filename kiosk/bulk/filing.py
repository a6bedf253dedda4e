"""The run over a spreadsheet: check every case, file the good ones, write down what became of each.

A case is never filed twice. The key of a filing is made of what was answered; the desk files under a draft of that
name, and the store holds one filing a draft. So it does not matter whether a run was killed between the commit and the
result table, or the sheet comes again in another folder. A case whose name was filed from this folder with other
answers is refused: it would be a second suit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from kiosk.answers_file import MOST_BYTES, Strokes, ink_of
from kiosk.bulk.book import Book, read_book
from kiosk.bulk.cases import Case, Cases, Reading
from kiosk.bulk.checked import Checker, Common, Ready
from kiosk.bulk.faults import Fault, SheetTrouble
from kiosk.bulk.results import BEFORE, CHECKED, FILED, KEY_SHOWN, WRONG, Result
from kiosk.desk.case_desk import CaseDesk
from kiosk.documents.papers import Document
from kiosk.filings.filing import Filed, Submission
from kiosk.forms.model import Form

DEEPEST = 60
SUFFIXES = frozenset({".xlsx", ".xlsm", ".csv"})
# Number of the case, its ticket, what was filed, its papers as drawn (none when it was filed before) → their folder.
WritePapers = Callable[[str, Filed, Submission, tuple[Document, ...]], str]


class _Common(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    form: str = ""
    language: str = ""
    answers: dict[str, object] = {}
    notices: list[str] = []
    materials: list[str] = []
    signatures: dict[str, Strokes] = {}


def read_common(path: Path | None) -> Common:
    """The file of what is the same for all: answers.json without what differs."""
    if path is None:
        return Common()
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
    except OSError:
        raise SheetTrouble("not_readable", file=path.name) from None
    if len(body) > MOST_BYTES:
        raise SheetTrouble("too_large", file=path.name, limit=MOST_BYTES // 1024 // 1024)
    try:
        kept = msgspec.json.decode(body, type=_Common, strict=True)
    except (msgspec.MsgspecError, RecursionError):
        raise SheetTrouble("bad_common", file=path.name) from None
    if _is_deep(kept.answers):
        raise SheetTrouble("bad_common", file=path.name)
    inks = {ref: ink_of(drawn) for ref, drawn in kept.signatures.items()}
    return Common(kept.answers, tuple(kept.notices), tuple(kept.materials), inks, kept.language)


def _is_deep(answers: object) -> bool:
    """Deeper than any form: whoever walks it would fall."""
    layer = [answers]
    for _ in range(DEEPEST):
        layer = [
            inner
            for node in layer
            for inner in (node.values() if isinstance(node, dict) else node if isinstance(node, list) else ())
        ]
    return bool(layer)


def read_cases(path: Path, form: Form) -> Cases:
    """Every case of the file; `SheetTrouble` when there is none."""
    return cases_in(read_book(path), path.name, form)


def cases_in(book: Book, file: str, form: Form) -> Cases:
    cases = Reading(form, book).read()
    if not cases.cases and not cases.faults:
        raise SheetTrouble("no_cases", file=file)
    return cases


@dataclass(slots=True)
class Run:
    """One run, a case a turn; `results` grows as it goes, so that a run cut short can still write down what was filed."""

    cases: Cases
    checker: Checker
    desk: CaseDesk | None  # None: only look
    papers: WritePapers
    earlier: Mapping[str, Result]  # what an earlier run has filed, by case
    results: list[Result] = field(default_factory=list)

    def turns(self) -> Iterator[tuple[Result, tuple[Fault, ...]]]:
        """What became of each case, and what there is to say of it: the faults of a wrong one, else remarks."""
        seen: dict[str, Case] = {}
        for number, case in enumerate(self.cases.cases, 1):
            result = Result(case.name, case.where.sheet, case.where.row, WRONG)
            earlier = self.earlier.get(case.name)
            checked: Ready | tuple[Fault, ...] = self.checker.check(case)
            if isinstance(checked, Ready):
                checked = self._new(checked, case, seen, earlier) or checked
            if isinstance(checked, Ready):
                done, faults = self._file(number, checked, earlier), checked.remarks
                remarks = self._said(faults)
                result = replace(done, case=case.name, sheet=result.sheet, row=result.row, remarks=remarks)
            else:
                faults = checked
                result = replace(result, problems=self._said(faults))
            self.results.append(result)
            yield result, faults

    def _new(self, ready: Ready, case: Case, seen: dict[str, Case], earlier: Result | None) -> tuple[Fault, ...] | None:
        twin = seen.setdefault(ready.key, case)
        if twin is not case:
            return (Fault(case.where, "same_content", places={"row": twin.where.row}),)
        if earlier is not None and earlier.key != ready.key[:KEY_SHOWN]:
            return (Fault(case.where, "changed_since_filed", places={"ticket": earlier.ticket_number}),)
        return None

    def _file(self, number: int, ready: Ready, earlier: Result | None) -> Result:
        result = Result("", "", 0, CHECKED, to_sign=ready.to_sign, key=ready.key)
        if self.desk is None:
            return result
        before = self.desk.filed_under(ready.draft_id)
        if before is not None and earlier is not None:
            return replace(result, state=BEFORE, ticket_number=before.ticket_number, folder=earlier.folder)
        drawn: tuple[Document, ...] = ()
        filed = before
        if filed is None:
            papers = self.desk.papers(ready.submission)
            filed, drawn = self.desk.file_under(papers, ready.draft_id), papers.documents
        folder = self.papers(f"{number:03d}", filed, ready.submission, drawn)
        state = FILED if before is None else BEFORE
        return replace(result, state=state, ticket_number=filed.ticket_number, folder=folder)

    def _said(self, faults: tuple[Fault, ...]) -> tuple[str, ...]:
        return tuple(one.said(self.checker.wording, self.checker.language) for one in faults)
