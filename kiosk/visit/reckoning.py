"""算一算 as a step function: a court fee, interest and its cap, a limitation date, a sum in capitals; no filing begins.

Which questions a reckoning asks and what comes of them is in `kiosk.visit.reckonings`. What is entered stays until the
visit ends and is written down nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from kiosk.clock import court_day
from kiosk.forms import Kind
from kiosk.law import money
from kiosk.law.verdict import Wrong
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.entry import BLANK, Entry, entry_of, stored_of
from kiosk.visit.errand import NOTHING_WRONG, Objected, Wishes, frame, heading
from kiosk.visit.guide import Guide
from kiosk.visit.reckonings import RECKONINGS, Asked, Said

MOST_PERCENT = Decimal(1000)
EARLIEST = date(1949, 10, 1)


@dataclass(frozen=True, slots=True)
class Reckoning:
    which: str = ""  # one of RECKONINGS; "" : the list of them
    said: Mapping[str, str] = field(default_factory=dict, repr=False)
    at: int = 0  # which question is on show; past the last one: what comes of it
    entry: Entry = BLANK
    objected: Objected = NOTHING_WRONG


def step(at: Reckoning, event: e.Event, guide: Guide) -> tuple[Reckoning | None, Wishes]:
    """Take one fact in. None: back to the attract screen."""
    match event:
        case e.TilePressed(code=code) if not at.which and code in RECKONINGS:
            return Reckoning(code), ()
        case e.TilePressed(code="again") if at.which:
            return Reckoning(), ()
        case e.BackPressed() if not at.which:
            return None, ()
        case e.BackPressed() if at.at == 0:
            return Reckoning(), ()
        case e.BackPressed():
            return _show(at, at.at - 1), ()
        case e.NextPressed() if at.which and at.at >= len(_asked(at)):
            return None, ()
        case e.NextPressed() if at.which:
            return _answer(at, guide), ()
        case e.Typed(text=text):
            return replace(at, entry=replace(at.entry, text=text[:40]), objected=NOTHING_WRONG), ()
        case e.DateTyped(year=year, month=month, day=day):
            return replace(at, entry=Entry(year=year, month=month, day=day), objected=NOTHING_WRONG), ()
        case e.OptionPressed(code=code):
            return replace(at, entry=Entry(chosen=(code,)), objected=NOTHING_WRONG), ()
    return at, ()


def _asked(at: Reckoning) -> tuple[Asked, ...]:
    return RECKONINGS[at.which].asks(at.said)


def _show(at: Reckoning, place: int) -> Reckoning:
    """A question with what was said there before, or the outcome."""
    asked = _asked(at)
    if place >= len(asked):
        return replace(at, at=place, entry=BLANK, objected=NOTHING_WRONG)
    one = asked[place]
    return replace(at, at=place, entry=entry_of(one.kind, at.said.get(one.name, "")), objected=NOTHING_WRONG)


def _answer(at: Reckoning, guide: Guide) -> Reckoning:
    one = _asked(at)[at.at]
    text = stored_of(one.kind, at.entry)
    if not text and not one.required:
        kept = {name: value for name, value in at.said.items() if name != one.name}
        return _show(replace(at, said=kept), at.at + 1)
    read = _read(one, text, guide)
    if isinstance(read, Objected):
        return replace(at, objected=read)
    return _show(replace(at, said={**at.said, one.name: read}), at.at + 1)


def _read(one: Asked, text: str, guide: Guide) -> str | Objected:
    """The answer in its stored form, or what is wrong with it."""
    match one.kind:
        case Kind.MONEY:
            value = money.parse(text)
            return Objected(value.reason) if isinstance(value, Wrong) else money.stored(value)
        case Kind.PERCENT:
            try:
                share = Decimal(text)
            except InvalidOperation:
                return Objected("reckon.percent_wrong")
            fits = share.is_finite() and 0 <= share <= MOST_PERCENT
            return str(share) if fits else Objected("reckon.percent_wrong")
        case Kind.DATE:
            try:
                day = date.fromisoformat(text)
            except ValueError:
                return Objected("reckon.date_missing" if not text else "reckon.date_wrong")
            if day < EARLIEST or (one.past and day > court_day(guide.now)) or day.year > guide.now.year + 50:
                return Objected("reckon.date_range")
            return day.isoformat()
        case _:
            return text if text else Objected("objection.choose_one")


def page_of(at: Reckoning, language: str, guide: Guide) -> p.Page:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, language, **places)

    if not at.which:
        tiles = tuple(p.Option(name, say(f"reckon.{name}_name"), say(f"reckon.{name}_example")) for name in RECKONINGS)
        return p.AskPage(p.Frame(language), say("reckon.title"), "", tiles)
    asked = _asked(at)
    if at.at >= len(asked):
        return _outcome(at, language, guide)
    one = asked[at.at]
    around, key = frame(guide, language, at.objected), f"reckon.{at.which}.{one.name}"
    head = heading(key, guide, language)
    match one.kind:
        case Kind.MONEY | Kind.PERCENT:
            unit = say("unit.yuan" if one.kind is Kind.MONEY else "unit.percent")
            return p.SumPage(around, head, at.entry.text, unit, _echo(one, at.entry.text))
        case Kind.DATE:
            entry = at.entry
            return p.DatePage(around, head, entry.year, entry.month, entry.day, say("date.today"))
        case _:
            options = tuple(
                p.Option(code, say(f"{key}.{code}"), chosen=code in at.entry.chosen) for code in one.options
            )
            return p.ChoicePage(around, head, options)


def _echo(one: Asked, text: str) -> tuple[str, ...]:
    value = money.parse(text) if one.kind is Kind.MONEY and text else None
    if value is None or isinstance(value, Wrong):
        return ()
    return (f"{money.format_money(value)} 元", f"人民币{money.capitals(value)}")


def _outcome(at: Reckoning, language: str, guide: Guide) -> p.OutcomePage:
    def say(said: Said) -> str:
        return guide.say(said.key, language, **said.places)

    found = RECKONINGS[at.which].works_out(at.said, guide.law, court_day(guide.now))
    rows = tuple(p.Row(say(label), tuple(say(value) for value in values)) for label, values in found.rows)
    passages = tuple(
        p.Passage(say(title), tuple(say(line) for line in lines), tone) for title, lines, tone in found.passages
    )
    around = p.Frame(language, next_label=guide.say("nav.finish", language))
    title = p.Heading(guide.say(f"reckon.{at.which}_name", language), guide.say("reckon.estimate", language))
    return p.OutcomePage(around, title, rows, passages, guide.say("reckon.again", language))
