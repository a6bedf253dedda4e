"""A whole visit without a window: what must hold from the attract screen to the wipe."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.saved import dump_visit, load_visit
from kiosk.visit.steps import first_visit, step, take_up
from kiosk.visit.visit import Moment, Visit
from ui.demo.person import Person


def test_a_person_gets_from_the_attract_screen_to_a_ticket_and_leaves_nothing(person, guide, walk):
    storing, wishes = walk(person, guide, w.StoreFiling)
    submission = next(one.submission for one in wishes if isinstance(one, w.StoreFiling))
    assert storing.moment is Moment.STORING
    assert submission.form.pack_id == "private_lending"
    assert submission.signatures
    assert submission.notices

    done = step(storing, e.FilingStored("0105-261123-0001-AB"), guide).visit
    assert isinstance(page := page_of(done, guide), p.DonePage)
    assert page.ticket_number == "0105-261123-0001-AB"
    assert (done.interview, done.inks, done.notices) == (None, {}, ())

    gone = step(done, e.TilePressed("leave"), guide)
    assert gone.wishes == (w.DropDraft(), w.BeginAgain())


def test_a_visit_in_english_speaks_english_on_every_page(person, guide, walk):
    han = re.compile("[\u4e00-\u9fff]")
    spoken: set[str] = set()

    def listen(visit: Visit) -> None:
        page = page_of(visit, guide)
        if visit.language == "en" and visit.moment is not Moment.LANGUAGE and hasattr(page, "heading"):
            spoken.update((page.heading.title, page.heading.hint, page.frame.step_title, page.frame.next_label))

    storing, _ = walk(replace(person, language="en"), guide, w.StoreFiling, watch=listen)
    assert storing.language == "en"
    assert len(spoken) > 60
    assert {text for text in spoken if han.search(text)} == set()


def test_the_ticket_number_is_shown_only_after_the_commit(person, guide, walk):
    storing, _ = walk(person, guide, w.StoreFiling)
    assert isinstance(page_of(storing, guide), p.WorkingPage)
    failed = step(storing, e.StoringFailed("store.disk_full"), guide).visit
    assert isinstance(page_of(failed, guide), p.NotePage)
    again = step(failed, e.NextPressed(), guide)
    assert any(isinstance(one, w.StoreFiling) for one in again.wishes)


def test_every_page_of_a_visit_comes_back_after_a_restart(person, guide, walk):
    seen = 0

    def compare(visit: Visit) -> None:
        nonlocal seen
        if visit.interview is None or visit.moment not in (
            Moment.ASKING,
            Moment.MATERIALS,
            Moment.CHECK,
            Moment.NOTICE,
        ):
            return
        came_back = load_visit(dump_visit(visit), guide)
        typed = replace(visit, entry=came_back.entry, objection="", card=came_back.card, ticked=came_back.ticked)
        assert page_of(came_back, guide) == page_of(typed, guide)
        seen += 1

    walk(person, guide, w.StoreFiling, watch=compare)
    assert seen > 50


def test_nothing_is_chosen_ticked_or_signed_for_the_person(person, guide, walk):
    arrived_at: set[str] = set()

    def look(visit: Visit) -> None:
        page = page_of(visit, guide)
        key = f"{visit.moment} {visit.station} {visit.at} {visit.notice_at}"
        if key in arrived_at:
            return
        arrived_at.add(key)
        match page:
            case p.NoticePage():
                assert not page.ticked
            case p.SignPage():
                assert not page.signed
            case p.MaterialsPage():
                assert not any(one.ticked for one in page.materials)
            case p.ChoicePage() if visit.station in ("mediation", "service", "signature"):
                assert not any(one.chosen for one in page.options), visit.at

    walk(person, guide, w.StoreFiling, watch=look)


def test_next_always_answers_and_never_loses_the_page(guide):
    visit = first_visit(guide, "zh")
    for event in (e.TilePressed("file"), e.TilePressed("zh"), e.NextPressed()):
        visit = step(visit, event, guide).visit
    refused = step(visit, e.NextPressed(), guide).visit
    assert refused.moment is Moment.MATTER
    assert refused.objection


@pytest.mark.parametrize("code", ["stay", "leave"])
def test_leaving_is_asked_once(person, guide, walk, code):
    storing_before: list[Visit] = []
    walk(person, guide, w.SaveDraft, watch=storing_before.append)
    visit = storing_before[-1]
    asked = step(visit, e.LeaveAsked(), guide).visit
    assert asked.moment is Moment.LEAVING
    answered = step(asked, e.TilePressed(code), guide)
    if code == "stay":
        assert answered.visit.moment is visit.moment
        assert answered.visit.interview is visit.interview
    else:
        assert answered.wishes == (w.DropDraft(), w.BeginAgain())


def test_an_absent_person_is_asked_and_then_forgotten(person, guide, walk):
    seen: list[Visit] = []
    walk(person, guide, w.SaveDraft, watch=seen.append)
    idle = step(seen[-1], e.IdleReached(), guide).visit
    assert isinstance(page_of(idle, guide), p.AskPage)
    waiting = step(idle, e.SecondsLeft(20), guide).visit
    assert page_of(waiting, guide).seconds_left == 20
    assert step(waiting, e.TilePressed("stay"), guide).visit.interview is seen[-1].interview
    assert step(waiting, e.SecondsLeft(0), guide).wishes == (w.DropDraft(), w.BeginAgain())


def test_changing_an_answer_after_signing_strikes_the_signature(person, guide, walk):
    storing, _ = walk(person, guide, w.StoreFiling)
    assert {ink.at for ink in storing.inks.values()} == {guide.now}
    failed = step(storing, e.StoringFailed("store.disk_full"), guide).visit
    visit = step(failed, e.BackPressed(), guide).visit
    while visit.moment is not Moment.CHECK:
        visit = step(visit, e.BackPressed(), guide).visit
    row = next(one for one in page_of(visit, guide).rows if one.ref.endswith("/principal_owed"))
    visit = step(visit, e.ChangeAsked(row.ref), guide).visit
    visit = step(visit, e.Typed("1"), guide).visit
    visit = step(visit, e.NextPressed(), guide).visit
    assert visit.inks == {}


def test_help_hides_every_answer(person, guide, walk):
    seen: list[Visit] = []
    walk(person, guide, w.SaveDraft, watch=seen.append)
    asked = step(seen[-1], e.HelpAsked(), guide)
    assert asked.wishes[0] == w.CallStaff()
    assert isinstance(page_of(asked.visit, guide), p.HelpPage)
    assert step(asked.visit, e.TilePressed("go on"), guide).visit.at == seen[-1].at


def test_an_interrupted_form_opens_for_the_last_four_only(guide):
    waiting = replace(guide, waiting=1)
    attract = first_visit(waiting, "zh")
    menu = step(attract, e.TilePressed("fetch"), waiting).visit
    assert "fetch" in [one.code for one in page_of(menu, waiting).options]
    assert "fetch" not in [one.code for one in page_of(menu, guide).options]
    asked = step(menu, e.TilePressed("fetch"), waiting).visit
    short = step(step(asked, e.Typed("12"), waiting).visit, e.NextPressed(), waiting)
    assert (short.wishes, bool(short.visit.objection)) == ((), True)
    tried = step(step(asked, e.Typed("002X"), waiting).visit, e.NextPressed(), waiting)
    assert tried.wishes == (w.ClaimDraft("002X"),)
    refused = step(tried.visit, e.DraftNotFound(), waiting).visit
    assert refused.objection
    assert refused.entry.text == ""
    assert step(refused, e.BackPressed(), waiting).visit.moment is Moment.COMING_BACK


def test_the_last_page_says_that_nothing_is_handed_in_and_asks_to_make_it_ready(person: Person, guide: Guide, walk):
    offered, wishes = walk(person, guide, w.PrepareFiling)
    assert not any(isinstance(one, w.StoreFiling) for one in wishes)
    page = page_of(offered, guide)
    assert isinstance(page, p.HandInPage)
    assert page.frame.next_label == "提交"
    assert "还没有提交" in page.reminder
    assert [row.lines for row in page.rows][:2] == [("北京市朝阳区人民法院",), ("民间借贷纠纷",)]
    ready = step(offered, e.FilingPrepared(5), guide).visit
    shown = page_of(ready, guide)
    assert isinstance(shown, p.HandInPage)
    assert "5" in shown.rows[2].lines[0]
    stored = step(ready, e.NextPressed(), guide)
    (wish,) = (one for one in stored.wishes if isinstance(one, w.StoreFiling))
    assert wish.submission is offered.ready


def test_whoever_goes_back_from_the_last_page_has_nothing_made_ready(person: Person, guide: Guide, walk):
    offered, _ = walk(person, guide, w.PrepareFiling)
    back = step(offered, e.BackPressed(), guide)
    assert w.AbandonFiling() in back.wishes
    assert back.visit.moment is not Moment.HAND_IN
    assert back.visit.ready is None
    late = step(back.visit, e.FilingPrepared(5), guide).visit
    assert late.pages == 0


def test_another_language_on_the_last_page_is_made_ready_anew(person: Person, guide: Guide, walk):
    offered, _ = walk(person, guide, w.PrepareFiling)
    english = step(offered, e.LanguageChosen("en"), guide)
    (wish,) = (one for one in english.wishes if isinstance(one, w.PrepareFiling))
    assert wish.submission.form.language == "en"


def test_a_visit_cut_on_the_last_page_comes_back_to_it_and_is_made_ready_again(person: Person, guide: Guide, walk):
    offered, _ = walk(person, guide, w.PrepareFiling)
    again = take_up(load_visit(dump_visit(offered), guide), guide)
    assert again.visit.moment is Moment.HAND_IN
    (wish,) = (one for one in again.wishes if isinstance(one, w.PrepareFiling))
    assert offered.ready is not None
    assert wish.submission.form == offered.ready.form
