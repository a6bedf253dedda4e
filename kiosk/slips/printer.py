"""What a printer can answer, whoever makes it. No printer code lives here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.slips.parts import Slip
from kiosk.slips.sheet import Sheet

Paper = Slip | Sheet


class Trouble(StrEnum):
    """Why there is no paper; each is a wording key below `printer.`."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER_JAM = "cutter_jam"
    PAPER_JAM = "paper_jam"
    OVERHEATED = "overheated"
    OFFLINE = "offline"
    SILENT = "silent"  # the line is there, the printer says nothing
    GONE = "gone"  # no line
    ABSENT = "absent"  # none is set up


class Proof(StrEnum):
    """How it is known that a paper came out."""

    MARKER = "marker"
    CONSUMED = "consumed"  # a quiet printer answered in order: it has eaten the ticket
    IPP_JOB = "ipp_job"
    PERSON = "person"
    UNCONFIRMED = "unconfirmed"  # a printer that cannot talk back


@dataclass(frozen=True, slots=True)
class Printed:
    how: Proof


@dataclass(frozen=True, slots=True)
class NotStarted:
    """Known to have sent no byte of the paper."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Unclear:
    trouble: Trouble
    bytes_sent: int | None


Outcome = Printed | NotStarted | Unclear


@dataclass(frozen=True, slots=True)
class PrinterState:
    """What the printer said of itself. `raw` are its status bytes, for the log."""

    online: bool = True
    paper: bool = True
    near_end: bool = False
    cover_open: bool = False
    cutter_jam: bool = False
    error: bool = False
    overheated: bool = False
    holds_half: bool = False  # a paper broke off inside, and nothing but the power switch clears it
    seen_at: float = 0.0  # monotonic seconds
    raw: bytes = b""

    @property
    def trouble(self) -> Trouble | None:
        """The worst of it, or None when it can print."""
        for wrong, trouble in (
            (self.cover_open, Trouble.COVER_OPEN),
            (not self.paper, Trouble.PAPER_OUT),
            (self.cutter_jam, Trouble.CUTTER_JAM),
            (self.error, Trouble.PAPER_JAM),
            (self.overheated, Trouble.OVERHEATED),
            (not self.online, Trouble.OFFLINE),
        ):
            if wrong:
                return trouble
        return None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A slip made ready for one printer: whole commands in order, and how long the paper will be.

    From `foot_at` on stand the line that makes the paper valid, the knife and the marker.
    """

    chunks: tuple[bytes, ...]
    marker: str
    millimetres: int
    sha256: str
    foot_at: int = 0  # 0: nothing is held back
    name: str = ""  # what a printer with names for its jobs calls it

    @property
    def total(self) -> int:
        return sum(len(chunk) for chunk in self.chunks)


@dataclass(frozen=True, slots=True)
class Taken:
    """Every byte left; whether a paper came is for `confirm`."""

    bytes_sent: int


class SlipPrinter(Protocol):
    """One printer. Every call ends, with a named outcome; none may be made from the screen's thread."""

    @property
    def profile_name(self) -> str: ...

    @property
    def talks_back(self) -> bool:
        """Whether this printer can prove a paper at all."""

    def press(self, paper: Paper, marker: str) -> Pressed:
        """The bytes of one paper, with its attempt's marks on it already. Pure."""

    def learn(self, rom: str) -> None:
        """Staff looked at the probe page: this is the ROM the printer has."""

    def look(self) -> PrinterState | Trouble:
        """The state, asked for just now."""

    def send(self, pressed: Pressed) -> Taken | NotStarted | Unclear: ...

    def confirm(self, pressed: Pressed, tell: Callable[[PrinterState | Trouble], None] = ...) -> Printed | Unclear:
        """Wait for the proof of what was sent; `tell` hears what holds it up meanwhile."""

    def overheard(self) -> tuple[str, ...]:
        """Markers that came since the last call, late ones too."""

    def distrust(self) -> None:
        """Something may have broken off inside a command: get in step before the next paper."""

    def rest(self) -> None:
        """The job is over: let go of a line that others may want."""

    def abandon(self) -> None:
        """Stop waiting for proof soon. The only call that may come from another thread."""

    def close(self) -> None:
        """The worker ends."""
