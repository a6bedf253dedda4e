"""打印回执 on a clerk's page: there once the court's receipt is here, and not before."""

from __future__ import annotations

from dataclasses import replace

from kiosk.filings.filing import FilingSummary
from kiosk.filings.status import FilingStatus
from kiosk.ids import FilingId, TicketNumber
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.clerk import ClerkMoment, ClerkVisit, page_of, step
from kiosk.visit.guide import Guide

NUMBER = "110105-1-00000012"


def opened(guide: Guide, *, receipt: bool) -> ClerkVisit:
    filing = FilingSummary(
        filing_id=FilingId("f"),
        ticket_number=TicketNumber("0105-261123-0007-K3"),
        status=FilingStatus.RECEIVED if receipt else FilingStatus.STORED,
        court_state="",
        ticket_time=guide.now,
        received_at=guide.now if receipt else None,
        receipt_number=NUMBER if receipt else "",
        cause="民间借贷纠纷",
        parties="王测试 / 张三",
        papers_printed=1,
        receipt_here=receipt,
    )
    visit, _ = step(ClerkVisit(moment=ClerkMoment.FIND), e.FilingFound(filing), guide)
    return visit


def page(visit: ClerkVisit, guide: Guide) -> p.ClerkFilingPage:
    drawn = page_of(visit, guide)
    assert isinstance(drawn, p.ClerkFilingPage)
    return drawn


def test_before_the_receipt_there_is_no_button_and_a_touch_does_nothing(guide: Guide):
    visit = opened(guide, receipt=False)
    assert page(visit, guide).receipt_label == ""
    assert step(visit, e.TilePressed("receipt"), guide) == (visit, ())


def test_once_it_is_here_the_button_asks_for_its_paper(guide: Guide):
    visit = opened(guide, receipt=True)
    assert page(visit, guide).receipt_label == "打印回执"
    assert page(replace(visit, language="en"), guide).receipt_label == "Print receipt"
    after, wishes = step(visit, e.TilePressed("receipt"), guide)
    assert wishes == (w.PrintReceipt(TicketNumber("0105-261123-0007-K3"), NUMBER),)
    assert page(after, guide).message == "回执副联等待打印"


def test_what_the_printer_and_the_desk_say_stands_on_the_page(guide: Guide):
    visit, _ = step(opened(guide, receipt=True), e.TilePressed("receipt"), guide)
    printed, _ = step(visit, e.PaperReported("paper.printed"), guide)
    assert page(printed, guide).message == guide.say("paper.printed", "zh")
    gone, _ = step(visit, e.ClerkTold("clerk.receipt_gone"), guide)
    assert page(gone, guide).message == "这份回执的内容已从本机清除。请在法院系统里打印。"
