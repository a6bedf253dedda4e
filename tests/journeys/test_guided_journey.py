"""By touch, offscreen: somebody writes what happened with a finger and is led to the form, then wants larger letters."""

from __future__ import annotations

from typing import Any

from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.visit import Moment
from ui.demo.court import DemoCourt
from ui.demo.person import Person
from ui.look import Size


def test_from_words_under_the_finger_to_the_form(open_kiosk: Any, court: DemoCourt, person: Person):
    with open_kiosk(court.settings(), person) as kiosk:
        lobby = kiosk.program.lobby
        kiosk.wait_for(lambda: lobby.ready, "the desk to open")
        for event in (
            e.TilePressed("file"),
            e.TilePressed("zh"),
            e.NextPressed(),
            e.OptionPressed("tell"),
            e.NextPressed(),
        ):
            kiosk.do(event)
        kiosk.do(e.Typed("借钱不还"))
        kiosk.do(e.NextPressed())
        found = lobby.page()
        assert isinstance(found, p.ChoicePage)
        assert found.options[0].label == "借钱不还"
        kiosk.do(e.OptionPressed("0"))
        kiosk.do(e.NextPressed())
        told = lobby.page()
        assert isinstance(told, p.SignpostPage)
        assert any("1,050元" in line for one in told.passages for line in one.lines)
        assert "借钱不还" not in kiosk.program.window.windowTitle()
        kiosk.do(e.NextPressed())
        while lobby.visit.moment is Moment.NOTICE:
            kiosk.do(kiosk.person.next_event(lobby.visit, lobby.page()))
        assert lobby.visit.moment is Moment.CHANNELS
        assert lobby.visit.said == ""

        kiosk.do(e.OptionPressed("elderly"))
        kiosk.do(e.NextPressed())
        assert lobby.visit.moment is Moment.LARGER
        kiosk.do(e.TilePressed("larger"))
        assert kiosk.program.window.look.size is Size.LARGEST
        assert lobby.visit.moment is Moment.CHANNELS_TOLD
        kiosk.do(e.NextPressed())
        assert lobby.visit.moment is Moment.ASKING
