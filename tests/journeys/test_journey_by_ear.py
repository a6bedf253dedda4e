"""A whole private-lending filing by somebody who hears and presses four keys, and reads nothing.

What they decide comes from the clips that were played; the figures are printed (`-s`) and kept in docs/voice.md.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.clock import SystemClock
from kiosk.visit import pages as p
from kiosk.visit import steps
from kiosk.visit import wishes as w
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.visit import Moment, Visit
from kiosk.wording import Wording
from ui.demo.court import DemoCourt
from ui.demo.ear import Ear
from ui.demo.finger import TouchFinger
from ui.demo.hand import Hand
from ui.demo.keys import keypad_on
from ui.demo.listener import Knowledge, Listener
from ui.demo.person import Person
from ui.demo.readings import Readings
from ui.demo.walk import Walker, settle
from ui.main import Program
from ui.voice.strung import Voices

LANGUAGE = "zh"


def told_beforehand(person: Person, guide: Guide, voices: Voices) -> Knowledge:
    """The questions and what this person will say to each, in the words they will hear."""
    knowledge = Knowledge(voices, LANGUAGE)
    here = steps.first_visit(guide, LANGUAGE)
    number = 0
    for _ in range(2000):
        page = page_of(here, guide)
        event = person.next_event(here, page)
        knowledge.learn(page, event, number)
        stepped = steps.step(here, event, guide)
        heading = getattr(page, "heading", None)
        after = page_of(stepped.visit, guide)
        number += type(after) is not type(page) or getattr(after, "heading", None) != heading
        here = stepped.visit
        if any(isinstance(one, w.StoreFiling) for one in stepped.wishes):
            return knowledge
    raise AssertionError(f"after 2000 presses still at {here.station} {here.at}")


@pytest.mark.campaign
def test_a_whole_filing_is_made_by_ear(
    court: DemoCourt, person: Person, wording: Wording, readings: Readings, qapp: QApplication, tmp_path: Path
):
    settings = court.settings()
    settings = settings._replace(voice=settings.voice._replace(output="headphones"))
    program = Program(settings, wording, SystemClock())
    pad = keypad_on(program)
    program.mouth_of = Ear
    clerk = replace(person, witness=tuple(court.clerk_file.read_text("ascii").split()))
    hand = Hand(program.window, TouchFinger(program.window), readings, program.window.say, lambda: settle(program))
    walker = Walker(program, clerk, hand, None, lambda line: None)

    def vouch() -> None:
        """The clerk beside them touches number and PIN; clerks see."""
        while isinstance(page := program.lobby.page(), p.ClerkSignInPage):
            visit = program.lobby.visit
            assert isinstance(visit, Visit)
            hand.do(clerk.next_event(visit, page), page)
            walker.wait_for(lambda before=visit: program.lobby.visit is not before, "the clerk's touches to count")

    try:
        program.show()
        walker.wait_for(lambda: program.speech is not None and program.lobby.ready, "the desk to open")
        ear = program.speech.mouth
        assert isinstance(ear, Ear)
        knowledge = told_beforehand(person, program.lobby._guide, program.speech.voices)
        listener = Listener(knowledge, ear, pad, readings, lambda: settle(program))
        done = knowledge.heard(wording.say("done.title", LANGUAGE))
        began = time.monotonic()
        heard = listener.listen()
        while done not in heard:
            if not heard:
                walker.wait_for(lambda: bool(ear.heard), "something to be said")
                heard = listener.listen()
                continue
            heard = listener.answer(heard, vouch)
        took = time.monotonic() - began
        visit = program.lobby.visit
        assert isinstance(visit, Visit)
        assert visit.moment is Moment.DONE
        ticket = visit.ticket_number
        assert knowledge.heard(ticket) in heard
        print(
            f"\nby ear: {listener.pages} pages, {pad.presses()} presses, {listener.seconds / 60:.0f} min of speech ({ear.seconds / 60:.0f} heard to the end), {took:.0f} s"
        )
        assert pad.presses() < 6000
    finally:
        program.close()
        qapp.removeEventFilter(program.guard)
        program.window.close()
        program.window.deleteLater()
        QApplication.processEvents()
