"""A restored backup, a lost counter, a crash between commit and file: no place in the chain is ever used twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.errors import KioskTrouble
from kiosk.filings.filing import Filed
from kiosk.filings.status import FilingStatus
from kiosk.settings import Settings
from kiosk.store.audit import Audit, AuditState
from kiosk.store.backup import backups, make_backup, restore_backup
from kiosk.store.connect import set_aside, store_file
from kiosk.store.filings import Filings
from kiosk.store.high_water import HighWater, Mark
from kiosk.store.keys import store_key
from kiosk.store.outbox import Outbox
from kiosk.store.sealed_files import SealedFiles

OpenDesk = Callable[[], Desk]
Make = Callable[..., Papers]


def places(desk: Desk) -> list[tuple[int, int]]:
    return [
        (entry.place.epoch, entry.place.seq)
        for row in reversed(Filings(desk.db).newest(100))
        if (entry := Outbox(desk.db).get(row.filing_id, row.rev))
    ]


def events(desk: Desk) -> list[str]:
    return [row.event for row in Audit(desk.db, desk.clock).rows() if not row.event.startswith("kiosk ")]


def file_some(desk: Desk, papers: Make, count: int) -> list[Filed]:
    """Filed one after the other, each ticket shown; the last one settled too."""
    filed = [desk.file(papers(f"张{number}")) for number in range(count)]
    desk.settle()
    return filed


def copy_store(desk: Desk, settings: Settings, target: Path) -> None:
    desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shutil.copyfile(store_file(settings.state), target)


def put_back(settings: Settings, copy: Path) -> None:
    for suffix in ("-wal", "-shm"):
        Path(f"{store_file(settings.state)}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(copy, store_file(settings.state))


def test_an_ordinary_start_changes_nothing(desk: Desk, open_desk: OpenDesk, papers: Make):
    file_some(desk, papers, 2)
    desk.close()
    again = open_desk()
    assert places(again) == [(1, 1), (1, 2)]
    assert events(again) == ["filing stored", "filing stored"]


def test_a_file_beyond_the_head_was_promised_and_is_taken_in_although_the_counter_agrees(
    desk: Desk, open_desk: OpenDesk, papers: Make, settings: Settings, tmp_path: Path
):
    file_some(desk, papers, 1)
    copy_store(desk, settings, tmp_path / "before")
    mark = HighWater(settings.state / "high-water").read()
    assert mark is not None
    later = desk.file(papers())
    desk.settle()
    desk.db.close()
    put_back(settings, tmp_path / "before")  # cut between the file and the counter, and then the database rolled back
    HighWater(settings.state / "high-water").path.unlink()
    HighWater(settings.state / "high-water").set(mark)
    again = open_desk()
    assert SealedFiles(settings.state / "sealed").path(later.filing_id, 1).exists()
    assert Filings(again.db).get(later.filing_id) is not None
    assert places(again) == [(1, 1), (1, 2)]
    assert "epoch opened" in events(again)
    again.file(papers())
    assert sorted(places(again)) == [(1, 1), (1, 2), (2, 1)]


def test_a_counter_one_behind_is_put_right(desk: Desk, open_desk: OpenDesk, papers: Make, settings: Settings):
    file_some(desk, papers, 2)
    counter = HighWater(settings.state / "high-water")
    counter.path.unlink()
    first = Outbox(desk.db).unreceived()[0]
    counter.set(Mark(1, 1, first.envelope_sha256))
    desk.close()
    again = open_desk()
    epoch, seq, head = Outbox(again.db).head()
    assert (epoch, seq) == (1, 2)
    assert counter.read() == Mark(1, 2, head)


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_a_store_rolled_back_opens_a_new_epoch_and_takes_in_what_it_forgot(
    desk: Desk, open_desk: OpenDesk, papers: Make, settings: Settings, tmp_path: Path, kept: int
):
    file_some(desk, papers, kept)
    copy_store(desk, settings, tmp_path / "old")
    later = file_some(desk, papers, 5)
    desk.db.close()
    put_back(settings, tmp_path / "old")
    again = open_desk()
    assert sorted(places(again)) == [(1, seq) for seq in range(1, kept + 6)]
    assert Outbox(again.db).head()[:2] == (2, 0)
    assert {row.status for row in Filings(again.db).newest(100)} == {FilingStatus.STORED}
    assert events(again).count("sealed file adopted") == 5
    assert "epoch opened" in events(again)
    files = SealedFiles(settings.state / "sealed")
    for filed in later:
        entry = Outbox(again.db).get(filed.filing_id)
        assert entry is not None
        assert files.envelope(filed.filing_id, 1)[1] == entry.envelope
        for chunk in Outbox(again.db).chunks(filed.filing_id, 1):
            files.chunk(filed.filing_id, 1, chunk.offset, chunk.size)
    new = again.file(papers())
    assert new.ticket_number not in {filed.ticket_number for filed in later}
    assert sorted(places(again))[-1] == (2, 1)
    again.close()
    assert Outbox(open_desk().db).head()[:2] == (2, 1)


def test_a_lost_counter_opens_a_new_epoch(desk: Desk, open_desk: OpenDesk, papers: Make, settings: Settings):
    file_some(desk, papers, 3)
    desk.close()
    HighWater(settings.state / "high-water").path.unlink()
    again = open_desk()
    assert Outbox(again.db).head()[:2] == (2, 0)
    again.file(papers())
    assert HighWater(settings.state / "high-water").read() is not None


def test_a_sealed_file_of_another_kiosk_or_a_damaged_one_is_left_alone(
    desk: Desk, open_desk: OpenDesk, papers: Make, settings: Settings
):
    file_some(desk, papers, 1)
    files = SealedFiles(settings.state / "sealed")
    strange = files.folder / "01a20606-0000-7000-8000-000000000000.1.frames"
    strange.write_bytes(b"not frames at all")
    again = open_desk()
    assert strange.exists()
    assert events(again)[-1] == "sealed file damaged"
    assert len(Filings(again.db).newest()) == 1


def test_a_backup_has_no_word_of_anybody_and_is_the_store_otherwise(
    desk: Desk, open_desk: OpenDesk, papers: Make, settings: Settings, clock: StillClock
):
    filed = file_some(desk, papers, 2)
    desk.save_draft(b"answers")
    saved = make_backup(desk.db, settings.state, store_key(settings.state), clock.now(), keep=3)
    assert saved.read_bytes()[:16] != b"SQLite format 3\0"
    desk.db.close()
    set_aside(settings.state, "test")
    restore_backup(settings.state, saved)
    again = open_desk()
    assert {row.filing_id for row in Filings(again.db).newest()} == {one.filing_id for one in filed}
    for table in ("draft", "readable"):
        assert again.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    assert again.verify_audit().exit_code == 0


def test_three_backups_are_kept(desk: Desk, settings: Settings, clock: StillClock):
    for _ in range(5):
        make_backup(desk.db, settings.state, store_key(settings.state), clock.now(), keep=3)
        clock.pass_seconds(24 * 3600)
    assert [path.name for path in backups(settings.state)] == [f"kiosk-202611{day}T013000Z.db" for day in (25, 26, 27)]


def test_a_backup_does_not_take_the_place_of_a_living_store(desk: Desk, settings: Settings, clock: StillClock):
    saved = make_backup(desk.db, settings.state, store_key(settings.state), clock.now(), keep=3)
    with pytest.raises(KioskTrouble, match=r"store\.still_there"):
        restore_backup(settings.state, saved)


def test_a_damaged_store_is_set_aside_the_backup_restored_and_nothing_handed_in_is_lost(
    desk: Desk, open_desk: OpenDesk, papers: Make, settings: Settings, clock: StillClock
):
    before = file_some(desk, papers, 2)
    make_backup(desk.db, settings.state, store_key(settings.state), clock.now(), keep=3)
    after = file_some(desk, papers, 2)
    desk.close()
    content = bytearray(store_file(settings.state).read_bytes())
    content[0:200] = bytes(200)
    store_file(settings.state).write_bytes(content)
    again = open_desk()
    assert {row.filing_id for row in Filings(again.db).newest()} == {one.filing_id for one in before + after}
    assert {"store set aside", "store restored", "epoch opened"} <= set(events(again))
    assert list(store_file(settings.state).parent.glob("kiosk.db.damaged-*"))


def test_a_start_looks_at_what_was_written_since_the_last_and_says_what_it_found(
    desk: Desk, open_desk: OpenDesk, papers: Make
):
    file_some(desk, papers, 2)
    desk.close()
    good = open_desk()
    assert good.audit_finding.state is AuditState.GOOD
    good.db.execute("DROP TRIGGER audit_never_changes")
    good.db.execute("UPDATE audit SET actor = '1002' WHERE seq = (SELECT max(seq) FROM audit)")
    good.db.close()
    broken = open_desk()
    assert broken.audit_finding.state is AuditState.BROKEN
    assert any(line.name == "audit" and line.tone == "red" for line in broken.health())
    assert broken.verify_audit().exit_code == 2
    assert broken.file(papers()).ticket_number  # people are still served
