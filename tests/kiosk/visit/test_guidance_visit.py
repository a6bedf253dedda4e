"""Whole visits that begin in somebody's own words, or by questions, and lead to a form or to a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.guidance.book import read_book
from kiosk.guidance.search import Search
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.saved import dump_visit
from kiosk.visit.steps import first_visit, step
from kiosk.visit.visit import Moment, Visit
from resources import folder

NEXT = e.NextPressed()


@pytest.fixture(scope="session")
def guided(guide: Guide) -> Guide:
    return replace(guide, guidance=Search(read_book(folder("guidance")), guide.law.causes.rows))


def at_matter(guide: Guide, language: str = "zh") -> Visit:
    return going(first_visit(guide, language), guide, e.TilePressed("file"), e.TilePressed(language), e.NextPressed())


def going(visit: Visit, guide: Guide, *events: e.Event) -> Visit:
    for event in events:
        visit = step(visit, event, guide).visit
    return visit


def telling(said: str, guide: Guide, language: str = "zh") -> Visit:
    return going(at_matter(guide, language), guide, e.OptionPressed("tell"), NEXT, e.Typed(said), NEXT)


def test_from_own_words_to_the_first_notice_of_the_form(guided):
    visit = telling("朋友借了我三万块钱不还", guided)
    page = page_of(visit, guided)
    assert isinstance(page, p.ChoicePage)
    assert page.options[0].label == "借钱不还"
    assert "您说到了" in page.options[0].example
    assert len(page.options) <= 5
    assert not any(option.chosen for option in page.options)

    visit = going(visit, guided, e.OptionPressed("0"), NEXT)
    told = page_of(visit, guided)
    assert isinstance(told, p.SignpostPage)
    titles = [one.title for one in told.passages]
    assert titles == ["法律上叫", "先看这里", "填什么表", "带什么", "哪个法院管", "交多少钱", "多久之内", "还可以找谁"]
    assert told.frame.next_label == "填这张表"

    visit = going(visit, guided, NEXT)
    assert (visit.matter, visit.cause) == ("private_lending", "108.3")
    assert visit.moment is Moment.NOTICE


def test_english_speaks_english_on_the_way(guided):
    visit = telling("my landlord keeps my deposit", guided, "en")
    for _ in range(2):
        page = page_of(visit, guided)
        words = [page.heading.title, page.heading.hint, page.frame.next_label]
        if isinstance(page, p.SignpostPage):
            words += [line for one in page.passages for line in (one.title, *one.lines)]
        else:
            words += [part for one in page.options for part in (one.label, one.example)]
        window = guided.window
        assert not any("\u4e00" <= letter <= "\u9fff" for said in words for letter in said.replace(window, ""))
        visit = going(visit, guided, e.OptionPressed("0"), NEXT)


def test_what_was_said_is_gone_when_the_form_begins_and_never_written_down(guided):
    said = "朋友老刘借了我三万块钱不还"
    visit = telling(said, guided)
    assert said not in repr(visit)
    begun = going(visit, guided, e.OptionPressed("0"), NEXT, NEXT)
    assert begun.said == ""
    assert begun.entry.text == ""
    assert "老刘".encode() not in dump_visit(begun)
    assert going(visit, guided, e.LeaveAsked(), e.TilePressed("leave")).said == ""


def test_the_questions_lead_there_too(guided):
    visit = going(at_matter(guided), guided, e.OptionPressed("other"), NEXT)
    assert isinstance(page_of(visit, guided), p.ChoicePage)
    refused = going(visit, guided, NEXT)
    assert refused.objection
    visit = going(visit, guided, e.OptionPressed("home"), NEXT)
    assert "租房、押金、房租" in {option.label for option in page_of(visit, guided).options}
    visit = going(visit, guided, e.OptionPressed("house_lease"), NEXT)
    assert isinstance(page_of(visit, guided), p.SignpostPage)
    assert going(visit, guided, NEXT).matter in ("house_lease", "general_civil")


def test_every_branch_and_topic_has_its_answer_page(guided):
    asked = going(at_matter(guided), guided, e.OptionPressed("other"), NEXT)
    seen = set()
    for branch in guided.guidance.book.tree:
        topics = going(asked, guided, e.OptionPressed(branch.id), NEXT)
        for option in page_of(topics, guided).options:
            page = page_of(going(topics, guided, e.OptionPressed(option.code), NEXT), guided)
            assert isinstance(page, p.SignpostPage)
            seen.add(page.heading.title)
    assert len(seen) == len(guided.guidance.book.topics)


def test_what_no_form_helps_goes_to_a_window(guided):
    visit = going(telling("交警罚款我不服", guided), guided, e.OptionPressed("0"), NEXT)
    page = page_of(visit, guided)
    assert page.frame.next_label == "去窗口"
    assert any("1号窗口" in line for one in page.passages for line in one.lines)
    sent = going(visit, guided, NEXT)
    assert sent.moment is Moment.OTHER_MATTER
    assert going(sent, guided, e.BackPressed()).moment is Moment.SIGNPOST
    assert step(sent, NEXT, guided).wishes == (w.DropDraft(), w.BeginAgain())


def test_what_nobody_understands_still_has_an_answer(guided):
    visit = telling("蝴蝶飞飞", guided)
    page = page_of(visit, guided)
    assert page.options[0].label == "写自己的起诉状"
    assert going(visit, guided, e.OptionPressed("0"), NEXT).moment is Moment.SIGNPOST


def test_nothing_said_and_nothing_chosen_is_objected_to_with_its_repair(guided):
    silent = going(at_matter(guided), guided, e.OptionPressed("tell"), NEXT, e.Typed("  "), NEXT)
    assert silent.moment is Moment.TELL
    assert "写" in silent.objection
    assert going(silent, guided, e.Typed("借钱不还")).objection == ""
    visit = telling("借钱不还", guided)
    assert going(visit, guided, NEXT).objection
    assert going(visit, guided, e.OptionPressed("9"), NEXT).objection


def test_the_way_back_leads_where_one_came_from(guided):
    said = "朋友借了我三万块钱不还"
    post = going(telling(said, guided), guided, e.OptionPressed("0"), NEXT)
    assert going(post, guided, e.BackPressed()).moment is Moment.SIGNPOSTS
    again = going(post, guided, e.TilePressed("again"))
    assert again.moment is Moment.TELL
    assert page_of(again, guided).text == said
    assert going(post, guided, e.BackPressed(), e.OptionPressed("tell"), NEXT).moment is Moment.TELL
    assert going(post, guided, e.BackPressed(), e.OptionPressed("ask me"), NEXT).moment is Moment.BRANCHES
    begun = going(post, guided, NEXT)
    assert going(begun, guided, e.BackPressed()).moment is Moment.SIGNPOST
    assert going(begun, guided, e.BackPressed(), NEXT).interview is begun.interview
    by_questions = going(at_matter(guided), guided, e.OptionPressed("other"), NEXT, e.OptionPressed("home"), NEXT)
    assert going(by_questions, guided, e.BackPressed()).moment is Moment.BRANCHES
    assert going(by_questions, guided, e.BackPressed(), e.BackPressed()).moment is Moment.MATTER


def test_a_cause_that_guidance_found_is_not_asked_again(guided):
    visit = going(telling("邻居的大狗把我咬了", guided), guided, e.OptionPressed("0"), NEXT, NEXT)
    assert visit.matter == "general_civil"
    assert visit.cause == "419"
    assert visit.interview.context.facts["cause"] == "419"
    head = visit.interview.form.plan.by_path.get("/data/case_head/cause_code")
    if head is not None:
        assert visit.interview.texts.get((head, ())) == "419"


def test_without_its_book_the_kiosk_offers_its_forms_as_before(guide):
    visit = at_matter(guide)
    codes = [option.code for option in page_of(visit, guide).options]
    assert "tell" not in codes
    assert codes[0] == "private_lending"
    assert going(visit, guide, e.OptionPressed("other"), NEXT).moment is Moment.OTHER_MATTER


@pytest.mark.parametrize("event", [e.HelpAsked(), e.LeaveAsked(), e.IdleReached(), e.LanguageChosen("en")])
@pytest.mark.parametrize("moment", [Moment.TELL, Moment.SIGNPOSTS, Moment.SIGNPOST, Moment.BRANCHES, Moment.TOPICS])
def test_help_leaving_and_idling_work_on_every_page_of_it(moment: Moment, event: e.Event, guided):
    words = telling("借钱不还", guided)
    ways = {
        Moment.TELL: going(words, guided, e.BackPressed()),
        Moment.SIGNPOSTS: words,
        Moment.SIGNPOST: going(words, guided, e.OptionPressed("0"), NEXT),
        Moment.BRANCHES: going(at_matter(guided), guided, e.OptionPressed("other"), NEXT),
        Moment.TOPICS: going(at_matter(guided), guided, e.OptionPressed("other"), NEXT, e.OptionPressed("home"), NEXT),
    }
    visit = ways[moment]
    assert visit.moment is moment
    asked = going(visit, guided, event)
    page_of(asked, guided)
    assert going(asked, guided, e.TilePressed("stay")).moment is moment
