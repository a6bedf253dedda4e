"""接着填: a saved form by the code on its slip, scanned or typed, and the last four of the number in it where it asks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.errand import LAST_FOUR, NOTHING_WRONG, Objected, Wishes, frame, heading
from kiosk.visit.guide import Guide

MOST_TYPED = 40


class Moment(StrEnum):
    CODE = "code"
    LAST_FOUR = "last four"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class Resuming:
    moment: Moment = Moment.CODE
    code: str = field(default="", repr=False)
    last_four: str = field(default="", repr=False)
    objected: Objected = NOTHING_WRONG


def step(at: Resuming, event: e.Event, guide: Guide) -> tuple[Resuming | None, Wishes]:
    """Take one fact in. None: back to where the errand began. A form that opens is taken up by the lobby."""
    match at.moment, event:
        case Moment.CODE, e.Typed(text=text):
            return replace(at, code=text[:MOST_TYPED], objected=NOTHING_WRONG), ()
        case Moment.CODE, e.Scanned(content=content):
            return _open(replace(at, code=content[:MOST_TYPED]))
        case Moment.CODE, e.NextPressed() if not at.code.strip():
            return replace(at, objected=Objected("resume.no_code")), ()
        case Moment.CODE, e.NextPressed():
            return _open(at)
        case Moment.CODE, e.BackPressed():
            return None, ()
        case Moment.LAST_FOUR, e.Typed(text=text):
            return replace(at, last_four=text[:LAST_FOUR], objected=NOTHING_WRONG), ()
        case Moment.LAST_FOUR, e.NextPressed() if len(at.last_four.strip()) < LAST_FOUR:
            return replace(at, objected=Objected("objection.last_four")), ()
        case Moment.LAST_FOUR, e.NextPressed():
            return _open(at)
        case Moment.LAST_FOUR, e.BackPressed():
            return replace(at, moment=Moment.CODE, last_four="", objected=NOTHING_WRONG), ()
        case Moment.OPENING, e.LastFourAsked():
            return replace(at, moment=Moment.LAST_FOUR, last_four="", objected=NOTHING_WRONG), ()
        case Moment.OPENING, e.NotResumed(key=key, wait_seconds=seconds):
            back = Moment.LAST_FOUR if at.last_four else Moment.CODE
            objected = Objected("resume.wait", {"seconds": seconds}) if seconds else Objected(key)
            return replace(at, moment=back, last_four="", objected=objected), ()
        case Moment.OPENING, e.ErrandFailed(key=key):
            return replace(at, moment=Moment.CODE, last_four="", objected=Objected(key)), ()
    return at, ()


def _open(at: Resuming) -> tuple[Resuming, Wishes]:
    return replace(at, moment=Moment.OPENING), (w.ResumeForm(at.code, at.last_four),)


def page_of(at: Resuming, language: str, guide: Guide) -> p.Page:
    around = frame(guide, language, at.objected)
    match at.moment:
        case Moment.CODE:
            head = heading("resume.code", guide, language)
            return p.WordsPage(around, head, at.code, p.Keys.LATIN, max_characters=MOST_TYPED, scans=True)
        case Moment.LAST_FOUR:
            head = heading("resume.last_four", guide, language)
            return p.WordsPage(around, head, at.last_four, p.Keys.DIGITS, max_characters=LAST_FOUR)
        case Moment.OPENING:
            return p.WorkingPage(p.Frame(language, back=False), guide.say("resume.opening", language))
