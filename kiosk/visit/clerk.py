"""A clerk at the same terminal: sign in, find a filing by its slip, see its true state, print the slip again; and
file a sheet of cases (`importing`).

Clerk mode and a citizen's visit never overlap; it ends as every visit ends, with a wipe.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from kiosk.clock import CHINA
from kiosk.filings.filing import FilingSummary
from kiosk.languages import COURT_LANGUAGE
from kiosk.visit import device_pages, importing
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.guide import Guide

COURT_STATES_TOLD = "state.court."  # wording of a state only the court sets
MOST_TYPED = 64


class ClerkMoment(StrEnum):
    NUMBER = "number"
    PIN = "pin"
    CHECKING = "checking"
    FIND = "find"
    FILING = "filing"
    IMPORT = "import"
    DEVICES = "devices"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ClerkVisit:
    language: str = COURT_LANGUAGE
    moment: ClerkMoment = ClerkMoment.NUMBER
    number: str = ""
    pin: str = field(default="", repr=False)
    typed: str = ""
    message: str = ""
    filings: tuple[FilingSummary, ...] = field(default=(), repr=False)
    lamps: tuple[str, ...] = ()
    filing: FilingSummary | None = field(default=None, repr=False)
    importing: importing.Importing | None = None
    devices: device_pages.AtDevices | None = None


def step(visit: ClerkVisit, event: e.Event, guide: Guide) -> tuple[ClerkVisit, tuple[w.Wish, ...]]:
    """Take one fact in."""

    def say(key: str, **places: str | int) -> str:
        return guide.say(key, visit.language, **places)

    match visit.moment, event:
        case ClerkMoment.IMPORT, e.IdleReached() if visit.importing is not None and visit.importing.running:
            return visit, ()  # whoever waits for the last row touches nothing; the desk ends a sign-in by itself
        case ClerkMoment.IMPORT, e.IdleReached() | e.LeaveAsked():
            return ClerkVisit(moment=ClerkMoment.GONE), (w.StopSheet(), w.SignOut(), w.BeginAgain())
        case _, e.IdleReached() | e.LeaveAsked() | e.TilePressed(code="leave"):
            return ClerkVisit(moment=ClerkMoment.GONE), (w.SignOut(), w.BeginAgain())
        case _, e.LanguageChosen(language=language):
            return replace(visit, language=language), ()
        case ClerkMoment.NUMBER, e.BackPressed():
            return ClerkVisit(moment=ClerkMoment.GONE), (w.SignOut(), w.BeginAgain())
        case ClerkMoment.NUMBER, e.Typed(text=text):
            return replace(visit, number=text[:MOST_TYPED], message=""), ()
        case ClerkMoment.NUMBER, e.NextPressed() if visit.number.strip():
            return replace(visit, moment=ClerkMoment.PIN, pin="", message=""), ()
        case ClerkMoment.PIN, e.BackPressed():
            return replace(visit, moment=ClerkMoment.NUMBER, pin="", message=""), ()
        case ClerkMoment.PIN, e.Typed(text=text):
            return replace(visit, pin=text[:MOST_TYPED], message=""), ()
        case ClerkMoment.PIN, e.NextPressed() if visit.pin:
            asked = w.SignIn(visit.number.strip(), visit.pin)
            return replace(visit, moment=ClerkMoment.CHECKING, pin="", message=say("clerk.waiting")), (asked,)
        case ClerkMoment.CHECKING, e.SignedIn():
            return replace(visit, moment=ClerkMoment.FIND, message=""), (w.ListFilings(),)
        case ClerkMoment.CHECKING, e.SignInRefused(key=key, wait_seconds=seconds):
            wait = say("clerk.wait_seconds", seconds=seconds) if seconds else ""
            return replace(visit, moment=ClerkMoment.PIN, message=f"{say(key)} {wait}".strip()), ()
        case ((ClerkMoment.FIND | ClerkMoment.FILING), e.FilingsListed(filings=filings, lamps=lamps)):
            return replace(visit, filings=filings, lamps=lamps), ()
        case ClerkMoment.FIND, e.Typed(text=text):
            return replace(visit, typed=text[:MOST_TYPED], message=""), ()
        case ClerkMoment.FIND, e.NextPressed() if visit.typed.strip():
            return visit, (w.LookUp(visit.typed.strip()),)
        case ClerkMoment.FIND, e.TilePressed(code="import"):
            begun, wishes = importing.begin()
            return replace(visit, moment=ClerkMoment.IMPORT, importing=begun, typed="", message=""), wishes
        case ClerkMoment.FIND, e.TilePressed(code="devices"):
            at_devices, wishes = device_pages.begin()
            return replace(visit, moment=ClerkMoment.DEVICES, devices=at_devices, typed="", message=""), wishes
        case ClerkMoment.DEVICES, _ if visit.devices is not None:
            stepped, wishes = device_pages.step(visit.devices, event)
            if stepped is None:
                return replace(visit, moment=ClerkMoment.FIND, devices=None), (*wishes, w.ListFilings())
            return replace(visit, devices=stepped), wishes
        case ClerkMoment.IMPORT, _ if visit.importing is not None:
            at, wishes = importing.step(visit.importing, event, guide)
            if at is None:
                return replace(visit, moment=ClerkMoment.FIND, importing=None), (*wishes, w.ListFilings())
            return replace(visit, importing=at), wishes
        case ClerkMoment.FIND, e.TilePressed(code=ticket):
            return visit, (w.LookUp(ticket),)
        case ClerkMoment.FIND, e.FilingFound(filing=None):
            return replace(visit, message=say("clerk.not_found")), ()
        case ((ClerkMoment.FIND | ClerkMoment.FILING), e.FilingFound(filing=filing)) if filing is not None:
            return replace(visit, moment=ClerkMoment.FILING, filing=filing, typed="", message=visit.message), ()
        case ClerkMoment.FILING, e.TilePressed(code="reprint") if visit.filing is not None:
            return replace(visit, message=say("paper.queued")), (w.Reprint(visit.filing.ticket_number),)
        case ClerkMoment.FILING, e.TilePressed(code="receipt") if (
            visit.filing is not None and visit.filing.receipt_here
        ):
            asked_for = w.PrintReceipt(visit.filing.ticket_number, visit.filing.receipt_number)
            return replace(visit, message=say("clerk.receipt_queued")), (asked_for,)
        case ClerkMoment.FILING, e.TilePressed(code="receipt sheet") if (
            visit.filing is not None and visit.filing.receipt_here and guide.has_a4
        ):
            return replace(visit, message=say("devices.queued")), (w.PrintReceiptSheet(visit.filing.ticket_number),)
        case ((ClerkMoment.FIND | ClerkMoment.FILING), e.ClerkTold(key=key)):
            return replace(visit, message=say(key, window=guide.window)), ()
        case ClerkMoment.FILING, e.PaperReported(key=key):
            return replace(visit, message=say(key, window=guide.window)), ()
        case ClerkMoment.FILING, e.BackPressed() | e.TilePressed(code="back"):
            return replace(visit, moment=ClerkMoment.FIND, filing=None, message=""), (w.ListFilings(),)
    return visit, ()


def page_of(visit: ClerkVisit, guide: Guide) -> p.Page:
    """The clerk's page."""

    def say(key: str, **places: str | int) -> str:
        return guide.say(key, visit.language, **places)

    frame = p.Frame(visit.language, next_label=say("nav.next"))
    match visit.moment:
        case ClerkMoment.NUMBER | ClerkMoment.PIN | ClerkMoment.CHECKING | ClerkMoment.GONE:
            asking_pin = visit.moment is not ClerkMoment.NUMBER
            hint = say("clerk.type_pin" if asking_pin else "clerk.type_number")
            return p.ClerkSignInPage(
                frame, say("clerk.sign_in"), visit.number, len(visit.pin), asking_pin, visit.message or hint
            )
        case ClerkMoment.FIND:
            recent = tuple(
                p.Option(one.ticket_number, one.parties, state_words(one, guide, visit.language))
                for one in visit.filings
            )
            message = visit.message or say("clerk.find_hint")
            return p.ClerkFindPage(
                frame,
                say("clerk.find"),
                visit.typed,
                message,
                recent,
                visit.lamps,
                say("clerk.leave"),
                say("import.open"),
                say("devices.open"),
            )
        case ClerkMoment.DEVICES:
            assert visit.devices is not None
            return device_pages.page_of(visit.devices, visit.language, guide)
        case ClerkMoment.IMPORT:
            assert visit.importing is not None
            return importing.page_of(visit.importing, visit.language, guide)
        case ClerkMoment.FILING:
            assert visit.filing is not None
            frame = p.Frame(visit.language)
            return p.ClerkFilingPage(
                frame,
                say("clerk.filing", ticket=visit.filing.ticket_number),
                _rows(visit.filing, visit, guide),
                state_words(visit.filing, guide, visit.language),
                visit.message,
                say("clerk.reprint"),
                say("clerk.back"),
                say("clerk.print_receipt") if visit.filing.receipt_here else "",
                say("clerk.print_receipt_sheet") if visit.filing.receipt_here and guide.has_a4 else "",
            )


def state_words(filing: FilingSummary, guide: Guide, language: str) -> str:
    """The filing's true state. A state only the court can set is said only when the court said it."""
    told = f"{COURT_STATES_TOLD}{filing.court_state}"
    if filing.court_state and guide.wording.knows(told):
        return guide.say(told, language)
    return guide.say(f"state.{filing.status}", language)


def _rows(filing: FilingSummary, visit: ClerkVisit, guide: Guide) -> tuple[p.Row, ...]:
    values = {
        "parties": filing.parties,
        "cause": filing.cause,
        "ticket_time": f"{filing.ticket_time.astimezone(CHINA):%Y-%m-%d %H:%M}",
        "received_at": f"{filing.received_at.astimezone(CHINA):%Y-%m-%d %H:%M}" if filing.received_at else "—",
        "receipt_number": filing.receipt_number or "—",
        "papers": str(filing.papers_printed),
    }
    return tuple(p.Row(guide.say(f"clerk.row.{name}", visit.language), (value,)) for name, value in values.items())
