"""The demonstration's own answers, handed in with every part real: form, papers, sealing, slip."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from kiosk.answers_file import Reader
from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.filings.filing import Submission
from kiosk.practice import enrol_for_practice, practice_settings
from kiosk.shelf import Shelf, open_shelf
from resources import folder

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return open_shelf(folder("."))


@pytest.fixture
def desk(tmp_path: Path, shelf: Shelf) -> Desk:
    settings = practice_settings(tmp_path / "state")
    enrol_for_practice(settings)
    return Desk.open(settings, StillClock(NOW, 60_000), shelf)


def read(desk: Desk, name: str) -> tuple[Submission, ...]:
    reader = Reader(desk.shelf, desk.settings, desk.shelf.wording, "zh", NOW)
    return reader.read(folder("demo") / name)


def test_the_demonstration_files_and_the_clerk_finds_it(desk: Desk):
    (submission,) = read(desk, "answers.json")
    desk.save_draft(b"the visit")
    filed = desk.submit(submission)
    assert desk.submit(submission) == filed
    desk.sign_in_service_user()
    found = desk.look_up(filed.ticket_number)
    assert found is not None
    assert (found.cause, found.parties) == ("民间借贷纠纷", "王测试 / 张三䶮、李示范")
    assert [one.parties for one in desk.recent()] == ["王** / 张**、李**"]


def test_the_pages_on_the_slip_are_the_pages_of_the_papers(desk: Desk):
    (submission,) = read(desk, "minimal.json")
    papers = desk.papers(submission)
    assert [one.name for one in papers.attachments] == ["complaint.pdf", "service_address.pdf", "evidence_list.pdf"]
    assert papers.pages == sum(len(pypdf.PdfReader(io.BytesIO(one.data)).pages) for one in papers.attachments)


def test_many_filings_of_one_file_are_each_their_own(desk: Desk):
    tickets = [desk.submit(submission).ticket_number for submission in read(desk, "answers_many.json")]
    assert [ticket[:16] for ticket in tickets] == [f"0105-261123-{serial:04d}" for serial in (1, 2, 3)]
