"""Facts that screens, devices and the desk report to a visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.filings.filing import FilingSummary
from kiosk.filings.ink import Ink
from kiosk.filings.progress import NotTold, Progress
from kiosk.visit.capture_events import CaptureEvent as CaptureEvent
from kiosk.visit.capture_events import CapturePressed as CapturePressed
from kiosk.visit.capture_events import PieceRefused as PieceRefused
from kiosk.visit.capture_events import PiecesHere as PiecesHere
from kiosk.visit.capture_events import PieceShown as PieceShown
from kiosk.visit.capture_events import PieceTaken as PieceTaken
from kiosk.visit.capture_events import ScansListed as ScansListed
from kiosk.visit.device_events import DevicesTold as DevicesTold
from kiosk.visit.presses import BackPressed as BackPressed
from kiosk.visit.presses import HelpAsked as HelpAsked
from kiosk.visit.presses import HideAsked as HideAsked
from kiosk.visit.presses import LanguageChosen as LanguageChosen
from kiosk.visit.presses import LeaveAsked as LeaveAsked
from kiosk.visit.presses import NextPressed as NextPressed
from kiosk.visit.presses import TasksAsked as TasksAsked
from kiosk.visit.presses import TilePressed as TilePressed
from kiosk.visit.sheets import SheetFile, SheetOutcome, SheetReport


@dataclass(frozen=True, slots=True)
class OptionPressed:
    """A choice was touched: chosen, or unchosen where many may be."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Typed:
    """The whole text now in the field (words, sum, clerk find)."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DateTyped:
    year: str = field(repr=False)
    month: str = field(repr=False)
    day: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class UnknownPressed:
    """我不知道, 记不清"""


@dataclass(frozen=True, slots=True)
class RegionChosen:
    """A tile of the region page, or a part of the way already gone (then the choice starts again there)."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ItemAdded:
    pass


@dataclass(frozen=True, slots=True)
class ItemChanged:
    position: int  # from 1


@dataclass(frozen=True, slots=True)
class ItemRemoved:
    position: int  # from 1


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """改 on the check page."""

    ref: str


@dataclass(frozen=True, slots=True)
class MaterialTicked:
    id: str


@dataclass(frozen=True, slots=True)
class NoticeTicked:
    pass


@dataclass(frozen=True, slots=True)
class SignatureDrawn:
    ink: Ink


@dataclass(frozen=True, slots=True)
class SignatureCleared:
    pass


@dataclass(frozen=True, slots=True)
class WitnessAsked:
    """我不能手写: a clerk is to vouch for this signature."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """Card fields by question name (name, gender, birth_date, ethnicity, domicile, id_type, id_number)."""

    fields: Mapping[str, str] = field(repr=False)
    nonce: int  # a card counts only for the question that asked
    doubt: str = ""  # wording key of what a clerk should look at: expired, a number that does not add up
    by_picture: bool = False  # read from a picture: proposed, not known


@dataclass(frozen=True, slots=True)
class CardFailed:
    reason: str  # wording key
    nonce: int


@dataclass(frozen=True, slots=True)
class ByHandPressed:
    """The person fills in the page without a card."""


@dataclass(frozen=True, slots=True)
class FilingPrepared:
    """The complaint is made and sealed, and waits for the press."""

    pages: int


@dataclass(frozen=True, slots=True)
class FilingStored:
    """The commit is done: from here the ticket number may be shown."""

    ticket_number: str


@dataclass(frozen=True, slots=True)
class StoringFailed:
    reason: str  # wording key


@dataclass(frozen=True, slots=True)
class DraftNotFound:
    """No interrupted form opens for what was typed, or it was tried too often."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scanner read something."""

    content: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ProgressTold:
    told: Progress | NotTold = field(repr=False)


@dataclass(frozen=True, slots=True)
class LastFourAsked:
    """The code is right; the saved form wants the last four of the number in it too."""


@dataclass(frozen=True, slots=True)
class NotResumed:
    key: str  # wording key
    wait_seconds: int = 0


@dataclass(frozen=True, slots=True)
class ErrandFailed:
    """The desk could not look, or could not keep a form: a wording key."""

    key: str


@dataclass(frozen=True, slots=True)
class FormKept:
    """The form is sealed under this code until then."""

    code: str = field(repr=False)
    until: datetime


@dataclass(frozen=True, slots=True)
class PaperReported:
    """What became of the slip: a wording key such as `paper.printed`."""

    key: str


@dataclass(frozen=True, slots=True)
class IdleReached:
    pass


@dataclass(frozen=True, slots=True)
class SecondsLeft:
    seconds: int


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The desk knows this clerk."""

    clerk: str


@dataclass(frozen=True, slots=True)
class SignInRefused:
    key: str  # wording key
    wait_seconds: int


@dataclass(frozen=True, slots=True)
class FilingsListed:
    filings: tuple[FilingSummary, ...] = field(repr=False)
    lamps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilingFound:
    filing: FilingSummary | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClerkTold:
    """What became of what the clerk asked for: a wording key."""

    key: str


@dataclass(frozen=True, slots=True)
class SheetsListed:
    sheets: tuple[SheetFile, ...]
    trouble: str = ""  # wording key: why there are none
    more: int = 0  # further ones that are not listed


@dataclass(frozen=True, slots=True)
class RowsDone:
    """A few more rows of the sheet at hand were checked or filed."""

    done: int
    whole: int


@dataclass(frozen=True, slots=True)
class SheetChecked:
    report: SheetReport


@dataclass(frozen=True, slots=True)
class SheetFiled:
    outcome: SheetOutcome


@dataclass(frozen=True, slots=True)
class ImportFailed:
    """The sheet cannot be read, or this clerk may not: a wording key and its places."""

    key: str
    places: Mapping[str, str | int] = field(default_factory=dict)


Event = (
    TilePressed
    | LanguageChosen
    | OptionPressed
    | Typed
    | DateTyped
    | UnknownPressed
    | NextPressed
    | BackPressed
    | RegionChosen
    | ItemAdded
    | ItemChanged
    | ItemRemoved
    | ChangeAsked
    | MaterialTicked
    | NoticeTicked
    | SignatureDrawn
    | SignatureCleared
    | WitnessAsked
    | CardRead
    | CardFailed
    | ByHandPressed
    | HelpAsked
    | LeaveAsked
    | FilingPrepared
    | HideAsked
    | TasksAsked
    | Scanned
    | ProgressTold
    | LastFourAsked
    | NotResumed
    | ErrandFailed
    | FormKept
    | FilingStored
    | StoringFailed
    | DraftNotFound
    | PaperReported
    | IdleReached
    | SecondsLeft
    | SignedIn
    | SignInRefused
    | FilingsListed
    | FilingFound
    | ClerkTold
    | SheetsListed
    | RowsDone
    | SheetChecked
    | SheetFiled
    | ImportFailed
    | DevicesTold
    | CaptureEvent
)
