"""Green channels in a visit: asked once, gently; noticed from a birth date or an answer; and what follows of it.

Nothing is ticked for anybody, and saying nothing is an answer. The groups stay in the visit and in the sealed filing;
pages and paper show only what the kiosk does and the letter of the queue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kiosk.clock import court_day
from kiosk.filings.filing import Priority
from kiosk.guidance import channels
from kiosk.guidance.book import Book
from kiosk.ids import Ref
from kiosk.interview import AskStep, Interview, Objection, answer, look, steps
from kiosk.law.calendar import age_on
from kiosk.visit import events as e
from kiosk.visit.entry import BLANK
from kiosk.visit.guide import Guide
from kiosk.visit.visit import Moment, Visit

NONE = "none"  # 都不是，或者不想说
_FILER = ("/data/plaintiff/person/", "/data/plaintiff/sole_trader/operator/")
_OWN_GROUP = re.compile(r"/data/plaintiff\[1\]/(?:person|sole_trader/operator)/special_group")


def book_of(guide: Guide) -> Book | None:
    return guide.guidance.book if guide.guidance is not None else None


def is_offered(visit: Visit, guide: Guide) -> bool:
    book = book_of(guide)
    return book is not None and bool(channels.offered(book, visit.matter))


def open_now(visit: Visit, guide: Guide) -> tuple[str, ...]:
    """The channels open to this person so far."""
    book = book_of(guide)
    if book is None:
        return ()
    ages: tuple[int, ...] = ()
    confirmed: frozenset[str] = frozenset()
    if visit.interview is not None:
        ages = tuple(_ages(visit.interview, court_day(guide.now)))
        names = {name for one in book.channels for name in one.answers}
        confirmed = frozenset(name for name in names if "yes" in _texts(visit.interview, name))
    return channels.open_to(book, visit.channels or (), visit.matter, visit.cause, ages, confirmed)


def does(visit: Visit, guide: Guide) -> frozenset[str]:
    book = book_of(guide)
    return channels.does(book, open_now(visit, guide)) if book is not None else frozenset()


def hides(visit: Visit, guide: Guide) -> bool:
    """Somebody may stand behind this person: 退出 asks nothing, and 遮住 stands beside it."""
    return "hide" in does(visit, guide)


def priority(visit: Visit, guide: Guide) -> Priority:
    """What goes with the filing: the letter for paper, the groups for the court alone."""
    book, found = book_of(guide), open_now(visit, guide)
    if book is None or not found:
        return Priority()
    return Priority(channels.prefix(book, found), found, "no_sms" in channels.does(book, found))


def take(visit: Visit, event: e.Event, guide: Guide) -> Visit | None:
    """One touch on the page of the groups, or on what follows from them; None goes on to the form."""
    match visit.moment, event:
        case Moment.CHANNELS, e.OptionPressed(code=code):
            chosen = visit.entry.chosen
            kept = tuple(one for one in chosen if one not in (code, NONE)) if code != NONE else ()
            now = kept if code in chosen else (*kept, code)
            return replace(visit, entry=replace(visit.entry, chosen=now), objection="")
        case Moment.CHANNELS, e.NextPressed():
            said = tuple(one for one in visit.entry.chosen if one != NONE)
            visit = replace(visit, channels=said, entry=BLANK, objection="")
            return replace(visit, moment=Moment.CHANNELS_TOLD) if tells(visit, guide) else None
        case Moment.CHANNELS_TOLD, e.NextPressed():
            return None
        case Moment.CHANNELS_TOLD, e.BackPressed():
            return arrive(visit)
    return visit


def arrive(visit: Visit) -> Visit:
    """The page of the groups with what was said before, and nothing else ticked."""
    said = visit.channels
    chosen = (NONE,) if said == () else said or ()
    return replace(visit, moment=Moment.CHANNELS, entry=replace(BLANK, chosen=chosen), objection="")


def tells(visit: Visit, guide: Guide) -> tuple[str, ...]:
    """What to read once the groups are known."""
    book = book_of(guide)
    if book is None:
        return ()
    return tuple(line.said(visit.language) for one in open_now(visit, guide) for line in book.channel[one].tells)


def offers_larger(visit: Visit, guide: Guide) -> bool:
    return (
        not (visit.larger_offered or guide.large_letters)
        and visit.interview is not None
        and "large_type" in does(visit, guide)
    )


def in_danger(visit: Visit) -> bool:
    """The form was told that there is danger now: a clerk learns of it without anything changing on the screen."""
    return visit.interview is not None and any(text == "yes" for text in _texts(visit.interview, "danger_now"))


def is_own_group(ref: Ref) -> bool:
    """The form's own question about groups for the first plaintiff: asked here already."""
    return _OWN_GROUP.fullmatch(ref) is not None


def carried_over(visit: Visit, guide: Guide) -> Visit:
    """What was said about groups stands in the form too, without being asked again."""
    book, interview = book_of(guide), visit.interview
    if book is None or interview is None or not visit.channels or visit.station != "interview" or visit.returning:
        return visit
    codes = " ".join(channels.form_codes(book, visit.channels))
    for one in steps(interview):
        if codes and isinstance(one, AskStep) and is_own_group(one.ref):
            if look(interview, one.ref, visit.language).value:
                continue
            answered = answer(interview, one.ref, codes)
            interview = interview if isinstance(answered, Objection) else answered
    return replace(visit, interview=interview)


def _ages(interview: Interview, today: date) -> Iterator[int]:
    for text in _texts(interview, "birth_date", of_the_filer=True):
        try:
            yield age_on(date.fromisoformat(text), today)
        except ValueError:
            continue


def _texts(interview: Interview, name: str, of_the_filer: bool = False) -> Iterator[str]:
    nodes = interview.form.plan.nodes
    for (index, _), text in interview.texts.items():
        path = nodes[index].path
        if path.endswith(f"/{name}") and (not of_the_filer or path.removesuffix(name) in _FILER):
            yield text
