"""The page of one question, list, note or card of the interview."""

from __future__ import annotations

from kiosk.forms import Kind
from kiosk.interview import AskStep, AskView, CardStep, ListStep, NoteStep, look, look_list, look_note
from kiosk.law import money, regions
from kiosk.law.verdict import Wrong
from kiosk.visit import asking, card_picture
from kiosk.visit import pages as p
from kiosk.visit.entry import DATE_KINDS
from kiosk.visit.guide import Guide
from kiosk.visit.masked import is_masked, masked_page
from kiosk.visit.visit import Visit
from kiosk.visit.witness import witness_page

CHOICE_KINDS = frozenset({Kind.YES_NO, Kind.CHOICE, Kind.CHOICES})
SUM_KINDS = {
    Kind.MONEY: "unit.yuan",
    Kind.PERCENT: "unit.percent",
    Kind.INT: "",
    Kind.DECIMAL: "",
}


def question_page(visit: Visit, guide: Guide, frame: p.Frame) -> p.Page:
    """What the screen shows for the step the visit stands at."""
    interview = asking.interview_of(visit)
    match asking.step_on_show(visit):
        case AskStep(ref=ref):
            return _ask(visit, guide, frame, look(interview, ref, visit.language))
        case NoteStep(ref=ref):
            note = look_note(interview, ref, visit.language)
            return p.NotePage(frame, p.Heading(note.label), note.paragraphs, note.tone)
        case ListStep(ref=ref):
            view = look_list(interview, ref, visit.language)
            items = tuple(p.Item(item.title, item.detail) for item in view.items)
            heading = p.Heading(view.label, view.hint)
            return p.ListPage(frame, heading, items, view.add_label if view.may_add else "")
        case CardStep():
            return _card(visit, guide, frame)


def _ask(visit: Visit, guide: Guide, frame: p.Frame, view: AskView) -> p.Page:
    heading = p.Heading(view.label, view.hint, view.second_label, view.help, view.paper)
    entry = visit.entry
    unknown = guide.say("unknown.date" if view.kind in DATE_KINDS else "unknown.words", visit.language)
    unknown = unknown if view.unknown_allowed else ""
    if view.kind in CHOICE_KINDS:
        options = tuple(p.Option(one.code, one.label, one.example, one.code in entry.chosen) for one in view.options)
        if view.unknown_allowed and view.kind is Kind.CHOICE:
            unsure = p.Option(asking.UNSURE, unknown, chosen=asking.UNSURE in entry.chosen)
            options = (*options, unsure)
        return p.ChoicePage(frame, heading, options, many=view.kind is Kind.CHOICES)
    if view.kind in SUM_KINDS:
        unit_key = SUM_KINDS[view.kind]
        unit = guide.say(unit_key, visit.language) if unit_key else ""
        return p.SumPage(frame, heading, entry.text, unit, _echo(view.kind, entry.text), unknown)
    if view.kind in DATE_KINDS:
        today = guide.say("date.today", visit.language)
        return p.DatePage(frame, heading, entry.year, entry.month, entry.day, today, unknown)
    if view.kind is Kind.SIGNATURE:
        return _sign(visit, guide, frame, heading)
    if is_masked(visit, view):
        return masked_page(visit, view, frame, heading)
    if view.kind is Kind.ADDRESS and not entry.writing_detail:
        return _region(visit, guide, frame, heading)
    lead = regions.region_name(entry.region, guide.law) if view.kind is Kind.ADDRESS else ""
    if view.kind is Kind.ADDRESS and lead:
        heading = heading._replace(hint=guide.say("address.detail_hint", visit.language))
    return p.WordsPage(
        frame,
        heading,
        entry.text,
        p.Keys(view.keys),
        long=view.kind is Kind.LONGTEXT,
        lead=lead,
        suggestions=view.suggestions,
        unknown_label=unknown,
    )


def _sign(visit: Visit, guide: Guide, frame: p.Frame, heading: p.Heading) -> p.SignPage | p.ClerkSignInPage:
    if visit.witness is not None:
        return witness_page(visit, guide)
    ink = visit.inks.get(visit.at) if visit.at is not None else None
    by = guide.say("keys.witnessed", visit.language, number=ink.witness) if ink is not None and ink.witness else ""
    return p.SignPage(
        frame,
        heading,
        asking.signatory(visit),
        signed=ink is not None,
        again_label=guide.say("sign.again", visit.language),
        witness_label=guide.say("keys.witness", visit.language),
        witnessed=by,
    )


def _echo(kind: Kind, text: str) -> tuple[str, ...]:
    """The sum as people read it and in capitals, so that a nought too many is seen."""
    if kind is not Kind.MONEY or not text:
        return ()
    value = money.parse(text)
    if isinstance(value, Wrong):
        return ()
    return (f"{money.format_money(value)} 元", f"人民币{money.capitals(value)}")


def _region(visit: Visit, guide: Guide, frame: p.Frame, heading: p.Heading) -> p.RegionPage:
    """The places below what is chosen so far, the court's own first."""
    code = visit.entry.region
    way = regions.way_to(code, guide.law)
    below = regions.children(code, guide.law)
    if not below and way:  # back from the street: the district may be chosen again
        below = regions.children(way[-1].parent, guide.law)
        way = way[:-1]
    near = {one.code for one in regions.way_to(guide.court_code, guide.law)}
    ordered = sorted(below, key=lambda one: one.code not in near)
    return p.RegionPage(
        frame,
        heading,
        way=tuple(p.Option(one.code, one.zh) for one in way),
        options=tuple(p.Option(one.code, one.zh, chosen=one.code == code) for one in ordered),
    )


def _card(visit: Visit, guide: Guide, frame: p.Frame) -> p.CardPage | p.CapturePage:
    if visit.card.moment in card_picture.BEFORE_CAMERA:
        return card_picture.page(visit, guide, frame)

    def say(key: str) -> str:
        return guide.say(key, visit.language)

    card = visit.card
    message = (
        say(card.problem)
        if card.problem and card.moment in (p.CardMoment.FAILED, p.CardMoment.READ)
        else say(f"card.{card.moment}")
    )
    rows = asking.card_rows(visit) if card.moment is p.CardMoment.READ else ()
    heading = p.Heading(say("card.title"), say("card.hint"), guide.say_second("card.title", visit.language))
    if card.moment is p.CardMoment.WAITING and not guide.has_reader:
        message = say("card.picture_only")
    by_picture = say("card.by_picture") if guide.has_card_picture else ""
    return p.CardPage(frame, heading, card.moment, message, rows, say("card.by_hand"), by_picture)
