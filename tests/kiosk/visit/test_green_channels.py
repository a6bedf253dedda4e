"""Green channels in a whole visit: asked once and gently, noticed from age and answers, and never told to the lobby."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from kiosk.guidance.book import read_book
from kiosk.guidance.search import Search
from kiosk.visit import events as e
from kiosk.visit import green
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.saved import dump_visit, load_visit
from kiosk.visit.steps import first_visit, step
from kiosk.visit.visit import Moment, Visit
from resources import folder

NEXT = e.NextPressed()
TO_THE_PAGE = 40


@pytest.fixture(scope="session")
def guided(guide: Guide) -> Guide:
    return replace(guide, guidance=Search(read_book(folder("guidance")), guide.law.causes.rows))


def going(visit: Visit, guide: Guide, *events: e.Event) -> Visit:
    for event in events:
        visit = step(visit, event, guide).visit
    return visit


def at_channels(guide: Guide, pack: str = "private_lending") -> Visit:
    visit = going(first_visit(guide, "zh"), guide, e.TilePressed("file"), e.TilePressed("zh"), e.NextPressed())
    visit = going(visit, guide, e.OptionPressed(pack), NEXT)
    for _ in range(TO_THE_PAGE):
        if visit.moment is Moment.CHANNELS:
            return visit
        visit = going(visit, guide, *(() if visit.ticked else (e.NoticeTicked(),)), NEXT)
    raise AssertionError("the page of the green channels never came")


def test_they_are_asked_once_before_the_first_question_with_nothing_ticked(guided):
    visit = at_channels(guided)
    page = page_of(visit, guided)
    assert isinstance(page, p.ChoicePage)
    assert page.many
    assert not any(option.chosen for option in page.options)
    assert page.options[-1].label == "都不是，或不想说"
    asked = going(visit, guided, NEXT)
    assert asked.moment is Moment.ASKING
    assert asked.channels == ()
    assert asked.station == "interview"


def test_saying_nothing_needs_no_touch_and_none_takes_the_others_away(guided):
    visit = at_channels(guided)
    some = going(visit, guided, e.OptionPressed("elderly"), e.OptionPressed("military"))
    assert set(some.entry.chosen) == {"elderly", "military"}
    assert going(some, guided, e.OptionPressed("none")).entry.chosen == ("none",)
    assert going(some, guided, e.OptionPressed("none"), e.OptionPressed("military")).entry.chosen == ("military",)
    assert going(some, guided, e.OptionPressed("military")).entry.chosen == ("elderly",)
    assert going(visit, guided, e.OptionPressed("none"), NEXT).moment is Moment.ASKING


def test_what_follows_is_told_then_the_form_begins(guided):
    told = going(at_channels(guided), guided, e.OptionPressed("military"), NEXT)
    assert told.moment is Moment.CHANNELS_TOLD
    page = page_of(told, guided)
    assert isinstance(page, p.NotePage)
    assert any("法律援助优先" in line for line in page.paragraphs)
    assert going(told, guided, e.BackPressed()).entry.chosen == ("military",)
    assert going(told, guided, NEXT).moment is Moment.ASKING


def test_the_form_does_not_ask_again_and_has_the_answer(person, guided, walk):
    visit = going(at_channels(guided), guided, e.OptionPressed("disabled"), NEXT, NEXT)
    asked: set[str] = set()
    storing, wishes = walk(person, guided, w.StoreFiling, watch=lambda v: asked.add(v.at or ""), visit=visit)
    submission = next(one.submission for one in wishes if isinstance(one, w.StoreFiling))
    assert not any(green.is_own_group(ref) for ref in asked)
    assert submission.form.answers["plaintiff"][0]["person"]["special_group"] == "disabled"
    assert submission.priority.prefix == "L"
    assert "disabled" in submission.priority.groups
    assert storing.prefix == "L"
    done = going(storing, guided, e.FilingStored("0105-261123-0001-AB"))
    assert any("L" in line for line in page_of(done, guided).next_steps)
    assert "disabled" not in repr(submission.priority)


def test_somebody_who_says_nothing_files_as_before(person, guided, walk):
    _, wishes = walk(person, guided, w.StoreFiling)
    submission = next(one.submission for one in wishes if isinstance(one, w.StoreFiling))
    asked = submission.form.answers["plaintiff"][0].get("person", {})
    assert asked.get("special_group", "") == ""


@pytest.mark.parametrize(
    ("number", "times"), [("110105195103080024", 1), ("110105196611230020", 1), ("110105196611240025", 0)]
)
def test_whoever_is_sixty_by_the_number_of_the_card_is_offered_larger_letters_once(
    number: str, times: int, guided: Guide, walk, person
):
    """Sixty on the day of the filing, 23 November 2026, counts; a day younger does not."""
    answers = msgspec.json.decode(msgspec.json.encode(person.answers))
    answers["plaintiff"][0]["person"]["id_number"] = checked(number)
    seen: list[Visit] = []
    walk(replace(person, answers=answers), guided, w.StoreFiling, watch=seen.append)
    offered = [at for at, visit in enumerate(seen) if visit.moment is Moment.LARGER]
    assert len(offered) == times
    if times:
        assert isinstance(page_of(seen[offered[0]], guided), p.AskPage)
        assert "elderly" in green.open_now(seen[-1], guided)


def checked(number: str) -> str:
    """The number with the check digit that belongs to it (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return number[:17] + "10X98765432"[sum(int(d) * w for d, w in zip(number[:17], weights, strict=True)) % 11]


def test_larger_letters_are_offered_when_somebody_says_sixty_and_taken_by_a_touch(guided):
    offered = going(at_channels(guided), guided, e.OptionPressed("elderly"), NEXT)
    assert offered.moment is Moment.LARGER
    assert page_of(offered, guided).options[0].code == "stay"
    taken = step(offered, e.TilePressed("larger"), guided)
    assert taken.wishes[0] == w.ShowLarger()
    assert taken.visit.moment is Moment.CHANNELS_TOLD
    kept = step(offered, e.TilePressed("stay"), guided)
    assert w.ShowLarger() not in kept.wishes
    already = replace(guided, large_letters=True)
    assert going(at_channels(already), already, e.OptionPressed("elderly"), NEXT).moment is Moment.CHANNELS_TOLD


def test_somebody_not_safe_at_home_can_hide_and_the_titles_say_nothing(guided):
    visit = going(at_channels(guided), guided, e.OptionPressed("domestic_violence"), NEXT)
    page = page_of(visit, guided)
    assert page.frame.hide
    assert page.frame.step_title == "填写表格"
    asking = going(visit, guided, NEXT)
    assert page_of(asking, guided).frame.hide
    hidden = going(asking, guided, e.HideAsked())
    shown = page_of(hidden, guided)
    assert isinstance(shown, p.NotePage)
    assert shown.heading.title == "立案怎么办"
    assert not shown.frame.leave
    assert going(hidden, guided, NEXT).at == asking.at
    assert going(hidden, guided, e.IdleReached()).moment is Moment.STILL_THERE
    assert not page_of(going(at_channels(guided), guided, NEXT), guided).frame.hide


def test_the_protection_order_hides_by_itself_and_sends_no_messages(guided):
    if "protection_order" not in guided.heads:
        pytest.skip("the form is not on the shelf")
    visit = at_channels(guided, "protection_order")
    assert "domestic_violence" not in {option.code for option in page_of(visit, guided).options}
    assert page_of(visit, guided).frame.hide
    assert green.priority(visit, guided).no_messages
    assert green.priority(visit, guided).prefix == "L"


def test_present_danger_calls_a_clerk_once_and_without_a_sign(guided):
    if "protection_order" not in guided.heads:
        pytest.skip("the form is not on the shelf")
    visit = going(at_channels(guided, "protection_order"), guided, NEXT)
    while visit.moment is not Moment.ASKING:
        visit = going(visit, guided, NEXT)
    ref = "/data/safety/danger_now"
    visit = replace(visit, at=ref, entry=replace(visit.entry, chosen=("yes",)))
    told = step(visit, NEXT, guided)
    assert w.CallStaff() in told.wishes
    assert told.visit.moment is Moment.ASKING
    assert told.visit.alerted
    again = step(told.visit, e.BackPressed(), guided)
    assert w.CallStaff() not in again.wishes


def test_what_was_said_survives_a_restart(guided):
    visit = going(at_channels(guided), guided, e.OptionPressed("military"), NEXT, NEXT)
    came_back = load_visit(dump_visit(visit), guided)
    assert came_back.channels == ("military",)
    assert green.open_now(came_back, guided) == ("military",)
    page = load_visit(dump_visit(at_channels(guided)), guided)
    assert page.moment is Moment.CHANNELS


def test_back_from_the_page_leads_to_the_notice_and_from_the_first_question_to_the_page(guided):
    visit = at_channels(guided)
    assert going(visit, guided, e.BackPressed()).moment in (Moment.NOTICE, Moment.MATTER)
    asking = going(visit, guided, e.OptionPressed("military"), NEXT, NEXT)
    back = going(asking, guided, e.BackPressed())
    assert back.moment is Moment.CHANNELS
    assert back.entry.chosen == ("military",)
