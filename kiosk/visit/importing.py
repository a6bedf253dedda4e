"""批量立案 in clerk mode as a step function: choose a sheet, choose the form, see what is wrong, confirm, file, be told.

Nothing here reads a file. The desk goes a few rows at a time, whenever it is wished to go on, so a clerk can stop
between any two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kiosk.clock import CHINA
from kiosk.languages import COURT_LANGUAGE
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.guide import Guide
from kiosk.visit.sheets import SheetFile, SheetOutcome, SheetReport

FILE, FILE_WITH_SLIP, NOT_YET = "file", "file and slip", "not yet"


class ImportMoment(StrEnum):
    LOOKING = "looking"
    SHEETS = "sheets"
    KIND = "kind"
    CHECKING = "checking"
    REPORT = "report"
    CONFIRM = "confirm"
    FILING = "filing"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Importing:
    moment: ImportMoment = ImportMoment.LOOKING
    sheets: tuple[SheetFile, ...] = ()
    more: int = 0
    sheet: SheetFile | None = None
    pack_id: str = ""
    done: int = 0
    whole: int = 0
    stopping: bool = False
    report: SheetReport | None = None
    outcome: SheetOutcome | None = None
    paper: str = ""  # wording key of what the printer says
    trouble: str = ""  # wording key of what is amiss
    places: Mapping[str, str | int] = field(default_factory=dict, repr=False)

    @property
    def running(self) -> bool:
        """Rows are on their way: that is why nobody touches the screen."""
        return self.moment in (ImportMoment.LOOKING, ImportMoment.CHECKING, ImportMoment.FILING)


Wishes = tuple[w.Wish, ...]


def begin() -> tuple[Importing, Wishes]:
    return Importing(), (w.ListSheets(),)


def step(at: Importing, event: e.Event, guide: Guide) -> tuple[Importing | None, Wishes]:
    """Take one fact in. None: the clerk goes back to the page before."""
    M = ImportMoment
    match at.moment, event:
        case _, e.ImportFailed(key=key, places=places):
            return replace(at, moment=M.SHEETS, sheet=None, stopping=False, trouble=key, places=places), ()
        case M.LOOKING, e.SheetsListed(sheets=sheets, trouble=trouble, more=more):
            return Importing(M.SHEETS, sheets, more, trouble=trouble), ()
        case ((M.LOOKING | M.SHEETS), e.BackPressed()):
            return None, (w.StopSheet(),)
        case M.SHEETS, e.NextPressed():
            return begin()
        case M.SHEETS, e.TilePressed(code=code):
            sheet = next((one for one in at.sheets if one.code == code), None)
            return (at, ()) if sheet is None else (replace(at, moment=M.KIND, sheet=sheet, trouble=""), ())
        case M.KIND, e.BackPressed():
            return replace(at, moment=M.SHEETS, sheet=None), ()
        case M.KIND, e.TilePressed(code=code) if code in guide.heads and at.sheet is not None:
            checking = replace(at, moment=M.CHECKING, pack_id=code, done=0, whole=0, report=None, outcome=None)
            return checking, (w.CheckSheet(at.sheet.code, code),)
        case ((M.CHECKING | M.FILING), e.BackPressed()) if not at.stopping:
            return replace(at, stopping=True), ()
        case ((M.CHECKING | M.FILING), e.RowsDone(done=done, whole=whole)):
            wish: w.Wish = w.StopSheet() if at.stopping else w.GoOn()
            if at.stopping and at.moment is M.CHECKING:
                return begin()[0], (wish, w.ListSheets())
            return replace(at, done=done, whole=whole), (wish,)
        case M.CHECKING, e.SheetChecked(report=report):
            return replace(at, moment=M.REPORT, report=report, stopping=False), ()
        case M.REPORT, e.BackPressed():
            return begin()[0], (w.StopSheet(), w.ListSheets())
        case M.REPORT, e.NextPressed() if at.report is not None and at.report.to_file:
            return replace(at, moment=M.CONFIRM), ()
        case M.CONFIRM, e.BackPressed() | e.TilePressed(code="not yet"):
            return replace(at, moment=M.REPORT), ()
        case M.CONFIRM, e.TilePressed(code=code) if code in (FILE, FILE_WITH_SLIP):
            return replace(at, moment=M.FILING, done=0), (w.FileSheet(summary=code == FILE_WITH_SLIP),)
        case M.FILING, e.SheetFiled(outcome=outcome):
            return replace(at, moment=M.DONE, outcome=outcome, stopping=False), ()
        case M.DONE, e.PaperReported(key=key):
            return replace(at, paper=key), ()
        case M.DONE, e.NextPressed():
            return begin()
        case M.DONE, e.BackPressed():
            return None, ()
    return at, ()


def page_of(at: Importing, language: str, guide: Guide) -> p.Page:
    """The page of this moment; the frame round it is the clerk's."""

    def say(key: str, **places: str | int) -> str:
        return guide.say(key, language, **places)

    frame = p.Frame(language)
    match at.moment:
        case ImportMoment.LOOKING | ImportMoment.CHECKING | ImportMoment.FILING:
            return _progress(at, frame._replace(back=False), guide)
        case ImportMoment.SHEETS:
            options = tuple(
                p.Option(
                    one.code,
                    one.name,
                    say("import.sheet", size=one.kilobytes, changed=f"{one.changed.astimezone(CHINA):%Y-%m-%d %H:%M}")
                    if one.changed
                    else "",
                )
                for one in at.sheets
            )
            hint = say("import.sheets_hint") if options else ""
            trouble = say(at.trouble, **{"window": guide.window, **at.places}) if at.trouble else ""
            if not trouble and at.more:
                trouble = say("import.more_sheets", count=at.more)
            heading = p.Heading(say("import.title"), hint)
            return p.ClerkChoicePage(frame._replace(next_label=say("import.again")), heading, trouble, options)
        case ImportMoment.KIND:
            return p.ClerkChoicePage(
                frame, p.Heading(say("import.kind"), say("import.kind_hint")), "", _kinds(language, guide)
            )
        case ImportMoment.REPORT:
            return _report(at, frame, guide)
        case ImportMoment.CONFIRM:
            assert at.report is not None
            options = (
                p.Option(NOT_YET, say("import.not_yet")),
                p.Option(FILE, say("import.file", count=at.report.to_file), say("import.file_example")),
                p.Option(FILE_WITH_SLIP, say("import.file_and_slip"), say("import.file_and_slip_example")),
            )
            heading = p.Heading(say("import.confirm", count=at.report.to_file), say("import.confirm_hint"))
            return p.ClerkChoicePage(frame, heading, "", options, safe_first=True)
        case ImportMoment.DONE:
            return _told(at, frame, guide)


def _kinds(language: str, guide: Guide) -> tuple[p.Option, ...]:
    options = []
    for pack_id, head in guide.heads.items():
        title = head.title.get(language) or head.title[COURT_LANGUAGE]
        everyday = guide.wording.knows(f"matter.{pack_id}")
        label = guide.say(f"matter.{pack_id}", language) if everyday else title
        options.append(p.Option(pack_id, label, title if everyday else ""))
    return tuple(sorted(options, key=lambda one: one.code))


def _progress(at: Importing, frame: p.Frame, guide: Guide) -> p.Page:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, frame.language, **places)

    if at.moment is ImportMoment.LOOKING:
        return p.ClerkProgressPage(frame, say("import.title"), say("import.looking"), 0, 0, say("clerk.back"))
    key = "import.checking" if at.moment is ImportMoment.CHECKING else "import.filing"
    message = say("import.stopping") if at.stopping else say("import.row_of", done=at.done, whole=at.whole)
    if not at.whole and not at.stopping:
        message = say("import.reading")
    return p.ClerkProgressPage(frame, say(key), message, at.done, at.whole, say("import.stop"))


def _report(at: Importing, frame: p.Frame, guide: Guide) -> p.Page:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, frame.language, **places)

    report = at.report
    assert report is not None
    rows = tuple(
        p.Row(one.where.get(frame.language, ""), (one.words.get(frame.language, ""),)) for one in report.faults
    )
    if report.more:
        rows = (*rows, p.Row("", (say("import.more_faults", count=report.more),)))
    if report.of_the_file:
        message, tone = say("import.file_wrong"), "warn"
    else:
        message = say("import.found", good=report.good, wrong=report.wrong)
        if report.before:
            message += say("import.found_before", before=report.before)
        tone = "warn" if report.wrong else "good"
    if report.to_file:
        frame = frame._replace(next_label=say("import.onward"))
    return p.ClerkReportPage(frame, p.Heading(say("import.report")), message, tone, rows)


def _told(at: Importing, frame: p.Frame, guide: Guide) -> p.Page:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, frame.language, **places)

    told = at.outcome
    assert told is not None
    message, tone = say("import.done"), "good"
    if told.trouble:
        message, tone = say(told.trouble, **{"window": guide.window, **told.places}) + say("import.once_more"), "warn"
    elif told.stopped:
        message, tone = say("import.stopped") + say("import.once_more"), "warn"
    counts = {"filed": told.filed, "before": told.before, "wrong": told.wrong, "left": told.left}
    rows = [
        p.Row(say(f"import.row.{name}"), (str(count),))
        for name, count in counts.items()
        if count or name in ("filed", "wrong")
    ]
    where = say("import.table_beside" if told.beside else "import.table_kept", name=told.table)
    rows.append(p.Row(say("import.row.table"), (where if told.table else say("import.table_none"),)))
    if told.summary:
        paper = say(at.paper, window=guide.window) if at.paper else say("paper.queued")
        rows.append(p.Row(say("import.row.slip"), (paper,)))
    frame = frame._replace(next_label=say("import.another"))
    return p.ClerkReportPage(frame, p.Heading(say("import.told")), message, tone, tuple(rows))
