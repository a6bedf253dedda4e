"""One person's unfinished form: written after each answer, continued at once, or held behind the counter."""

from __future__ import annotations

import pytest

from kiosk.clock import StillClock
from kiosk.store.connect import Database
from kiosk.store.drafts import Drafts


@pytest.fixture
def drafts(db: Database, clock: StillClock) -> Drafts:
    return Drafts(db, clock)


def test_the_last_saved_answer_is_the_one_that_is_there(drafts: Drafts):
    draft = drafts.begin()
    drafts.save(draft, b"one")
    drafts.save(draft, b"two")
    found = drafts.open_draft()
    assert found is not None
    assert (found.draft_id, found.body) == (draft, b"two")


def test_nothing_is_written_before_the_first_answer(drafts: Drafts):
    drafts.begin()
    assert drafts.open_draft() is None


@pytest.mark.parametrize(("seconds", "may"), [(0, True), (209, True), (210, False), (9999, False)])
def test_only_a_young_draft_may_be_continued_by_whoever_stands_there(
    drafts: Drafts, clock: StillClock, seconds: int, may: bool
):
    drafts.save(drafts.begin(), b"answers")
    clock.pass_seconds(seconds)
    found = drafts.open_draft()
    assert found is not None
    assert found.may_be_continued(clock, 210) is may


def test_after_a_reboot_nobody_may_just_continue(drafts: Drafts, clock: StillClock):
    drafts.save(drafts.begin(), b"answers")
    clock.boot = "00000000-0000-4000-8000-000000000002"
    found = drafts.open_draft()
    assert found is not None
    assert not found.may_be_continued(clock, 210)


def test_a_held_draft_makes_room_for_the_next_person_and_comes_back(drafts: Drafts):
    first = drafts.begin()
    drafts.save(first, b"the first person")
    assert drafts.hold() == first
    drafts.save(drafts.begin(), b"the second person")
    assert [draft.draft_id for draft in drafts.held()] == [first]
    released = drafts.release(first)
    assert released is not None
    assert released.body == b"the first person"
    assert [draft.body for draft in drafts.held()] == [b"the second person"]


def test_a_held_draft_goes_after_its_time(drafts: Drafts, clock: StillClock):
    drafts.save(drafts.begin(), b"answers")
    drafts.hold()
    clock.pass_seconds(23 * 3600)
    assert drafts.drop_older_than(24) == 0
    clock.pass_seconds(3601)
    assert drafts.drop_older_than(24) == 1
    assert drafts.held() == ()


def test_the_answers_are_not_in_its_name(drafts: Drafts):
    drafts.save(drafts.begin(), "卡纳里甲".encode())
    assert "卡纳里" not in repr(drafts.open_draft())
    assert repr("卡纳里甲".encode())[2:-1] not in repr(drafts.open_draft())
