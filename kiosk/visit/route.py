"""The route of a filing: from station to station, forwards and back, to the press and what follows it.

Every function takes a visit and returns the next one with its wishes; `kiosk.visit.steps` says which is asked.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.errors import KioskTrouble
from kiosk.ids import PackId, Ref
from kiosk.interview import Objection, begin, complete, materials, objections
from kiosk.visit import asking, capture, green, handing_in, saved, told, witness
from kiosk.visit import events as e
from kiosk.visit import wishes as w
from kiosk.visit.entry import BLANK
from kiosk.visit.guide import Guide
from kiosk.visit.stepped import Stepped
from kiosk.visit.visit import ASKED_STAGES, ROUTE, TOLD_AT, Moment, Visit


def begin_form(visit: Visit, pack_id: PackId, guide: Guide, cause: str = "") -> Stepped:
    """Open a form; one that was begun already and only looked away from goes on with what was said."""
    if visit.interview is not None and (visit.matter, visit.cause) == (pack_id, cause):
        return enter(visit, ROUTE[0], guide)
    try:
        form = guide.forms[pack_id]
    except KioskTrouble:  # `kiosk --check` says what is wrong with it; the others are as good as ever
        return Stepped(replace(visit, objection=guide.say("objection.form_broken", visit.language)))
    started = begin(form, guide.context(cause))
    visit = replace(visit, matter=pack_id, cause=cause, interview=started, said="", entry=BLANK)
    return enter(visit, ROUTE[0], guide)


def before_the_form(visit: Visit) -> Visit:
    """Where a form was chosen: what guidance told of it, or the list of matters."""
    moment = Moment.SIGNPOST if visit.signposts else Moment.MATTER
    return replace(visit, moment=moment, objection="", entry=BLANK)


def served_first(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    """The page of the green channels stands before the first question, after the notices about the asking."""
    if isinstance(event, e.BackPressed) and visit.moment is Moment.CHANNELS:
        if not told.at_station(visit, ROUTE[0]):
            return Stepped(before_the_form(visit))
        return enter(visit, ROUTE[0], guide, from_behind=True)
    taken = green.take(visit, event, guide)
    if taken is not None:
        return Stepped(taken)
    said = tuple(one for one in visit.entry.chosen if one != green.NONE) if visit.channels is None else visit.channels
    return enter(replace(visit, channels=said), after("channels"), guide)


def enter(visit: Visit, station: str, guide: Guide, from_behind: bool = False) -> Stepped:
    """Arrive at a station of the route, skipping those that have nothing to show."""
    assert visit.interview is not None
    visit = replace(visit, station=station, objection="", entry=BLANK, at=None, ticked=False)
    onward = before if from_behind else after
    match station:
        case _ if station in TOLD_AT:
            here = told.at_station(visit, station)
            if not here:
                return enter(visit, onward(station), guide, from_behind)
            at = len(here) - 1 if from_behind else 0
            return Stepped(told.show(replace(visit, moment=Moment.NOTICE), at))
        case "channels":
            asks = green.is_offered(visit, guide) and (from_behind or visit.channels is None)
            return Stepped(green.arrive(visit)) if asks else enter(visit, onward(station), guide, from_behind)
        case "materials":
            return Stepped(replace(visit, moment=Moment.MATERIALS))
        case "capture":
            return _through(capture.enter(visit, guide, from_behind), guide)
        case "check":
            return Stepped(replace(visit, moment=Moment.CHECK, returning=False))
        case "hand in":
            return offer(visit, guide)
        case _:
            shown = asking.steps_of(visit, guide)
            if not shown:
                return enter(visit, onward(station), guide, from_behind)
            return arrive(visit, shown[-1 if from_behind else 0].ref, guide)


def after(station: str) -> str:
    return ROUTE[ROUTE.index(station) + 1]


def before(station: str) -> str:
    return ROUTE[ROUTE.index(station) - 1]


def arrive(visit: Visit, ref: Ref, guide: Guide) -> Stepped:
    arrived = asking.arrive(visit, ref, guide)
    if isinstance(nonce := shown_card(arrived), int) and not arrived.card.fields:
        return Stepped(arrived, (w.ReadCard(nonce),))
    return Stepped(arrived)


def shown_card(visit: Visit) -> int | None:
    """The nonce of the card page on show, if one is."""
    return visit.card.nonce if visit.moment is Moment.ASKING and asking.on_card_page(visit) else None


def asked(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    if visit.witness is not None:
        return witness.take(visit, event)
    if isinstance(event, e.WitnessAsked) and asking.signs(visit):
        return witness.ask(visit)
    match asking.take(visit, event, guide):
        case asking.Stay(visit=stayed):
            return Stepped(stayed)
        case asking.GoTo(visit=moved, ref=ref):
            return arrive(moved, ref, guide)
        case asking.GoOn(visit=answered) if answered.returning:
            return enter(answered, "check", guide)
        case asking.GoOn(visit=answered):
            return enter(answered, after(answered.station), guide)
        case asking.GoBack(visit=left) if left.returning:
            return enter(left, "check", guide)
        case asking.GoBack(visit=left) if left.station == "interview" and _is_first(left, guide):
            return Stepped(before_the_form(left))
        case asking.GoBack(visit=left):
            return enter(left, before(left.station), guide, from_behind=True)


def between_questions(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    assert visit.interview is not None
    match visit.moment, event:
        case Moment.MATERIALS, e.MaterialTicked(id=name):
            known = {material.id for material in materials(visit.interview, visit.language)}
            return Stepped(replace(visit, materials=visit.materials ^ ({name} & known)))
        case Moment.CHECK, e.ChangeAsked(ref=ref):
            arrived = arrive(replace(visit, station="interview", returning=True), Ref(ref), guide)
            opened = replace(arrived.visit, entry=replace(arrived.visit.entry, opened=True))
            return replace(arrived, visit=opened)
        case Moment.CHECK, e.NextPressed():
            wrong = objections(visit.interview, "interview")
            if wrong:
                return repair(visit, wrong[0], guide)
            return enter(visit, after("check"), guide)
        case Moment.NOTICE, e.NoticeTicked():
            return Stepped(told.tick(visit))
        case Moment.NOTICE, e.NextPressed():
            return _leave_notice(visit, guide)
        case Moment.NOTICE, e.BackPressed():
            if visit.notice_at > 0:
                return Stepped(told.show(visit, visit.notice_at - 1))
            if visit.station == ROUTE[0]:
                return Stepped(before_the_form(visit))
            return enter(visit, before(visit.station), guide, from_behind=True)
        case _, e.NextPressed():
            return enter(visit, after(visit.station), guide)
        case _, e.BackPressed():
            return enter(visit, before(visit.station), guide, from_behind=True)
    return Stepped(visit)


def captured(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    """One touch where materials are photographed."""
    return _through(capture.take(visit, event, guide), guide)


def _through(taken: capture.Taken, guide: Guide) -> Stepped:
    match taken:
        case capture.Done(visit=done, back=True):
            return enter(done, before("capture"), guide, from_behind=True)
        case capture.Done(visit=done):
            return enter(done, after("capture"), guide)
        case (visit, wishes):
            return Stepped(visit, wishes)


def repair(visit: Visit, wrong: Objection, guide: Guide) -> Stepped:
    """Go to the first page that needs something, and say there what it needs."""
    assert visit.interview is not None
    station = next(
        stage for stage in ASKED_STAGES if wrong.ref in {one.ref for one in objections(visit.interview, stage)}
    )
    arrived = arrive(replace(visit, station=station, returning=station == "interview"), wrong.ref, guide)
    return replace(arrived, visit=replace(arrived.visit, objection=wrong.words[visit.language]))


def _is_first(visit: Visit, guide: Guide) -> bool:
    """Nothing of the route stands before the first question."""
    return not told.at_station(visit, ROUTE[0]) and not green.is_offered(visit, guide)


def _leave_notice(visit: Visit, guide: Guide) -> Stepped:
    if not visit.ticked:
        return Stepped(replace(visit, objection=guide.say("objection.tick_notice", visit.language)))
    visit = told.note_read(visit, guide.now)
    if visit.notice_at + 1 < len(told.at_station(visit, visit.station)):
        return Stepped(told.show(visit, visit.notice_at + 1))
    return enter(visit, after(visit.station), guide)


def offer(visit: Visit, guide: Guide) -> Stepped:
    """The last page. While it is read, everything the press does not decide is made ready."""
    assert visit.interview is not None
    completed = complete(visit.interview, visit.language)
    if isinstance(completed, tuple):
        return repair(visit, completed[0], guide)
    if unread := told.first_unread(visit):
        station, at = unread
        return Stepped(told.show(enter(visit, station, guide).visit, at))
    submission = handing_in.submission_of(visit, completed, guide)
    if handing_in.is_late(submission) and not visit.warned:
        return Stepped(replace(visit, moment=Moment.TIME_LIMIT, objection=""))
    offered = replace(visit, moment=Moment.HAND_IN, ready=submission, pages=0, objection="")
    return Stepped(offered, (w.PrepareFiling(submission),))


def handed_in(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    match event:
        case e.NextPressed():
            return _store(visit, guide)
        case e.BackPressed():
            went_back = enter(replace(visit, ready=None, pages=0), before("hand in"), guide, from_behind=True)
            return replace(went_back, wishes=(w.AbandonFiling(), *went_back.wishes))
    return Stepped(visit)


def _store(visit: Visit, guide: Guide) -> Stepped:
    ready = visit.ready
    if ready is None or not handing_in.is_still_so(ready, visit):
        return offer(visit, guide)
    storing = replace(visit, moment=Moment.STORING, prefix=ready.priority.prefix, to_window=handing_in.is_late(ready))
    return Stepped(storing, (w.StoreFiling(ready),))


def at_the_end(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    match visit.moment, event:
        case Moment.STORING, e.FilingStored(ticket_number=number):
            # From here only the number is needed: what the person said leaves the visit at once.
            done = Visit(moment=Moment.DONE, language=visit.language, ticket_number=number, paper=visit.paper)
            return Stepped(replace(done, prefix=visit.prefix, to_window=visit.to_window))
        case Moment.TIME_LIMIT, e.NextPressed():
            return _store(replace(visit, warned=True), guide)
        case Moment.TIME_LIMIT, e.BackPressed():
            return enter(visit, "signature", guide, from_behind=True)
        case Moment.STORING, e.StoringFailed(reason=reason):
            return Stepped(replace(visit, moment=Moment.STORING_FAILED, trouble=reason))
        case Moment.STORING_FAILED, e.NextPressed():
            return _store(visit, guide)
        case Moment.STORING_FAILED, e.BackPressed():
            return enter(visit, "hand in", guide)
        case Moment.DONE, e.TilePressed(code="leave"):
            return end_visit(visit)
        case Moment.DONE, e.TilePressed(code="slip yes" | "slip no" as said) if not visit.slip_asked:
            missed = said == "slip no"
            told = replace(visit, slip_asked=True, paper="paper.unknown" if missed else "paper.printed")
            wishes = (w.SlipTaken(visit.ticket_number, not missed), *((w.CallStaff(),) if missed else ()))
            return Stepped(told, wishes)
        case Moment.DONE, e.TilePressed(code="a4") if guide.has_a4 and not visit.a4_asked:
            return Stepped(replace(visit, a4_asked=True), (w.PrintA4(),))
        case Moment.DONE, e.TilePressed(code=code) if code.isdecimal():
            return Stepped(replace(visit, rating=code))
    return Stepped(visit)


def end_visit(visit: Visit) -> Stepped:
    """Nothing of the visit stays, but for a form whose owner asked to have it kept."""
    gone = Visit(moment=Moment.GONE, language=visit.language)
    kept = visit.kept_until is not None and visit.interview is not None
    again = (w.KeepAgain(saved.dump_visit(visit)),) if kept else ()
    rated = (w.Rate(int(visit.rating)),) if visit.rating else ()
    return Stepped(gone, (*again, *rated, w.DropDraft(), w.BeginAgain()))
