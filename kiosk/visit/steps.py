"""The visit as a step function: (visit, event) → (visit, wishes).

Every touch is one event. A draft is wished for whenever something was answered; nothing is ever ticked,
signed or chosen for the person. What happens before a filing is in `before_filing`, on its way in `route`.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.visit import (
    asking,
    before_filing,
    capture,
    card_picture,
    green,
    guidance,
    keeping,
    route,
    saved,
    tasks,
    witness,
)
from kiosk.visit import events as e
from kiosk.visit import wishes as w
from kiosk.visit.guide import Guide
from kiosk.visit.stepped import Stepped
from kiosk.visit.visit import Moment, Visit

OVERLAYS = keeping.HERE | frozenset(
    {
        *(Moment.LEAVING, Moment.STILL_THERE, Moment.HELP, Moment.REMOVING, Moment.LARGER, Moment.HIDDEN),
        Moment.TASKS,
    }
)
IN_A_FILING = frozenset(
    {
        *(Moment.ASKING, Moment.MATERIALS, Moment.CHECK, Moment.NOTICE, Moment.HAND_IN, Moment.STORING_FAILED),
        *(Moment.CHANNELS, Moment.CHANNELS_TOLD, Moment.TIME_LIMIT, Moment.CAPTURE),
    }
)


def first_visit(guide: Guide, language: str) -> Visit:
    """The attract screen, or the question whether an interrupted form should go on."""
    return Visit(moment=Moment.HELD if guide.held else Moment.WELCOME, language=language)


def take_up(visit: Visit, guide: Guide) -> Stepped:
    """A visit that was written down goes on: what its page asked for is asked for again."""
    find: tuple[w.Wish, ...] = (w.FindPieces(),) if visit.scans else ()
    if visit.moment is Moment.CAPTURE:
        arrived, wishes = capture.arrive(visit, visit.capture.material, guide)
        return Stepped(arrived, (*wishes, *find, *((w.WatchCamera(),) if capture.watches(arrived) else ())))
    if visit.moment is Moment.HAND_IN:
        offered = route.offer(visit, guide)
        return replace(offered, wishes=(*find, *offered.wishes))
    if isinstance(nonce := route.shown_card(visit), int):
        return Stepped(visit, (w.ReadCard(nonce), *find))
    return Stepped(visit, find)


def step(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    """Take one fact in. Facts that mean nothing on this page change nothing."""
    stepped = _noticing(visit, _step(visit, event, guide), guide)
    before, after = visit, stepped.visit
    wished = stepped.wishes
    if (
        after.at != before.at
        and isinstance(route.shown_card(before), int)
        and not any(isinstance(x, w.ReadCard) for x in wished)
    ):
        wished = (*wished, w.StopCard())
    wished = (*wished, *card_picture.wishes(before, after))
    if capture.watches(before) != capture.watches(after):
        wished = (*wished, w.WatchCamera() if capture.watches(after) else w.StopCamera())
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
                return Stepped(replace(visit, language=language, moment=Moment.NEEDS))
            if visit.moment is Moment.HAND_IN:
                return route.offer(replace(visit, language=language), guide)
            return Stepped(replace(visit, language=language, objection=""))
        case e.HelpAsked() if visit.moment not in OVERLAYS:
            return Stepped(_overlay(visit, Moment.HELP), (w.CallStaff(),))
        case e.HideAsked() if visit.moment not in OVERLAYS:
            return Stepped(_overlay(visit, Moment.HIDDEN))
        case e.LeaveAsked() if visit.moment is Moment.WELCOME:
            return Stepped(visit)
        case e.LeaveAsked() if green.hides(visit, guide):
            return route.end_visit(visit)  # one touch, no question: somebody may be coming
        case e.TasksAsked() if tasks.may_show(visit):
            return Stepped(_overlay(replace(visit, objection=""), Moment.TASKS))
        case e.LeaveAsked():
            return Stepped(_overlay(visit, Moment.LEAVING))
        case e.IdleReached() if visit.moment in (Moment.STORING, Moment.GONE):
            return Stepped(visit)
        case e.IdleReached() if visit.moment is Moment.WELCOME:
            return Stepped(visit)
        case e.IdleReached():
            return Stepped(_overlay(visit, Moment.STILL_THERE))
        case e.SecondsLeft(seconds=seconds) if visit.moment is Moment.STILL_THERE:
            return route.end_visit(visit) if seconds <= 0 else Stepped(replace(visit, seconds_left=seconds))
        case e.PaperReported(key=key):
            return Stepped(replace(visit, paper=key))
        case e.FilingPrepared(pages=pages):
            return Stepped(replace(visit, pages=pages) if visit.ready is not None else visit)
        case e.PieceTaken() | e.PieceRefused() | e.PieceShown() | e.PiecesHere() | e.ScansListed():
            return Stepped(*capture.heard(visit, event, guide))
        case e.SignedIn() | e.SignInRefused() if visit.moment is Moment.ASKING or visit.witness is not None:
            return witness.heard(visit, event, guide)
        case e.SignedIn() | e.SignInRefused() if visit.interview is not None:
            return Stepped(*capture.heard(visit, event, guide))
    match visit.moment:
        case _ if visit.moment in OVERLAYS:
            return _answer_overlay(visit, event, guide)
        case Moment.FETCH:
            return before_filing.fetch(visit, event, guide)
        case Moment.ERRAND:
            return before_filing.run_errand(visit, event, guide)
        case _ if visit.moment in before_filing.HERE:
            return before_filing.before_the_filing(visit, event, guide)
        case _ if visit.moment in guidance.HERE:
            return before_filing.led(visit, event, guide)
        case Moment.CHANNELS | Moment.CHANNELS_TOLD:
            return route.served_first(visit, event, guide)
        case Moment.ASKING:
            return route.asked(visit, event, guide)
        case Moment.MATERIALS | Moment.CHECK | Moment.NOTICE:
            return route.between_questions(visit, event, guide)
        case Moment.CAPTURE:
            return route.captured(visit, event, guide)
        case Moment.HAND_IN:
            return route.handed_in(visit, event, guide)
        case Moment.STORING | Moment.STORING_FAILED | Moment.DONE | Moment.TIME_LIMIT:
            return route.at_the_end(visit, event, guide)
    return Stepped(visit)


def _overlay(visit: Visit, moment: Moment) -> Visit:
    under = visit.under if visit.moment in OVERLAYS else visit.moment
    return replace(visit, moment=moment, under=under, seconds_left=0)


def _answer_overlay(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    back = replace(visit, moment=Moment.KEPT if visit.code else visit.under, seconds_left=0)
    if visit.moment in keeping.HERE:
        return keeping.step(visit, event, guide)
    match event:
        case e.TilePressed(code="leave"):
            return route.end_visit(visit)
        case e.TilePressed(code="clear") if visit.moment is Moment.LEAVING:
            return keeping.clear(visit)
        case e.TilePressed(code="save") if visit.moment in (Moment.LEAVING, Moment.TASKS) and keeping.may_keep(visit):
            return Stepped(replace(visit, moment=Moment.KEEPING))
        case e.TilePressed(code=code) if visit.moment is Moment.TASKS and code != "stay":
            return tasks.jump(visit, code, guide)
        case e.NextPressed() | e.BackPressed() if visit.moment is Moment.TASKS:
            return _answer_overlay(replace(visit, objection=""), e.TilePressed("stay"), guide)
        case e.TilePressed(code="remove") if visit.moment is Moment.REMOVING:
            return Stepped(asking.remove_item(back))
        case e.TilePressed(code="larger") if visit.moment is Moment.LARGER:
            return Stepped(back, (w.ShowLarger(),))
        case e.NextPressed() if visit.moment is Moment.HIDDEN:
            return _answer_overlay(visit, e.TilePressed("stay"), guide)
        case e.TilePressed(code="stay" | "go on" | "keep"):
            if isinstance(nonce := route.shown_card(back), int):
                return Stepped(back, (w.ReadCard(nonce),))
            return Stepped(back)
    return Stepped(visit)
