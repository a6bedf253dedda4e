"""Before a filing: the attract screen, how it works, the language, what happened, a form left behind."""

from __future__ import annotations

from dataclasses import replace

from kiosk.ids import PackId
from kiosk.visit import errands, guidance
from kiosk.visit import events as e
from kiosk.visit import wishes as w
from kiosk.visit.entry import BLANK
from kiosk.visit.guide import Guide
from kiosk.visit.route import before_the_form, begin_form, end_visit
from kiosk.visit.stepped import Stepped
from kiosk.visit.visit import Moment, Visit

OTHER = "other"
HERE = frozenset(
    {
        *(Moment.WELCOME, Moment.ABOUT, Moment.COMING_BACK, Moment.HELD, Moment.LANGUAGE, Moment.NEEDS),
        *(Moment.MATTER, Moment.OTHER_MATTER),
    }
)


def before_the_filing(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    match visit.moment, event:
        case Moment.WELCOME, e.TilePressed(code="file"):
            return Stepped(replace(visit, moment=Moment.LANGUAGE))
        case Moment.WELCOME, e.TilePressed(code="about"):
            return Stepped(replace(visit, moment=Moment.ABOUT))
        case Moment.WELCOME, e.TilePressed(code="reckon"):
            return Stepped(replace(visit, moment=Moment.ERRAND, errand=errands.begin("reckon")))
        case Moment.WELCOME, e.TilePressed(code="fetch"):
            return Stepped(replace(visit, moment=Moment.COMING_BACK))
        case Moment.COMING_BACK, e.TilePressed(code="progress" | "resume" as code):
            return Stepped(replace(visit, moment=Moment.ERRAND, errand=errands.begin(code)))
        case Moment.COMING_BACK, e.TilePressed(code="fetch"):
            return Stepped(replace(visit, moment=Moment.FETCH, entry=BLANK, objection=""))
        case Moment.ABOUT, e.NextPressed():
            return Stepped(replace(visit, moment=Moment.LANGUAGE))
        case Moment.HELD, e.TilePressed(code="discard"):
            return end_visit(visit)
        case Moment.LANGUAGE, e.TilePressed(code=code):
            return Stepped(replace(visit, moment=Moment.NEEDS, language=code))
        case Moment.NEEDS, e.OptionPressed(code=code) if code in guide.offered_needs:
            return Stepped(visit, (w.SetNeed(code, code not in guide.needs),))
        case Moment.NEEDS, e.NextPressed():
            return Stepped(replace(visit, moment=Moment.MATTER, objection=""))
        case Moment.NEEDS, e.BackPressed():
            return Stepped(replace(visit, moment=Moment.LANGUAGE))
        case ((Moment.ABOUT | Moment.LANGUAGE | Moment.COMING_BACK), e.BackPressed()):
            return Stepped(replace(visit, moment=Moment.WELCOME))
        case Moment.MATTER, e.OptionPressed(code=code):
            return Stepped(replace(visit, entry=replace(visit.entry, chosen=(code,)), objection=""))
        case Moment.MATTER, e.BackPressed():
            return Stepped(replace(visit, moment=Moment.NEEDS, objection=""))
        case Moment.MATTER, e.NextPressed():
            return choose_matter(visit, guide)
        case Moment.OTHER_MATTER, e.BackPressed():
            return Stepped(before_the_form(visit))
        case Moment.OTHER_MATTER, e.NextPressed():
            return end_visit(visit)
    return Stepped(visit)


def fetch(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
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
            return Stepped(replace(visit, moment=Moment.COMING_BACK, entry=BLANK, objection=""))
    return Stepped(visit)


def run_errand(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    """A page of an errand. Turned back, it ends where it began; done, the visit is over and nothing of it stays."""
    assert visit.errand is not None
    at, wishes = errands.step(visit.errand, event, guide)
    if at is not None:
        return Stepped(replace(visit, errand=at), wishes)
    if isinstance(event, e.NextPressed):
        return end_visit(visit)
    began = Moment.WELCOME if errands.is_from_welcome(visit.errand) else Moment.COMING_BACK
    return Stepped(replace(visit, moment=began, errand=None), wishes)


def choose_matter(visit: Visit, guide: Guide) -> Stepped:
    if not visit.entry.chosen:
        return Stepped(replace(visit, objection=guide.say("objection.choose_one", visit.language)))
    code = visit.entry.chosen[0]
    if code in (OTHER, guidance.TELL) and guide.guidance is not None:
        return Stepped(guidance.enter(visit, code))
    if code == OTHER:
        return Stepped(replace(visit, moment=Moment.OTHER_MATTER))
    return begin_form(replace(visit, signposts=()), PackId(code), guide)


def led(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    match guidance.step(visit, event, guide):
        case guidance.Begin(pack=pack, cause=cause):
            return begin_form(visit, pack, guide, cause)
        case guidance.ToWindow():
            return Stepped(replace(visit, moment=Moment.OTHER_MATTER))
        case Visit() as moved:
            return Stepped(moved)
