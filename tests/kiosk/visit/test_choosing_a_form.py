"""Forms are listed by what their packs say on the first line; only the one that is chosen is loaded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.forms.head import Packs
from kiosk.forms.problems import PackTrouble
from kiosk.ids import PackId
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.drawing import page_of
from kiosk.visit.entry import Entry
from kiosk.visit.steps import step
from kiosk.visit.visit import Moment, Visit


@pytest.fixture
def none_loads(guide):
    """A guide that lists every form and cannot open one."""

    def broken(pack: PackId):
        raise PackTrouble([])

    return replace(guide, forms=Packs(guide.heads, broken))


def test_listing_the_forms_loads_none_of_them(guide, none_loads):
    choosing = Visit(moment=Moment.MATTER, language="zh")
    assert page_of(choosing, none_loads) == page_of(choosing, guide)


def test_a_form_that_does_not_load_sends_the_person_to_a_window_and_the_visit_goes_on(none_loads):
    chosen = Visit(moment=Moment.MATTER, language="en", entry=Entry(chosen=("private_lending",)))
    stayed = step(chosen, e.NextPressed(), none_loads).visit
    assert stayed.moment is Moment.MATTER
    assert isinstance(page := page_of(stayed, none_loads), p.ChoicePage)
    assert page.frame.objection == "This form does not open now. Please go to a window."
