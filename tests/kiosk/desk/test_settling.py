"""Between the ticket and the sealed file: cut anywhere, done twice or by somebody else, it ends the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import HandingIn, Papers
from kiosk.errors import KioskTrouble
from kiosk.filings.filing import Filed
from kiosk.settings import Settings
from kiosk.store.audit import Audit
from kiosk.store.backup import make_backup, restore_backup
from kiosk.store.connect import set_aside
from kiosk.store.filings import Filings
from kiosk.store.high_water import HighWater, mark_of
from kiosk.store.keys import store_key
from kiosk.store.outbox import Outbox
from kiosk.store.sealed_files import BrittleDisk, SealedFiles

OpenDesk = Callable[[], Desk]
Make = Callable[..., Papers]


def is_settled(desk: Desk, *filed: Filed) -> bool:
    """One whole sealed file for each, the counter at the last, and nothing left to do."""
    files = SealedFiles(desk.settings.state / "sealed")
    outbox = Outbox(desk.db)
    for one in filed:
        entry = outbox.get(one.filing_id)
        assert entry is not None
        assert files.envelope(one.filing_id, 1)[1] == entry.envelope
    assert set(files.all()) == {(one.filing_id, 1) for one in filed}
    assert entry is not None
    assert HighWater(desk.settings.state / "high-water").read() == mark_of(entry.place, entry.envelope_sha256)
    assert outbox.head() == (1, len(filed), entry.envelope_sha256)
    return outbox.is_settled()


def test_the_ticket_waits_for_the_commit_alone_and_the_file_follows(desk: Desk, papers: Make, settings: Settings):
    disk = BrittleDisk()
    handing_in = HandingIn(settings, desk.clock, desk.shelf, desk.db, disk)
    desk.save_draft(b"answers")
    assert desk._draft is not None
    prepared = handing_in.prepare(papers())
    assert disk.calls == ["write", "fsync", "fsync folder"]
    disk.calls.clear()
    filed = handing_in.file(prepared, desk._draft)
    assert disk.calls == []
    handing_in.settle()
    assert disk.calls == ["append", "fsync", "rename", "fsync folder"]
    assert is_settled(desk, filed)


def test_settled_twice_is_settled_once(desk: Desk, papers: Make):
    filed = desk.file(papers())
    desk.settle()
    desk.settle()
    assert is_settled(desk, filed)


@pytest.mark.parametrize("call", [1, 2, 3, 4])  # append, fsync, rename, fsync of the folder
@pytest.mark.parametrize("restart", [False, True])
def test_a_disk_that_gives_up_anywhere_costs_no_ticket_and_the_next_try_ends_it(
    desk: Desk, open_desk: OpenDesk, papers: Make, settings: Settings, clock: StillClock, call: int, restart: bool
):
    filed = desk.file(papers())
    with pytest.raises(KioskTrouble, match=r"sealing\.file_not_written"):
        HandingIn(settings, clock, desk.shelf, desk.db, BrittleDisk(fails_at=call)).settle()
    assert Filings(desk.db).get(filed.filing_id) is not None
    assert not Outbox(desk.db).is_settled()
    if restart:
        desk.db.close()
        desk = open_desk()
    else:
        desk.settle()
    assert is_settled(desk, filed)
    assert "epoch opened" not in [row.event for row in Audit(desk.db, desk.clock).rows()]


@pytest.mark.parametrize("step", ["before the file", "before the counter", "before it is settled"])
def test_cut_after_the_ticket_the_next_start_settles(
    desk: Desk, open_desk: OpenDesk, papers: Make, monkeypatch: pytest.MonkeyPatch, step: str
):
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    first = desk.file(papers("张一"))
    second = desk.file(papers("张二"))
    with monkeypatch.context() as patched:
        match step:
            case "before the file":
                patched.setattr(SealedFiles, "finish", cut)
            case "before the counter":
                patched.setattr(HighWater, "set", cut)
            case "before it is settled":
                patched.setattr(Outbox, "settled", cut)
        with pytest.raises(KeyboardInterrupt):
            desk.settle()
    desk.db.close()
    assert is_settled(open_desk(), first, second)


def test_whoever_files_next_settles_first(desk: Desk, papers: Make):
    first = desk.file(papers("张一"))
    second = desk.file(papers("张二"))
    waiting = Outbox(desk.db).unsettled()
    assert waiting is not None
    assert waiting.filing_id == second.filing_id
    desk.settle()
    assert is_settled(desk, first, second)


def test_what_cannot_be_settled_stops_the_next_filing_and_nothing_else(
    desk: Desk, open_desk: OpenDesk, papers: Make, settings: Settings
):
    first = desk.file(papers("张一"))
    in_the_way = SealedFiles(settings.state / "sealed").path(first.filing_id, 1)
    in_the_way.mkdir()
    with pytest.raises(KioskTrouble, match=r"sealing\.file_not_written"):
        desk.file(papers("张二"))
    desk.purge()
    desk.close()
    again = open_desk()
    assert [row.filing_id for row in Filings(again.db).newest()] == [first.filing_id]
    in_the_way.rmdir()
    again.purge()
    assert is_settled(again, first)
    assert again.file(papers("张二")).ticket_number.startswith("0105-261123-0002-")


def test_a_backup_of_the_moment_between_is_not_taken_for_the_newest_state(
    desk: Desk, open_desk: OpenDesk, papers: Make, settings: Settings, clock: StillClock
):
    first = desk.file(papers("张一"))
    saved = make_backup(desk.db, settings.state, store_key(settings.state), clock.now(), keep=3)
    later = [desk.file(papers(name)) for name in ("张二", "张三")]
    desk.close()
    set_aside(settings.state, "test")
    restore_backup(settings.state, saved)
    HighWater(settings.state / "high-water").path.unlink()
    again = open_desk()
    assert {row.filing_id for row in Filings(again.db).newest()} == {one.filing_id for one in (first, *later)}
    assert Outbox(again.db).head()[:2] == (2, 0)
    assert Outbox(again.db).is_settled()


def test_an_envelope_that_changed_in_the_store_is_never_written_into_a_file(desk: Desk, papers: Make):
    filed = desk.file(papers())
    desk.db.execute("UPDATE chain SET unsettled_envelope = substr(unsettled_envelope, 2)")
    with pytest.raises(KioskTrouble, match=r"store\.damaged"):
        desk.settle()
    assert not SealedFiles(desk.settings.state / "sealed").path(filed.filing_id, 1).exists()
