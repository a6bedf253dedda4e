"""先存一下, 目录, what helps, masks, and the ways out: nothing is kept that nobody asked for, nothing shown that need not be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.guidance.book import read_book
from kiosk.guidance.search import Search
from kiosk.ids import PackId
from kiosk.interview import objections
from kiosk.visit import alarms, tasks
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.saved import load_visit
from kiosk.visit.steps import first_visit, step
from kiosk.visit.visit import Moment, Visit
from resources import folder
from ui.demo.person import Person

Walk = Callable[..., tuple[Visit, list[w.Wish]]]
UNTIL = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
CODE = "7F3A-K2M9-XQ4T"


def going(guide: Guide, visit: Visit, *events: e.Event) -> tuple[Visit, tuple[w.Wish, ...]]:
    wishes: tuple[w.Wish, ...] = ()
    for event in events:
        stepped = step(visit, event, guide)
        visit, wishes = stepped.visit, stepped.wishes
    return visit, wishes


@pytest.fixture
def checking(person: Person, guide: Guide, walk: Walk) -> Visit:
    """Everything is answered and stands to be checked."""
    seen: list[Visit] = []
    walk(person, guide, w.PrepareFiling, watch=seen.append)
    return next(one for one in seen if one.moment is Moment.CHECK)


def kept(guide: Guide, visit: Visit) -> Visit:
    asked, wishes = going(guide, visit, e.LeaveAsked(), e.TilePressed("save"), e.TilePressed("save"))
    (wish,) = (one for one in wishes if isinstance(one, w.KeepForm))
    assert load_visit(wish.body, guide).at == visit.at
    return going(guide, asked, e.FormKept(CODE, UNTIL))[0]


def test_a_form_is_kept_only_after_two_touches_that_say_so(guide: Guide, checking: Visit):
    leaving, _ = going(guide, checking, e.LeaveAsked())
    assert [one.code for one in page_of(leaving, guide).options] == ["stay", "save", "leave"]
    assert going(guide, leaving, e.TilePressed("leave"))[1] == (w.DropDraft(), w.BeginAgain())
    asked, wishes = going(guide, leaving, e.TilePressed("save"))
    assert asked.moment is Moment.KEEPING
    assert not any(isinstance(one, w.KeepForm) for one in wishes)
    back, _ = going(guide, asked, e.TilePressed("stay"))
    assert (back.moment, back.kept_until) == (checking.moment, None)


def test_the_code_is_on_one_page_and_gone_with_it(guide: Guide, checking: Visit):
    shown = kept(guide, checking)
    page = page_of(shown, guide)
    assert isinstance(page, p.KeptPage)
    assert page.code == CODE
    assert "2026-11-30" in page.lines[0]
    assert CODE not in repr((shown, page))
    on, _ = going(guide, shown, e.NextPressed())
    assert (on.moment, on.code, on.kept_until) == (Moment.CHECK, "", UNTIL)


def test_whoever_was_only_slow_with_the_pencil_sees_the_code_again(guide: Guide, checking: Visit):
    shown = kept(guide, checking)
    idle, _ = going(guide, shown, e.IdleReached())
    assert CODE not in str(page_of(idle, guide))
    assert page_of(going(guide, idle, e.TilePressed("stay"))[0], guide) == page_of(shown, guide)


def test_the_last_four_of_ones_own_number_go_into_the_seal(guide: Guide, checking: Visit):
    _, wishes = going(guide, checking, e.LeaveAsked(), e.TilePressed("save"), e.TilePressed("save"))
    (wish,) = (one for one in wishes if isinstance(one, w.KeepForm))
    numbers = [text for text in checking.interview.texts.values() if len(text) == 18 and text[:17].isdigit()]
    assert wish.last_four in {number[-4:] for number in numbers}


@pytest.mark.parametrize("way", ["leave", "idle"])
def test_a_form_that_was_kept_is_kept_again_with_what_was_said_since(guide: Guide, checking: Visit, way: str):
    on, _ = going(guide, kept(guide, checking), e.NextPressed())
    if way == "leave":
        gone, wishes = going(guide, on, e.LeaveAsked(), e.TilePressed("leave"))
    else:
        gone, wishes = going(guide, on, e.IdleReached(), e.SecondsLeft(0))
    assert [type(one) for one in wishes] == [w.KeepAgain, w.DropDraft, w.BeginAgain]
    assert gone == Visit(moment=Moment.GONE, language="zh")


def test_nobody_who_walks_away_has_a_form_kept_without_asking(guide: Guide, checking: Visit):
    _, wishes = going(guide, checking, e.IdleReached(), e.SecondsLeft(0))
    assert wishes == (w.DropDraft(), w.BeginAgain())


def test_whoever_changes_their_mind_clears_the_kept_form_too(guide: Guide, checking: Visit):
    on, _ = going(guide, kept(guide, checking), e.NextPressed(), e.LeaveAsked())
    assert [one.code for one in page_of(on, guide).options] == ["stay", "leave", "clear"]
    _, wishes = going(guide, on, e.TilePressed("clear"))
    assert wishes == (w.ClearKept(), w.DropDraft(), w.BeginAgain())


def test_a_form_that_could_not_be_kept_says_so_and_is_still_there(guide: Guide, checking: Visit):
    asked, _ = going(guide, checking, e.LeaveAsked(), e.TilePressed("save"), e.TilePressed("save"))
    failed, _ = going(guide, asked, e.ErrandFailed("store.disk_full"))
    assert (failed.moment, failed.interview is checking.interview) == (Moment.CHECK, True)
    assert failed.objection == guide.say("store.disk_full", "zh")


# 退出 where somebody may be coming


def test_with_a_protection_order_one_touch_shows_the_attract_screen_and_leaves_nothing(guide: Guide):
    led = replace(guide, guidance=Search(read_book(folder("guidance")), guide.law.causes.rows))
    visit, _ = going(
        led,
        first_visit(led, "zh"),
        *(e.TilePressed("file"), e.TilePressed("zh"), e.NextPressed()),
        *(e.OptionPressed(PackId("protection_order")), e.NextPressed()),
    )
    while visit.moment is Moment.NOTICE:
        visit, _ = going(led, visit, e.NoticeTicked(), e.NextPressed())
    assert page_of(visit, led).frame.hide
    gone, wishes = going(led, visit, e.LeaveAsked())
    assert wishes == (w.DropDraft(), w.BeginAgain())
    assert page_of(gone, led) == page_of(first_visit(led, "zh"), led)
    _, wishes = going(led, replace(visit, kept_until=UNTIL), e.LeaveAsked())
    assert isinstance(wishes[0], w.KeepAgain)


# 目录


def test_the_list_says_what_is_done_and_leads_anywhere(guide: Guide, checking: Visit):
    listed, _ = going(guide, checking, e.TasksAsked())
    page = page_of(listed, guide)
    assert isinstance(page, p.TasksPage)
    assert {one.tone for one in page.tasks[:-3]} == {"done"}
    assert [one.tone for one in page.tasks[-3:]] == ["here", "later", "later"]
    assert all(one.label and one.state for one in page.tasks)
    part = page.tasks[-4]
    there, _ = going(guide, listed, e.TilePressed(part.code))
    assert (there.moment, there.station, there.returning) == (Moment.ASKING, "interview", False)
    back, _ = going(guide, listed, e.NextPressed())
    assert back.moment is Moment.CHECK


def test_looking_ahead_loses_nothing_and_what_is_missing_is_asked_for(person: Person, guide: Guide, walk: Walk):
    seen: list[Visit] = []
    walk(person, guide, w.PrepareFiling, watch=seen.append)
    early = next(one for one in seen if one.moment is Moment.ASKING)
    listed, _ = going(guide, early, e.TasksAsked())
    parts = page_of(listed, guide).tasks
    assert "todo" in {one.tone for one in parts}
    later = [one for one in parts if one.tone == "later"]
    waits, _ = going(guide, listed, e.TilePressed(later[0].code))
    assert (waits.moment, bool(page_of(waits, guide).frame.objection)) == (Moment.TASKS, True)
    ahead, _ = going(guide, listed, e.TilePressed(parts[-4].code))
    assert ahead.interview is early.interview
    assert objections(ahead.interview, "interview")


def test_before_the_first_question_there_is_no_list(guide: Guide):
    visit = first_visit(guide, "zh")
    assert not tasks.may_show(visit)
    assert step(visit, e.TasksAsked(), guide).visit == visit


# What helps


@pytest.mark.parametrize("code", ["large", "contrast", "low"])
def test_what_helps_is_asked_after_the_language_and_switched_by_a_touch(guide: Guide, code: str):
    visit, _ = going(guide, first_visit(guide, "zh"), e.TilePressed("file"), e.TilePressed("zh"))
    page = page_of(visit, guide)
    assert isinstance(page, p.ChoicePage)
    assert not any(one.chosen for one in page.options)
    assert step(visit, e.OptionPressed(code), guide).wishes == (w.SetNeed(code, True),)
    heeded = replace(guide, needs=frozenset({code}))
    assert [one.code for one in page_of(visit, heeded).options if one.chosen] == [code]
    assert step(visit, e.OptionPressed(code), heeded).wishes == (w.SetNeed(code, False),)
    assert step(visit, e.NextPressed(), guide).visit.moment is Moment.MATTER


def test_a_kiosk_without_a_voice_does_not_offer_one(guide: Guide):
    visit, _ = going(guide, first_visit(guide, "zh"), e.TilePressed("file"), e.TilePressed("zh"))
    assert "voice" not in [one.code for one in page_of(visit, guide).options]
    assert step(visit, e.OptionPressed("voice"), guide).wishes == ()


# Masks


def test_a_number_said_before_stands_masked_until_somebody_wants_to_change_it(guide: Guide, checking: Visit):
    row = next(one for one in page_of(checking, guide).rows if one.masked and len(one.lines[0]) == 18)
    open_, _ = going(guide, checking, e.ChangeAsked(row.ref))
    assert isinstance(page_of(open_, guide), p.WordsPage)
    arrived = replace(open_, entry=replace(open_.entry, opened=False))
    page = page_of(arrived, guide)
    assert isinstance(page, p.MaskedPage)
    assert page.row.masked == row.masked
    assert row.lines[0] not in repr(page)
    again, _ = going(guide, arrived, e.ChangeAsked(row.ref))
    assert page_of(again, guide).text == row.lines[0]
    assert going(guide, arrived, e.NextPressed())[0].objection == ""


# What is amiss


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_of_the_machine_is_said_on_the_page_about_it(guide: Guide, language: str):
    visit = replace(first_visit(guide, language), moment=Moment.ABOUT)
    for key in alarms.PRINTER:
        amiss = replace(
            guide, printer=key, court_reached=False, reader_expected=True, has_camera=True, camera_works=False
        )
        first = page_of(visit, amiss).passages[0]
        assert (len(first.lines), first.tone) == (4, "warn")
    well = replace(guide, printer="printer.ready")
    assert page_of(visit, well).passages[0].tone == "plain"


def test_a_rating_is_told_once_at_the_end_and_names_nobody(person: Person, guide: Guide, walk: Walk):
    storing, _ = walk(person, guide, w.StoreFiling)
    done, _ = going(guide, storing, e.FilingStored("0105-261123-0001-AB"), e.TilePressed("5"), e.TilePressed("4"))
    assert "2026-11-30" in page_of(done, guide).next_steps[-1]
    _, wishes = going(guide, done, e.TilePressed("leave"))
    assert wishes == (w.Rate(4), w.DropDraft(), w.BeginAgain())
