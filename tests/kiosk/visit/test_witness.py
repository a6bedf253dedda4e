"""Who cannot write has a clerk vouch for the signature: with number and PIN, for this signature and nothing more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.filings.ink import Ink
from kiosk.ids import Ref
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import saved
from kiosk.visit import wishes as w
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.steps import step
from kiosk.visit.visit import Visit
from resources import folder
from ui.demo.person import Person, person_from

CLERK, PIN = "1001", "50718263"
NEXT = e.NextPressed()


@pytest.fixture(scope="module")
def at_signature(guide: Guide, walk) -> Visit:
    """The visit at the first signature, nothing signed."""
    person = person_from(folder("demo") / "minimal.json", guide.law)
    seen: list[Visit] = []

    def watch(visit: Visit) -> None:
        if not seen and isinstance(page_of(visit, guide), p.SignPage):
            seen.append(visit)

    walk(person, guide, w.PrepareFiling, watch)
    return seen[0]


def after(visit: Visit, guide: Guide, *events: e.Event) -> tuple[Visit, list[w.Wish]]:
    wishes: list[w.Wish] = []
    for event in events:
        stepped = step(visit, event, guide)
        visit, wishes = stepped.visit, [*wishes, *stepped.wishes]
    return visit, [wish for wish in wishes if not isinstance(wish, w.SaveDraft)]


TYPED = (e.WitnessAsked(), e.Typed(CLERK), NEXT, e.Typed(PIN), NEXT)


def test_a_clerk_is_called_and_the_pin_is_asked_of_the_desk(at_signature: Visit, guide: Guide):
    visit, wishes = after(at_signature, guide, *TYPED)
    assert wishes == [w.CallStaff(), w.SignIn(CLERK, PIN)]
    page = page_of(visit, guide)
    assert isinstance(page, p.ClerkSignInPage)
    assert page.pin_length == 0
    assert PIN not in repr(visit)


def test_a_witnessed_signature_has_the_clerks_number_the_time_and_no_strokes(at_signature: Visit, guide: Guide):
    visit, wishes = after(at_signature, guide, *TYPED, e.SignedIn(CLERK))
    assert wishes[-1] == w.SignOut()
    assert at_signature.at is not None
    assert visit.inks[at_signature.at] == Ink(900, 400, (), guide.now, witness=CLERK)
    page = page_of(visit, guide)
    assert isinstance(page, p.SignPage)
    assert page.signed
    assert CLERK in page.witnessed
    onward, _ = after(visit, guide, NEXT)
    assert onward.at != visit.at
    assert onward.objection == ""


def test_a_wrong_pin_vouches_for_nothing_and_can_be_typed_again(at_signature: Visit, guide: Guide):
    visit, wishes = after(at_signature, guide, *TYPED, e.SignInRefused("clerk.wrong_pin", 0), e.Typed(PIN), NEXT)
    assert visit.inks == at_signature.inks
    assert wishes.count(w.SignIn(CLERK, PIN)) == 2


def test_back_leads_to_the_page_of_the_signature_and_nothing_is_signed(at_signature: Visit, guide: Guide):
    visit, _ = after(at_signature, guide, e.WitnessAsked(), e.Typed(CLERK), NEXT, e.BackPressed(), e.BackPressed())
    assert visit == at_signature
    refused, _ = after(visit, guide, NEXT)
    assert refused.objection != ""


def test_an_answer_of_the_desk_that_comes_after_the_clerk_went_vouches_for_nothing(at_signature: Visit, guide: Guide):
    visit, wishes = after(at_signature, guide, e.SignedIn(CLERK))
    assert (visit, wishes) == (at_signature, [w.SignOut()])


def test_who_signs_again_is_no_longer_vouched_for(at_signature: Visit, guide: Guide):
    visit, _ = after(at_signature, guide, *TYPED, e.SignedIn(CLERK), e.SignatureCleared())
    assert visit.inks == at_signature.inks


def test_a_witness_is_on_no_page_that_asks_for_something_else(at_signature: Visit, guide: Guide):
    elsewhere = replace(at_signature, at=Ref("/data/plaintiff[1]/person/name"), station="interview")
    visit, wishes = after(elsewhere, guide, e.WitnessAsked())
    assert (visit.witness, wishes) == (None, [])


def test_a_draft_keeps_who_vouched_but_no_half_typed_pin(at_signature: Visit, guide: Guide):
    visit, _ = after(at_signature, guide, *TYPED, e.SignedIn(CLERK))
    assert saved.load_visit(saved.dump_visit(visit), guide).inks == visit.inks
    half, _ = after(at_signature, guide, *TYPED[:4])
    body = saved.dump_visit(half)
    assert PIN.encode() not in body
    assert saved.load_visit(body, guide).witness is None


def test_a_whole_filing_is_handed_in_with_witnessed_signatures(person: Person, guide: Guide, walk):
    unable = replace(person, witness=(CLERK, PIN))
    visit, wishes = walk(unable, guide, w.SignIn)
    while isinstance(wishes[-1], w.SignIn):
        visit, wishes = walk(
            unable, guide, (w.SignIn, w.PrepareFiling), visit=step(visit, e.SignedIn(CLERK), guide).visit
        )
        wishes = [wish for wish in wishes if isinstance(wish, w.SignIn | w.PrepareFiling)]
    assert {ink.witness for ink in visit.inks.values()} == {CLERK}
    assert {ink.strokes for ink in visit.inks.values()} == {()}
