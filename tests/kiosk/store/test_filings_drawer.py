"""The kiosk's list of filings: numbers, times and states; which arrow it followed, and when the receipt came."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlcipher3.dbapi2 as engine

from kiosk.errors import KioskBug
from kiosk.filings.status import FilingEvent, FilingStatus
from kiosk.filings.ticket import ticket_number
from kiosk.ids import DraftId, FilingId, PackId
from kiosk.store.connect import Database
from kiosk.store.filings import Filings, NewFiling
from kiosk.store.readable import Readable, ReadableFiling

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def filing(serial: int, day: date = date(2026, 11, 23)) -> NewFiling:
    return NewFiling(
        filing_id=FilingId(f"filing {day} {serial}"),
        draft_id=DraftId(f"draft {day} {serial}"),
        ticket_number=ticket_number("110105", day, serial),
        ticket_day=day,
        ticket_serial=serial,
        ticket_time=NOON + timedelta(minutes=serial),
        boot_id="boot",
        monotonic_ms=1000,
        pack_id=PackId("private_lending"),
        pack_version="2026.1",
        language="zh",
        pages=4,
        content_sha256="c" * 64,
        content_sm3="d" * 64,
    )


@pytest.fixture
def filings(db: Database) -> Filings:
    drawer = Filings(db)
    for serial in (1, 2, 3):
        drawer.add(filing(serial), "e" * 64)
    return drawer


def test_serials_count_from_one_each_day(filings: Filings):
    assert filings.next_serial(date(2026, 11, 23)) == 4
    assert filings.next_serial(date(2026, 11, 24)) == 1


def test_a_filing_comes_back_as_it_was_written_and_begins_stored(filings: Filings):
    row = filings.by_ticket(ticket_number("110105", date(2026, 11, 23), 2))
    assert row is not None
    assert (row.filing_id, row.rev, row.kind, row.pages, row.status) == (
        "filing 2026-11-23 2", 1, "new", 4, FilingStatus.STORED,
    )  # fmt: skip
    assert (row.ticket_time, row.received_at, row.receipt_number) == (NOON + timedelta(minutes=2), None, "")


def test_one_draft_is_one_filing_and_one_serial_is_one_ticket(filings: Filings):
    with pytest.raises(engine.IntegrityError):
        filings.add(filing(1), "e" * 64)
    assert [row.filing_id for row in filings.newest()] == [f"filing 2026-11-23 {serial}" for serial in (3, 2, 1)]


def test_a_receipt_is_written_down_once_with_the_courts_time(filings: Filings):
    one = FilingId("filing 2026-11-23 1")
    filings.advance(one, 1, FilingEvent.BATCH_SENT)
    came = {"now": NOON + timedelta(hours=2), "received_at": NOON + timedelta(hours=1), "receipt_number": "R-1"}
    assert filings.advance(one, 1, FilingEvent.RECEIPT_CAME, **came) is FilingStatus.RECEIVED
    again = {"now": NOON + timedelta(days=2), "received_at": NOON + timedelta(days=1), "receipt_number": "R-2"}
    filings.advance(one, 1, FilingEvent.RECEIPT_CAME, **again)
    row = filings.get(one)
    assert row is not None
    assert (row.receipt_number, row.received_at, row.receipt_came_at) == (
        "R-1", NOON + timedelta(hours=1), NOON + timedelta(hours=2),
    )  # fmt: skip


def test_a_receipt_without_number_or_a_missing_arrow_changes_nothing(filings: Filings):
    one = FilingId("filing 2026-11-23 1")
    with pytest.raises(KioskBug, match="without its time"):
        filings.advance(one, 1, FilingEvent.RECEIPT_CAME)
    with pytest.raises(KioskBug, match="cannot have"):
        filings.advance(one, 1, FilingEvent.BATCH_LOST)
    assert [row.status for row in filings.newest()] == [FilingStatus.STORED] * 3


def test_counts_and_the_longest_wait_leave_out_what_was_received(filings: Filings):
    one = FilingId("filing 2026-11-23 1")
    filings.advance(one, 1, FilingEvent.RECEIPT_CAME, now=NOON, received_at=NOON, receipt_number="R-1")
    assert filings.counts()[FilingStatus.STORED] == 2
    assert filings.counts()[FilingStatus.RECEIVED] == 1
    assert filings.oldest_waiting() == NOON + timedelta(minutes=2)


def test_the_highest_notice_wins_not_the_latest_arrival(filings: Filings):
    one = FilingId("filing 2026-11-23 1")
    assert filings.take_notice(one, 1, 3, "docketed", "（2026）京0105民初1号")
    assert not filings.take_notice(one, 1, 2, "under_review", "")
    row = filings.get(one)
    assert row is not None
    assert (row.court_state, row.case_number) == ("docketed", "（2026）京0105民初1号")


@pytest.mark.parametrize("word", ["draft", "signed", "uploading", "accepted", "", "docketed\n"])
def test_a_notice_in_a_word_that_is_not_the_courts_changes_nothing(filings: Filings, word: str):
    one = FilingId("filing 2026-11-23 1")
    assert not filings.take_notice(one, 1, 1, word, "（2026）京0105民初1号")
    row = filings.get(one)
    assert row is not None
    assert (row.court_state, row.case_number) == ("", "")


def test_a_notice_against_the_arrows_changes_nothing_and_one_along_them_does(filings: Filings):
    one = FilingId("filing 2026-11-23 1")
    assert filings.take_notice(one, 1, 1, "docketed", "（2026）京0105民初1号")
    assert not filings.take_notice(one, 1, 2, "correction_required", "")
    assert filings.take_notice(one, 1, 3, "fee_pending", "")
    assert not filings.take_notice(FilingId("nobody's"), 1, 4, "docketed", "")
    row = filings.get(one)
    assert row is not None
    assert (row.court_state, row.case_number) == ("fee_pending", "（2026）京0105民初1号")


def test_the_readable_copy_may_stand_before_its_filing_and_can_go_alone(filings: Filings):
    readable = Readable(filings.db)
    one = FilingId("filing 2026-11-23 1")
    readable.keep(ReadableFiling(one, 1, "卡纳里甲".encode()))
    assert readable.get(one) == ReadableFiling(one, 1, "卡纳里甲".encode())
    assert readable.drop(one)
    assert readable.get(one) is None
    assert filings.get(one) is not None
    readable.keep(ReadableFiling(FilingId("prepared"), 1, b""))
    assert readable.of_no_filing() == ((FilingId("prepared"), 1),)
    assert readable.oldest_ticket_time() is None
