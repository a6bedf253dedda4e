"""What `kiosk-desk file` does with a spreadsheet: the errors to tell, the filings made, the result table written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.bulk.checked import Checker
from kiosk.bulk.faults import SheetTrouble
from kiosk.bulk.filing import SUFFIXES, Run, WritePapers, read_cases, read_common
from kiosk.bulk.results import FILE, WRONG, filed_before, table_of
from kiosk.desk import Desk
from kiosk.desk.case_desk import CaseDesk
from kiosk.forms.model import Form
from kiosk.ids import PackId
from kiosk.settings import Settings
from kiosk.shelf import Shelf

Tell = Callable[[str, bool], None]  # a line, and whether it is an error


def is_sheet(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def form_named(shelf: Shelf, name: str) -> Form:
    """The form of a pack; `SheetTrouble` when none was named or there is none."""
    known = ", ".join(sorted(shelf.heads))
    if not name:
        raise SheetTrouble("pack_needed", known=known)
    if PackId(name) not in shelf.heads:
        raise SheetTrouble("form_unknown", form=name[:60], known=known)
    return shelf.forms[PackId(name)]


def write_template(shelf: Shelf, pack: str, out: Path) -> None:
    """An empty spreadsheet for this form."""
    form = form_named(shelf, pack)
    try:
        from kiosk.bulk.template import template
    except ModuleNotFoundError:
        raise SheetTrouble("extra_missing") from None
    data = template(form, shelf.wording)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
    except OSError:
        raise SheetTrouble("not_written", file=out.name) from None


@dataclass(frozen=True, slots=True)
class SheetFiling:
    """One command over one file."""

    path: Path
    pack: str
    common: Path | None
    out: Path
    shelf: Shelf
    settings: Settings
    language: str
    now: datetime

    def run(self, desk: Callable[[], Desk] | None, papers: Callable[[Desk], WritePapers], tell: Tell) -> bool:
        """Whether every row was filed, now or before. Without a desk the cases are only looked at."""
        wording = self.shelf.wording
        form = form_named(self.shelf, self.pack)
        cases = read_cases(self.path, form)
        if cases.faults:
            for fault in cases.faults:
                tell(fault.said(wording, self.language), True)
            tell(wording.say("bulk.nothing_filed", self.language, count=len(cases.faults)), True)
            return False
        checker = Checker(form, self.settings, wording, self.now, cases, read_common(self.common), self.language)
        with _opened(desk) as it:
            run = Run(
                cases=cases,
                checker=checker,
                desk=CaseDesk(it) if it is not None else None,
                papers=papers(it) if it is not None else no_papers,
                earlier=filed_before(self.out / FILE),
            )
            try:
                for result, _ in run.turns():
                    for line in (*result.problems, *result.remarks):
                        tell(line, result.state == WRONG)
                    if result.ticket_number:
                        tell(f"{result.ticket_number}  {result.case}  {result.folder}".rstrip(), False)
            finally:
                if run.results:
                    (self.out / FILE).write_bytes(table_of(run.results))
        wrong = sum(one.state == WRONG for one in run.results)
        key = "bulk.done" if it is not None else "bulk.checked"
        tell(wording.say(key, self.language, good=len(run.results) - wrong, wrong=wrong), False)
        return wrong == 0


def no_papers(number: str, filed: object, submission: object, drawn: object) -> str:
    return ""


@contextmanager
def _opened(desk: Callable[[], Desk] | None) -> Iterator[Desk | None]:
    it = desk() if desk is not None else None
    try:
        yield it
    finally:
        if it is not None:
            it.close()
