"""A clerk files a sheet of cases at the terminal: the same run as the command's, a few rows each time it is asked.

Lives on the desk's thread beside the desk. Every step asks first whether the clerk is still signed in. What it tells is
finished: cells, rules and counts, never what was written in a cell. The sheet is read once; pulling the stick after that
changes nothing but where the result table goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from kiosk import journal
from kiosk.bulk.book import book_of
from kiosk.bulk.checked import Checker, Common, draft_of
from kiosk.bulk.commands import no_papers
from kiosk.bulk.faults import Fault, SheetTrouble
from kiosk.bulk.filing import Run, cases_in, common_of
from kiosk.bulk.import_folder import (
    LONGEST_NAME,
    MOST_LISTED,
    Found,
    read_common_beside,
    read_sheet,
    sheets_in,
    write_beside,
)
from kiosk.bulk.results import BEFORE, CHECKED, FILED, LEFT, WRONG, Result, filed_before, table_of
from kiosk.desk import Desk
from kiosk.desk.case_desk import ClerkCaseDesk
from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import sha256_hex
from kiosk.filings.content import cause_of
from kiosk.filings.ticket import read_ticket
from kiosk.ids import PackId
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.slips.summary import ImportFacts, import_summary
from kiosk.visit import events as e
from kiosk.visit.sheets import RowFault, SheetFile, SheetOutcome, SheetReport
from kiosk.wording import Wording

CHECKED_AT_ONCE = 10  # rows; filing goes one by one
MOST_FAULTS = 300
KEPT_DAYS = 30  # a result table that could not be written beside its sheet
KEPT_IN = "imports"
QUOTING = ("header",)  # places that quote the sheet: a sheet without headers has somebody's words there
_NAME_DIGITS = 16


@dataclass(slots=True)
class _Sheet:
    """The sheet at hand."""

    found: Found = field(repr=False)
    sha256: str
    pack_id: PackId
    run: Run = field(repr=False)
    turns: Iterator[tuple[Result, tuple[Fault, ...]]] = field(repr=False)
    faults: list[RowFault] = field(default_factory=list)
    fault_count: int = 0
    before: int = 0
    filing: bool = False
    checked: bool = False
    summary: bool = False
    language: str = "zh"


@dataclass(slots=True)
class ClerkImport:
    """Made when a clerk opens 批量立案; every method gives a fact for the visit or raises a `KioskTrouble`."""

    desk: Desk
    clerk: str
    _offered: dict[str, Found] = field(default_factory=dict, repr=False)
    _sheet: _Sheet | None = None

    def look(self) -> e.Event:
        """What lies in the import folder."""
        self._cases.require_right()
        self._forget_old_tables()
        self._offered, self._sheet = {}, None
        folder = self._settings.clerks.import_folder
        if not folder:
            return e.SheetsListed((), "import.not_set")
        try:
            found = sheets_in(Path(folder))
        except OSError:
            return e.SheetsListed((), "import.no_folder")
        self._offered = {f"sheet {at}": one for at, one in enumerate(found[:MOST_LISTED], 1)}
        sheets = tuple(
            SheetFile(code, one.shown(Path(folder)), -(-one.bytes // 1024), one.changed)
            for code, one in self._offered.items()
        )
        return e.SheetsListed(sheets, "" if sheets else "import.no_sheets", max(0, len(found) - MOST_LISTED))

    def check(self, code: str, pack_id: str) -> e.Event:
        """Read a sheet for a form. Its rows are checked by `go_on`."""
        self._cases.require_right()
        self._sheet = None
        found = self._offered.get(code)
        if found is None or PackId(pack_id) not in self._shelf.heads:
            return e.ImportFailed("import.sheet_gone")
        try:
            return self._read(found, PackId(pack_id))
        except SheetTrouble as trouble:
            return e.ImportFailed(f"bulk.{trouble.key}", trouble.places)

    def file(self, summary: bool, language: str) -> e.Event:
        """Begin to file the sheet that was checked, once more from its first row; `go_on` files a row."""
        sheet = self._sheet
        if sheet is None or not sheet.checked or sheet.filing:
            return e.ImportFailed("import.sheet_gone")
        run = Run(sheet.run.cases, sheet.run.checker, self._cases, no_papers, sheet.run.earlier)
        self._cases.note_begun(sheet.sha256, sheet.pack_id, len(run.cases.cases))
        self._sheet = replace(
            sheet, run=run, turns=run.turns(), filing=True, checked=False, summary=summary, language=language
        )
        return e.RowsDone(0, len(run.cases.cases))

    def go_on(self) -> e.Event:
        """The next rows: ten to check, or one to file."""
        sheet = self._sheet
        if sheet is None:
            return e.ImportFailed("import.sheet_gone")
        if not sheet.filing:
            return self._check_some(sheet)
        try:
            if next(sheet.turns, None) is None:
                return self._ended(sheet, "done")
        except KioskTrouble as trouble:  # the disk is full, the sign-in has ended: what is filed is filed
            return self._ended(sheet, "failed", trouble)
        except BaseException:  # whatever stops it, the table of what is filed is written, and the error goes on
            self._ended(sheet, "failed")
            raise
        return e.RowsDone(len(sheet.run.results), len(sheet.run.cases.cases))

    def stop(self) -> e.Event | None:
        """Let go of the sheet; what was filed of it is written down."""
        sheet, self._sheet = self._sheet, None
        return self._ended(sheet, "stopped") if sheet is not None and sheet.filing else None

    # Inside

    @property
    def _cases(self) -> ClerkCaseDesk:
        return ClerkCaseDesk(self.desk, self.clerk)

    @property
    def _settings(self) -> Settings:
        return self.desk.settings

    @property
    def _shelf(self) -> Shelf:
        return self.desk.shelf

    @property
    def _wording(self) -> Wording:
        return self._shelf.wording

    def _read(self, found: Found, pack_id: PackId) -> e.Event:
        data, beside = read_sheet(found), read_common_beside(found)
        common = common_of(beside, found.common.name[-LONGEST_NAME:]) if beside is not None else Common()
        name = found.name[-LONGEST_NAME:]
        form = self._shelf.forms[pack_id]
        cases = cases_in(book_of(data, name), name, form)
        if cases.faults:
            told = tuple(self._told(fault) for fault in cases.faults[:MOST_FAULTS])
            more = max(0, len(cases.faults) - MOST_FAULTS)
            return e.SheetChecked(SheetReport(0, 0, len(cases.cases), told, more, of_the_file=True))
        checker = Checker(form, self._settings, self._wording, self.desk.clock.now(), cases, common)
        names = [case.name for case in cases.cases]
        run = Run(cases, checker, None, no_papers, self._earlier(found, pack_id, names))
        self._sheet = _Sheet(found, sha256_hex(data + (beside or b"")), pack_id, run, run.turns())
        return e.RowsDone(0, len(names))

    def _check_some(self, sheet: _Sheet) -> e.Event:
        self._cases.require_right()
        for _ in range(CHECKED_AT_ONCE):
            turn = next(sheet.turns, None)
            if turn is None:
                sheet.checked = True
                states = [one.state for one in sheet.run.results]
                more = sheet.fault_count - len(sheet.faults)
                counts = (states.count(CHECKED), sheet.before, states.count(WRONG))
                return e.SheetChecked(SheetReport(*counts, tuple(sheet.faults), more))
            result, faults = turn
            if result.state == CHECKED:
                sheet.before += self._cases.filed_under(draft_of(result.key)) is not None
            if result.state == WRONG:
                sheet.fault_count += len(faults)
                room = max(0, MOST_FAULTS - len(sheet.faults))
                sheet.faults += [self._told(fault) for fault in faults[:room]]
        return e.RowsDone(len(sheet.run.results), len(sheet.run.cases.cases))

    def _told(self, fault: Fault) -> RowFault:
        """Where and why, in both languages, and nothing that stands in the sheet."""
        safe = replace(fault, places={**fault.places, **{name: "…" for name in QUOTING if name in fault.places}})
        name = fault.label or fault.question
        return RowFault(
            {language: f"{fault.at(self._wording, language)} {name}".strip() for language in self._wording.codes},
            {language: safe.why(self._wording, language) for language in self._wording.codes},
        )

    def _ended(self, sheet: _Sheet, outcome: str, trouble: KioskTrouble | None = None) -> e.SheetFiled:
        self._sheet = None
        results, cases = sheet.run.results, sheet.run.cases.cases
        states = [one.state for one in results]
        counts = {"filed": states.count(FILED), "before": states.count(BEFORE), "wrong": states.count(WRONG)}
        counts["left"] = len(cases) - len(results)
        left = [Result(one.name, one.where.sheet, one.where.row, LEFT) for one in cases[len(results) :]]
        table, beside = self._write(sheet, [*results, *left])
        number = ""
        try:
            if sheet.summary and counts["filed"]:
                number = self._queue_summary(sheet)
            self._cases.note_ended(sheet.sha256, f"{outcome} {trouble.key}" if trouble else outcome, **counts)
        except KioskTrouble as second:  # told already, or the next start tells it
            journal.note("import not noted", key=second.key)
            trouble = trouble or second
        journal.note("import ended", outcome=outcome, count=counts["filed"])
        return e.SheetFiled(
            SheetOutcome(
                **counts,
                table=table,
                beside=beside,
                summary=number,
                trouble=trouble.key if trouble else "",
                stopped=outcome == "stopped",
                places=trouble.places if trouble else {},
            )
        )

    def _queue_summary(self, sheet: _Sheet) -> str:
        tickets = [one.ticket_number for one in sheet.run.results if one.state == FILED]
        court, now = self._settings.court, self.desk.clock.now()
        facts = ImportFacts(
            court_name=court.name,
            number=f"{sheet.sha256[:8].upper()}-{now:%y%m%d%H%M%S}",
            done_at=now,
            cause=cause_of(self._shelf.heads[sheet.pack_id].title, sheet.language),
            filed=len(tickets),
            before=sum(one.state == BEFORE for one in sheet.run.results),
            first_ticket=tickets[0],
            last_ticket=tickets[-1],
            sheet16=sheet.sha256[:16],
            window=f"{court.hall} {court.window}",
            hotline=court.hotline,
        )
        self._cases.print_summary(import_summary(facts, self._wording, sheet.language))
        return facts.number

    # The result table: beside the sheet, or on this machine without the cases' own names

    def _earlier(self, found: Found, pack_id: PackId, names: list[str]) -> Mapping[str, Result]:
        kept = filed_before(self._kept(found, pack_id))
        beside = {name: one for name, one in filed_before(found.result).items() if read_ticket(one.ticket_number)}
        told = {name: beside.get(name) or kept.get(_hidden(name)) for name in names}
        return {name: one for name, one in told.items() if one is not None}

    def _write(self, sheet: _Sheet, results: list[Result]) -> tuple[str, bool]:
        """Where it is, and whether that is beside the sheet."""
        try:
            write_beside(sheet.found.result, table_of(results))
            return sheet.found.result.name, True
        except OSError:
            journal.note("import table not beside the sheet")
        kept = self._kept(sheet.found, sheet.pack_id)
        try:
            kept.parent.mkdir(mode=0o700, exist_ok=True)
            write_beside(kept, table_of([replace(one, case=_hidden(one.case)) for one in results]))
        except OSError:
            return "", False
        return f"{KEPT_IN}/{kept.name}", False

    def _kept(self, found: Found, pack_id: PackId) -> Path:
        return self._settings.state / KEPT_IN / f"{pack_id}-{_hidden(found.name)}.csv"

    def _forget_old_tables(self) -> None:
        before = (self.desk.clock.now() - timedelta(days=KEPT_DAYS)).timestamp()
        for path in (self._settings.state / KEPT_IN).glob("*.csv"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)


def _hidden(name: str) -> str:
    """A case's or file's own name may be somebody's: on this machine only its digest is kept."""
    return sha256_hex(name.encode("utf-8", "surrogateescape"))[:_NAME_DIGITS]
