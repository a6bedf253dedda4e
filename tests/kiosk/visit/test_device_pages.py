"""The clerk's pages about devices say what is known, ask only what a person can know, and change nothing by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.slips.job import JobRecord, JobState
from kiosk.slips.printer import Proof, Trouble
from kiosk.slips.set_up import rom_of
from kiosk.visit import clerk, steps
from kiosk.visit import device_pages as d
from kiosk.visit import events as e
from kiosk.visit import wishes as w
from kiosk.visit.device_events import DeviceState, DevicesTold
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.pages import ClerkChoicePage, ClerkReportPage, DonePage
from kiosk.visit.visit import Moment, Visit
from kiosk.wording import LANGUAGES
from printers.spooler import printer_key

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
NUMBER = "0105-261124-0007-K3"


def job(state: JobState, reason: str = "", **more: object) -> JobRecord:
    known = {"kind": "offline_slip", "business_key": NUMBER, "copy_no": 1, "attempts": 1, "bytes_sent": 9} | more
    return JobRecord(id=7, state=state, reason=reason, updated=NOW, bytes_total=9, forgotten=False, **known)


def codes(page: object) -> list[str]:
    assert isinstance(page, ClerkChoicePage)
    return [option.code for option in page.options]


@pytest.mark.parametrize(
    ("record", "offered"),
    [
        (job(JobState.UNKNOWN, "silent"), ["printed", "not printed", "give up"]),
        (job(JobState.PRINTED, "unconfirmed"), ["printed", "not printed", "again"]),
        (job(JobState.PRINTED, "marker"), ["again"]),
        (job(JobState.WAITING, "paper_out"), ["give up"]),
        (job(JobState.SENDING), []),
        (replace(job(JobState.PRINTED, "marker"), forgotten=True), []),
    ],
)
def test_a_person_is_asked_only_what_the_printer_could_not_say(guide: Guide, record: JobRecord, offered: list[str]):
    at = d.AtDevices(d.DeviceMoment.JOB, jobs=(record,), job_id=7)
    assert codes(d.page_of(at, "zh", guide)) == offered
    for code in ("printed", "not printed", "again", "give up", "nonsense"):
        _, wishes = d.step(at, e.TilePressed(code))
        assert bool(wishes) is (code in offered)


def test_the_answer_of_a_clerk_is_a_wish_and_the_list_comes_anew(guide: Guide):
    at = d.AtDevices(d.DeviceMoment.JOB, jobs=(job(JobState.UNKNOWN),), job_id=7)
    stepped, wishes = d.step(at, e.TilePressed("not printed"))
    assert stepped is not None
    assert (stepped.moment, wishes) == (d.DeviceMoment.JOBS, (w.AnswerForJob(7, False), w.ListDevices()))


def test_every_state_of_a_paper_and_of_a_printer_has_its_words_in_every_language(guide: Guide):
    records = [job(state, reason) for state in JobState for reason in ("", *Proof)]
    for language in LANGUAGES:
        for record in records:
            assert guide.say(d.known_key(record), language)
        for trouble in Trouble:
            devices = (DeviceState("devices.printer", printer_key(trouble)),)
            for moment in d.DeviceMoment:
                page = d.page_of(d.AtDevices(moment, devices, tuple(records), 7), language, guide)
                assert isinstance(page, ClerkChoicePage | ClerkReportPage)


def test_a_clerk_goes_to_the_devices_and_back(guide: Guide):
    visit, wishes = clerk.step(clerk.ClerkVisit(moment=clerk.ClerkMoment.FIND), e.TilePressed("devices"), guide)
    assert wishes == (w.ListDevices(),)
    told = DevicesTold((DeviceState("devices.printer", "printer.paper_out"),), (job(JobState.UNKNOWN),))
    visit, _ = clerk.step(visit, told, guide)
    page = clerk.page_of(visit, guide)
    assert isinstance(page, ClerkChoicePage)
    assert page.message == guide.say("printer.paper_out", "zh")
    assert guide.say("devices.in_doubt", "zh", count=1) in [option.example for option in page.options]
    visit, wishes = clerk.step(visit, e.BackPressed(), guide)
    assert (visit.moment, wishes) == (clerk.ClerkMoment.FIND, (w.ListFilings(),))


@pytest.mark.parametrize(
    ("rows", "rom"),
    [("", "none"), ("1", "gb2312"), ("12", "gbk"), ("123", "gb18030-2"), ("1234", "gb18030-2"), ("12345", "gb18030-4"),
     ("2", "none"), ("13", "gb2312"), ("2345", "none")],
)  # fmt: skip
def test_the_rows_that_match_without_a_gap_name_the_rom(rows: str, rom: str):
    assert rom_of(frozenset(rows)) == rom


def test_a_kept_form_s_number_is_told_to_no_clerk(guide: Guide):
    record = job(JobState.UNKNOWN, kind="resume_slip", business_key="SECRET")
    page = d.page_of(d.AtDevices(d.DeviceMoment.JOBS, jobs=(record,)), "zh", guide)
    assert "SECRET" not in str(page) + str(getattr(page, "options", ""))


@pytest.mark.parametrize("paper", ["paper.none", "paper.waiting", "paper.unknown", "paper.cancelled"])
def test_without_a_slip_the_number_and_its_code_are_there_to_photograph(guide: Guide, paper: str):
    page = page_of(Visit(moment=Moment.DONE, ticket_number=NUMBER, paper=paper), guide)
    assert isinstance(page, DonePage)
    assert page.ticket_number == NUMBER
    assert page.code.startswith(f"CK1:T:{NUMBER}:")


def test_a_slip_nobody_can_prove_is_asked_for_once(guide: Guide):
    visit = Visit(moment=Moment.DONE, ticket_number=NUMBER, paper="paper.unconfirmed")
    page = page_of(visit, guide)
    assert isinstance(page, DonePage)
    assert [option.code for option in page.ratings] == ["slip yes", "slip no"]
    missed = steps.step(visit, e.TilePressed("slip no"), guide)
    assert missed.wishes == (w.SlipTaken(NUMBER, False), w.CallStaff())
    after = page_of(missed.visit, guide)
    assert isinstance(after, DonePage)
    assert (after.question, after.paper) == ("", guide.say("paper.unknown", "zh"))
    assert after.code
    assert steps.step(missed.visit, e.TilePressed("slip no"), guide).wishes == ()
    taken = steps.step(visit, e.TilePressed("slip yes"), guide)
    assert taken.wishes == (w.SlipTaken(NUMBER, True),)


def test_the_papers_on_a4_are_asked_for_once_and_only_where_there_is_such_a_printer(guide: Guide):
    visit = Visit(moment=Moment.DONE, ticket_number=NUMBER, paper="paper.printed")
    assert steps.step(visit, e.TilePressed("a4"), guide).wishes == ()
    with_a4 = replace(guide, has_a4=True)
    asked = steps.step(visit, e.TilePressed("a4"), with_a4)
    assert asked.wishes == (w.PrintA4(),)
    assert steps.step(asked.visit, e.TilePressed("a4"), with_a4).wishes == ()
