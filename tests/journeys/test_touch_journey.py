"""By touch, offscreen: from the attract screen to the central receipt, then a clerk at the same window."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.slips.slip import ticket_in
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.clerk import ClerkMoment
from kiosk.visit.visit import Moment, Visit
from kiosk.wording import Wording
from ui.demo.court import DemoCourt
from ui.demo.person import Person

RECEIVED = "法院已接收（待审核）"


def qr_in(paper: str) -> str:
    """What a scanner reads from this paper."""
    return next(line for line in paper.splitlines() if line.startswith("[CK1:")).strip("[]")


def scans(kiosk: Any, content: str) -> bool:
    """A scanner that types: all keys at once, then Return; whether that led away from the page."""
    window = kiosk.program.window.windowHandle()
    for sign in content:
        QTest.keyClick(window, sign)
    QTest.keyClick(window, Qt.Key.Key_Return)
    QApplication.processEvents()
    return kiosk.clerk().moment != ClerkMoment.FIND or bool(kiosk.clerk().typed)


def test_the_slip_in_hand_says_what_was_filed_and_what_it_is_worth(filed, court: DemoCourt):
    assert filed.done.ticket_number == filed.ticket
    assert "尚未上传" in filed.done.status
    for words in (court.settings().court.name, filed.ticket, "民间借贷纠纷", "尚未上传，法院接收后生效", "第1次"):
        assert words in filed.paper
    assert "补打" not in filed.paper
    assert ticket_in(qr_in(filed.paper)) == filed.ticket
    with Image.open(filed.picture) as picture:
        assert picture.width >= 500
        assert picture.height > picture.width


def test_the_filing_reaches_the_court_as_it_was_said(
    filed, court: DemoCourt, person_with_card: Person, at_the_court: Callable[..., None], tmp_path: Path
):
    at_the_court(court, filed.ticket, person_with_card, tmp_path)


def test_when_the_visit_is_over_nothing_of_the_person_is_in_the_window(filed):
    assert filed.visit_after == Visit(moment=Moment.GONE, language="zh")
    assert filed.ticket not in filed.window_after
    for at, words in filed.words.items():
        assert words not in filed.window_after, at


@pytest.mark.parametrize("how", ["typed", "scanned"])
def test_a_clerk_finds_the_filing_by_its_ticket_and_prints_it_again(
    filed, court: DemoCourt, open_kiosk: Callable[..., Any], person: Person, wording: Wording, how: str
):
    papers = set(court.tickets.glob("*.txt"))
    number, pin = court.clerk_file.read_text("ascii").split()
    with open_kiosk(court.settings(), person) as kiosk:
        kiosk.sign_in(number, pin)
        if how == "typed":
            kiosk.do(e.Typed(filed.ticket))
            kiosk.do(e.NextPressed())
        else:
            kiosk.wait_for(lambda: scans(kiosk, qr_in(filed.paper)), "the scan to be understood")
        page = kiosk.filing_page()
        assert page.state == RECEIVED
        assert any("张三䶮" in line for row in page.rows for line in row.lines)
        kiosk.do(e.TilePressed("reprint"))
        kiosk.wait_for(lambda: len(set(court.tickets.glob("*.txt")) - papers) == 1, "the second paper")
        (paper,) = set(court.tickets.glob("*.txt")) - papers
        text = paper.read_text("utf-8")
        assert "补打" in text
        assert filed.ticket in text
        again = re.search(r"补打 第(\d+)次", text)
        assert again is not None
        assert int(again[1]) >= 2
        assert f"全文完 {filed.ticket} 第{again[1]}次" in text
        kiosk.wait_for(lambda: kiosk.clerk().message == wording.say("paper.printed", "zh"), "the news of the paper")
        kiosk.do(e.TilePressed("back"))
        page = kiosk.program.lobby.page()
        assert isinstance(page, p.ClerkFindPage)
        kiosk.do(e.LeaveAsked())
        kiosk.wait_for(lambda: not kiosk.program.running, "the clerk's visit to be wiped")
        left = kiosk.texts_on_window()
    assert filed.ticket not in left
    assert pin not in left
    for at, words in filed.words.items():
        assert words not in left, at
