"""Who answers for a paper is signed in and written down; what goes to A4 is counted by the papers themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.answers_file import Reader
from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.errors import KioskTrouble
from kiosk.practice import enrol_for_practice, practice_settings
from kiosk.shelf import open_shelf
from kiosk.slips.job import JobState
from kiosk.slips.slip import OFFLINE_SLIP
from kiosk.store.audit import Audit
from kiosk.store.spool import Spool
from resources import folder

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = practice_settings(tmp_path)
    enrol_for_practice(settings)
    opened = Desk.open(settings, StillClock(NOW), open_shelf(folder(".")))
    yield opened
    opened.close()


def test_without_a_clerk_nobody_learns_or_answers_for_a_paper(desk: Desk):
    devices = desk.devices("1024")
    for ask in (
        devices.jobs,
        lambda: devices.try_out("zh"),
        lambda: devices.note_rom(frozenset("1")),
        lambda: devices.person_says(1, True),
        lambda: devices.again(1),
        lambda: devices.give_up(1),
    ):
        with pytest.raises(KioskTrouble):
            ask()


def test_a_test_page_is_queued_and_what_a_clerk_says_of_it_is_written_down(desk: Desk):
    desk.sign_in_service_user()
    devices = desk.devices()
    devices.try_out("zh")
    devices.try_out("zh", rom=True)
    spool, now = Spool(desk.db), desk.clock.now()
    job = spool.claim(now)
    assert job is not None
    attempt = spool.open_attempt(job, "generic-80mm", now)
    spool.begin(attempt, "", 10, now)
    spool.broke(attempt, 5, "paper_out", now)
    assert [(one.kind, one.state) for one in devices.jobs()] == [
        ("test_page", JobState.UNKNOWN),
        ("rom_page", JobState.QUEUED),
    ]
    assert devices.person_says(job.id, False) is JobState.QUEUED
    row = [row for row in Audit(desk.db, desk.clock).rows() if row.event == "print changed"][-1]
    assert (row.object, row.outcome) == (str(job.id), "not printed")


def test_the_rom_a_clerk_found_is_kept_for_this_profile_alone(desk: Desk):
    desk.sign_in_service_user()
    assert desk.devices().note_rom(frozenset("123")) == "gb18030-2"
    profile = desk.settings.printer.profile
    assert Spool(desk.db).noted_rom(profile) == "gb18030-2"
    assert Spool(desk.db).noted_rom("another") == ""
    with pytest.raises(KioskTrouble, match="rom_none"):
        desk.devices().note_rom(frozenset("2"))


def test_the_papers_of_a_filing_go_to_a4_in_the_copies_each_calls_for(desk: Desk):
    reader = Reader(desk.shelf, desk.settings, desk.shelf.wording, "zh", desk.clock.now())
    (submission,) = reader.read(folder("demo") / "answers.json")
    assert desk.print_on_a4() == 0  # nothing is handed in yet
    desk.start_draft()
    filed = desk.submit(submission)
    wanted = sum(one.copies.total for one in desk.documents(submission))
    assert desk.print_on_a4() == wanted
    assert desk.print_on_a4() == wanted  # asked twice, the same jobs
    sheets = [job for job in Spool(desk.db).in_state(JobState.QUEUED) if job.sheet is not None]
    assert len(sheets) == wanted
    assert {job.business_key for job in sheets} == {filed.ticket_number}
    assert all(job.sheet is not None and job.sheet.pdf.startswith(b"%PDF") for job in sheets)
    desk.drop_draft()
    assert desk.print_on_a4() == 0


def test_a_visitor_who_misses_the_slip_makes_it_a_question_for_the_clerk(desk: Desk):
    reader = Reader(desk.shelf, desk.settings, desk.shelf.wording, "zh", desk.clock.now())
    (submission,) = reader.read(folder("demo") / "minimal.json")
    filed = desk.submit(submission)
    spool, now = Spool(desk.db), desk.clock.now()
    job = spool.claim(now)
    assert job is not None
    attempt = spool.open_attempt(job, "x", now)
    spool.begin(attempt, "", 10, now)
    spool.all_taken(attempt, 10, now)
    from kiosk.slips.printer import Proof

    spool.printed(attempt, Proof.UNCONFIRMED, now)
    assert job.kind == OFFLINE_SLIP
    assert desk.devices().visitor_says(filed.ticket_number, False) is JobState.UNKNOWN
    assert desk.devices().visitor_says("0000-000000-0000-00", False) is None
