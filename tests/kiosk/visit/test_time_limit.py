"""Near a time limit and with no line to the court, a person is sent to a window: on the screen, at the end, on the slip.

For every form that knows a limitation date, with the court in reach and out of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.filings.urgency import is_urgent, leaves, slip_words
from kiosk.interview import Context, begin, complete, fill
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.steps import first_visit, step
from kiosk.visit.visit import Moment, Visit

ANSWERS = Path(__file__).parents[1] / "packs" / "answers"
PACKS = sorted(path.stem for path in ANSWERS.glob("*.json"))
NEXT = e.NextPressed()


def filed(pack: str, guide: Guide, today: date) -> dict[str, Any] | None:
    """The made-up filing of this pack as it would be completed on this day; None when its dates do not go with the day."""
    answers = msgspec.json.decode((ANSWERS / f"{pack}.json").read_bytes())["answers"]
    facts = {"court_code": guide.court_code, "court_name": guide.court_name}
    filled = fill(begin(guide.forms[pack], Context(today=today, facts=facts)), answers)
    completed = complete(filled, "zh") if not isinstance(filled, tuple) else filled
    return None if isinstance(completed, tuple) else dict(completed.answers)


def last_day(pack: str, guide: Guide) -> date:
    answers = filed(pack, guide, date(2026, 11, 23))
    found = min(leaves(answers, "limitation_last_day"), default="") if answers else ""
    if not found:
        pytest.skip("this form's made-up filing knows no limitation date")
    return date.fromisoformat(found)


def test_a_form_that_knows_how_the_limitation_stands_knows_its_last_day_too(guide):
    for pack in guide.heads:
        names = {node.path.rpartition("/")[2] for node in guide.forms[pack].plan.nodes}
        assert ("limitation_standing" in names) == ("limitation_last_day" in names), pack


@pytest.mark.parametrize("pack", PACKS)
def test_near_the_last_day_the_slip_sends_to_a_window_only_when_the_court_is_out_of_reach(pack: str, guide):
    day = last_day(pack, guide)
    answers = filed(pack, guide, day - timedelta(days=10))
    if answers is None:
        pytest.skip("its dates do not go with that day")
    assert is_urgent(answers)
    assert slip_words(answers, False, guide.wording, "zh") == day.isoformat()
    told = slip_words(answers, True, guide.wording, "zh")
    assert day.isoformat() in told
    assert "窗口" not in told


@pytest.mark.parametrize("pack", PACKS)
def test_after_the_last_day_too(pack: str, guide):
    day = last_day(pack, guide)
    answers = filed(pack, guide, day + timedelta(days=5))
    if answers is None:
        pytest.skip("its dates do not go with that day")
    assert is_urgent(answers)
    assert "窗口" in slip_words(answers, False, guide.wording, "zh")
    assert slip_words(answers, True, guide.wording, "zh") == ""


@pytest.mark.parametrize(
    ("answers", "urgent"),
    [
        ({}, False),
        ({"facts": {"limitation_standing": "running", "limitation_last_day": "2027-01-01"}}, False),
        ({"facts": {"limitation_standing": "near", "limitation_last_day": "2026-12-01"}}, True),
        ({"a": [{"b": {"limitation_standing": "past"}}]}, True),
        ({"limitation_standing": ["near"]}, False),
    ],
)
def test_it_is_found_wherever_it_stands(answers: dict, urgent: bool, guide):
    assert is_urgent(answers) == urgent
    assert bool(slip_words(answers, False, guide.wording, "en")) == urgent


@pytest.fixture
def pressed(guide, person, walk):
    """A filing whose limitation is near today, up to the press of 提交, with the line up or down."""

    def press(reached: bool) -> tuple[Visit, list[w.Wish], Guide]:
        forms = guide.forms
        start = first_visit(guide, "zh")
        _, wishes = walk(person, guide, w.StoreFiling, visit=start)
        completed = next(one.submission.form for one in wishes if isinstance(one, w.StoreFiling))
        found = min(leaves(completed.answers, "limitation_last_day"), default="")
        if not found:
            pytest.skip("this person's answers know no limitation date")
        today = date.fromisoformat(found) - timedelta(days=3)
        now = datetime(today.year, today.month, today.day, 3, 0, tzinfo=UTC)
        later = replace(guide, forms=forms, now=now, court_reached=reached)
        until = w.StoreFiling if reached else w.SaveDraft
        visit, made = walk(person, later, until)
        while not any(isinstance(one, w.StoreFiling) for one in made) and visit.moment is not Moment.TIME_LIMIT:
            stepped = step(visit, person.next_event(visit, page_of(visit, later)), later)
            visit, made = stepped.visit, [*made, *stepped.wishes]
        return visit, made, later

    return press


def test_with_the_line_down_the_screen_says_it_before_the_filing_and_at_the_end(pressed):
    visit, wishes, guide = pressed(reached=False)
    assert visit.moment is Moment.TIME_LIMIT
    assert not any(isinstance(one, w.StoreFiling) for one in wishes)
    page = page_of(visit, guide)
    assert isinstance(page, p.NotePage)
    assert page.tone == "warn"
    assert any("1号窗口" in line and "盖章" in line for line in page.paragraphs)
    assert step(visit, e.BackPressed(), guide).visit.station == "signature"

    last = step(visit, NEXT, guide).visit
    assert last.moment is Moment.HAND_IN
    handed_in = step(last, NEXT, guide)
    wish = next(one for one in handed_in.wishes if isinstance(one, w.StoreFiling))
    assert not wish.submission.court_reached
    done = step(handed_in.visit, e.FilingStored("0105-261123-0001-AB"), guide).visit
    assert "盖章" in page_of(done, guide).next_steps[0]
    assert done.interview is None


def test_with_the_line_up_nobody_is_sent_away(pressed):
    visit, wishes, guide = pressed(reached=True)
    assert visit.moment is Moment.STORING
    wish = next(one for one in wishes if isinstance(one, w.StoreFiling))
    assert wish.submission.court_reached
    done = step(visit, e.FilingStored("0105-261123-0001-AB"), guide).visit
    assert not any("盖章" in line for line in page_of(done, guide).next_steps)
