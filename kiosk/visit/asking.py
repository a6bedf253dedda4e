"""One page of the interview: taking touches in, turning the entry into an answer, and where to go next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.forms import Kind
from kiosk.ids import Ref
from kiosk.interview import (
    AskStep,
    CardStep,
    Interview,
    ListStep,
    Objection,
    Step,
    add,
    answer,
    check,
    declare_unknown,
    look,
    look_list,
    remove,
    steps,
)
from kiosk.interview.refs import find
from kiosk.law.masks import mask_id
from kiosk.law.regions import is_leaf
from kiosk.visit import card_picture, green
from kiosk.visit import events as e
from kiosk.visit.entry import Entry, entry_of, press, stored_of
from kiosk.visit.guide import Guide
from kiosk.visit.pages import CardMoment, Row
from kiosk.visit.visit import ROUTE, Card, Moment, Visit

UNSURE = "?"  # the tile 我不清楚 of a choice page


@dataclass(frozen=True, slots=True)
class Stay:
    visit: Visit


@dataclass(frozen=True, slots=True)
class GoTo:
    visit: Visit
    ref: Ref


@dataclass(frozen=True, slots=True)
class GoOn:
    """The stage is through (or the person came from 改)."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class GoBack:
    """Backwards out of the stage."""

    visit: Visit


Taken = Stay | GoTo | GoOn | GoBack


def interview_of(visit: Visit) -> Interview:
    assert visit.interview is not None, "a page of the interview is on show before the interview began"
    return visit.interview


def steps_of(visit: Visit, guide: Guide) -> tuple[Step, ...]:
    """The pages of this stage: without the card pages where there is no reader or nobody has a card.

    In the last stage the signatures come last, whoever's list they stand in: one signs what is finished.
    """
    shown = [
        one
        for one in steps(interview_of(visit))
        if one.stage == visit.station
        and not (isinstance(one, CardStep) and (not guide.takes_cards or one.ref in visit.by_hand))
        and not (visit.channels is not None and one.ref != visit.at and green.is_own_group(one.ref))
    ]
    if visit.station == "signature":
        shown.sort(key=lambda one: _is_signature(visit, one))
    return tuple(shown)


def _is_signature(visit: Visit, one: Step) -> bool:
    return isinstance(one, AskStep) and look(interview_of(visit), one.ref, visit.language).kind is Kind.SIGNATURE


def signs(visit: Visit) -> bool:
    """Whether the page on show asks for a signature."""
    return _is_signature(visit, step_on_show(visit))


def step_on_show(visit: Visit) -> Step:
    return next(one for one in steps(interview_of(visit)) if one.ref == visit.at)


def on_card_page(visit: Visit) -> bool:
    return isinstance(step_on_show(visit), CardStep)


def sections(visit: Visit, guide: Guide) -> tuple[int, int, str]:
    """How many sections the stage has, which of them (from 0) is on show, and its title."""
    names = list(dict.fromkeys(one.section for one in steps_of(visit, guide)))
    here = step_on_show(visit).section
    at = names.index(here) if here in names else 0
    title = next((item.label.get(visit.language, "") for item in interview_of(visit).form.items if item.id == here), "")
    return max(1, len(names)), at, title


def signatory(visit: Visit) -> str:
    """Who signs here, as the nearest `signatory` of the form says; "" when it does not."""
    interview, ref = interview_of(visit), _at(visit)
    while "/" in ref[1:]:
        ref = Ref(ref[: ref.rindex("/")])
        key = find(interview.form.plan, interview.rows, f"{ref}/signatory")
        if key is not None:
            return interview.texts.get(key, "")
    return ""


def card_rows(visit: Visit) -> tuple[Row, ...]:
    """What the card says, in the words of the questions it answers; the number is masked."""
    interview, group = interview_of(visit), _at(visit)
    present = {one.ref for one in steps(interview)}
    rows = []
    for name, text in visit.card.fields.items():
        ref = Ref(f"{group}/{name}")
        if ref not in present:
            continue
        answered = answer(interview, ref, text)
        wrong = isinstance(answered, Objection)  # shown as the card has it, never put right; the question asks again
        shown = look(interview if isinstance(answered, Objection) else answered, ref, visit.language)
        masked = (mask_id(text),) if shown.kind is Kind.ID_NUMBER else ()
        rows.append(Row(label=shown.paper or shown.label, lines=(text if wrong else shown.formatted,), masked=masked))
    return tuple(rows)


def arrive(visit: Visit, ref: Ref, guide: Guide) -> Visit:
    """Show this step with what was said there before."""
    interview = interview_of(visit)
    visit = replace(visit, moment=Moment.ASKING, at=ref, objection="", card=Card(nonce=visit.card.nonce + 1))
    if isinstance(step_on_show(visit), AskStep):
        shown = look(interview, ref, visit.language)
        entry = entry_of(shown.kind, shown.value)
        if shown.kind is Kind.CHOICE and shown.unknown_declared and not shown.value:
            entry = replace(entry, chosen=(UNSURE,))
        return replace(visit, entry=entry)
    return replace(visit, entry=Entry())


def take(visit: Visit, event: e.Event, guide: Guide) -> Taken:
    """Take one touch on the page on show."""
    if isinstance(step_on_show(visit), CardStep) and (before := card_picture.take(visit, event, guide)) is not None:
        return Stay(before)
    match event:
        case e.BackPressed():
            return _back(visit, guide)
        case e.NextPressed():
            return _next(visit, guide)
    match step_on_show(visit):
        case AskStep():
            return (
                Stay(_edit(visit, event, guide)) if not isinstance(event, e.UnknownPressed) else _unknown(visit, guide)
            )
        case ListStep(ref=ref):
            return _list(visit, ref, event)
        case CardStep(ref=ref):
            return _card(visit, ref, event, guide)
    return Stay(visit)


def _edit(visit: Visit, event: e.Event, guide: Guide) -> Visit:
    entry = visit.entry
    kind = look(interview_of(visit), _at(visit), visit.language).kind
    match event:
        case e.Typed(text=text):
            entry = replace(entry, text=text)
        case e.ChangeAsked():
            entry = replace(entry, opened=True)
        case e.DateTyped(year=year, month=month, day=day):
            entry = replace(entry, year=year, month=month, day=day)
        case e.OptionPressed(code=code):
            entry = press(kind, entry, code)
        case e.RegionChosen(code=code):
            entry = replace(entry, region=code, writing_detail=is_leaf(code, guide.law))
        case e.SignatureDrawn(ink=ink):
            return replace(visit, inks={**visit.inks, _at(visit): replace(ink, at=guide.now)}, objection="")
        case e.SignatureCleared():
            return replace(visit, inks={ref: ink for ref, ink in visit.inks.items() if ref != visit.at})
        case _:
            return visit
    return replace(visit, entry=entry, objection="" if entry != visit.entry else visit.objection)


def _at(visit: Visit) -> Ref:
    assert visit.at is not None
    return visit.at


def _unknown(visit: Visit, guide: Guide) -> Taken:
    interview = declare_unknown(interview_of(visit), _at(visit))
    return _onward(_with_answers(visit, interview), guide)


def _next(visit: Visit, guide: Guide) -> Taken:
    here = step_on_show(visit)
    interview = interview_of(visit)
    if isinstance(here, AskStep):
        shown = look(interview, here.ref, visit.language)
        if UNSURE in visit.entry.chosen:
            return _unknown(visit, guide)
        if shown.kind is Kind.ADDRESS and not visit.entry.writing_detail:
            return _leave_region(visit, guide)
        stored = stored_of(shown.kind, visit.entry)
        if shown.kind is Kind.SIGNATURE:
            stored = "signed" if here.ref in visit.inks else ""
        if stored != shown.value:
            answered = answer(interview, here.ref, stored)
            if isinstance(answered, Objection):
                return Stay(replace(visit, objection=answered.words[visit.language]))
            visit = _with_answers(visit, answered)
    elif isinstance(here, CardStep):
        if visit.card.moment is not CardMoment.READ:
            return Stay(replace(visit, objection=guide.say("card.not_read_yet", visit.language)))
        return _fill_from_card(visit, here.ref, guide)
    wrong = check(interview_of(visit), here)
    if wrong is not None:
        return Stay(replace(visit, objection=wrong.words[visit.language]))
    return _onward(visit, guide)


def _leave_region(visit: Visit, guide: Guide) -> Taken:
    """The region must be chosen down to the district, or left wholly empty where the address may be."""
    shown = look(interview_of(visit), _at(visit), visit.language)
    if visit.entry.region or shown.required:
        return Stay(replace(visit, objection=guide.say("objection.choose_region", visit.language)))
    cleared = answer(interview_of(visit), _at(visit), "")
    return _onward(visit if isinstance(cleared, Objection) else _with_answers(visit, cleared), guide)


def _onward(visit: Visit, guide: Guide, past: frozenset[Ref] = frozenset()) -> Taken:
    """The page after this one. The last page of a list's item leads to its list, not into the next item."""
    shown = steps_of(visit, guide)
    here = next(n for n, one in enumerate(shown) if one.ref == visit.at)
    item = shown[here].instance
    listed = bool(item) and any(one.ref == _list_of(item) for one in shown)
    if visit.returning and not listed:
        return GoOn(visit)
    for following in shown[here + 1 :]:
        if listed and not _inside(following, item):
            return GoTo(visit, _list_of(item))
        if following.ref not in past:
            return GoTo(visit, following.ref)
    return GoOn(visit)


def _inside(one: Step, item: Ref) -> bool:
    return one.ref.startswith(f"{item}/")


def _list_of(item: Ref) -> Ref:
    """The repeat an item belongs to: /data/plaintiff[2] → /data/plaintiff."""
    return Ref(item[: item.rindex("[")])


def _back(visit: Visit, guide: Guide) -> Taken:
    """The page before. The first page of a later item leads back to its list."""
    shown = steps_of(visit, guide)
    here = next((n for n, one in enumerate(shown) if one.ref == visit.at), 0)
    one = shown[here]
    if isinstance(one, AskStep) and visit.entry.writing_detail and visit.entry.region:
        return Stay(replace(visit, entry=replace(visit.entry, writing_detail=False), objection=""))
    if here == 0 or (visit.returning and not one.instance):
        return GoBack(visit)
    before, item = shown[here - 1], one.instance
    if item and not _inside(before, item) and not item.endswith("[1]"):
        listed = any(other.ref == _list_of(item) for other in shown)
        return GoTo(visit, _list_of(item) if listed else before.ref)
    return GoTo(visit, before.ref)


def _list(visit: Visit, ref: Ref, event: e.Event) -> Taken:
    interview = interview_of(visit)
    view = look_list(interview, ref, visit.language)
    match event:
        case e.ItemAdded() if view.may_add:
            longer, item = add(interview, ref)
            return GoTo(_with_answers(visit, longer), _first_of(longer, item))
        case e.ItemChanged(position=position) if 1 <= position <= len(view.items):
            return GoTo(visit, _first_of(interview, view.items[position - 1].instance_ref))
        case e.ItemRemoved(position=position) if 1 <= position <= len(view.items):
            item = view.items[position - 1].instance_ref
            return Stay(replace(visit, moment=Moment.REMOVING, under=Moment.ASKING, removing=item))
    return Stay(visit)


def remove_item(visit: Visit) -> Visit:
    """The person said yes: the item goes, and with it signatures under what it said."""
    assert visit.removing is not None
    shorter = remove(interview_of(visit), visit.removing)
    return replace(_with_answers(visit, shorter), removing=None, objection="")


def _first_of(interview: Interview, item: Ref) -> Ref:
    return next(one.ref for one in steps(interview) if _inside(one, item) and not isinstance(one, CardStep))


def _card(visit: Visit, ref: Ref, event: e.Event, guide: Guide) -> Taken:
    match event:
        case e.CardRead(fields=fields, nonce=nonce, doubt=doubt) if nonce == visit.card.nonce:
            card = replace(visit.card, moment=CardMoment.READ, fields=fields, problem=doubt)
            return Stay(replace(visit, card=card, objection=""))
        case e.CardFailed(reason=reason, nonce=nonce) if nonce == visit.card.nonce:
            return Stay(replace(visit, card=replace(visit.card, moment=CardMoment.FAILED, problem=reason)))
        case e.ByHandPressed():
            taken = _onward(replace(visit, card=Card(nonce=visit.card.nonce)), guide)
            return replace(taken, visit=replace(taken.visit, by_hand=visit.by_hand | {ref}))
    return Stay(visit)


def _fill_from_card(visit: Visit, group: Ref, guide: Guide) -> Taken:
    """Answer what the card answers; go on at the first question it did not."""
    interview, filled = _answers_from(interview_of(visit), group, visit.card.fields)
    past = frozenset[Ref]() if visit.card.by_picture else filled  # what was only read is looked at, one by one
    return _onward(_with_answers(visit, interview), guide, past=past)


def _answers_from(interview: Interview, group: Ref, fields: Mapping[str, str]) -> tuple[Interview, frozenset[Ref]]:
    filled = set()
    for name, text in fields.items():
        ref = Ref(f"{group}/{name}")
        if not any(one.ref == ref for one in steps(interview)):
            continue
        answered = answer(interview, ref, text)
        if not isinstance(answered, Objection):
            interview = answered
            filled.add(ref)
    return interview, frozenset(filled)


def _with_answers(visit: Visit, interview: Interview) -> Visit:
    """Keep new answers, and strike signatures that stand below something that now reads differently."""
    visit = replace(visit, interview=interview)
    if not visit.inks or visit.at is None:
        return visit
    order = [one.ref for one in sorted(steps(interview), key=lambda one: ROUTE.index(one.stage))]
    here = order.index(visit.at) if visit.at in order else 0
    for ref in [ref for ref in visit.inks if ref not in order[: here + 1]]:
        struck = answer(interview, ref, "")
        interview = interview if isinstance(struck, Objection) else struck
        visit = replace(visit, inks={kept: ink for kept, ink in visit.inks.items() if kept != ref})
    return replace(visit, interview=interview)
