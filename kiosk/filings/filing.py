"""What one person hands in, and what the kiosk afterwards knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.filings.ink import Ink
from kiosk.filings.scans import ScannedMaterial
from kiosk.filings.status import FilingStatus
from kiosk.ids import FilingId, PackId, TicketNumber


@dataclass(frozen=True, slots=True)
class CompletedForm:
    """Every relevant answer of one interview, by name: groups are mappings, repeats lists of mappings.

    Leaves are texts in their stored form (`docs/architecture.md`, *answer*): money 50000.00, date 2026-11-23,
    yes/no `yes`, several choices parted by one blank, address `110105 建国路88号`.
    """

    pack_id: PackId
    pack_version: str
    language: str
    answers: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """One notice read and ticked by the person: which words, in which language, when, and before what."""

    notice_id: str
    version: str
    language: str
    at: datetime
    moment: str = ""  # before_questions, before_filing, before_mediation, before_service, before_signing


@dataclass(frozen=True, slots=True)
class Priority:
    """Green channels as they leave the visit. Paper may show the prefix; the groups go to the court alone, sealed."""

    prefix: str = ""  # G, L or J before a queue number
    groups: tuple[str, ...] = field(default=(), repr=False)
    no_messages: bool = False  # nobody sends this person a message unless they ask for it


@dataclass(frozen=True, slots=True)
class Submission:
    """All that leaves the visit when the person presses 提交."""

    form: CompletedForm
    signatures: Mapping[str, Ink] = field(repr=False)  # signatory's ref → ink
    notices: tuple[NoticeRead, ...]
    materials_brought: tuple[str, ...]
    priority: Priority = Priority()
    scans: tuple[ScannedMaterial, ...] = ()  # photographed, or taken from the clerk's scanner
    court_reached: bool = True  # the court answered lately; else a person near a time limit is sent to a window


@dataclass(frozen=True, slots=True)
class Filed:
    """The answer to a submission, after the commit."""

    filing_id: FilingId
    ticket_number: TicketNumber
    ticket_time: datetime


@dataclass(frozen=True, slots=True)
class FilingSummary:
    """What a clerk sees of one filing. Names are masked unless the view was written into the audit log first."""

    filing_id: FilingId
    ticket_number: TicketNumber
    status: FilingStatus
    court_state: str  # of the court's state machine, "" until the court spoke
    ticket_time: datetime
    received_at: datetime | None
    receipt_number: str
    cause: str
    parties: str = field(repr=False)
    papers_printed: int
    receipt_here: bool = False  # the court's signed receipt, and the words to fill its paper with
