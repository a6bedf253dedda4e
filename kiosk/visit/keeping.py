"""先存一下: asked for, never done by itself. How it is, the code, and then on or away.

The code is in the visit only while its page is on show. From then on the form is kept under it when the visit ends,
by whichever way; whoever wants nothing kept says so when leaving.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.clock import CHINA
from kiosk.forms import Kind
from kiosk.interview import AskStep, look, steps
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import route, saved
from kiosk.visit import wishes as w
from kiosk.visit.errand import LAST_FOUR, heading
from kiosk.visit.guide import Guide
from kiosk.visit.stepped import Stepped
from kiosk.visit.visit import Moment, Visit

HERE = frozenset({Moment.KEEPING, Moment.KEEPING_NOW, Moment.KEPT})
OTHER_SIDE = "/data/defendant"


def may_keep(visit: Visit) -> bool:
    return visit.interview is not None and visit.under not in (Moment.STORING, Moment.DONE)


def step(visit: Visit, event: e.Event, guide: Guide) -> Stepped:
    back = replace(visit, moment=visit.under, code="", seconds_left=0)
    match visit.moment, event:
        case Moment.KEEPING, e.TilePressed(code="save"):
            wish = w.KeepForm(saved.dump_visit(back), last_four(visit))
            return Stepped(replace(visit, moment=Moment.KEEPING_NOW, paper="paper.queued"), (wish,))
        case Moment.KEEPING, e.TilePressed(code="stay"):
            return _on(back)
        case Moment.KEEPING_NOW, e.FormKept(code=code, until=until):
            return Stepped(replace(visit, moment=Moment.KEPT, code=code, kept_until=until))
        case Moment.KEEPING_NOW, e.ErrandFailed(key=key):
            return Stepped(replace(back, objection=guide.say(key, visit.language)))
        case Moment.KEPT, e.NextPressed() | e.TilePressed(code="stay"):
            return _on(back)
        case Moment.KEPT, e.TilePressed(code="leave"):
            return route.end_visit(back)
    return Stepped(visit)


def _on(back: Visit) -> Stepped:
    nonce = route.shown_card(back)
    return Stepped(back, (w.ReadCard(nonce),) if isinstance(nonce, int) else ())


def clear(visit: Visit) -> Stepped:
    """Leave, and nothing stays: not the form that was kept either."""
    ended = route.end_visit(replace(visit, kept_until=None))
    return replace(ended, wishes=(w.ClearKept(), *ended.wishes))


def last_four(visit: Visit) -> str:
    """Of the first identity number of the person's own side; "" where none was said."""
    assert visit.interview is not None
    for one in steps(visit.interview):
        if isinstance(one, AskStep) and not one.ref.startswith(OTHER_SIDE):
            shown = look(visit.interview, one.ref, visit.language)
            if shown.kind is Kind.ID_NUMBER and len(shown.value) >= LAST_FOUR:
                return shown.value[-LAST_FOUR:].upper()
    return ""


def leaving_page(visit: Visit, guide: Guide) -> p.AskPage:
    """退出 asks once; a form may be kept first, and one that is kept already may be cleared."""

    def say(key: str, **places: str | int) -> str:
        return guide.say(key, visit.language, **places)

    stay, around = p.Option("stay", say("leaving.stay")), p.Frame(visit.language, back=False)
    if visit.kept_until is not None:
        options = (stay, p.Option("leave", say("leaving.keep")), p.Option("clear", say("leaving.clear")))
        return p.AskPage(around, say("leaving.title"), say("leaving.kept_hint"), options)
    keep = (
        (p.Option("save", say("leaving.save"), say("leaving.save_example", days=guide.kept_days)),)
        if may_keep(visit)
        else ()
    )
    options = (stay, *keep, p.Option("leave", say("leaving.leave")))
    return p.AskPage(around, say("leaving.title"), say("leaving.hint" if visit.interview else "leaving.bare"), options)


def keeping_page(visit: Visit, guide: Guide) -> p.Page:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, visit.language, **places)

    around = p.Frame(visit.language, back=False)
    match visit.moment:
        case Moment.KEEPING:
            options = (p.Option("save", say("keeping.save")), p.Option("stay", say("keeping.stay")))
            return p.AskPage(around, say("keeping.title"), say("keeping.hint", days=guide.kept_days), options)
        case Moment.KEEPING_NOW:
            return p.WorkingPage(around._replace(leave=False), say("keeping.now"))
        case _:
            assert visit.kept_until is not None
            until = f"{visit.kept_until.astimezone(CHINA):%Y-%m-%d %H:%M}"
            asks = "kept.asks_last_four" if last_four(visit) else "kept.asks_code"
            lines = (say("kept.until", until=until), say(asks), say("kept.where"))
            around = around._replace(next_label=say("kept.go_on"), leave=False)
            paper = say(visit.paper, window=guide.window)
            head = heading("kept", guide, visit.language)
            return p.KeptPage(around, head, visit.code, paper, lines, say("kept.leave"))
