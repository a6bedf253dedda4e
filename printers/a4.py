"""A4 on a printer that speaks IPP: the same spool and the same rules as tickets, and truth from the printer's own job.

`media` is always sent: without it a job can wait for US Letter for ever while its state says processing. A job the
printer holds for paper prints once by itself when the tray is filled; it is never sent again. When the answer to
Print-Job is lost, the printer's list of jobs is looked through for ours by its name before anybody is asked.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import replace

from kiosk.errors import KioskBug, KioskTrouble
from kiosk.slips.printer import (
    NotStarted,
    Paper,
    Pressed,
    Printed,
    PrinterState,
    Proof,
    SlipPrinter,
    Taken,
    Trouble,
    Unclear,
)
from kiosk.slips.sheet import Sheet
from printers import ipp
from printers.cups import CupsCommands, is_queue
from printers.ipp import Attribute, IppClient, IppTrouble, address_of
from printers.stamp import stamped

MEDIA = "iso_a4_210x297mm"
JOB_SECONDS = 120.0  # paused while the printer waits for paper
POLL_SECONDS = 1.0
STOPPED_PATIENCE_SECONDS = 3600.0  # a tray stays empty for an hour: then it is a person's question
PENDING, HELD, PROCESSING, STOPPED, CANCELLED, ABORTED, COMPLETED = range(3, 10)
_OURS = re.compile(r"#([0-9A-Z]{4})$")
_ASKED = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "document-format-supported")
_JOB_ASKED = ("job-id", "job-name", "job-state", "job-state-reasons")

REASONS: tuple[tuple[str, Trouble], ...] = (
    ("media-empty", Trouble.PAPER_OUT),
    ("media-needed", Trouble.PAPER_OUT),
    ("media-jam", Trouble.PAPER_JAM),
    ("door-open", Trouble.COVER_OPEN),
    ("cover-open", Trouble.COVER_OPEN),
    ("interlock-open", Trouble.COVER_OPEN),
    ("toner-empty", Trouble.OFFLINE),
    ("marker-supply-empty", Trouble.OFFLINE),
    ("fuser-over-temp", Trouble.OVERHEATED),
    ("paused", Trouble.OFFLINE),
    ("shutdown", Trouble.OFFLINE),
    ("other-error", Trouble.PAPER_JAM),
)


def a4_printer_from(link: str) -> SlipPrinter | None:
    """The A4 printer of the setting: `ipp://…`, `ipps://…`, `cups:QUEUE`, or None for `none`."""
    if link == "none":
        return None
    kind, _, queue = link.partition(":")
    if kind == "cups" and is_queue(queue):
        return CupsA4Printer(queue)
    address = address_of(link)
    if address is None:
        raise KioskTrouble("printer_link_wrong", link=link)
    return A4Printer(IppClient(address))


def job_name(sheet: Sheet, marker: str) -> str:
    """What the printer's own list calls this paper: number, attempt and marker, nobody's name."""
    return f"{sheet.number} {sheet.attempt} #{marker}"


class A4Printer:
    """Fills `kiosk.slips.printer.SlipPrinter`. Belongs to one thread."""

    profile_name = "a4"
    talks_back = True

    def __init__(
        self,
        client: IppClient,
        seconds: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._seconds = seconds
        self._pause = pause
        self._job_id: int | None = None
        self._in_doubt = False
        self._abandoned = False
        self._late: list[str] = []

    def press(self, paper: Paper, marker: str) -> Pressed:
        if not isinstance(paper, Sheet):
            raise KioskBug("a slip came to the A4 printer")
        pdf = stamped(paper.pdf, paper.marks) if paper.marks else paper.pdf
        return Pressed((pdf,), marker, 297, hashlib.sha256(pdf).hexdigest(), name=job_name(paper, marker))

    def look(self) -> PrinterState | Trouble:
        try:
            reply = self._client.ask(ipp.GET_PRINTER, [Attribute(ipp.KEYWORD, "requested-attributes", _ASKED)])
            if not reply.well:
                return Trouble.OFFLINE
            if self._in_doubt:
                self._look_through()
        except IppTrouble as trouble:
            return Trouble.SILENT if trouble.sent else Trouble.GONE
        printer = reply.group(ipp.PRINTER)
        accepting = printer.first("printer-is-accepting-jobs") is not False
        stopped = printer.number("printer-state") == 5
        return state_of(printer.words("printer-state-reasons"), accepting, stopped, self._seconds())

    def send(self, pressed: Pressed) -> Taken | NotStarted | Unclear:
        self._job_id = None
        try:
            reply = self._client.ask(
                ipp.PRINT_JOB,
                [
                    Attribute(ipp.NAME, "requesting-user-name", ("kiosk",)),
                    Attribute(ipp.NAME, "job-name", (pressed.name,)),
                    Attribute(ipp.MIME, "document-format", ("application/pdf",)),
                ],
                [Attribute(ipp.KEYWORD, "media", (MEDIA,)), Attribute(ipp.INTEGER, "copies", (1,))],
                pressed.chunks[0],
            )
        except IppTrouble as trouble:
            if not trouble.sent:
                return NotStarted(Trouble.GONE)
            return self._perhaps_taken(pressed)
        if not reply.well:
            return NotStarted(Trouble.OFFLINE)  # busy, or not accepting: it took nothing
        self._job_id = reply.group(ipp.JOB).number("job-id")
        return Taken(pressed.total) if self._job_id is not None else self._perhaps_taken(pressed)

    def confirm(
        self, pressed: Pressed, tell: Callable[[PrinterState | Trouble], None] = lambda _: None
    ) -> Printed | Unclear:
        left, patience, at = JOB_SECONDS, STOPPED_PATIENCE_SECONDS, self._seconds()
        while left > 0 and patience > 0 and not self._abandoned:
            told = self._job_now()
            now = self._seconds()
            if isinstance(told, Printed):
                self._in_doubt = False
                return told
            if isinstance(told, Unclear):
                return self._doubt(told.trouble, pressed)
            if isinstance(told, PrinterState):
                tell(told)
                patience -= now - at  # it waits for paper and will print once: the clock of the job stands still
            else:
                left -= now - at
            at = now
            self._pause(POLL_SECONDS)
        return self._doubt(Trouble.SILENT, pressed)

    def overheard(self) -> tuple[str, ...]:
        late, self._late = tuple(self._late), []
        return late

    def learn(self, rom: str) -> None:
        """It is sent finished pages."""

    def distrust(self) -> None:
        """After a start: what became of earlier papers stands in the printer's own list."""
        self._in_doubt = True

    def rest(self) -> None:
        """There is no line to let go of."""

    def abandon(self) -> None:
        self._abandoned = True

    def close(self) -> None:
        self._abandoned = False

    def _doubt(self, trouble: Trouble, pressed: Pressed) -> Unclear:
        self._in_doubt = True
        return Unclear(trouble, pressed.total)

    def _job_now(self) -> Printed | Unclear | PrinterState | None:
        """What the printer says of the job: over, waiting for somebody, or None while it is at it (or out of reach)."""
        assert self._job_id is not None
        try:
            reply = self._client.ask(
                ipp.GET_JOB,
                [
                    Attribute(ipp.INTEGER, "job-id", (self._job_id,)),
                    Attribute(ipp.KEYWORD, "requested-attributes", _JOB_ASKED),
                ],
            )
            job = reply.group(ipp.JOB)
            state, reasons = job.number("job-state"), job.words("job-state-reasons")
            if not reply.well or state is None:
                return self._found_by_id()
            if state == COMPLETED and not any(reason.startswith("job-completed-with-err") for reason in reasons):
                return Printed(Proof.IPP_JOB)
            if state in (CANCELLED, ABORTED, COMPLETED):
                return Unclear(Trouble.PAPER_JAM if state == COMPLETED else Trouble.OFFLINE, None)
            seen = self.look()
        except IppTrouble:
            return None
        if isinstance(seen, PrinterState) and (seen.trouble is not None or state in (HELD, STOPPED)):
            return seen if seen.trouble is not None else replace(seen, online=False)
        return None

    def _found_by_id(self) -> Unclear | None:
        """The printer no longer knows the job: it was switched off, or forgets quickly."""
        listed = self._jobs("completed")
        mine = next((job for job in listed if job.number("job-id") == self._job_id), None)
        return None if mine is not None else Unclear(Trouble.OFFLINE, None)

    def _perhaps_taken(self, pressed: Pressed) -> Taken | Unclear:
        """The answer was lost. The job may be there all the same: its name says."""
        try:
            for which in ("not-completed", "completed"):
                for job in self._jobs(which):
                    if job.first("job-name") == pressed.name and (found := job.number("job-id")) is not None:
                        self._job_id = found
                        return Taken(pressed.total)
        except IppTrouble:
            pass  # no list either: nobody knows
        self._in_doubt = True
        return Unclear(Trouble.SILENT, None)

    def _look_through(self) -> None:
        """Papers nobody heard of: those the printer says it has finished are proved late."""
        for job in self._jobs("completed"):
            named = _OURS.search(str(job.first("job-name") or ""))
            reasons = job.words("job-state-reasons")
            if named and job.number("job-state") == COMPLETED and "job-completed-with-errors" not in reasons:
                self._late.append(named[1])

    def _jobs(self, which: str) -> tuple[ipp.Group, ...]:
        reply = self._client.ask(
            ipp.GET_JOBS,
            [
                Attribute(ipp.KEYWORD, "which-jobs", (which,)),
                Attribute(ipp.INTEGER, "limit", (100,)),
                Attribute(ipp.KEYWORD, "requested-attributes", _JOB_ASKED),
            ],
        )
        return reply.all(ipp.JOB) if reply.well else ()


def state_of(reasons: tuple[str, ...], accepting: bool, stopped: bool, seen_at: float) -> PrinterState:
    """The state told by `printer-state-reasons`: a keyword, with `-error`, `-warning` or `-report` behind it."""
    grave = [reason for reason in reasons if not reason.endswith(("-warning", "-report"))]
    found = {trouble for word, trouble in REASONS for reason in grave if reason.startswith(word)}
    return PrinterState(
        online=accepting and not (stopped and not found) and Trouble.OFFLINE not in found,
        paper=Trouble.PAPER_OUT not in found,
        near_end=any(reason.startswith(("media-low", "toner-low", "marker-supply-low")) for reason in reasons),
        cover_open=Trouble.COVER_OPEN in found,
        error=Trouble.PAPER_JAM in found,
        overheated=Trouble.OVERHEATED in found,
        seen_at=seen_at,
    )


class CupsA4Printer(A4Printer):
    """The second way: a queue of this machine, for printers that take no PDF. It cannot prove a paper."""

    talks_back = False

    def __init__(self, queue: str, commands: CupsCommands | None = None) -> None:
        self._queue = queue
        self._commands = commands or CupsCommands()
        self._abandoned = False
        self._late = []
        self._in_doubt = False

    def look(self) -> PrinterState | Trouble:
        return self._commands.trouble(self._queue) or PrinterState(seen_at=time.monotonic())

    def send(self, pressed: Pressed) -> Taken | NotStarted | Unclear:
        if self._commands.print_file(self._queue, pressed.chunks[0], (f"media={MEDIA}", "copies=1"), pressed.name):
            return Taken(pressed.total)
        return NotStarted(Trouble.OFFLINE)
