"""Finding the right form: in one's own words, or by two short questions; then what is told before it begins.

Pure like the rest of the visit. What was said stays only until a form begins or the visit ends, and is never written down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.guidance.book import GENERAL, Topic
from kiosk.guidance.search import Search, Signpost, signpost_of
from kiosk.guidance.telling import Telling, form_for, telling
from kiosk.ids import PackId
from kiosk.visit import events as e
from kiosk.visit.entry import BLANK
from kiosk.visit.guide import Guide
from kiosk.visit.visit import Moment, Visit

TELL = "tell"  # tiles of the matter page and of the signposts
ASK_ME = "ask me"
UNSURE = "?"
MOST_CHARACTERS = 300
HERE = frozenset({Moment.TELL, Moment.SIGNPOSTS, Moment.SIGNPOST, Moment.BRANCHES, Moment.TOPICS})


@dataclass(frozen=True, slots=True)
class Begin:
    """The person wants this form; the cause is what guidance found."""

    pack: PackId
    cause: str


@dataclass(frozen=True, slots=True)
class ToWindow:
    """No form of this kiosk helps: a window does."""


Led = Visit | Begin | ToWindow


def search_of(guide: Guide) -> Search:
    assert guide.guidance is not None, "guidance is on show before its book was read"
    return guide.guidance


def enter(visit: Visit, code: str) -> Visit:
    """From the matter page: into one's own words, or into the questions."""
    moment = Moment.TELL if code == TELL else Moment.BRANCHES
    return replace(visit, moment=moment, objection="", entry=replace(BLANK, text=visit.said), branch="", by_words=False)


def step(visit: Visit, event: e.Event, guide: Guide) -> Led:
    match visit.moment:
        case Moment.TELL:
            return _tell(visit, event, guide)
        case Moment.SIGNPOSTS:
            return _signposts(visit, event, guide)
        case Moment.BRANCHES:
            return _branches(visit, event, guide)
        case Moment.TOPICS:
            return _topics(visit, event, guide)
        case _:
            return _signpost(visit, event, guide)


def told(visit: Visit, guide: Guide) -> Telling:
    """What the answer page says, in the visit's language."""
    search = search_of(guide)
    return telling(shown(visit), visit.language, search.book, guide.law, guide.heads, guide.window)


def shown(visit: Visit) -> Signpost:
    return visit.signposts[visit.signpost_at]


def topics_of(visit: Visit, guide: Guide) -> tuple[Topic, ...]:
    book = search_of(guide).book
    return tuple(book.by_id[name] for name in book.branch[visit.branch].topics)


def _tell(visit: Visit, event: e.Event, guide: Guide) -> Led:
    match event:
        case e.Typed(text=text):
            return replace(visit, entry=replace(visit.entry, text=text[:MOST_CHARACTERS]), objection="")
        case e.NextPressed() if visit.entry.text.strip():
            found = search_of(guide).signposts(visit.entry.text)
            said = visit.entry.text
            return replace(
                visit, moment=Moment.SIGNPOSTS, signposts=found, signpost_at=0, said=said, by_words=True, entry=BLANK
            )
        case e.NextPressed():
            return replace(visit, objection=guide.say("objection.say_something", visit.language))
        case e.BackPressed():
            return _to_matter(visit)
    return visit


def _signposts(visit: Visit, event: e.Event, guide: Guide) -> Led:
    match event:
        case e.OptionPressed(code=code):
            return replace(visit, entry=replace(visit.entry, chosen=(code,)), objection="")
        case e.BackPressed():
            return enter(visit, TELL)
        case e.NextPressed():
            code = visit.entry.chosen[0] if visit.entry.chosen else ""
            if code in (TELL, ASK_ME):
                return enter(visit, code)
            if not code.isdigit() or int(code) >= len(visit.signposts):
                return replace(visit, objection=guide.say("objection.choose_one", visit.language))
            return replace(visit, moment=Moment.SIGNPOST, signpost_at=int(code), objection="")
    return visit


def _branches(visit: Visit, event: e.Event, guide: Guide) -> Led:
    match event:
        case e.OptionPressed(code=code):
            return replace(visit, entry=replace(visit.entry, chosen=(code,)), objection="")
        case e.BackPressed():
            return _to_matter(visit)
        case e.NextPressed():
            book = search_of(guide).book
            code = visit.entry.chosen[0] if visit.entry.chosen else ""
            if code == UNSURE:
                return _point_to(visit, book.by_id[GENERAL])
            if code not in book.branch:
                return replace(visit, objection=guide.say("objection.choose_one", visit.language))
            return replace(visit, moment=Moment.TOPICS, branch=code, entry=BLANK, objection="")
    return visit


def _topics(visit: Visit, event: e.Event, guide: Guide) -> Led:
    match event:
        case e.OptionPressed(code=code):
            return replace(visit, entry=replace(visit.entry, chosen=(code,)), objection="")
        case e.BackPressed():
            chosen = replace(BLANK, chosen=(visit.branch,))
            return replace(visit, moment=Moment.BRANCHES, entry=chosen, objection="")
        case e.NextPressed():
            code = visit.entry.chosen[0] if visit.entry.chosen else ""
            topics = search_of(guide).book.by_id
            if code == UNSURE:
                return _point_to(visit, topics[GENERAL])
            if code not in topics:
                return replace(visit, objection=guide.say("objection.choose_one", visit.language))
            return _point_to(visit, topics[code])
    return visit


def _signpost(visit: Visit, event: e.Event, guide: Guide) -> Led:
    topic = search_of(guide).book.by_id[shown(visit).topic]
    match event:
        case e.NextPressed():
            pack = form_for(topic, guide.heads)
            return ToWindow() if pack is None else Begin(pack, shown(visit).cause)
        case e.TilePressed(code="again"):
            return enter(visit, TELL if visit.by_words else ASK_ME)
        case e.BackPressed() if visit.by_words:
            return replace(visit, moment=Moment.SIGNPOSTS, entry=BLANK, objection="")
        case e.BackPressed() if visit.branch:
            return replace(visit, moment=Moment.TOPICS, entry=replace(BLANK, chosen=(topic.id,)), objection="")
        case e.BackPressed():
            return enter(visit, ASK_ME)
    return visit


def _point_to(visit: Visit, topic: Topic) -> Visit:
    post = signpost_of(topic)
    return replace(visit, moment=Moment.SIGNPOST, signposts=(post,), signpost_at=0, entry=BLANK, objection="")


def _to_matter(visit: Visit) -> Visit:
    return replace(visit, moment=Moment.MATTER, entry=BLANK, objection="")
