"""Before the press: made ready, sealed only, and gone without a trace when nobody hands it in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.errors import KioskTrouble
from kiosk.settings import Settings
from kiosk.store.filings import Filings
from kiosk.store.outbox import Outbox
from kiosk.store.readable import Readable
from kiosk.store.sealed_files import SealedFiles

OpenDesk = Callable[[], Desk]
Make = Callable[..., Papers]


def staged(settings: Settings) -> list[str]:
    return [path.name for path in (settings.state / "sealed").glob("*.staged")]


def nothing_is_left(desk: Desk) -> bool:
    folder = desk.settings.state / "sealed"
    rows = desk.db.execute("SELECT count(*) FROM readable").fetchone()[0]
    return not rows and not list(folder.glob("*")) and not Filings(desk.db).newest()


def test_what_is_made_ready_is_sealed_on_the_disk_and_is_not_a_filing(desk: Desk, papers: Make, settings: Settings):
    desk.save_draft(b"answers")
    desk.make_ready(papers())
    (name,) = staged(settings)
    sealed = (settings.state / "sealed" / name).read_bytes()
    for private in ("卡纳里甲", "11010519491231002X", "%PDF"):
        assert private.encode() not in sealed
    assert Filings(desk.db).newest() == ()
    assert list(SealedFiles(settings.state / "sealed").all()) == []
    assert Outbox(desk.db).head() == (1, 0, "0" * 64)
    assert desk.held_draft() == b"answers"


def test_the_ticket_tells_the_time_of_the_press(desk: Desk, papers: Make, clock: StillClock, settings: Settings):
    desk.save_draft(b"answers")
    ready = papers()
    desk.make_ready(ready)
    clock.pass_seconds(300)
    filed = desk.file(ready)
    assert filed.ticket_time == clock.now()
    desk.settle()
    assert staged(settings) == []
    envelope, _ = SealedFiles(settings.state / "sealed").envelope(filed.filing_id, 1)
    assert envelope.ticket_time == clock.now()


def test_pressed_with_nothing_ready_it_is_made_ready_first(desk: Desk, papers: Make, settings: Settings):
    desk.save_draft(b"answers")
    assert desk.file(papers()).ticket_number
    desk.settle()
    assert staged(settings) == []


def test_other_answers_than_were_made_ready_are_made_ready_anew(desk: Desk, papers: Make, settings: Settings):
    desk.save_draft(b"answers")
    desk.make_ready(papers("张一"))
    filed = desk.file(papers("张二"))
    kept = Readable(desk.db).get(filed.filing_id)
    assert kept is not None
    assert "张二" in kept.body.decode()
    desk.settle()
    assert staged(settings) == []
    assert desk.db.execute("SELECT count(*) FROM readable").fetchone() == (1,)


@pytest.mark.parametrize("way", ["back", "leave", "next person", "stop"])
def test_whoever_goes_away_leaves_nothing(desk: Desk, papers: Make, open_desk: OpenDesk, way: str):
    desk.save_draft(b"answers")
    desk.make_ready(papers())
    match way:
        case "back":
            desk.abandon()
        case "leave":
            desk.drop_draft()
        case "next person":
            desk.start_draft()
        case "stop":
            desk.close()
            desk = open_desk()
    assert nothing_is_left(desk)


def test_what_a_crash_left_ready_goes_at_the_next_start_and_the_form_goes_on(
    desk: Desk, papers: Make, open_desk: OpenDesk
):
    desk.save_draft(b"answers")
    desk.make_ready(papers())
    assert desk._prepared is not None
    desk._prepared.staged.let_go()  # as the system does when a process dies
    desk.db.close()
    again = open_desk()
    assert nothing_is_left(again)
    assert again.held_draft() == b"answers"
    assert again.file(papers()).ticket_number.startswith("0105-261123-0001-")


def test_another_program_that_starts_meanwhile_takes_nothing_away(desk: Desk, papers: Make, open_desk: OpenDesk):
    desk.save_draft(b"answers")
    ready = papers()
    desk.make_ready(ready)
    other = open_desk()
    filed = desk.file(ready)
    desk.settle()
    assert SealedFiles(desk.settings.state / "sealed").envelope(filed.filing_id, 1)
    assert Readable(other.db).get(filed.filing_id) is not None


def test_a_staged_file_that_somebody_took_away_is_no_ticket_and_the_next_press_works(
    desk: Desk, papers: Make, settings: Settings
):
    desk.save_draft(b"answers")
    ready = papers()
    desk.make_ready(ready)
    (name,) = staged(settings)
    (settings.state / "sealed" / name).unlink()
    with pytest.raises(KioskTrouble, match=r"sealing\.file_not_written"):
        desk.file(ready)
    assert nothing_is_left(desk)
    filed = desk.file(ready)
    desk.settle()
    assert SealedFiles(settings.state / "sealed").envelope(filed.filing_id, 1)


def test_a_sealed_file_that_went_away_after_the_ticket_stops_nobody(
    desk: Desk, papers: Make, settings: Settings, clock: StillClock
):
    lost = desk.file(papers("张一"))
    (name,) = staged(settings)
    (settings.state / "sealed" / name).unlink()
    clock.pass_seconds(60)
    second = desk.file(papers("张二"))
    desk.settle()
    assert Outbox(desk.db).is_settled()
    waiting = [entry.filing_id for entry in Outbox(desk.db).waiting(clock.now() + timedelta(hours=1), 10)]
    assert waiting == [lost.filing_id, second.filing_id]  # kiosk-sync looks at the file and holds the first for staff


def test_a_draft_that_was_handed_in_is_nobodys_even_before_it_is_settled(
    desk: Desk, papers: Make, open_desk: OpenDesk, settings: Settings
):
    desk.save_draft(b"answers")
    filed = desk.file(papers())
    in_the_way = SealedFiles(settings.state / "sealed").path(filed.filing_id, 1)
    in_the_way.mkdir()  # so that it cannot be settled
    desk.db.close()
    again = open_desk()
    assert not Outbox(again.db).is_settled()
    assert again.held_draft() is None
    again.save_draft(b"the next person's answers")
    assert again.held_draft() == b"the next person's answers"
    in_the_way.rmdir()
    again.purge()
    assert again.db.execute("SELECT count(*) FROM draft").fetchone() == (1,)
