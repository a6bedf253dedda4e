"""What becomes of a form when the program dies in the middle of it."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.store.audit import Audit

OpenDesk = Callable[[], Desk]
ANSWERS = '{"id_number":"11010519491231002X","name":"卡纳里甲"}'.encode()


def events(desk: Desk) -> list[str]:
    return [row.event for row in Audit(desk.db, desk.clock).rows() if not row.event.startswith("kiosk")]


def test_whoever_still_stands_there_goes_on_where_they_were(desk: Desk, open_desk: OpenDesk, clock: StillClock):
    desk.save_draft(b"one")
    desk.save_draft(b"two")
    clock.pass_seconds(30)
    again = open_desk()
    assert again.held_draft() == b"two"
    again.save_draft(b"three")
    assert open_desk().held_draft() == b"three"
    assert events(again) == ["draft continued", "draft continued"]


def test_an_ended_visit_leaves_nothing(desk: Desk, open_desk: OpenDesk):
    desk.save_draft(ANSWERS)
    desk.drop_draft()
    again = open_desk()
    assert again.held_draft() is None
    assert again.held_waiting() == 0


def test_after_the_idle_limit_the_next_person_sees_nothing_of_it(desk: Desk, open_desk: OpenDesk, clock: StillClock):
    desk.save_draft(ANSWERS)
    clock.pass_seconds(211)
    again = open_desk()
    assert again.held_draft() is None
    assert again.held_waiting() == 1
    assert events(again) == ["draft held"]


def test_a_held_form_opens_for_its_owners_card_and_no_other(desk: Desk, open_desk: OpenDesk, clock: StillClock):
    desk.save_draft(ANSWERS)
    clock.pass_seconds(3600)
    again = open_desk()
    again.held_draft()
    assert again.claim_held("110105194912310011") is None
    assert again.claim_held("11010519491231002x") == ANSWERS
    again.save_draft(b"more")
    assert again.held_waiting() == 0


def test_three_guesses_at_the_last_four_characters_are_all_there_are(
    desk: Desk, open_desk: OpenDesk, clock: StillClock
):
    desk.save_draft(ANSWERS)
    clock.pass_seconds(3600)
    again = open_desk()
    again.held_draft()
    assert [again.claim_held_by_last_four(guess) for guess in ("0021", "0022", "")] == [None, None, None]
    assert open_desk().claim_held_by_last_four("002x") is None
    assert again.claim_held("11010519491231002X") == ANSWERS


def test_a_held_form_goes_after_a_day(desk: Desk, open_desk: OpenDesk, clock: StillClock):
    desk.save_draft(ANSWERS)
    clock.pass_seconds(3600)
    open_desk().held_draft()
    clock.pass_seconds(24 * 3600)
    again = open_desk()
    assert again.held_waiting() == 0
    assert again.db.execute("SELECT count(*) FROM draft").fetchone()[0] == 0


def test_a_new_visit_never_writes_over_a_form_that_is_held(desk: Desk, open_desk: OpenDesk, clock: StillClock):
    desk.save_draft(ANSWERS)
    again = open_desk()  # the person said no to going on, or nobody was there
    again.start_draft()
    again.save_draft(b"somebody else")
    assert again.held_waiting() == 1
    assert again.claim_held("11010519491231002X") == ANSWERS
