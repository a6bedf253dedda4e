"""The visit as a step function: (visit, event) → (visit, wishes).

Every touch is one event. A draft is wished for whenever something was answered; nothing is ever ticked,
signed or chosen for the person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.errors import KioskTrouble
from kiosk.ids import PackId, Ref
from kiosk.interview import Objection, begin, complete, materials, objections
from kiosk.visit import asking, green, guidance, handing_in, saved, told
from kiosk.visit import events as e
from kiosk.visit import wishes as w
from kiosk.visit.entry import BLANK
from kiosk.visit.guide import Guide
from kiosk.visit.visit import ASKED_STAGES, ROUTE, TOLD_AT, Moment, Visit

OVERLAYS = frozenset({Moment.LEAVING, Moment.STILL_THERE, Moment.HELP, Moment.REMOVING, Moment.LARGER, Moment.HIDDEN})
IN_A_FILING = frozenset(
    {
        *(Moment.ASKING, Moment.MATERIALS, Moment.CHECK, Moment.NOTICE, Moment.HAND_IN, Moment.STORING_FAILED),
        *(Moment.CHANNELS, Moment.CHANNELS_TOLD, Moment.TIME_LIMIT),
    }
)
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Stepped:
    visit: Visit
    wishes: tuple[w.Wish, ...] = ()


def first_visit(guide: Guide, language: str) -> Visit:
    """The attract screen, or the question whether an interrupted form should go on."""
    return Visit(moment=Moment.HELD if guide.held else Moment.WELCOME, language=language)


def take_up(visit: Visit, guide: Guide) -> Stepped:
    """A visit that was written down goes on: what its page asked for is asked for again."""
    if visit.moment is Moment.HAND_IN:
        return _offer(visit, guide)
    if isinstance(nonce := _shown_card(visit), int):
        return Stepped(visit, (w.ReadCard(nonce),))
    return Stepped(visit)


def step(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    """Take one fact in. Facts that mean nothing on this page change nothing."""
    stepped = _noticing(visit, _step(visit, event, guide), guide)
    before, after = visit, stepped.visit
    wished = stepped.wishes
    if (
        after.at != before.at
        and isinstance(_shown_card(before), int)
        and not any(isinstance(x, w.ReadCard) for x in wished)
    ):
        wished = (*wished, w.StopCard())
    if after.moment in IN_A_FILING | OVERLAYS and after.interview is not None and saved.worth_saving(before, after):
        wished = (*wished, w.SaveDraft(saved.dump_visit(after)))
    return Stepped(after, wished)


def _noticing(before: Visit, stepped: Stepped, guide: Guide) -> Stepped:
    """What follows by itself from what was just said: larger letters are offered, a clerk is called without a sound."""
    after, wished = stepped.visit, stepped.wishes
    if after.moment not in IN_A_FILING or (after.interview, after.channels) == (before.interview, before.channels):
        return stepped
    after = green.carried_over(after, guide)
    if not after.alerted and green.in_danger(after):
        after, wished = replace(after, alerted=True), (*wished, w.CallStaff())
    if green.offers_larger(after, guide):
        after = _overlay(replace(after, larger_offered=True), Moment.LARGER)
    return Stepped(after, wished)


def _step(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    match event:
        case e.LanguageChosen(language=language):
            if visit.moment is Moment.LANGUAGE:
                return Stepped(replace(visit, language=language, moment=Moment.MATTER))
            if visit.moment is Moment.HAND_IN:
                return _offer(replace(visit, language=language), guide)
            return Stepped(replace(visit, language=language, objection=""))
        case e.HelpAsked() if visit.moment not in OVERLAYS:
            return Stepped(_overlay(visit, Moment.HELP), (w.CallStaff(),))
        case e.HideAsked() if visit.moment not in OVERLAYS:
            return Stepped(_overlay(visit, Moment.HIDDEN))
        case e.LeaveAsked() if visit.moment is Moment.WELCOME:
            return Stepped(visit)
        case e.LeaveAsked():
            return Stepped(_overlay(visit, Moment.LEAVING))
        case e.IdleReached() if visit.moment in (Moment.STORING, Moment.GONE):
            return Stepped(visit)
        case e.IdleReached() if visit.moment is Moment.WELCOME:
            return Stepped(visit)
        case e.IdleReached():
            return Stepped(_overlay(visit, Moment.STILL_THERE))
        case e.SecondsLeft(seconds=seconds) if visit.moment is Moment.STILL_THERE:
            return _end(visit) if seconds <= 0 else Stepped(replace(visit, seconds_left=seconds))
        case e.PaperReported(key=key):
            return Stepped(replace(visit, paper=key))
        case e.FilingPrepared(pages=pages):
            return Stepped(replace(visit, pages=pages) if visit.ready is not None else visit)
    match visit.moment:
        case _ if visit.moment in OVERLAYS:
            return _answer_overlay(visit, event, guide)
        case Moment.FETCH:
            return _fetch(visit, event, guide)
        case Moment.WELCOME | Moment.ABOUT | Moment.HELD | Moment.LANGUAGE | Moment.MATTER | Moment.OTHER_MATTER:
            return _before_the_filing(visit, event, guide)
        case _ if visit.moment in guidance.HERE:
            return _led(visit, event, guide)
        case Moment.CHANNELS | Moment.CHANNELS_TOLD:
            return _served_first(visit, event, guide)
        case Moment.ASKING:
            return _asked(visit, event, guide)
        case Moment.MATERIALS | Moment.CHECK | Moment.NOTICE:
            return _between_questions(visit, event, guide)
        case Moment.HAND_IN:
            return _handing_in(visit, event, guide)
        case Moment.STORING | Moment.STORING_FAILED | Moment.DONE | Moment.TIME_LIMIT:
            return _at_the_end(visit, event, guide)
    return Stepped(visit)


def _overlay(visit: Visit, moment: Moment) -> Visit:
    under = visit.under if visit.moment in OVERLAYS else visit.moment
    return replace(visit, moment=moment, under=under, seconds_left=0)


def _answer_overlay(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    back = replace(visit, moment=visit.under, seconds_left=0)
    match event:
        case e.TilePressed(code="leave"):
            return _end(visit)
        case e.TilePressed(code="remove") if visit.moment is Moment.REMOVING:
            return Stepped(asking.remove_item(back))
        case e.TilePressed(code="larger") if visit.moment is Moment.LARGER:
            return Stepped(back, (w.ShowLarger(),))
        case e.NextPressed() if visit.moment is Moment.HIDDEN:
            return _answer_overlay(visit, e.TilePressed("stay"), guide)
        case e.TilePressed(code="stay" | "go on" | "keep"):
            if isinstance(nonce := _shown_card(back), int):
                return Stepped(back, (w.ReadCard(nonce),))
            return Stepped(back)
    return Stepped(visit)


def _end(visit: Visit) -> Stepped:
    return Stepped(Visit(moment=Moment.GONE, language=visit.language), (w.DropDraft(), w.BeginAgain()))


def _before_the_filing(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    match visit.moment, event:
        case Moment.WELCOME, e.TilePressed(code="file"):
            return Stepped(replace(visit, moment=Moment.LANGUAGE))
        case Moment.WELCOME, e.TilePressed(code="about"):
            return Stepped(replace(visit, moment=Moment.ABOUT))
        case Moment.WELCOME, e.TilePressed(code="fetch"):
            return Stepped(replace(visit, moment=Moment.FETCH, entry=BLANK, objection=""))
        case Moment.ABOUT, e.NextPressed():
            return Stepped(replace(visit, moment=Moment.LANGUAGE))
        case Moment.HELD, e.TilePressed(code="discard"):
            return _end(visit)
        case Moment.LANGUAGE, e.TilePressed(code=code):
            return Stepped(replace(visit, moment=Moment.MATTER, language=code))
        case ((Moment.ABOUT | Moment.LANGUAGE), e.BackPressed()):
            return Stepped(replace(visit, moment=Moment.WELCOME))
        case Moment.MATTER, e.OptionPressed(code=code):
            return Stepped(replace(visit, entry=replace(visit.entry, chosen=(code,)), objection=""))
        case Moment.MATTER, e.BackPressed():
            return Stepped(replace(visit, moment=Moment.LANGUAGE, objection=""))
        case Moment.MATTER, e.NextPressed():
            return _choose_matter(visit, guide)
        case Moment.OTHER_MATTER, e.BackPressed():
            return Stepped(_before_the_form(visit))
        case Moment.OTHER_MATTER, e.NextPressed():
            return _end(visit)
    return Stepped(visit)


def _fetch(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    """An interrupted form opens for the last four of the identity number in it, three tries, then a clerk must help."""
    match event:
        case e.Typed(text=text):
            return Stepped(replace(visit, entry=replace(visit.entry, text=text[:4]), objection=""))
        case e.NextPressed() if len(visit.entry.text) == 4:
            return Stepped(visit, (w.ClaimDraft(visit.entry.text),))
        case e.NextPressed():
            return Stepped(replace(visit, objection=guide.say("objection.last_four", visit.language)))
        case e.DraftNotFound():
            return Stepped(replace(visit, entry=BLANK, objection=guide.say("objection.not_yours", visit.language)))
        case e.BackPressed():
            return Stepped(replace(visit, moment=Moment.WELCOME, entry=BLANK, objection=""))
    return Stepped(visit)


def _choose_matter(visit: Visit, guide: Guide) -> Stepped:
    if not visit.entry.chosen:
        return Stepped(replace(visit, objection=guide.say("objection.choose_one", visit.language)))
    code = visit.entry.chosen[0]
    if code in (OTHER, guidance.TELL) and guide.guidance is not None:
        return Stepped(guidance.enter(visit, code))
    if code == OTHER:
        return Stepped(replace(visit, moment=Moment.OTHER_MATTER))
    return _begin(replace(visit, signposts=()), PackId(code), guide)


def _led(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    match guidance.step(visit, event, guide):
        case guidance.Begin(pack=pack, cause=cause):
            return _begin(visit, pack, guide, cause)
        case guidance.ToWindow():
            return Stepped(replace(visit, moment=Moment.OTHER_MATTER))
        case Visit() as moved:
            return Stepped(moved)


def _begin(visit: Visit, pack_id: PackId, guide: Guide, cause: str = "") -> Stepped:
    """Open a form; one that was begun already and only looked away from goes on with what was said."""
    if visit.interview is not None and (visit.matter, visit.cause) == (pack_id, cause):
        return _enter(visit, ROUTE[0], guide)
    try:
        form = guide.forms[pack_id]
    except KioskTrouble:  # `kiosk --check` says what is wrong with it; the others are as good as ever
        return Stepped(replace(visit, objection=guide.say("objection.form_broken", visit.language)))
    started = begin(form, guide.context(cause))
    visit = replace(visit, matter=pack_id, cause=cause, interview=started, said="", entry=BLANK)
    return _enter(visit, ROUTE[0], guide)


def _before_the_form(visit: Visit) -> Visit:
    """Where a form was chosen: what guidance told of it, or the list of matters."""
    moment = Moment.SIGNPOST if visit.signposts else Moment.MATTER
    return replace(visit, moment=moment, objection="", entry=BLANK)


def _served_first(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    """The page of the green channels stands before the first question, after the notices about the asking."""
    if isinstance(event, e.BackPressed) and visit.moment is Moment.CHANNELS:
        if not told.at_station(visit, ROUTE[0]):
            return Stepped(_before_the_form(visit))
        return _enter(visit, ROUTE[0], guide, from_behind=True)
    taken = green.take(visit, event, guide)
    if taken is not None:
        return Stepped(taken)
    said = tuple(one for one in visit.entry.chosen if one != green.NONE) if visit.channels is None else visit.channels
    return _enter(replace(visit, channels=said), _after("channels"), guide)


def _enter(visit: Visit, station: str, guide: Guide, from_behind: bool = False) -> Stepped:
    """Arrive at a station of the route, skipping those that have nothing to show."""
    assert visit.interview is not None
    visit = replace(visit, station=station, objection="", entry=BLANK, at=None, ticked=False)
    onward = _before if from_behind else _after
    match station:
        case _ if station in TOLD_AT:
            here = told.at_station(visit, station)
            if not here:
                return _enter(visit, onward(station), guide, from_behind)
            at = len(here) - 1 if from_behind else 0
            return Stepped(told.show(replace(visit, moment=Moment.NOTICE), at))
        case "channels":
            asks = green.is_offered(visit, guide) and (from_behind or visit.channels is None)
            return Stepped(green.arrive(visit)) if asks else _enter(visit, onward(station), guide, from_behind)
        case "materials":
            return Stepped(replace(visit, moment=Moment.MATERIALS))
        case "check":
            return Stepped(replace(visit, moment=Moment.CHECK, returning=False))
        case "hand in":
            return _offer(visit, guide)
        case _:
            shown = asking.steps_of(visit, guide)
            if not shown:
                return _enter(visit, onward(station), guide, from_behind)
            return _arrive(visit, shown[-1 if from_behind else 0].ref, guide)


def _after(station: str) -> str:
    return ROUTE[ROUTE.index(station) + 1]


def _before(station: str) -> str:
    return ROUTE[ROUTE.index(station) - 1]


def _arrive(visit: Visit, ref: Ref, guide: Guide) -> Stepped:
    arrived = asking.arrive(visit, ref, guide)
    if isinstance(nonce := _shown_card(arrived), int) and not arrived.card.fields:
        return Stepped(arrived, (w.ReadCard(nonce),))
    return Stepped(arrived)


def _shown_card(visit: Visit) -> int | None:
    """The nonce of the card page on show, if one is."""
    return visit.card.nonce if visit.moment is Moment.ASKING and asking.on_card_page(visit) else None


def _asked(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    match asking.take(visit, event, guide):
        case asking.Stay(visit=stayed):
            return Stepped(stayed)
        case asking.GoTo(visit=moved, ref=ref):
            return _arrive(moved, ref, guide)
        case asking.GoOn(visit=answered) if answered.returning:
            return _enter(answered, "check", guide)
        case asking.GoOn(visit=answered):
            return _enter(answered, _after(answered.station), guide)
        case asking.GoBack(visit=left) if left.returning:
            return _enter(left, "check", guide)
        case asking.GoBack(visit=left) if left.station == "interview" and _is_first(left, guide):
            return Stepped(_before_the_form(left))
        case asking.GoBack(visit=left):
            return _enter(left, _before(left.station), guide, from_behind=True)


def _between_questions(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    assert visit.interview is not None
    match visit.moment, event:
        case Moment.MATERIALS, e.MaterialTicked(id=name):
            known = {material.id for material in materials(visit.interview, visit.language)}
            return Stepped(replace(visit, materials=visit.materials ^ ({name} & known)))
        case Moment.CHECK, e.ChangeAsked(ref=ref):
            return _arrive(replace(visit, station="interview", returning=True), Ref(ref), guide)
        case Moment.CHECK, e.NextPressed():
            wrong = objections(visit.interview, "interview")
            if wrong:
                return _repair(visit, wrong[0], guide)
            return _enter(visit, _after("check"), guide)
        case Moment.NOTICE, e.NoticeTicked():
            return Stepped(told.tick(visit))
        case Moment.NOTICE, e.NextPressed():
            return _leave_notice(visit, guide)
        case Moment.NOTICE, e.BackPressed():
            if visit.notice_at > 0:
                return Stepped(told.show(visit, visit.notice_at - 1))
            if visit.station == ROUTE[0]:
                return Stepped(_before_the_form(visit))
            return _enter(visit, _before(visit.station), guide, from_behind=True)
        case _, e.NextPressed():
            return _enter(visit, _after(visit.station), guide)
        case _, e.BackPressed():
            return _enter(visit, _before(visit.station), guide, from_behind=True)
    return Stepped(visit)


def _repair(visit: Visit, wrong: Objection, guide: Guide) -> Stepped:
    """Go to the first page that needs something, and say there what it needs."""
    assert visit.interview is not None
    station = next(
        stage for stage in ASKED_STAGES if wrong.ref in {one.ref for one in objections(visit.interview, stage)}
    )
    arrived = _arrive(replace(visit, station=station, returning=station == "interview"), wrong.ref, guide)
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
    return _enter(visit, _after(visit.station), guide)


def _offer(visit: Visit, guide: Guide) -> Stepped:
    """The last page. While it is read, everything the press does not decide is made ready."""
    assert visit.interview is not None
    completed = complete(visit.interview, visit.language)
    if isinstance(completed, tuple):
        return _repair(visit, completed[0], guide)
    if unread := told.first_unread(visit):
        station, at = unread
        return Stepped(told.show(_enter(visit, station, guide).visit, at))
    submission = handing_in.submission_of(visit, completed, guide)
    if handing_in.is_late(submission) and not visit.warned:
        return Stepped(replace(visit, moment=Moment.TIME_LIMIT, objection=""))
    offered = replace(visit, moment=Moment.HAND_IN, ready=submission, pages=0, objection="")
    return Stepped(offered, (w.PrepareFiling(submission),))


def _handing_in(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    match event:
        case e.NextPressed():
            return _store(visit, guide)
        case e.BackPressed():
            went_back = _enter(replace(visit, ready=None, pages=0), _before("hand in"), guide, from_behind=True)
            return replace(went_back, wishes=(w.AbandonFiling(), *went_back.wishes))
    return Stepped(visit)


def _store(visit: Visit, guide: Guide) -> Stepped:
    ready = visit.ready
    if ready is None or not handing_in.is_still_so(ready, visit):
        return _offer(visit, guide)
    storing = replace(visit, moment=Moment.STORING, prefix=ready.priority.prefix, to_window=handing_in.is_late(ready))
    return Stepped(storing, (w.StoreFiling(ready),))


def _at_the_end(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    match visit.moment, event:
        case Moment.STORING, e.FilingStored(ticket_number=number):
            # From here only the number is needed: what the person said leaves the visit at once.
            done = Visit(moment=Moment.DONE, language=visit.language, ticket_number=number, paper=visit.paper)
            return Stepped(replace(done, prefix=visit.prefix, to_window=visit.to_window))
        case Moment.TIME_LIMIT, e.NextPressed():
            return _store(replace(visit, warned=True), guide)
        case Moment.TIME_LIMIT, e.BackPressed():
            return _enter(visit, "signature", guide, from_behind=True)
        case Moment.STORING, e.StoringFailed(reason=reason):
            return Stepped(replace(visit, moment=Moment.STORING_FAILED, trouble=reason))
        case Moment.STORING_FAILED, e.NextPressed():
            return _store(visit, guide)
        case Moment.STORING_FAILED, e.BackPressed():
            return _enter(visit, "hand in", guide)
        case Moment.DONE, e.TilePressed(code="leave"):
            return _end(visit)
        case Moment.DONE, e.TilePressed(code=code):
            return Stepped(replace(visit, rating=code))
    return Stepped(visit)
