"""A card that has expired, or whose number does not add up, is shown as it is; nobody puts it right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.ids import PackId, Ref
from kiosk.interview import CardStep, Interview, answer, begin, steps
from kiosk.visit import asking
from kiosk.visit import events as e
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.pages import CardMoment, CardPage
from kiosk.visit.visit import Moment, Visit


@pytest.mark.parametrize("doubt", ["card.doubt_expired", "card.doubt_number", "card.doubt_birth", "card.doubt_rare"])
def test_what_is_doubtful_about_a_card_is_said_beside_what_it_says(guide: Guide, doubt: str):
    started = begin(guide.forms[PackId("private_lending")], guide.context(""))
    interview = answer(started, Ref("/data/plaintiff[1]/kind"), "person")
    assert isinstance(interview, Interview)
    card = next(one for one in steps(interview) if isinstance(one, CardStep))
    with_reader = replace(guide, has_reader=True)
    visit = Visit(moment=Moment.ASKING, station="interview", interview=interview, at=card.ref)
    fields = {"name": "王某", "id_type": "resident_id", "id_number": "653101198001010018"}
    stay = asking.take(visit, e.CardRead(fields, visit.card.nonce, doubt), with_reader)
    page = page_of(stay.visit, with_reader)
    assert isinstance(page, CardPage)
    assert (page.moment, page.message) == (CardMoment.READ, guide.say(doubt, "zh"))
    shown = [line for row in page.rows for line in row.lines]
    assert "653101198001010018" in shown  # wrong, and as the card has it
