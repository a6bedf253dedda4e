"""A restored, rolled back or cloned kiosk: nothing is lost, nothing doubled, and a fork is always reported."""

from __future__ import annotations

import shutil

import pytest

from kiosk.errors import KioskTrouble
from kiosk.filings.status import FilingStatus
from kiosk.store.meta import Meta
from kiosk.store.receipts import Receipts
from sync.intake.log import begin_generation
from sync.messenger import AUDIT_ANCHOR, AUDIT_DIFFERS, Outcome


def received(ledger) -> list[tuple[str, int, int]]:
    return ledger.all("SELECT filing_id, epoch, seq FROM filing ORDER BY log_index")


def copy_disk(source, target) -> None:
    source.db.close()
    shutil.copytree(source.state, target, dirs_exist_ok=True)
    source.open()


def roll_back(kiosk, saved) -> None:
    kiosk.db.close()
    shutil.rmtree(kiosk.state)
    shutil.copytree(saved, kiosk.state)
    kiosk.open()


def test_two_kiosks_of_one_image_are_found_both_filings_kept_and_filing_stops(
    kiosk, make_kiosk, court, ledger, tmp_path
):
    kiosk.file()
    kiosk.round(court)
    copy_disk(kiosk, tmp_path / "clone")
    clone = make_kiosk("clone")
    first, second = kiosk.file(), clone.file()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert clone.round(court) is Outcome.STAFF_NEEDED
    assert clone.status(second) is FilingStatus.RECEIVED
    assert received(ledger)[1:] == [(first, 1, 2), (second, 1, 2)]
    assert ledger.all("SELECT kiosk_id, epoch, seq FROM fork") == [("110105-K01", 1, 2)]
    with pytest.raises(KioskTrouble, match="forked"):
        clone.file()


def test_enrolling_again_ends_a_fork_in_a_new_epoch(kiosk, make_kiosk, court, ledger, tmp_path):
    kiosk.file()
    copy_disk(kiosk, tmp_path / "clone")
    clone = make_kiosk("clone")
    kiosk.file()
    clone.file()
    kiosk.round(court)
    assert clone.round(court) is Outcome.STAFF_NEEDED
    clone.enrol(court)
    later = clone.file()
    assert clone.round(court) is Outcome.NOTHING_WAITS
    assert received(ledger)[-1] == (later, 2, 1)
    assert kiosk.round(court) is Outcome.STOPPED  # a kiosk has one key, and the clone has it now


@pytest.mark.parametrize("known", [0, 1, 3])
def test_a_whole_disk_rolled_back_opens_a_new_epoch_before_anything_is_sent(kiosk, court, ledger, tmp_path, known):
    for _ in range(known):
        kiosk.file()
    copy_disk(kiosk, tmp_path / "saved")
    forgotten = [kiosk.file() for _ in range(3)]
    kiosk.round(court)
    roll_back(kiosk, tmp_path / "saved")
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    later = kiosk.file()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert len(received(ledger)) == known + 4
    assert received(ledger)[-1] == (later, 2, 1)
    assert {row[0] for row in received(ledger)} >= set(forgotten)
    assert ledger.all("SELECT * FROM fork") == []


@pytest.mark.parametrize("sent", [False, True])
def test_a_restored_database_takes_in_the_sealed_files_it_forgot(kiosk, court, ledger, tmp_path, sent):
    first = kiosk.file()
    kiosk.db.close()
    shutil.copytree(kiosk.state / "store", tmp_path / "store")
    kiosk.open()
    forgotten = [kiosk.file() for _ in range(4)]
    if sent:
        kiosk.round(court)
    kiosk.db.close()
    shutil.rmtree(kiosk.state / "store")
    shutil.copytree(tmp_path / "store", kiosk.state / "store")
    kiosk.open()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert [kiosk.status(one) for one in (first, *forgotten)] == [FilingStatus.RECEIVED] * 5
    later = kiosk.file()
    kiosk.round(court)
    assert sorted(row[0] for row in received(ledger)) == sorted([first, *forgotten, later])
    assert received(ledger)[-1] == (later, 2, 1)
    assert ledger.all("SELECT * FROM fork") == []


def test_a_filing_whose_desk_died_after_the_ticket_is_settled_and_sent_by_the_next_round(kiosk, court, ledger):
    first = kiosk.file()
    with court.client() as client:
        messenger = kiosk.messenger(client)
        messenger.wake()
        second = kiosk.file_unsettled().envelope.filing_id  # filed while kiosk-sync is running
        assert not kiosk.files.path(second, 1).exists()
        assert messenger.due()
        assert messenger.round() is Outcome.NOTHING_WAITS
    assert [row[0] for row in received(ledger)] == [first, second]
    assert kiosk.outbox.is_settled()


def test_a_filing_that_cannot_be_settled_yet_is_not_held_and_the_others_go(kiosk, court, ledger):
    first = kiosk.file()
    second = kiosk.file_unsettled().envelope.filing_id
    kiosk.files.path(second, 1).mkdir()  # its file cannot be written
    with court.client() as client:
        messenger = kiosk.messenger(client)
        assert messenger.round() is Outcome.SOMETHING_WAITS
        assert [kiosk.status(one) for one in (first, second)] == [FilingStatus.RECEIVED, FilingStatus.STORED]
        kiosk.files.path(second, 1).rmdir()
        assert messenger.round() is Outcome.NOTHING_WAITS
    assert [row[0] for row in received(ledger)] == [first, second]


def test_another_content_under_a_known_id_is_a_conflict_and_the_first_receipt_stands(kiosk, court, ledger):
    filing = kiosk.file()
    kiosk.round(court)
    ledger.change("UPDATE filing SET envelope_sha256 = ?", "0" * 64)
    kiosk.db.execute("UPDATE filing SET status = 'stored', receipt_came_at = NULL")
    kiosk.db.execute("DELETE FROM receipt")
    assert kiosk.round(court) is Outcome.STAFF_NEEDED
    assert kiosk.status(filing) is FilingStatus.HELD
    assert ledger.all("SELECT filing_id, rev FROM conflict") == [(filing, 1)]
    assert len(received(ledger)) == 1


def test_an_audit_log_that_was_cut_or_rebuilt_is_found_at_the_next_greeting(kiosk, court, tmp_path):
    kiosk.file()
    copy_disk(kiosk, tmp_path / "saved")
    for _ in range(3):
        kiosk.round(court)
    assert Meta(kiosk.db).read(AUDIT_DIFFERS) is None
    assert Meta(kiosk.db).read(AUDIT_ANCHOR) is not None
    roll_back(kiosk, tmp_path / "saved")
    kiosk.round(court)
    assert Meta(kiosk.db).read(AUDIT_DIFFERS) is not None


def test_a_court_restored_from_an_older_backup_gets_everything_again_with_its_old_receipts(
    kiosk, court, ledger, tmp_path
):
    first = kiosk.file()
    kiosk.round(court)
    saved = {
        name: ledger.all(f"SELECT * FROM {name}") for name in ("filing", "chunk", "log_leaf", "checkpoint", "kiosk")
    }
    later = [kiosk.file() for _ in range(3)]
    kiosk.round(court)
    receipts = {one: Receipts(kiosk.db).get(one).body for one in (first, *later)}
    with ledger.atomic():
        for name, rows in saved.items():
            ledger.change(f"DELETE FROM {name}")
            for row in rows:
                ledger.change(f"INSERT INTO {name} VALUES ({', '.join('?' for _ in row)})", *row)
    assert begin_generation(ledger) == 2
    court.restart()
    new = kiosk.file()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert {row[0] for row in received(ledger)} == {first, *later, new}
    kept = dict(ledger.all("SELECT filing_id, receipt FROM filing"))
    assert {one: bytes(kept[one]) for one in receipts} == receipts
    numbers = [row[0] for row in ledger.all("SELECT receipt_number FROM filing")]
    assert len(set(numbers)) == 5
    assert Receipts(kiosk.db).get(new).receipt_number.startswith("110105-2-")
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
