"""What clerks may do at the desk, and that every look is written down first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.clerks.actions import NEEDS, Action, ClerkSession, SignInRefused
from kiosk.clerks.lockout import wait_after
from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.errors import KioskTrouble
from kiosk.filings.status import FilingEvent, FilingStatus
from kiosk.settings import Settings
from kiosk.slips.job import JobState
from kiosk.slips.slip import reference
from kiosk.store.audit import Audit
from kiosk.store.clerks import Clerks, TryRow
from kiosk.store.filings import Filings
from kiosk.store.spool import Spool

Make = Callable[..., Papers]


def events(desk: Desk) -> list[tuple[str, str, str]]:
    return [(row.event, row.actor, row.outcome) for row in Audit(desk.db, desk.clock).rows()]


@pytest.fixture
def pin(desk: Desk) -> str:
    return desk.enrol_clerk("1001", "王芳")


@pytest.fixture
def signed_in(desk: Desk, pin: str) -> Desk:
    assert isinstance(desk.sign_in("1001", pin), ClerkSession)
    return desk


def test_a_clerk_signs_in_with_the_pin_they_were_given(desk: Desk, pin: str):
    session = desk.sign_in("1001", pin)
    assert isinstance(session, ClerkSession)
    assert (session.number, session.name) == ("1001", "王芳")
    assert events(desk)[-1] == ("clerk signed in", "1001", "ok")


def test_a_wrong_pin_and_a_wrong_number_are_refused_alike(desk: Desk, pin: str):
    assert desk.sign_in("1001", "00000000") == SignInRefused("clerk.refused", 0)
    assert desk.sign_in("9999", pin) == SignInRefused("clerk.refused", 0)
    assert desk.sign_in("王芳'; --", pin) == SignInRefused("clerk.refused", 0)


def test_the_waits_follow_the_table_and_the_fifteenth_wrong_pin_locks(desk: Desk, pin: str, clock: StillClock):
    for tries in range(1, 15):
        assert desk.sign_in("1001", "00000000") == SignInRefused("clerk.refused", wait_after(tries))
        if wait_after(tries):
            assert desk.sign_in("1001", pin) == SignInRefused("clerk.must_wait", wait_after(tries))
        clock.pass_seconds(wait_after(tries))
    assert desk.sign_in("1001", "00000000") == SignInRefused("clerk.locked", 0)
    clock.pass_seconds(10**6)
    assert desk.sign_in("1001", pin) == SignInRefused("clerk.locked", 0)
    assert ("clerk locked", "person", "ok") in events(desk)


def test_guessing_numbers_keeps_no_clerk_out(desk: Desk, pin: str):
    for guess in range(8):
        desk.sign_in(str(9000 + guess), "00000000")
    assert isinstance(desk.sign_in("1001", pin), ClerkSession)


def test_the_right_pin_forgives_the_wrong_ones(desk: Desk, pin: str):
    for _ in range(4):
        desk.sign_in("1001", "00000000")
    desk.sign_in("1001", pin)
    assert desk.sign_in("1001", "00000000") == SignInRefused("clerk.refused", 0)


def test_a_session_ends_by_idling_and_in_any_case_after_a_quarter_of_an_hour(
    signed_in: Desk, clock: StillClock, pin: str
):
    clock.pass_seconds(299)
    signed_in.recent()
    clock.pass_seconds(300)
    with pytest.raises(KioskTrouble, match=r"clerk\.not_signed_in"):
        signed_in.recent()
    signed_in.sign_in("1001", pin)
    for _ in range(8):
        clock.pass_seconds(100)
        signed_in.recent()
    clock.pass_seconds(100)
    with pytest.raises(KioskTrouble, match=r"clerk\.not_signed_in"):
        signed_in.recent()


def test_without_a_session_nothing_is_shown_and_the_asking_is_noted(desk: Desk, papers: Make):
    ticket = desk.file(papers()).ticket_number
    asked: list[Callable[[], object]] = [
        desk.recent,
        lambda: desk.look_up(ticket),
        lambda: desk.look_up(ticket, "1001"),
        lambda: desk.reprint(ticket),
        lambda: desk.release_held(),
    ]
    for ask in asked:
        with pytest.raises(KioskTrouble, match=r"clerk\.not_signed_in"):
            ask()
    assert [one for one in events(desk) if one[0] == "action refused"] == [("action refused", "person", "refused")] * 5


def test_one_clerk_cannot_ask_in_the_name_of_another(signed_in: Desk, papers: Make):
    ticket = signed_in.file(papers()).ticket_number
    with pytest.raises(KioskTrouble, match=r"clerk\.not_signed_in"):
        signed_in.look_up(ticket, "1002")


@pytest.mark.parametrize("typed", [str.lower, lambda number: number.replace("-", " "), reference])
def test_a_filing_is_found_by_its_ticket_typed_or_scanned(signed_in: Desk, papers: Make, typed: Callable[[str], str]):
    filed = signed_in.file(papers())
    found = signed_in.look_up(typed(filed.ticket_number))
    assert found is not None
    assert (found.filing_id, found.status, found.cause, found.parties) == (
        filed.filing_id, FilingStatus.STORED, "民间借贷纠纷", "卡纳里甲 / 欧阳娜娜",
    )  # fmt: skip


def test_the_look_is_in_the_log_before_there_is_anything_to_see(signed_in: Desk, papers: Make):
    filed = signed_in.file(papers())
    signed_in.db.execute(
        "CREATE TRIGGER no_log BEFORE INSERT ON audit WHEN NEW.event = 'filing viewed'"
        " BEGIN SELECT raise(ABORT, 'the log is full'); END"
    )
    with pytest.raises(Exception, match="the log is full"):
        signed_in.look_up(filed.ticket_number)
    signed_in.db.execute("DROP TRIGGER no_log")
    signed_in.look_up(filed.ticket_number)
    assert events(signed_in)[-1] == ("filing viewed", "1001", "ok")


def test_a_number_that_is_not_there_is_noted_too_and_rubbish_is_not(signed_in: Desk, papers: Make):
    other = signed_in.file(papers()).ticket_number
    from datetime import date

    from kiosk.filings.ticket import ticket_number

    assert signed_in.look_up(ticket_number("110105", date(2026, 11, 22), 5)) is None
    assert events(signed_in)[-1] == ("filing viewed", "1001", "not found")
    before = len(events(signed_in))
    assert signed_in.look_up("0105-261123-0001-ZZ") is None
    assert signed_in.look_up("卡纳里甲") is None
    assert len(events(signed_in)) == before
    assert signed_in.look_up(other) is not None


def test_the_list_is_newest_first_with_names_masked(signed_in: Desk, papers: Make, clock: StillClock):
    for name in ("张三", "买买提·艾力", "𠮷田太郎"):
        signed_in.file(papers(name))
        clock.pass_seconds(20)
    assert [one.parties for one in signed_in.recent()] == ["𠮷*** / 欧阳**", "买买提·** / 欧阳**", "张* / 欧阳**"]


def test_a_received_filing_shows_the_courts_time_and_number(signed_in: Desk, papers: Make, clock: StillClock):
    filed = signed_in.file(papers())
    court_time = clock.now() + timedelta(minutes=3)
    Filings(signed_in.db).advance(
        filed.filing_id, 1, FilingEvent.RECEIPT_CAME, now=clock.now(), received_at=court_time, receipt_number="R-7"
    )
    found = signed_in.look_up(filed.ticket_number)
    assert found is not None
    assert (found.status, found.received_at, found.receipt_number) == (FilingStatus.RECEIVED, court_time, "R-7")


def test_a_reprint_is_the_same_job_again_and_its_number_of_papers_is_known(signed_in: Desk, papers: Make):
    filed = signed_in.file(papers())
    spool = Spool(signed_in.db)
    job = spool.claim(signed_in.clock.now())
    assert job is not None
    spool.begin(spool.open_attempt(job, "generic-80mm", signed_in.clock.now()), "0" * 64, 10, signed_in.clock.now())
    spool.restart(signed_in.clock.now())
    assert signed_in.reprint(filed.ticket_number) == job.id
    assert spool.job(job.id).state is JobState.QUEUED
    found = signed_in.look_up(filed.ticket_number)
    assert found is not None
    assert found.papers_printed == 1
    assert ("ticket reprinted", "1001", "ok") in events(signed_in)


def test_when_the_slips_words_are_gone_it_is_said_and_not_printed(signed_in: Desk, papers: Make):
    filed = signed_in.file(papers())
    signed_in.db.execute("UPDATE print_job SET doc_json = NULL, state = 'printed'")
    with pytest.raises(KioskTrouble, match=r"clerk\.form_gone"):
        signed_in.reprint(filed.ticket_number)
    with pytest.raises(KioskTrouble, match=r"clerk\.not_found"):
        signed_in.reprint("0105-261123-0001-ZZ")


def refused_with(key: str, ask: Callable[[], object]) -> None:
    with pytest.raises(KioskTrouble) as caught:
        ask()
    assert caught.value.key == key


def test_after_the_first_two_a_clerk_is_enrolled_by_two_others(desk: Desk, pin: str):
    second = desk.enrol_clerk("1002", "李强")
    one, two = ("1001", pin), ("1002", second)
    refused_with("clerk.needs_second", lambda: desk.enrol_clerk("1003", "赵六"))
    refused_with("clerk.needs_second", lambda: desk.enrol_clerk("1003", "赵六", [one]))
    refused_with("clerk.needs_second", lambda: desk.enrol_clerk("1003", "赵六", [one, one]))
    refused_with("clerk.refused", lambda: desk.enrol_clerk("1003", "赵六", [one, ("1002", pin)]))
    third = desk.enrol_clerk("1003", "赵六", [one, two])
    assert isinstance(desk.sign_in("1003", third), ClerkSession)


def test_a_locked_clerk_is_unlocked_by_a_different_one(desk: Desk, pin: str, clock: StillClock):
    second = desk.enrol_clerk("1002", "李强")
    Clerks(desk.db).write_tries("1001", TryRow(15, clock.now(), clock.boot_id(), clock.monotonic_ms()))
    assert desk.sign_in("1001", pin) == SignInRefused("clerk.locked")
    refused_with("clerk.needs_second", lambda: desk.unlock_clerk("1001", ("1001", pin)))
    refused_with("clerk.refused", lambda: desk.unlock_clerk("1001", ("1002", "00000000")))
    desk.unlock_clerk("1001", ("1002", second))
    assert isinstance(desk.sign_in("1001", pin), ClerkSession)
    assert ("clerk unlocked", "1002", "ok") in events(desk)


def test_a_forgotten_pin_is_replaced_by_two_others(desk: Desk, pin: str):
    one = ("1001", pin)
    two = ("1002", desk.enrol_clerk("1002", "李强"))
    desk.enrol_clerk("1003", "赵六", [one, two])
    refused_with("clerk.needs_second", lambda: desk.reset_pin("1003", [one]))
    refused_with("clerk.number_wrong", lambda: desk.reset_pin("9999", [one, two]))
    again = desk.reset_pin("1003", [one, two])
    assert isinstance(desk.sign_in("1003", again), ClerkSession)


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("1001", "clerk.number_taken"),
        ("王芳", "clerk.number_wrong"),
        ("", "clerk.number_wrong"),
        ("desk", "clerk.number_wrong"),
    ],
)
def test_a_clerk_number_is_free_and_of_digits(desk: Desk, pin: str, number: str, key: str):
    with pytest.raises(KioskTrouble) as caught:
        desk.enrol_clerk(number, "王芳")
    assert caught.value.key == key


def test_the_store_holds_no_pin(desk: Desk, pin: str):
    desk.sign_in("1001", pin)
    kept = desk.db.execute("SELECT * FROM clerk").fetchall() + desk.db.execute("SELECT * FROM audit").fetchall()
    assert pin not in str(kept)


def test_every_health_line_and_every_refusal_has_words(desk: Desk, signed_in: Desk):
    for line in desk.health():
        assert set(line.words) == {"zh", "en"}
    for key in ("clerk.refused", "clerk.must_wait", "clerk.locked", "clerk.not_signed_in", "clerk.needs_second"):
        assert desk.shelf.wording.knows(key)


def test_a_lost_pepper_is_named_and_not_replaced(
    desk: Desk, pin: str, settings: Settings, open_desk: Callable[[], Desk]
):
    (settings.state / "keys" / "pin.pepper").unlink()
    with pytest.raises(KioskTrouble, match=r"store\.key_missing"):
        open_desk()
    assert not (settings.state / "keys" / "pin.pepper").exists()


def test_every_action_is_in_the_table_and_the_dangerous_ones_ask_for_more():
    assert set(NEEDS) == set(Action)
    assert {action for action, needs in NEEDS.items() if needs.second} == {
        Action.ENROL_CLERK, Action.RESET_PIN, Action.UNLOCK_CLERK, Action.PURGE_UNRECEIVED,
    }  # fmt: skip
    assert all(needs.code for needs in NEEDS.values() if needs.second)
