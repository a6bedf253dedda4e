"""What has served its time goes, soon and wholly; what the court has not receipted never goes by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.errors import KioskTrouble
from kiosk.filings.filing import Filed
from kiosk.filings.status import FilingEvent
from kiosk.store.connect import Database, open_store
from kiosk.store.filings import Filings
from kiosk.store.keys import store_key
from kiosk.store.purge import Purged, readable_until
from kiosk.store.readable import Readable
from kiosk.store.receipts import Receipts, StoredReceipt

Make = Callable[..., Papers]
END_OF_DAY = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)  # midnight in Beijing


def receive(desk: Desk, filed: Filed) -> None:
    row = Filings(desk.db).get(filed.filing_id)
    assert row is not None
    now = desk.clock.now()
    receipt = StoredReceipt(filed.filing_id, 1, row.envelope_sha256, "R-1", now, b"signed", "https")
    Receipts(desk.db).keep(receipt, now)
    Filings(desk.db).advance(
        filed.filing_id, 1, FilingEvent.RECEIPT_CAME, now=now, received_at=now, receipt_number="R-1"
    )


def is_readable(desk: Desk, filed: Filed) -> bool:
    return Readable(desk.db).get(filed.filing_id) is not None


@pytest.mark.parametrize(
    ("rule", "until"),
    [
        ("end_of_day", END_OF_DAY),
        ("0h", datetime(2026, 11, 23, 1, 30, tzinfo=UTC)),
        ("48h", datetime(2026, 11, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_the_rule_of_keeping(rule: str, until: datetime):
    assert readable_until(datetime(2026, 11, 23, 1, 30, tzinfo=UTC), rule) == until


def test_a_rule_nobody_knows_is_named():
    with pytest.raises(KioskTrouble, match="rule=soon"):
        readable_until(END_OF_DAY, "soon")


def test_a_received_filing_is_readable_until_the_end_of_the_day_and_no_longer(
    desk: Desk, papers: Make, clock: StillClock
):
    filed = desk.file(papers())
    receive(desk, filed)
    clock.moment = END_OF_DAY - timedelta(seconds=1)
    assert desk.purge() == Purged()
    assert is_readable(desk, filed)
    clock.moment = END_OF_DAY
    assert desk.purge().readable == 1
    assert not is_readable(desk, filed)


def test_without_a_receipt_nothing_goes_however_long_it_waits(desk: Desk, papers: Make, clock: StillClock):
    filed = desk.file(papers())
    Filings(desk.db).advance(filed.filing_id, 1, FilingEvent.BATCH_SENT)
    clock.pass_seconds(400 * 24 * 3600)
    desk.purge()
    assert is_readable(desk, filed)
    assert desk._handing_in().sealed_files.path(filed.filing_id, 1).exists()


def test_a_status_without_a_receipt_behind_it_purges_nothing(desk: Desk, papers: Make, clock: StillClock):
    filed = desk.file(papers())
    now = clock.now()
    Filings(desk.db).advance(
        filed.filing_id, 1, FilingEvent.RECEIPT_CAME, now=now, received_at=now, receipt_number="R-1"
    )
    clock.pass_seconds(3 * 24 * 3600)
    desk.purge()
    assert is_readable(desk, filed)


def test_sealed_files_go_thirty_days_after_the_receipt(desk: Desk, papers: Make, clock: StillClock):
    filed = desk.file(papers())
    receive(desk, filed)
    path = desk._handing_in().sealed_files.path(filed.filing_id, 1)
    clock.pass_seconds(30 * 24 * 3600 - 1)
    desk.purge()
    assert path.exists()
    clock.pass_seconds(1)
    assert desk.purge().sealed == 1
    assert not path.exists()
    assert desk.purge() == Purged()


def test_the_slips_words_go_with_the_last_readable_filing_before_them(desk: Desk, papers: Make, clock: StillClock):
    filed = desk.file(papers())
    desk.db.execute("UPDATE print_job SET state = 'printed'")
    receive(desk, filed)
    clock.moment = END_OF_DAY + timedelta(minutes=1)
    assert desk.purge().slips == 1


def test_a_purge_counts_only_when_the_log_file_is_empty_and_tries_again(
    desk: Desk, papers: Make, clock: StillClock, settings
):
    receive(desk, desk.file(papers()))
    reader: Database = open_store(settings.state, store_key(settings.state))
    reader.execute("PRAGMA busy_timeout = 50").fetchall()
    desk.db.execute("PRAGMA busy_timeout = 50").fetchall()
    reader.conn.execute("BEGIN")
    reader.execute("SELECT count(*) FROM readable").fetchone()
    clock.moment = END_OF_DAY
    assert not desk.purge().finished
    reader.conn.execute("COMMIT")
    assert desk.purge().finished
    reader.close()


def test_what_was_due_while_the_kiosk_was_off_goes_before_the_first_page(
    desk: Desk, open_desk: Callable[[], Desk], papers: Make, clock: StillClock
):
    filed = desk.file(papers())
    receive(desk, filed)
    desk.close()
    clock.pass_seconds(15 * 3600)
    again = open_desk()
    assert not is_readable(again, filed)


def test_after_the_words_are_gone_the_clerk_still_sees_number_times_and_receipt(
    desk: Desk, papers: Make, clock: StillClock
):
    filed = desk.file(papers())
    receive(desk, filed)
    clock.moment = END_OF_DAY
    desk.purge()
    desk.sign_in_service_user()
    found = desk.look_up(filed.ticket_number)
    assert found is not None
    assert (found.ticket_number, found.receipt_number, found.parties) == (filed.ticket_number, "R-1", "")
