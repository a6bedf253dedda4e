"""批量立案 as a clerk walks it, without a window and without a file: every fact comes from the test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.visit import clerk, importing
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.clerk import ClerkMoment, ClerkVisit
from kiosk.visit.guide import Guide
from kiosk.visit.importing import ImportMoment
from kiosk.visit.sheets import RowFault, SheetFile, SheetOutcome, SheetReport

SHEET = SheetFile("sheet 1", "三月.xlsx", 37, datetime(2026, 11, 1, 1, 12, tzinfo=UTC))
FAULT = RowFault({"zh": "cases!D3 金额", "en": "cases!D3 amount"}, {"zh": "请填写金额。", "en": "Write a sum."})
REPORT = SheetReport(3, 1, 1, (FAULT,))
LISTED = e.SheetsListed((SHEET,))


class AtTheGlass:
    """A clerk's visit and what was wished since it was last asked."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.visit = ClerkVisit(moment=ClerkMoment.FIND)
        self.wished: list[w.Wish] = []

    def hears(self, *events: e.Event) -> list[w.Wish]:
        self.wished = []
        for event in events:
            self.visit, wishes = clerk.step(self.visit, event, self.guide)
            self.wished += wishes
        return self.wished

    @property
    def moment(self) -> ImportMoment | None:
        return self.visit.importing.moment if self.visit.importing else None

    def page(self) -> p.Page:
        return clerk.page_of(self.visit, self.guide)


@pytest.fixture
def glass(guide: Guide) -> AtTheGlass:
    return AtTheGlass(guide)


def to_report(glass: AtTheGlass, report: SheetReport = REPORT) -> None:
    glass.hears(
        e.TilePressed("import"),
        LISTED,
        e.TilePressed("sheet 1"),
        e.TilePressed("private_lending"),
        e.RowsDone(0, 4),
        e.SheetChecked(report),
    )
    assert glass.moment is ImportMoment.REPORT


def test_from_the_find_page_to_the_result_table(glass: AtTheGlass):
    assert glass.hears(e.TilePressed("import")) == [w.ListSheets()]
    assert glass.hears(LISTED) == []
    page = glass.page()
    assert isinstance(page, p.ClerkChoicePage)
    assert [(one.label, one.example) for one in page.options] == [("三月.xlsx", "37 KB，2026-11-01 09:12")]
    glass.hears(e.TilePressed("sheet 1"))
    page = glass.page()
    assert isinstance(page, p.ClerkChoicePage)
    assert "private_lending" in {one.code for one in page.options}
    assert glass.hears(e.TilePressed("private_lending")) == [w.CheckSheet("sheet 1", "private_lending")]
    assert glass.hears(e.RowsDone(0, 4)) == [w.GoOn()]
    assert glass.hears(e.RowsDone(3, 4)) == [w.GoOn()]
    page = glass.page()
    assert isinstance(page, p.ClerkProgressPage)
    assert (page.done, page.whole, page.message) == (3, 4, "第 3 行，共 4 行")
    assert glass.hears(e.SheetChecked(REPORT)) == []
    page = glass.page()
    assert isinstance(page, p.ClerkReportPage)
    assert page.message == "可以立案 3 件，有错 1 行。其中 1 件以前已立，不会再立。"
    assert page.rows == (p.Row("cases!D3 金额", ("请填写金额。",)),)
    glass.hears(e.NextPressed())
    page = glass.page()
    assert isinstance(page, p.ClerkChoicePage)
    assert page.heading.title == "把 2 件立案？"
    assert page.safe_first
    assert page.options[0].code == importing.NOT_YET
    assert glass.hears(e.TilePressed(importing.FILE)) == [w.FileSheet(summary=False)]
    assert glass.hears(e.RowsDone(0, 4), e.RowsDone(1, 4)) == [w.GoOn(), w.GoOn()]
    assert glass.hears(e.SheetFiled(SheetOutcome(2, 1, 1, 0, "三月.result.csv", beside=True))) == []
    page = glass.page()
    assert isinstance(page, p.ClerkReportPage)
    assert page.tone == "good"
    assert [(row.label, row.lines) for row in page.rows] == [
        ("新立", ("2",)),
        ("以前已立", ("1",)),
        ("有错，没有立", ("1",)),
        ("结果表", ("在表格旁边：三月.result.csv",)),
    ]
    assert glass.hears(e.BackPressed()) == [w.ListFilings()]
    assert glass.visit.moment is ClerkMoment.FIND
    assert glass.visit.importing is None


def test_nothing_is_filed_before_the_count_was_confirmed(glass: AtTheGlass):
    to_report(glass)
    assert glass.hears(e.NextPressed()) == []
    assert glass.hears(e.NextPressed()) == []
    assert glass.hears(e.TilePressed(importing.NOT_YET)) == []
    assert glass.moment is ImportMoment.REPORT
    assert glass.hears(e.TilePressed(importing.FILE)) == []


def test_a_summary_slip_comes_only_when_asked_for_and_is_followed(glass: AtTheGlass):
    to_report(glass)
    assert glass.hears(e.NextPressed(), e.TilePressed(importing.FILE_WITH_SLIP)) == [w.FileSheet(summary=True)]
    glass.hears(e.SheetFiled(SheetOutcome(2, 0, 0, 0, "x", True, summary="AB12")), e.PaperReported("paper.printed"))
    page = glass.page()
    assert isinstance(page, p.ClerkReportPage)
    assert page.rows[-1] == p.Row("汇总单", (glass.guide.say("paper.printed", "zh"),))


@pytest.mark.parametrize(
    "report", [SheetReport(0, 0, 2, (FAULT,)), SheetReport(2, 2, 0), SheetReport(0, 0, 2, (FAULT,), of_the_file=True)]
)
def test_a_sheet_with_nothing_to_file_offers_no_way_on(glass: AtTheGlass, report: SheetReport):
    to_report(glass, report)
    assert glass.page().frame.next_label == ""
    assert glass.hears(e.NextPressed()) == []
    assert glass.moment is ImportMoment.REPORT


def test_a_clerk_stops_between_two_rows(glass: AtTheGlass):
    to_report(glass)
    glass.hears(e.NextPressed(), e.TilePressed(importing.FILE), e.RowsDone(0, 4))
    assert glass.hears(e.BackPressed()) == []
    assert glass.hears(e.BackPressed()) == []
    assert glass.hears(e.RowsDone(1, 4)) == [w.StopSheet()]
    glass.hears(e.SheetFiled(SheetOutcome(1, 0, 0, 3, "x", True, stopped=True)))
    page = glass.page()
    assert isinstance(page, p.ClerkReportPage)
    assert page.message.startswith("已停下")
    assert p.Row("没有办到", ("3",)) in page.rows


def test_stopping_a_check_goes_back_to_the_sheets(glass: AtTheGlass):
    glass.hears(e.TilePressed("import"), LISTED, e.TilePressed("sheet 1"), e.TilePressed("private_lending"))
    assert glass.hears(e.BackPressed(), e.RowsDone(0, 4)) == [w.StopSheet(), w.ListSheets()]
    assert glass.moment is ImportMoment.LOOKING


def test_rows_on_their_way_keep_the_clerk_signed_in_and_a_report_does_not(glass: AtTheGlass):
    to_report(glass)
    glass.hears(e.NextPressed(), e.TilePressed(importing.FILE), e.RowsDone(0, 4))
    assert glass.hears(e.IdleReached()) == []
    assert glass.moment is ImportMoment.FILING
    glass.hears(e.SheetFiled(SheetOutcome(2, 0, 0, 0)))
    assert glass.hears(e.IdleReached()) == [w.StopSheet(), w.SignOut(), w.BeginAgain()]
    assert glass.visit.moment is ClerkMoment.GONE


def test_leaving_while_rows_are_filed_has_the_rest_written_down_first(glass: AtTheGlass):
    to_report(glass)
    glass.hears(e.NextPressed(), e.TilePressed(importing.FILE), e.RowsDone(0, 4))
    assert glass.hears(e.LeaveAsked()) == [w.StopSheet(), w.SignOut(), w.BeginAgain()]
    assert glass.hears(e.RowsDone(1, 4)) == []


@pytest.mark.parametrize("key", ["import.not_set", "import.no_folder", "import.no_sheets"])
def test_without_sheets_the_page_says_why_and_looks_again(glass: AtTheGlass, key: str):
    glass.hears(e.TilePressed("import"), e.SheetsListed((), key))
    page = glass.page()
    assert isinstance(page, p.ClerkChoicePage)
    assert page.message == glass.guide.say(key, "zh")
    assert page.options == ()
    assert glass.hears(e.NextPressed()) == [w.ListSheets()]


def test_what_the_desk_refuses_is_told_in_words(glass: AtTheGlass):
    glass.hears(e.TilePressed("import"), LISTED, e.TilePressed("sheet 1"), e.TilePressed("private_lending"))
    glass.hears(e.ImportFailed("bulk.too_large", {"file": "三月.xlsx", "limit": 16}))
    page = glass.page()
    assert isinstance(page, p.ClerkChoicePage)
    assert page.message == "三月.xlsx 超过 16 MB。请分成几个文件。"
    glass.hears(e.TilePressed("import"), e.ImportFailed("clerk.not_signed_in"))
    page = glass.page()
    assert isinstance(page, p.ClerkChoicePage)
    assert page.message == glass.guide.say("clerk.not_signed_in", "zh")


def test_the_page_speaks_the_language_of_the_clerk(glass: AtTheGlass):
    to_report(glass, replace(REPORT, more=5))
    glass.hears(e.LanguageChosen("en"))
    page = glass.page()
    assert isinstance(page, p.ClerkReportPage)
    assert page.rows[0] == p.Row("cases!D3 amount", ("Write a sum.",))
    assert page.rows[-1].lines == ("5 more. Put these right and check again.",)


def test_every_moment_has_a_page_in_both_languages(glass: AtTheGlass):
    whole = importing.Importing(
        sheets=(SHEET,),
        sheet=SHEET,
        report=REPORT,
        outcome=SheetOutcome(1, 1, 1, 1, "x", False, "Y", "store.disk_low", places={"free": 1, "least": 2}),
    )
    for moment in ImportMoment:
        for language in ("zh", "en"):
            page = importing.page_of(replace(whole, moment=moment), language, glass.guide)
            assert page.frame.language == language
            assert "三月" not in repr(page)
