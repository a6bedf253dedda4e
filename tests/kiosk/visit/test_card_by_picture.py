"""The second way in: an identity card before the camera. Offered, never the only way, and every field is looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.ids import PackId, Ref
from kiosk.interview import AskStep, CardStep, Interview, answer, begin, look
from kiosk.visit import asking, steps
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.capture_events import CapturePress
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.stepped import Stepped
from kiosk.visit.visit import Moment, Visit

CARD, SHOOT = e.CapturePressed(CapturePress.CARD), e.CapturePressed(CapturePress.SHOOT)
FIELDS = {"name": "卡纳里甲", "id_type": "resident_id", "id_number": "11010519491231002X", "ethnicity": "01"}


@pytest.fixture(scope="session")
def seeing(guide: Guide) -> Guide:
    return replace(guide, has_camera=True, has_card_picture=True)


@pytest.fixture
def at_card(seeing: Guide) -> Visit:
    """Before the first card page of a loan."""
    pack = PackId("private_lending")
    interview = answer(begin(seeing.forms[pack], seeing.context()), Ref("/data/plaintiff[1]/kind"), "person")
    assert isinstance(interview, Interview)
    visit = Visit(moment=Moment.ASKING, station="interview", matter=pack, interview=interview)
    first = next(one for one in asking.steps_of(visit, seeing) if isinstance(one, CardStep))
    return asking.arrive(visit, first.ref, seeing)


def go(visit: Visit, guide: Guide, *events: e.Event) -> Stepped:
    stepped = Stepped(visit)
    for event in events:
        stepped = steps.step(stepped.visit, event, guide)
    return stepped


def test_without_camera_reader_and_the_extra_there_is_no_card_page(at_card: Visit, guide: Guide):
    assert not any(isinstance(one, CardStep) for one in asking.steps_of(at_card, guide))


def test_the_card_page_offers_the_picture_beside_filling_in_by_hand(at_card: Visit, seeing: Guide):
    shown = page_of(at_card, seeing)
    assert isinstance(shown, p.CardPage)
    assert (shown.by_picture_label, bool(shown.by_hand_label)) == ("拍身份证", True)
    assert shown.message == seeing.say("card.picture_only", "zh")


def test_a_card_is_shown_to_the_camera_read_and_proposed(at_card: Visit, seeing: Guide):
    live = go(at_card, seeing, CARD)
    assert w.WatchCamera() in live.wishes
    shown = page_of(live.visit, seeing)
    assert isinstance(shown, p.CapturePage)
    assert shown.live
    looking = go(live.visit, seeing, SHOOT)
    assert w.ReadCardPicture(looking.visit.card.nonce) in looking.wishes
    read = go(looking.visit, seeing, e.CardRead(FIELDS, looking.visit.card.nonce, by_picture=True)).visit
    proposed = page_of(read, seeing)
    assert isinstance(proposed, p.CardPage)
    assert any("卡纳里甲" in row.lines for row in proposed.rows)
    assert "卡纳" not in repr(read)


def test_every_question_is_shown_with_what_was_read_in_it(at_card: Visit, seeing: Guide):
    nonce = go(at_card, seeing, CARD, SHOOT).visit.card.nonce
    after = go(at_card, seeing, CARD, SHOOT, e.CardRead(FIELDS, nonce, by_picture=True), e.NextPressed()).visit
    here = asking.step_on_show(after)
    assert isinstance(here, AskStep)
    assert here.ref == f"{at_card.at}/name"  # not past it, as after a reader
    assert look(asking.interview_of(after), here.ref, "zh").value == "卡纳里甲"


def test_what_cannot_be_read_is_said_and_both_ways_stay(at_card: Visit, seeing: Guide):
    looking = go(at_card, seeing, CARD, SHOOT).visit
    failed = go(looking, seeing, e.CardFailed("card.picture_unread", looking.card.nonce)).visit
    shown = page_of(failed, seeing)
    assert isinstance(shown, p.CardPage)
    assert shown.message == seeing.say("card.picture_unread", "zh")
    assert w.WatchCamera() in go(failed, seeing, CARD).wishes
    assert isinstance(asking.step_on_show(go(failed, seeing, e.ByHandPressed()).visit), AskStep)


@pytest.mark.parametrize("leave", [e.BackPressed(), e.NextPressed()])
def test_the_camera_may_be_left_again(at_card: Visit, seeing: Guide, leave: e.Event):
    left = go(at_card, seeing, CARD, leave)
    assert isinstance(page_of(left.visit, seeing), p.CardPage)
    assert w.StopCamera() in left.wishes


def test_a_card_read_for_a_page_left_behind_counts_for_nothing(at_card: Visit, seeing: Guide):
    looking = go(at_card, seeing, CARD, SHOOT).visit
    late = e.CardRead(FIELDS, looking.card.nonce - 1, by_picture=True)
    assert go(looking, seeing, late).visit == looking
