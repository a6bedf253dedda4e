"""By touch, offscreen: a form is kept for later and gone on with after the wipe; the filing that came of it is asked after."""

from __future__ import annotations

from typing import Any

from kiosk.slips.slip import reference
from kiosk.store.saved import SavedForms
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.visit import Moment
from ui.demo.court import DemoCourt
from ui.demo.person import Person


def own_number(visit: Any) -> str:
    """The identity number that was said, once it was."""
    texts = visit.interview.texts.values() if visit.interview is not None else ()
    return next((text for text in texts if len(text) == 18 and text[:17].isdigit()), "")


def answer_until_a_number_is_said(kiosk: Any) -> None:
    lobby = kiosk.program.lobby
    while not (own_number(lobby.visit) and lobby.visit.moment is Moment.ASKING):
        kiosk.do(kiosk.person.next_event(lobby.visit, lobby.page()))
        kiosk.wait_for(lambda: not lobby.busy, "the answer to be safe")


def ended(kiosk: Any) -> None:
    kiosk.wait_for(lambda: not kiosk.program.running, "the visit to be wiped")


def test_a_form_kept_for_later_opens_for_its_code_after_the_wipe(
    open_kiosk: Any, court: DemoCourt, person: Person, store_of: Any
):
    settings = court.settings()
    with open_kiosk(settings, person) as kiosk:
        lobby = kiosk.program.lobby
        kiosk.wait_for(lambda: lobby.ready, "the desk to open")
        answer_until_a_number_is_said(kiosk)
        before = lobby.visit
        kiosk.do(e.TasksAsked())
        assert isinstance(lobby.page(), p.TasksPage)
        kiosk.do(e.TilePressed("save"))
        kiosk.do(e.TilePressed("save"))
        kiosk.wait_for(lambda: lobby.visit.moment is Moment.KEPT, "the code")
        page = lobby.page()
        assert isinstance(page, p.KeptPage)
        assert page.code in kiosk.texts_on_window()
        kiosk.do(e.TilePressed("leave"))
        ended(kiosk)
        assert page.code not in kiosk.texts_on_window()
    with store_of(settings) as db:
        assert SavedForms(db).waiting() == 1

    with open_kiosk(settings, person) as kiosk:
        lobby = kiosk.program.lobby
        kiosk.wait_for(lambda: lobby.ready, "the desk to open")
        for event in (e.TilePressed("fetch"), e.TilePressed("resume")):
            kiosk.do(event)
        kiosk.do(e.Typed(page.code.lower().replace("-", "")))
        kiosk.do(e.NextPressed())
        kiosk.wait_for(lambda: not lobby.waited_for, "the desk to look")
        assert lobby.visit.moment is Moment.ERRAND
        kiosk.do(e.Typed(own_number(before)[-4:]))
        kiosk.do(e.NextPressed())
        kiosk.wait_for(lambda: lobby.visit.interview is not None, "the form to open")
        assert (lobby.visit.moment, lobby.visit.at) == (before.moment, before.at)
        assert lobby.visit.interview.texts == before.interview.texts
        assert lobby.visit.kept_until is not None
        kiosk.do(e.LeaveAsked())
        kiosk.do(e.TilePressed("clear"))
        ended(kiosk)
    with store_of(settings) as db:
        assert SavedForms(db).waiting() == 0


def test_whoever_has_the_slip_and_the_last_four_is_told_how_it_stands(
    filed: Any, open_kiosk: Any, court: DemoCourt, person_with_card: Person
):
    with open_kiosk(court.settings(), person_with_card) as kiosk:
        lobby = kiosk.program.lobby
        kiosk.wait_for(lambda: lobby.ready, "the desk to open")
        number = person_with_card.answers["plaintiff"][0]["person"]["id_number"]
        for digits in ("1111", number[-4:]):
            if lobby.visit.moment is not Moment.ERRAND:
                kiosk.do(e.TilePressed("fetch"))
                kiosk.do(e.TilePressed("progress"))
                lobby.scan(reference(filed.ticket))
            else:
                kiosk.do(e.NextPressed())
            kiosk.do(e.Typed(digits))
            kiosk.do(e.NextPressed())
            kiosk.wait_for(lambda: not lobby.waited_for, "the desk to look")
        told = lobby.page()
        assert isinstance(told, p.OutcomePage)
        assert told.rows[0].lines == (filed.ticket,)
        assert number not in kiosk.texts_on_window()
        kiosk.do(e.NextPressed())
        ended(kiosk)


def test_a_fee_is_worked_out_without_a_filing(open_kiosk: Any, court: DemoCourt, person: Person):
    with open_kiosk(court.settings(), person) as kiosk:
        lobby = kiosk.program.lobby
        kiosk.wait_for(lambda: lobby.ready, "the desk to open")
        for event in (e.TilePressed("reckon"), e.TilePressed("fee"), e.OptionPressed("property"), e.NextPressed()):
            kiosk.do(event)
        kiosk.do(e.Typed("50000"))
        kiosk.do(e.NextPressed())
        assert lobby.page().rows[0].lines == ("1,050.00 元",)
        kiosk.do(e.TilePressed("again"))
        assert isinstance(lobby.page(), p.AskPage)
        kiosk.do(e.LeaveAsked())
        assert lobby.visit.moment is Moment.LEAVING
        kiosk.do(e.TilePressed("leave"))
        ended(kiosk)
