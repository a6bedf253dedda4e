"""By touch, offscreen: from the attract screen to the central receipt, then a clerk at the same window."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.filings.canonical import parse
from kiosk.filings.content import load_readable
from kiosk.filings.status import FilingStatus
from kiosk.sealing.keys import read_court_keys
from kiosk.slips.slip import ticket_in
from kiosk.store.filings import Filings
from kiosk.store.readable import Readable
from kiosk.store.receipts import Receipts
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.visit import Moment, Visit
from kiosk.wording import Wording
from sync.wire import Context, Receipt, open_signed
from ui.demo.court import DemoCourt, intake_words, ledger
from ui.demo.person import Person

RECEIVED = "法院已接收（待审核）"


def test_the_slip_in_hand_says_what_was_filed_and_what_it_is_worth(filed, court: DemoCourt):
    assert filed.done.ticket_number == filed.ticket
    assert "尚未上传" in filed.done.status
    for words in (court.settings().court.name, filed.ticket, "民间借贷纠纷", "尚未上传，法院接收后生效", "第1次"):
        assert words in filed.paper
    assert "补打" not in filed.paper
    scanned = next(line for line in filed.paper.splitlines() if line.startswith("[CK1:"))
    assert ticket_in(scanned.strip("[]")) == filed.ticket
    with Image.open(filed.picture) as picture:
        assert picture.width >= 500
        assert picture.height > picture.width


def test_the_stored_row_is_received_and_holds_what_was_said(
    filed, court: DemoCourt, store_of: Callable[..., Any], person_with_card: Person
):
    with store_of(court.settings()) as db:
        row = Filings(db).by_ticket(filed.ticket)
        kept = Readable(db).get(row.filing_id)
    assert row.status is FilingStatus.RECEIVED
    assert row.received_at is not None
    assert row.pack_id == "private_lending"
    answers = load_readable(kept.body).answers
    wanted = person_with_card.answers
    assert answers["plaintiff"][0]["person"]["name"] == wanted["plaintiff"][0]["person"]["name"]
    assert answers["plaintiff"][0]["person"]["id_number"] == wanted["plaintiff"][0]["person"]["id_number"]
    assert answers["defendant"][0]["person"]["name"] == "张三䶮"
    assert answers["facts"]["disbursements"] == wanted["facts"]["disbursements"]


def test_the_court_opens_the_complaint_the_person_wrote(
    filed, court: DemoCourt, store_of: Callable[..., Any], person_with_card: Person, tmp_path: Path
):
    with store_of(court.settings()) as db:
        row = Filings(db).by_ticket(filed.ticket)
        answers = load_readable(Readable(db).get(row.filing_id).body).answers
    shown = json.loads(
        court.run("sync.intake.main", "show", *intake_words(court), "--out", str(tmp_path), row.receipt_number)
    )
    assert shown["header"]["answers"] == answers
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "complaint.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    plaintiff = person_with_card.answers["plaintiff"][0]["person"]
    for words in ("民事起诉状", "张三䶮", plaintiff["name"], plaintiff["id_number"], "贰万元整", "13600136000"):
        assert words in text.replace(" ", ""), words
    assert "20,000.00" in text or "20000" in text


def test_the_ledger_has_the_filing_once_and_its_receipt_is_the_courts(
    filed, court: DemoCourt, store_of: Callable[..., Any]
):
    settings = court.settings()
    with store_of(settings) as db:
        row = Filings(db).by_ticket(filed.ticket)
        receipt = Receipts(db).get(row.filing_id)
    (line,) = [one for one in ledger(court) if one["filing_id"] == row.filing_id]
    assert line["state"] == "received"
    assert line["kiosk_id"] == settings.kiosk_id
    assert line["receipt_number"] == row.receipt_number == receipt.receipt_number
    assert line["envelope_sha256"] == row.envelope_sha256
    signed = open_signed(
        Receipt, Context.RECEIPT, parse(receipt.body, 65536), read_court_keys(settings.state).receipt_key
    )
    assert signed.receipt_number == row.receipt_number
    assert signed.envelope_sha256 == row.envelope_sha256


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
        else:
            scan = next(line for line in filed.paper.splitlines() if line.startswith("[CK1:")).strip("[]")
            kiosk.program.lobby.take(e.Typed(scan))
        kiosk.do(e.NextPressed())
        page = kiosk.filing_page()
        assert page.state == RECEIVED
        assert any("张三䶮" in line for row in page.rows for line in row.lines)
        kiosk.do(e.TilePressed("reprint"))
        kiosk.wait_for(lambda: len(set(court.tickets.glob("*.txt")) - papers) == 1, "the second paper")
        (paper,) = set(court.tickets.glob("*.txt")) - papers
        text = paper.read_text("utf-8")
        assert "补打" in text
        assert filed.ticket in text
        assert f"第{len(papers) + 1}次" in text
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
