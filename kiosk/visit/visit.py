"""One person's time at the kiosk, as a value.

A visit knows where the person is and what they said; it touches no clock, disk or device. `kiosk.visit.steps`
moves it, `kiosk.visit.drawing` says what the screen shows, `kiosk.visit.saved` writes it down and takes it up again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk.filings.filing import NoticeRead, Submission
from kiosk.filings.ink import Ink
from kiosk.filings.scans import Scans
from kiosk.guidance.search import Signpost
from kiosk.ids import PackId, Ref
from kiosk.interview import Interview
from kiosk.languages import COURT_LANGUAGE
from kiosk.visit.capture_state import Capture
from kiosk.visit.entry import BLANK, Entry
from kiosk.visit.errands import Errand
from kiosk.visit.pages import CardMoment


class Moment(StrEnum):
    WELCOME = "welcome"
    ABOUT = "about"  # what the kiosk does and what to bring
    HELD = "held"  # a form interrupted by a crash: continue?
    COMING_BACK = "coming back"  # progress, a saved form, an interrupted one
    ERRAND = "errand"  # a page of one of `kiosk.visit.errands`
    FETCH = "fetch"  # a form interrupted longer ago: whose is it?
    LANGUAGE = "language"
    NEEDS = "needs"  # large letters, strong contrast, spoken, low
    MATTER = "matter"  # what happened?
    OTHER_MATTER = "other matter"  # not ours: which window
    TELL = "tell"  # what happened, in one's own words
    SIGNPOSTS = "signposts"  # which of these is it most like?
    SIGNPOST = "signpost"  # what is told about it before a form begins
    BRANCHES = "branches"  # who is the other side?
    TOPICS = "topics"  # what is it about?
    CHANNELS = "channels"  # green channels, asked once
    CHANNELS_TOLD = "channels told"
    TIME_LIMIT = "time limit"  # near a limitation date with no line to the court: go to a window
    ASKING = "asking"  # a page of the interview, in any of its stages
    MATERIALS = "materials"
    CAPTURE = "capture"  # one material is photographed
    CHECK = "check"
    NOTICE = "notice"
    HAND_IN = "hand in"  # everything is there; the press is still to come
    STORING = "storing"
    STORING_FAILED = "storing failed"
    DONE = "done"
    LEAVING = "leaving"  # 退出 asks once
    TASKS = "tasks"  # what is done, what is left
    KEEPING = "keeping"  # 先存一下: how that is, and yes or no
    KEEPING_NOW = "keeping now"
    KEPT = "kept"  # the code is on show
    REMOVING = "removing"  # one item of a list: sure?
    STILL_THERE = "still there"
    HELP = "help"
    LARGER = "larger"  # shall the letters be larger?
    HIDDEN = "hidden"  # somebody came near: an ordinary page
    GONE = "gone"  # the lobby is wiping; nothing moves any more


# The way through a filing after the matter is chosen. A stage of the interview, or a moment of its own.
ROUTE = (
    *("told first", "channels", "interview", "materials", "capture", "check", "notices", "told mediation", "mediation"),
    *("told service", "service", "told signing", "signature", "hand in", "storing"),
)
# Stations where notices are told, and which: each before the thing it is about (PIPL 17; online litigation rules 4).
TOLD_AT = {
    "told first": "before_questions",
    "notices": "before_filing",
    "told mediation": "before_mediation",
    "told service": "before_service",
    "told signing": "before_signing",
}
ASKED_STAGES = ("interview", "mediation", "service", "signature")


@dataclass(frozen=True, slots=True)
class Card:
    """The card page of one group: which reading counts, and what it brought."""

    nonce: int = 0
    moment: CardMoment = CardMoment.WAITING
    problem: str = ""  # wording key
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    by_picture: bool = False


@dataclass(frozen=True, slots=True)
class Witness:
    """A clerk types number and PIN on the page of a signature (`kiosk.visit.witness`)."""

    number: str = ""
    pin: str = field(default="", repr=False)
    asking_pin: bool = False
    checking: bool = False  # the desk looks
    message: str = ""  # wording key


@dataclass(frozen=True, slots=True)
class Visit:
    moment: Moment = Moment.WELCOME
    under: Moment = Moment.WELCOME  # what a question such as 还在吗 was laid over
    language: str = COURT_LANGUAGE
    matter: PackId | None = None
    station: str = ""  # where on ROUTE
    at: Ref | None = None  # the step of the interview on show
    entry: Entry = BLANK
    objection: str = field(default="", repr=False)
    interview: Interview | None = field(default=None, repr=False)
    returning: bool = False  # came from 改: the next page is the check page again
    card: Card = field(default_factory=Card)
    by_hand: frozenset[Ref] = frozenset()  # groups the person chose to fill in without a card
    notice_at: int = 0
    ticked: bool = False  # the notice on show
    notices: tuple[NoticeRead, ...] = ()
    materials: frozenset[str] = frozenset()
    scans: Scans = field(default_factory=dict)  # by material; the pieces lie in the store
    capture: Capture = field(default_factory=Capture)
    inks: Mapping[Ref, Ink] = field(default_factory=dict, repr=False)
    witness: Witness | None = None
    removing: Ref | None = None
    ready: Submission | None = None  # what the last page offers to hand in
    pages: int = 0  # of the complaint; 0: it is still being made
    seconds_left: int = 0
    errand: Errand | None = None
    kept_until: datetime | None = None  # the person asked for this form to be kept
    code: str = field(default="", repr=False)  # while it is on show
    ticket_number: str = ""
    paper: str = "paper.queued"  # wording key
    rating: str = ""
    slip_asked: bool = False  # the question whether it came out was answered
    a4_asked: bool = False
    trouble: str = ""  # wording key of a storing that failed
    said: str = field(default="", repr=False)  # what was told to guidance; gone when a form begins
    signposts: tuple[Signpost, ...] = field(default=(), repr=False)
    signpost_at: int = 0
    by_words: bool = False  # the signposts came from words, not from the questions
    branch: str = ""
    cause: str = ""  # that guidance found
    channels: tuple[str, ...] | None = field(default=None, repr=False)  # None: not asked yet
    larger_offered: bool = False
    alerted: bool = False  # a clerk was called because of danger
    warned: bool = False  # was told to go to a window before a time limit
    prefix: str = ""  # of the queue, on the last page
    to_window: bool = False  # on the last page: hand the papers in at a window now
