"""The receipt on paper: never before the court's, then once, then marked 补打; nobody laid bare."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from kiosk.answers_file import Reader
from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.desk.court_papers import WHOLE
from kiosk.desk.handing_in import Papers
from kiosk.errors import KioskTrouble
from kiosk.filings.filing import Filed, Submission
from kiosk.filings.status import FilingEvent
from kiosk.practice import enrol_for_practice, practice_settings
from kiosk.shelf import Shelf, open_shelf
from kiosk.slips.job import JobState, PrintJob
from kiosk.slips.parts import Slip, dump_slip, for_attempt
from kiosk.slips.slip import OFFLINE_SLIP
from kiosk.slips.told import FILING_RECEIPT
from kiosk.store.audit import Audit
from kiosk.store.filings import Filings
from kiosk.store.outbox import Outbox
from kiosk.store.receipts import Receipts, StoredReceipt
from kiosk.store.spool import Spool
from resources import folder

Make = Callable[..., Papers]
NUMBER = "110105-1-00000012"
FILED_AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
RECEIVED_AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


def events(desk: Desk) -> list[tuple[str, str, str, str]]:
    return [(row.event, row.actor, row.object, row.outcome) for row in Audit(desk.db, desk.clock).rows()]


def receive(desk: Desk, filed: Filed, at: datetime = RECEIVED_AT, *, envelope: str = "") -> None:
    """The court's receipt, as the messenger writes it down once it has verified it."""
    entry = Outbox(desk.db).get(filed.filing_id, 1)
    assert entry is not None
    sha, now = envelope or entry.envelope_sha256, desk.clock.now()
    Receipts(desk.db).keep(StoredReceipt(filed.filing_id, 1, sha, NUMBER, at, b"signed", "https"), now)
    Filings(desk.db).advance(
        filed.filing_id, 1, FilingEvent.RECEIPT_CAME, now=now, received_at=at, receipt_number=NUMBER
    )


def receipt_job(desk: Desk) -> PrintJob:
    job = Spool(desk.db).find(FILING_RECEIPT, NUMBER)
    assert job is not None
    return job


def words(slip: Slip | None) -> str:
    assert slip is not None
    return dump_slip(slip)


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def clerk(desk: Desk) -> Desk:
    desk.sign_in("1001", desk.enrol_clerk("1001", "王芳"))
    return desk


@pytest.fixture
def filed(clerk: Desk, papers: Make) -> Filed:
    return clerk.file(papers())


@pytest.fixture(scope="module")
def whole_shelf() -> Shelf:
    return open_shelf(folder("."))


@pytest.fixture
def whole_desk(tmp_path: Path, whole_shelf: Shelf) -> Iterator[Desk]:
    """With the forms, so that papers can be drawn and counted."""
    settings = practice_settings(tmp_path / "whole")
    enrol_for_practice(settings)
    desk = Desk.open(settings, StillClock(FILED_AT, 60_000), whole_shelf)
    desk.sign_in_service_user()
    yield desk
    desk.close()


@pytest.fixture
def said(whole_desk: Desk) -> Submission:
    reader = Reader(whole_desk.shelf, whole_desk.settings, whole_desk.shelf.wording, "zh", FILED_AT)
    (submission,) = reader.read(folder("demo") / "answers.json")
    return submission


def test_before_the_courts_receipt_there_is_no_paper_and_the_asking_is_written_down(clerk: Desk, filed: Filed):
    for ask in (clerk.court_papers("1001").print_receipt, clerk.court_papers("1001").receipt_sheet):
        with pytest.raises(KioskTrouble, match=r"clerk\.no_receipt"):
            ask(filed.ticket_number)
        assert events(clerk)[-1] == ("filing receipt printed", "1001", filed.filing_id, "no receipt")
    assert Spool(clerk.db).find(FILING_RECEIPT, NUMBER) is None
    found = clerk.look_up(filed.ticket_number)
    assert found is not None
    assert not found.receipt_here


def test_a_status_without_a_receipt_behind_it_prints_nothing(clerk: Desk, filed: Filed):
    now = clerk.clock.now()
    Filings(clerk.db).advance(
        filed.filing_id, 1, FilingEvent.RECEIPT_CAME, now=now, received_at=now, receipt_number="R-1"
    )
    with pytest.raises(KioskTrouble, match=r"clerk\.no_receipt"):
        clerk.court_papers().print_receipt(filed.ticket_number)


def test_a_receipt_for_another_envelope_prints_nothing(clerk: Desk, filed: Filed):
    receive(clerk, filed, envelope="0" * 64)
    with pytest.raises(KioskTrouble, match=r"clerk\.no_receipt"):
        clerk.court_papers().receipt_sheet(filed.ticket_number)


def test_afterwards_the_slip_is_queued_once_beside_the_ticket(clerk: Desk, filed: Filed):
    receive(clerk, filed)
    found = clerk.look_up(filed.ticket_number)
    assert found is not None
    assert found.receipt_here
    first = clerk.court_papers().print_receipt(filed.ticket_number)
    assert clerk.court_papers().print_receipt(filed.ticket_number) == first
    job = receipt_job(clerk)
    assert (job.id, job.kind, job.business_key, job.state) == (first, FILING_RECEIPT, NUMBER, JobState.QUEUED)
    ticket = Spool(clerk.db).find(OFFLINE_SLIP, filed.ticket_number)
    assert ticket is not None
    assert ticket.id != first
    assert events(clerk)[-1] == ("filing receipt printed", "1001", filed.filing_id, "ok")


def test_a_second_print_is_marked_as_one(clerk: Desk, filed: Filed):
    receive(clerk, filed)
    spool, now = Spool(clerk.db), clerk.clock.now()
    Spool(clerk.db).cancel(1, now)  # the ticket's own job
    job = clerk.court_papers().print_receipt(filed.ticket_number)
    claimed = spool.claim(now)
    assert claimed is not None
    assert claimed.id == job
    attempt = spool.open_attempt(claimed, "generic", now)
    assert claimed.slip is not None
    assert "补打" not in repr(for_attempt(claimed.slip, attempt.n, now).parts)
    assert spool.begin(attempt, "00", 10, now)
    spool.broke(attempt, 10, "unplugged", now)
    assert clerk.court_papers().print_receipt(filed.ticket_number) == job
    again = spool.claim(now)
    assert again is not None
    assert again.id == job
    second = spool.open_attempt(again, "generic", now)
    assert second.n == 2
    assert again.slip is not None
    assert "补打" in repr(for_attempt(again.slip, second.n, now).parts)


def test_nobody_prints_a_receipt_without_signing_in(desk: Desk, papers: Make):
    filed = desk.file(papers())
    receive(desk, filed)
    for ask in (desk.court_papers().print_receipt, desk.court_papers("1001").receipt_sheet):
        with pytest.raises(KioskTrouble, match=r"clerk\.not_signed_in"):
            ask(filed.ticket_number)
        assert events(desk)[-1] == ("action refused", "person", "print receipt", "refused")


def test_a_number_that_is_nobodys_is_said_to_be_so(clerk: Desk, filed: Filed):
    for typed in ("0105-261122-0005-XX", "rubbish", ""):
        with pytest.raises(KioskTrouble, match=r"clerk\.not_found"):
            clerk.court_papers().print_receipt(typed)


def test_once_the_words_are_gone_there_is_no_paper_and_no_button(clerk: Desk, filed: Filed, clock: StillClock):
    receive(clerk, filed)
    clock.moment += timedelta(days=2)
    clerk.purge()
    found = clerk.look_up(filed.ticket_number)
    assert found is not None
    assert (found.receipt_number, found.receipt_here) == (NUMBER, False)
    with pytest.raises(KioskTrouble, match=r"clerk\.receipt_gone"):
        clerk.court_papers().print_receipt(filed.ticket_number)


def test_without_its_form_the_papers_are_counted_as_one(clerk: Desk, filed: Filed):
    receive(clerk, filed)
    clerk.court_papers().print_receipt(filed.ticket_number)
    assert WHOLE in words(receipt_job(clerk).slip)


def test_slip_and_sheet_say_what_the_court_received_and_when_it_must_answer(whole_desk: Desk, said: Submission):
    filed = whole_desk.submit(said)
    receive(whole_desk, filed)
    whole_desk.court_papers().print_receipt(filed.ticket_number)
    slip = words(receipt_job(whole_desk).slip)
    sheet = text_of(whole_desk.court_papers().receipt_sheet(filed.ticket_number))
    papers = [one for one in whole_desk.documents(said) if one.copies.court]
    assert {"民事起诉状", "证据清单"} <= {one.title for one in papers}
    row = Filings(whole_desk.db).get(filed.filing_id)
    assert row is not None
    assert row.pages == sum(one.pages for one in papers)
    for expected in (
        whole_desk.settings.court.name,
        NUMBER,
        "2026-11-23 10:30",
        "民间借贷纠纷",
        "118,760.00",
        whole_desk.settings.kiosk_id,
        "王**",
        "12368",
        *(one.title for one in papers),
    ):
        assert expected in slip, expected
        assert expected.replace(" ", "") in sheet.replace(" ", ""), expected
    for one in papers:
        assert f"{one.copies.court + one.copies.parties}份 {one.pages}页 原件" in slip
    for words_of_the_state in ("已接收待审核", "非立案"):
        assert words_of_the_state in slip
        assert words_of_the_state in sheet
    assert WHOLE not in slip


def test_neither_paper_names_a_person_or_holds_a_number_of_one(whole_desk: Desk, said: Submission):
    filed = whole_desk.submit(said)
    receive(whole_desk, filed)
    whole_desk.court_papers().print_receipt(filed.ticket_number)
    slip = words(receipt_job(whole_desk).slip)
    sheet = text_of(whole_desk.court_papers().receipt_sheet(filed.ticket_number))
    people = [one["person"] for side in ("plaintiff", "defendant") for one in said.form.answers[side]]
    theirs = [one[name] for one in people for name in ("name", "id_number", "phone") if one.get(name)]
    assert len(theirs) > 5
    assert [one for one in theirs if one in slip or one in sheet] == []
    assert people[0]["name"] not in "".join(map(str, events(whole_desk)))


@pytest.mark.parametrize(
    ("received", "until", "certain"),
    [
        (datetime(2026, 11, 23, 2, 30, tzinfo=UTC), date(2026, 11, 30), True),
        (datetime(2026, 9, 24, 2, 30, tzinfo=UTC), date(2026, 10, 8), True),  # the seventh day is National Day
        (datetime(2027, 4, 26, 2, 30, tzinfo=UTC), date(2027, 5, 3), False),  # nobody has announced that year yet
    ],
)
def test_the_last_day_of_review_comes_after_the_holidays_or_says_that_they_are_not_known(
    whole_desk: Desk, said: Submission, received: datetime, until: date, certain: bool
):
    filed = whole_desk.submit(said)
    receive(whole_desk, filed, received)
    whole_desk.court_papers().print_receipt(filed.ticket_number)
    assert until.isoformat() in words(receipt_job(whole_desk).slip)
    sheet = text_of(whole_desk.court_papers().receipt_sheet(filed.ticket_number)).replace(" ", "")
    assert f"{until.year}年{until.month}月{until.day}日" in sheet
    assert ("尚未公布" in sheet) is not certain
