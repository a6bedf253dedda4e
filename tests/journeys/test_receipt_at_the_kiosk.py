"""A clerk prints the court's receipt for the person: from a real court's signed receipt to the paper in hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kiosk.ids import TicketNumber
from kiosk.store.filings import Filings
from kiosk.visit import events as e
from kiosk.wording import Wording
from ui.demo.court import DemoCourt
from ui.demo.person import Person


def test_the_receipt_is_printed_once_and_then_as_a_second_one(
    filed,
    court: DemoCourt,
    open_kiosk: Callable[..., Any],
    store_of: Callable[..., Any],
    person: Person,
    wording: Wording,
):
    with store_of(court.settings()) as db:
        row = Filings(db).by_ticket(TicketNumber(filed.ticket))
    assert row is not None
    number, pin = court.clerk_file.read_text("ascii").split()
    papers = set(court.tickets.glob("*.txt"))
    with open_kiosk(court.settings(), person) as kiosk:
        kiosk.sign_in(number, pin)
        kiosk.do(e.Typed(filed.ticket))
        kiosk.do(e.NextPressed())
        assert kiosk.filing_page().receipt_label == "打印回执"
        printed = []
        for nth in ("the receipt", "the second one"):
            kiosk.do(e.TilePressed("receipt"))
            kiosk.wait_for(lambda: len(set(court.tickets.glob("*.txt")) - papers) == 1, nth)
            (paper,) = set(court.tickets.glob("*.txt")) - papers
            papers.add(paper)
            printed.append(paper.read_text("utf-8"))
            kiosk.wait_for(lambda: kiosk.clerk().message == wording.say("paper.printed", "zh"), f"the news of {nth}")
        kiosk.do(e.TilePressed("back"))
        kiosk.do(e.LeaveAsked())
        kiosk.wait_for(lambda: not kiosk.program.running, "the clerk's visit to be wiped")
        left = kiosk.texts_on_window()
    first, second = printed
    for text in printed:
        for words in ("立案材料接收回执", row.receipt_number, "已接收待审核，非立案", "12368"):
            assert words in text
        assert "张三䶮" not in text
    assert re.search(r"补打 第\d+次", first) is None
    assert "补打 第2次" in second
    assert row.receipt_number not in left
