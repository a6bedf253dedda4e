"""查进度 as a step function: the number on the slip, scanned or typed; the last four of a number in the filing; how it
stands in plain words and what comes next.

Everything that does not fit gets one and the same answer; the desk decides and counts (`kiosk.desk.progress`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from kiosk.clock import CHINA
from kiosk.filings.notice import NoticeContent
from kiosk.filings.progress import NotTold, Progress
from kiosk.filings.status import Life, words_key
from kiosk.slips.slip import ticket_in
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.errand import LAST_FOUR, NOTHING_WRONG, Objected, Wishes, frame, heading
from kiosk.visit.guide import Guide

MOST_TYPED = 64
URGENT = frozenset(
    (Life.UPLOAD_FAILED, Life.CORRECTION_REQUIRED, Life.RETURNED, Life.REDIRECTED, Life.FEE_PENDING, Life.REFUSED)
) | {Life.DEEMED_WITHDRAWN, Life.MEDIATION_OFFERED, None}


class Moment(StrEnum):
    NUMBER = "number"
    LAST_FOUR = "last four"
    LOOKING = "looking"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class AskingAfter:
    moment: Moment = Moment.NUMBER
    number: str = field(default="", repr=False)
    last_four: str = field(default="", repr=False)
    objected: Objected = NOTHING_WRONG
    told: Progress | None = field(default=None, repr=False)


def step(at: AskingAfter, event: e.Event, guide: Guide) -> tuple[AskingAfter | None, Wishes]:
    """Take one fact in. None: back to where the errand began."""
    match at.moment, event:
        case Moment.NUMBER, e.Typed(text=text):
            return replace(at, number=text[:MOST_TYPED], objected=NOTHING_WRONG), ()
        case Moment.NUMBER, e.Scanned(content=content):
            return replace(
                at, moment=Moment.LAST_FOUR, number=ticket_in(content) or content[:MOST_TYPED], objected=NOTHING_WRONG
            ), ()
        case Moment.NUMBER, e.NextPressed() if not at.number.strip():
            return replace(at, objected=Objected("progress.no_number")), ()
        case Moment.NUMBER, e.NextPressed():
            return replace(at, moment=Moment.LAST_FOUR, objected=NOTHING_WRONG), ()
        case Moment.NUMBER, e.BackPressed():
            return None, ()
        case Moment.LAST_FOUR, e.Typed(text=text):
            return replace(at, last_four=text[:LAST_FOUR], objected=NOTHING_WRONG), ()
        case Moment.LAST_FOUR, e.NextPressed() if len(at.last_four.strip()) < LAST_FOUR:
            return replace(at, objected=Objected("objection.last_four")), ()
        case Moment.LAST_FOUR, e.NextPressed():
            return replace(at, moment=Moment.LOOKING), (w.AskAfter(at.number, at.last_four),)
        case Moment.LAST_FOUR, e.BackPressed():
            return replace(at, moment=Moment.NUMBER, last_four="", objected=NOTHING_WRONG), ()
        case Moment.LOOKING, e.ProgressTold(told=Progress() as told):
            return replace(at, moment=Moment.TOLD, told=told, last_four=""), ()
        case Moment.LOOKING, e.ProgressTold(told=NotTold(wait_seconds=seconds)):
            objected = Objected("progress.wait", {"seconds": seconds}) if seconds else Objected("progress.not_told")
            return replace(at, moment=Moment.NUMBER, last_four="", objected=objected), ()
        case Moment.LOOKING, e.ErrandFailed(key=key):
            return replace(at, moment=Moment.NUMBER, last_four="", objected=Objected(key)), ()
        case Moment.TOLD, e.NextPressed() | e.BackPressed():
            return None, ()
    return at, ()


def page_of(at: AskingAfter, language: str, guide: Guide) -> p.Page:
    around = frame(guide, language, at.objected)
    match at.moment:
        case Moment.NUMBER:
            head = heading("progress.number", guide, language)
            return p.WordsPage(around, head, at.number, p.Keys.LATIN, max_characters=MOST_TYPED, scans=True)
        case Moment.LAST_FOUR:
            head = heading("progress.last_four", guide, language)
            return p.WordsPage(around, head, at.last_four, p.Keys.DIGITS, max_characters=LAST_FOUR)
        case Moment.LOOKING:
            return p.WorkingPage(p.Frame(language, back=False), guide.say("progress.looking", language))
        case Moment.TOLD:
            assert at.told is not None
            return _told(at.told, language, guide)


def _told(told: Progress, language: str, guide: Guide) -> p.OutcomePage:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, language, **places)

    name = told.state or "unknown"
    state = say(words_key(told.state)) if told.state else say("progress.unknown_state")
    tone = "warn" if told.state in URGENT else "plain"
    passages = [p.Passage(say("progress.means"), (say(f"progress.{name}.means", window=guide.window),), tone)]
    passages += _said(told.said, language, guide)
    passages.append(p.Passage(say("progress.comes_next"), (say(f"progress.{name}.next", window=guide.window),)))
    around = p.Frame(language, next_label=say("nav.finish"))
    return p.OutcomePage(around, p.Heading(state), _rows(told, language, guide), tuple(passages), words_first=True)


def _rows(told: Progress, language: str, guide: Guide) -> tuple[p.Row, ...]:
    said = told.said
    facts = {
        "number": told.ticket_number,
        "handed_in": f"{told.ticket_time.astimezone(CHINA):%Y-%m-%d %H:%M}",
        "received": f"{told.received_at.astimezone(CHINA):%Y-%m-%d %H:%M}" if told.received_at else "",
        "receipt": told.receipt_number,
        "case_number": told.case_number,
        "due": said.due.isoformat() if said.due else "",
        "fee": f"{said.docket.fee:,.2f}" if said.docket and said.docket.fee is not None else "",
        "fee_due": said.docket.fee_due.isoformat() if said.docket and said.docket.fee_due else "",
        "place": said.place,
        "phone": said.phone,
    }
    return tuple(p.Row(guide.say(f"progress.row.{name}", language), (text,)) for name, text in facts.items() if text)


def _said(said: NoticeContent, language: str, guide: Guide) -> list[p.Passage]:
    """The court's own words, as it wrote them."""
    found = []
    if said.reason:
        found.append(p.Passage(guide.say("progress.reason", language), (said.reason,)))
    if said.items:
        lines = tuple(f"{n}. {one.what}{f' — {one.how}' if one.how else ''}" for n, one in enumerate(said.items, 1))
        found.append(p.Passage(guide.say("progress.items", language), lines, "warn"))
    return found
