"""What a visit asks the lobby to do. The lobby carries it out and reports the outcome as an event."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.filings.filing import Submission
from kiosk.visit.device_events import AnswerForJob as AnswerForJob
from kiosk.visit.device_events import DeviceWish as DeviceWish
from kiosk.visit.device_events import GiveJobUp as GiveJobUp
from kiosk.visit.device_events import ListDevices as ListDevices
from kiosk.visit.device_events import NoteRom as NoteRom
from kiosk.visit.device_events import PrintA4 as PrintA4
from kiosk.visit.device_events import PrintJobAgain as PrintJobAgain
from kiosk.visit.device_events import PrintReceiptSheet as PrintReceiptSheet
from kiosk.visit.device_events import SlipTaken as SlipTaken
from kiosk.visit.device_events import TryPrinter as TryPrinter


@dataclass(frozen=True, slots=True)
class SaveDraft:
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DropDraft:
    pass


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """Open an interrupted form for whoever knows the last four of the number in it."""

    last_four: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PrepareFiling:
    """The last page is on show: make ready what the press will hand in."""

    submission: Submission


@dataclass(frozen=True, slots=True)
class AbandonFiling:
    """The person went back: what was made ready is not handed in."""


@dataclass(frozen=True, slots=True)
class StoreFiling:
    submission: Submission


@dataclass(frozen=True, slots=True)
class ReadCard:
    nonce: int


@dataclass(frozen=True, slots=True)
class StopCard:
    pass


@dataclass(frozen=True, slots=True)
class CallStaff:
    pass


@dataclass(frozen=True, slots=True)
class ShowLarger:
    """The person wants the largest letters."""


@dataclass(frozen=True, slots=True)
class SetNeed:
    """One of `needs.NEEDS`, on or off."""

    code: str
    on: bool


@dataclass(frozen=True, slots=True)
class KeepForm:
    """先存一下: seal the form under a fresh code and print its slip."""

    body: bytes = field(repr=False)
    last_four: str = field(repr=False)  # of the number in it; "" : it has none


@dataclass(frozen=True, slots=True)
class KeepAgain:
    """The visit ends: what was said since goes under the code it has."""

    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClearKept:
    """Its owner wants nothing kept after all."""


@dataclass(frozen=True, slots=True)
class ResumeForm:
    code: str = field(repr=False)
    last_four: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AskAfter:
    """How does this filing stand?"""

    number: str = field(repr=False)
    last_four: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rate:
    points: int


@dataclass(frozen=True, slots=True)
class BeginAgain:
    """Wipe everything: the program replaces itself."""


@dataclass(frozen=True, slots=True)
class SignIn:
    number: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ListFilings:
    pass


@dataclass(frozen=True, slots=True)
class LookUp:
    ticket: str


@dataclass(frozen=True, slots=True)
class Reprint:
    ticket: str


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """The slip copy of the court's receipt for this filing."""

    ticket: str
    receipt_number: str  # what its print job is known by


@dataclass(frozen=True, slots=True)
class SignOut:
    pass


@dataclass(frozen=True, slots=True)
class ListSheets:
    """Which sheets of cases lie in the import folder?"""


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """Read this sheet for this form; `GoOn` then checks it row by row."""

    code: str
    pack_id: str


@dataclass(frozen=True, slots=True)
class FileSheet:
    """File the good rows of the sheet that was checked; `GoOn` files one."""

    summary: bool  # one slip for all of them, none for each


@dataclass(frozen=True, slots=True)
class GoOn:
    """The next rows of the sheet at hand."""


@dataclass(frozen=True, slots=True)
class StopSheet:
    """Let go of the sheet at hand, between two rows; what was filed stays filed and is written down."""


@dataclass(frozen=True, slots=True)
class WatchCamera:
    """The live picture belongs on the screen."""


@dataclass(frozen=True, slots=True)
class StopCamera:
    pass


@dataclass(frozen=True, slots=True)
class TakePicture:
    """What the camera sees now, as a page of the open form."""

    nonce: int


@dataclass(frozen=True, slots=True)
class ShowPiece:
    """A page taken before."""

    id: int
    nonce: int


@dataclass(frozen=True, slots=True)
class DropPieces:
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FindPieces:
    """Which pieces of this form are there?"""


@dataclass(frozen=True, slots=True)
class ListScans:
    """What lies in the folder of the clerk's scanner, for the clerk who has signed in?"""


@dataclass(frozen=True, slots=True)
class TakeScan:
    code: str
    nonce: int


@dataclass(frozen=True, slots=True)
class ReadCardPicture:
    """What the camera sees now, as an identity card."""

    nonce: int


CaptureWish = (
    WatchCamera
    | StopCamera
    | TakePicture
    | ShowPiece
    | DropPieces
    | FindPieces
    | ListScans
    | TakeScan
    | ReadCardPicture
)
VisitorWish = KeepForm | KeepAgain | ClearKept | ResumeForm | AskAfter | Rate
ClerkWish = (
    SignIn
    | SignOut
    | ListFilings
    | LookUp
    | Reprint
    | PrintReceipt
    | PrintReceiptSheet
    | ListDevices
    | TryPrinter
    | NoteRom
    | AnswerForJob
    | PrintJobAgain
    | GiveJobUp
)
ImportWish = ListSheets | CheckSheet | FileSheet | GoOn | StopSheet
Wish = (
    SaveDraft
    | DropDraft
    | ClaimDraft
    | PrepareFiling
    | AbandonFiling
    | StoreFiling
    | ReadCard
    | StopCard
    | CallStaff
    | ShowLarger
    | SetNeed
    | VisitorWish
    | BeginAgain
    | SignIn
    | ListFilings
    | LookUp
    | Reprint
    | PrintReceipt
    | SignOut
    | ImportWish
    | DeviceWish
    | CaptureWish
)
