"""查进度: who is told how a filing stands, and that nobody else learns anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import DIGEST_DIGITS, Papers
from kiosk.desk.visitor_desk import VisitorDesk
from kiosk.filings.progress import NotTold, Progress
from kiosk.filings.status import FilingEvent, Life
from kiosk.slips.slip import query_code, reference
from kiosk.store.audit import Audit
from kiosk.store.filings import Filings
from kiosk.store.ratings import Ratings
from kiosk.store.readable import Readable

Make = Callable[..., Papers]
STRANGER = "0105-261123-0099-"


@pytest.fixture
def ticket(desk: Desk, papers: Make) -> str:
    filed = desk.file(papers())
    desk.settle()
    desk.drop_draft()
    return filed.ticket_number


def receive(desk: Desk, ticket: str) -> None:
    """As the signed receipt is written down when it comes."""
    row = Filings(desk.db).by_ticket(ticket)
    for event in (FilingEvent.BATCH_SENT, FilingEvent.RECEIPT_CAME):
        Filings(desk.db).advance(
            row.filing_id,
            1,
            event,
            now=desk.clock.now(),
            received_at=desk.clock.now(),
            receipt_number="（2026）京0105收1号",
        )


@pytest.mark.parametrize("way", ["typed", "lower case", "scanned", "query code"])
def test_the_slip_and_the_last_four_tell_how_it_stands(desk: Desk, ticket: str, way: str):
    row = Filings(desk.db).by_ticket(ticket)
    asked = {
        "typed": ticket,
        "lower case": f" {ticket.lower().replace('-', ' ')} ",
        "scanned": reference(ticket),
        "query code": query_code(ticket, row.content_sm3[:DIGEST_DIGITS]),
    }[way]
    told = VisitorDesk(desk).ask_after(asked, "002x")
    assert isinstance(told, Progress)
    assert (told.ticket_number, told.state, told.received_at) == (ticket, Life.QUEUED, None)


def test_what_the_court_said_is_told(desk: Desk, ticket: str):
    receive(desk, ticket)
    row = Filings(desk.db).by_ticket(ticket)
    Filings(desk.db).take_notice(row.filing_id, 1, 1, "correction_required", "")
    told = VisitorDesk(desk).ask_after(ticket, "002X")
    assert isinstance(told, Progress)
    assert (told.state, told.receipt_number) == (Life.CORRECTION_REQUIRED, "（2026）京0105收1号")


def test_every_pair_that_does_not_fit_gets_the_same_answer(desk: Desk, ticket: str):
    visitors = VisitorDesk(desk)
    nobody = "0105-261123-0042-ZZ"
    answers = {
        visitors.ask_after(ticket, "1111"),
        visitors.ask_after(nobody, "1111"),
        visitors.ask_after("x" * 900, ""),
    }
    assert answers == {NotTold()}


def test_wrong_pairs_wait_alike_whether_there_is_such_a_filing_or_not(desk: Desk, ticket: str, clock: StillClock):
    visitors = VisitorDesk(desk)

    def waits(number: str) -> list[int]:
        return [visitors.ask_after(number, "1111").wait_seconds for _ in range(7)]

    assert waits(ticket) == waits("0105-261123-0042-ZZ") == [0, 0, 0, 0, 15, 15, 15]
    assert visitors.ask_after(ticket, "002X") == NotTold(15)
    clock.pass_seconds(15)
    assert isinstance(visitors.ask_after(ticket, "002X"), Progress)
    assert visitors.ask_after(ticket, "1111") == NotTold()


def test_another_way_to_write_the_number_is_no_fresh_try(desk: Desk, ticket: str):
    visitors = VisitorDesk(desk)
    for written in (ticket, ticket.lower(), ticket.replace("-", " "), reference(ticket), f"  {ticket}"):
        told = visitors.ask_after(written, "1111")
    assert told == NotTold(15)


def test_nobody_is_shut_out_for_good(desk: Desk, ticket: str, clock: StillClock):
    visitors = VisitorDesk(desk)
    for _ in range(40):
        wait = visitors.ask_after(ticket, "1111").wait_seconds
        assert wait <= 2.2 * 3600
        clock.pass_seconds(wait)
    assert isinstance(visitors.ask_after(ticket, "002X"), Progress)


def test_it_is_told_as_well_when_the_filing_can_no_longer_be_read_here(desk: Desk, ticket: str):
    row = Filings(desk.db).by_ticket(ticket)
    assert Readable(desk.db).drop(row.filing_id)
    visitors = VisitorDesk(desk)
    assert isinstance(visitors.ask_after(ticket, "002X"), Progress)
    assert visitors.ask_after(ticket, "1111") == NotTold()


def test_the_other_sides_numbers_tell_nothing(desk: Desk, papers: Make):
    made = papers()
    made.submission.form.answers["defendant"][0]["person"]["id_number"] = "110105198003040013"
    filed = desk.file(made)
    desk.settle()
    assert VisitorDesk(desk).ask_after(filed.ticket_number, "0013") == NotTold()


def test_asking_is_written_down_without_what_was_typed(desk: Desk, ticket: str):
    visitors = VisitorDesk(desk)
    visitors.ask_after(ticket, "1111")
    visitors.ask_after(ticket, "002X")
    rows = [row for row in Audit(desk.db, desk.clock).rows() if row.event == "progress asked"]
    filing_id = Filings(desk.db).by_ticket(ticket).filing_id
    assert [(row.object, row.outcome) for row in rows] == [("", "refused"), (filing_id, "ok")]


def test_counts_of_wrong_tries_are_forgotten_after_a_day(desk: Desk, ticket: str, clock: StillClock):
    VisitorDesk(desk).ask_after(ticket, "1111")
    clock.pass_seconds(timedelta(days=1, seconds=1).total_seconds())
    desk.purge()
    assert desk.db.execute("SELECT count(*) FROM sign_in_try").fetchone()[0] == 0


def test_how_content_people_were_is_a_count_a_day_and_nothing_else(desk: Desk):
    visitors = VisitorDesk(desk)
    for points in (5, 5, 2):
        visitors.rate(points)
    day = desk.clock.now().date()
    assert Ratings(desk.db).of(day) == {1: 0, 2: 1, 3: 0, 4: 0, 5: 2}
    assert desk.db.execute("SELECT name FROM pragma_table_info('rating')").fetchall() == [
        ("day",),
        ("points",),
        ("people",),
    ]
