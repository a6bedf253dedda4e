"""Beside a filing: how a filing stands, a form by its code, a sum worked out. Nothing of it begins a filing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.filings.notice import Defect, NoticeContent
from kiosk.filings.progress import NotTold, Progress
from kiosk.filings.status import COURT_TOLD, Life
from kiosk.ids import TicketNumber
from kiosk.law import lpr, money
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.reckonings import FEE_KINDS, PERIODS, RECKONINGS
from kiosk.visit.steps import first_visit, step
from kiosk.visit.visit import Moment, Visit

NUMBER = "0105-261123-0007-K3"
AT = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)


def going(guide: Guide, *events: e.Event, visit: Visit | None = None) -> tuple[Visit, tuple[w.Wish, ...]]:
    here, wishes = visit or first_visit(guide, "zh"), ()
    for event in events:
        stepped = step(here, event, guide)
        here, wishes = stepped.visit, stepped.wishes
    return here, wishes


def asked(guide: Guide) -> Visit:
    """Somebody typed number and digits, and the desk looks."""
    visit, wishes = going(
        guide,
        e.TilePressed("fetch"),
        e.TilePressed("progress"),
        e.Typed(NUMBER),
        e.NextPressed(),
        e.Typed("002X"),
        e.NextPressed(),
    )
    assert wishes == (w.AskAfter(NUMBER, "002X"),)
    return visit


def told(state: Life | None, said: NoticeContent | None = None) -> e.ProgressTold:
    return e.ProgressTold(
        Progress(TicketNumber(NUMBER), state, AT, AT, "（2026）京0105收7号", "", said or NoticeContent())
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", [*sorted(COURT_TOLD), Life.QUEUED, Life.UPLOADING, Life.UPLOAD_FAILED, None])
def test_every_state_says_what_it_means_and_what_comes_next(guide: Guide, state: Life | None, language: str):
    visit, _ = going(guide, told(state), e.LanguageChosen(language), visit=asked(guide))
    page = page_of(visit, guide)
    assert isinstance(page, p.OutcomePage)
    assert page.heading.title
    assert [len(one.lines) for one in page.passages] == [1, 1]
    assert page.rows[0].lines == (NUMBER,)


def test_what_the_court_wants_put_right_stands_there_as_it_wrote_it(guide: Guide):
    content = NoticeContent(
        reason="材料不齐",
        items=(Defect("借条看不清", "重新复印"),),
        due=date(2026, 12, 3),
        place="1号窗口",
        phone="12368",
    )
    page = page_of(going(guide, told(Life.CORRECTION_REQUIRED, content), visit=asked(guide))[0], guide)
    lines = [line for one in page.passages for line in one.lines]
    assert "材料不齐" in lines
    assert "1. 借条看不清 — 重新复印" in lines
    assert {row.lines[0] for row in page.rows} >= {"2026-12-03", "1号窗口", "12368"}


def test_a_pair_that_does_not_fit_is_asked_again_and_the_digits_are_gone(guide: Guide):
    refused, _ = going(guide, e.ProgressTold(NotTold()), visit=asked(guide))
    page = page_of(refused, guide)
    assert isinstance(page, p.WordsPage)
    assert (page.text, bool(page.frame.objection), page.scans) == (NUMBER, True, True)
    waiting, _ = going(guide, e.ProgressTold(NotTold(15)), visit=asked(guide))
    assert "15" in page_of(waiting, guide).frame.objection


def test_a_scanned_slip_goes_straight_to_the_last_four(guide: Guide):
    visit, _ = going(guide, e.TilePressed("fetch"), e.TilePressed("progress"), e.Scanned("CK1:T:x:1234"))
    assert page_of(visit, guide).max_characters == 4
    short, wishes = going(guide, e.Typed("12"), e.NextPressed(), visit=visit)
    assert (bool(page_of(short, guide).frame.objection), wishes) == (True, ())


def test_after_reading_it_the_visit_ends_and_nothing_stays(guide: Guide):
    visit, wishes = going(guide, told(Life.RECEIVED), e.NextPressed(), visit=asked(guide))
    assert (visit.moment, visit.errand) == (Moment.GONE, None)
    assert wishes == (w.DropDraft(), w.BeginAgain())


def test_back_leads_to_where_one_came_from(guide: Guide):
    visit, _ = going(guide, e.TilePressed("fetch"), e.TilePressed("progress"), e.BackPressed())
    assert visit.moment is Moment.COMING_BACK
    assert going(guide, e.BackPressed(), visit=visit)[0].moment is Moment.WELCOME
    assert going(guide, e.TilePressed("reckon"), e.BackPressed())[0].moment is Moment.WELCOME


def test_a_code_is_asked_for_and_then_the_last_four_where_the_form_wants_them(guide: Guide):
    visit, wishes = going(guide, e.TilePressed("fetch"), e.TilePressed("resume"), e.Typed("7F3A"), e.NextPressed())
    assert wishes == (w.ResumeForm("7F3A", ""),)
    visit, wishes = going(guide, e.LastFourAsked(), e.Typed("002X"), e.NextPressed(), visit=visit)
    assert wishes == (w.ResumeForm("7F3A", "002X"),)
    wrong, _ = going(guide, e.NotResumed("resume.wrong_digits"), visit=visit)
    assert page_of(wrong, guide).max_characters == 4
    gone, _ = going(guide, e.NotResumed("resume.expired"), visit=going(guide, e.Scanned("x"), visit=wrong)[0])
    assert gone.moment is Moment.ERRAND


@pytest.mark.parametrize(
    "key", ["not_a_code", "no_such_code", "wrong_digits", "expired", "replaced", "filed", "cleared"]
)
def test_each_reason_why_a_form_does_not_open_has_its_own_words(guide: Guide, key: str):
    visit, _ = going(guide, e.TilePressed("fetch"), e.TilePressed("resume"), e.Typed("7F3A"), e.NextPressed())
    refused, _ = going(guide, e.NotResumed(f"resume.{key}"), visit=visit)
    assert page_of(refused, guide).frame.objection == guide.say(f"resume.{key}", "zh")


def test_neither_code_nor_digits_stand_in_a_repr(guide: Guide):
    visit, wishes = going(
        guide,
        *(e.TilePressed("fetch"), e.TilePressed("resume"), e.Typed("7F3AK2M9XQ4T"), e.NextPressed()),
        *(e.LastFourAsked(), e.Typed("002X"), e.NextPressed()),
    )
    assert not any(secret in repr((visit, wishes)) for secret in ("7F3AK2M9XQ4T", "002X"))


# 算一算


def reckoned(guide: Guide, which: str, *answers: e.Event) -> p.OutcomePage:
    events = [one for answer in answers for one in (answer, e.NextPressed())]
    visit, wishes = going(guide, e.TilePressed("reckon"), e.TilePressed(which), *events)
    assert wishes == ()
    assert visit.interview is None
    page = page_of(visit, guide)
    assert isinstance(page, p.OutcomePage), page.frame.objection
    return page


def values(page: p.OutcomePage) -> list[str]:
    return [row.lines[0] for row in page.rows]


@pytest.mark.parametrize(
    ("kind", "amount", "fee"),
    [
        ("property", "10000", "50.00 元"),
        ("property", "100000", "2,300.00 元"),
        ("property", "1000000", "13,800.00 元"),
        ("labour", "", "10.00 元"),
        ("divorce", "0", "50.00 元到 300.00 元"),
        ("preservation", "10000", "120.00 元"),
        ("enforcement", "10000", "50.00 元"),
    ],
)
def test_a_fee_is_that_of_the_measures(guide: Guide, kind: str, amount: str, fee: str):
    rest = (e.Typed(amount),) if amount else ()
    assert values(reckoned(guide, "fee", e.OptionPressed(kind), *rest))[0] == fee


def test_interest_above_the_cap_is_worked_out_at_the_cap_and_says_so(guide: Guide):
    day = e.DateTyped
    page = reckoned(
        guide,
        "interest",
        e.Typed("50000"),
        e.Typed("24"),
        day("2025", "1", "10"),
        day("2025", "1", "10"),
        day("2026", "1", "10"),
    )
    cap = lpr.cap_on(date(2025, 1, 10), guide.law)
    whole = money.format_money(lpr.interest(Decimal(50000), cap, date(2025, 1, 10), date(2026, 1, 10)))
    assert values(page)[:4] == ["365 天", f"一年 {cap.normalize():f}%", "一年 24%", f"{whole} 元"]
    assert guide.say("reckon.told.over_cap", "zh") in [one.title for one in page.passages]


def test_a_rate_nobody_published_here_is_not_guessed(guide: Guide):
    ends = lpr.unknown_from(guide.law)
    page = reckoned(
        guide,
        "interest",
        *(e.Typed("50000"), e.Typed(""), e.DateTyped("2026", "1", "5"), e.DateTyped("2026", "1", "5")),
        e.DateTyped(str(ends.year + 1), "1", "1"),
    )
    assert page.passages[0].title == guide.say("reckon.told.out_of_date", "zh")
    assert ends.isoformat() in page.passages[0].lines[0]
    assert not any("利息" in row.label and "上限" not in row.label for row in page.rows)


def test_a_limitation_date_is_counted_from_the_last_demand(guide: Guide):
    page = reckoned(
        guide, "limit", e.OptionPressed("general_3y"), e.DateTyped("2022", "3", "1"), e.DateTyped("2024", "6", "3")
    )
    assert values(page)[0].startswith("2027-06-0")
    over = reckoned(
        guide, "limit", e.OptionPressed("general_3y"), e.DateTyped("2020", "3", "2"), e.DateTyped("", "", "")
    )
    assert values(over) == ["2023-03-02", "已经过了"]
    assert over.passages[0].title == guide.say("reckon.told.past", "zh")


def test_a_sum_is_written_in_capitals(guide: Guide):
    assert values(reckoned(guide, "capitals", e.Typed("107000.53"))) == ["107,000.53 元", "人民币壹拾万柒仟元伍角叁分"]


@pytest.mark.parametrize(
    ("which", "wrong"),
    [("capitals", e.Typed("abc")), ("capitals", e.Typed("")), ("limit", e.DateTyped("2026", "2", "30"))],
)
def test_what_cannot_be_worked_out_is_objected_to_on_its_own_page(guide: Guide, which: str, wrong: e.Event):
    before = (e.OptionPressed("general_3y"), e.NextPressed()) if which == "limit" else ()
    visit, _ = going(guide, e.TilePressed("reckon"), e.TilePressed(which), *before, wrong, e.NextPressed())
    assert page_of(visit, guide).frame.objection


def test_what_was_entered_is_still_there_on_the_way_back(guide: Guide):
    visit, _ = going(
        guide, e.TilePressed("reckon"), e.TilePressed("interest"), e.Typed("50000"), e.NextPressed(), e.BackPressed()
    )
    assert page_of(visit, guide).text == "50000.00"


def test_every_choice_of_a_reckoning_leads_to_an_outcome_in_both_languages(guide: Guide):
    menu, _ = going(guide, e.TilePressed("reckon"))
    for which, codes in (("fee", FEE_KINDS), ("limit", PERIODS)):
        for code in codes:
            visit, _ = going(guide, e.TilePressed(which), e.OptionPressed(code), e.NextPressed(), visit=menu)
            while not isinstance(page := page_of(visit, guide), p.OutcomePage):
                answer = e.Typed("30000") if isinstance(page, p.SumPage) else e.DateTyped("2025", "5", "6")
                visit, _ = going(guide, answer, e.NextPressed(), visit=visit)
                assert not visit.objection, code
            english = page_of(replace(visit, language="en"), guide)
            assert page.rows, code
            assert english.rows, code


EVENTS = st.one_of(
    st.sampled_from([e.NextPressed(), e.BackPressed(), e.TilePressed("again"), e.LanguageChosen("en")]),
    st.sampled_from([e.OptionPressed(code) for code in (*FEE_KINDS[:3], *PERIODS[:3])]),
    st.builds(e.Typed, st.text(max_size=12) | st.integers(0, 10**13).map(str)),
    st.builds(e.DateTyped, st.integers(1, 9999).map(str), st.integers(0, 14).map(str), st.integers(0, 33).map(str)),
)


@settings(max_examples=60)
@given(which=st.sampled_from(sorted(RECKONINGS)), events=st.lists(EVENTS, max_size=14))
def test_whatever_is_typed_there_is_always_a_page(guide: Guide, which: str, events: list[e.Event]):
    visit, _ = going(guide, e.TilePressed("reckon"), e.TilePressed(which))
    for event in events:
        visit = step(visit, event, guide).visit
        page_of(visit, guide)
