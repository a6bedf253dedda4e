"""What is told and wished about devices on the clerk's pages."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.slips.job import JobRecord


@dataclass(frozen=True, slots=True)
class DeviceState:
    """One device as it last said: wording keys of its name and of its state."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class DevicesTold:
    devices: tuple[DeviceState, ...]
    jobs: tuple[JobRecord, ...]


@dataclass(frozen=True, slots=True)
class ListDevices:
    """How is each device, and which papers were printed lately?"""


@dataclass(frozen=True, slots=True)
class TryPrinter:
    """A test page, or the page that shows which characters its ROM holds."""

    rom: bool = False


@dataclass(frozen=True, slots=True)
class NoteRom:
    matching: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnswerForJob:
    job_id: int
    has_it: bool


@dataclass(frozen=True, slots=True)
class PrintJobAgain:
    job_id: int


@dataclass(frozen=True, slots=True)
class GiveJobUp:
    job_id: int


@dataclass(frozen=True, slots=True)
class PrintReceiptSheet:
    """The court's receipt for this filing, on A4."""

    ticket: str


@dataclass(frozen=True, slots=True)
class PrintA4:
    """The person wants the papers of the filing just handed in, on A4."""


@dataclass(frozen=True, slots=True)
class SlipTaken:
    """What the person says of a slip the printer cannot prove."""

    ticket: str
    has_it: bool


DeviceWish = (
    PrintReceiptSheet
    | PrintA4
    | SlipTaken
    | ListDevices
    | TryPrinter
    | NoteRom
    | AnswerForJob
    | PrintJobAgain
    | GiveJobUp
)
