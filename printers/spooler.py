"""The worker that takes papers from the spool to the printer, one at a time, and writes down what became of each.

`PrintRun` is one worker's work in turns, without threads; `Spooler` turns it on a thread of its own. Nothing here
prints a paper twice: what may have left is unknown until the printer or a person says otherwise.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from kiosk import journal
from kiosk.clock import Clock
from kiosk.errors import KioskTrouble
from kiosk.settings import Printer as PrinterSettings
from kiosk.slips.job import Attempt, JobState, PrintJob
from kiosk.slips.parts import Slip, for_attempt
from kiosk.slips.printer import NotStarted, Pressed, Printed, PrinterState, Proof, SlipPrinter, Taken, Trouble, Unclear
from kiosk.slips.sheet import Sheet, sheet_for_attempt
from kiosk.store.spool import Spool
from printers.line_printer import LinePrinter
from printers.profiles import load_profile
from printers.transports import open_link

POLL_SECONDS = 2.0
PATIENCE_SECONDS = 3.0

PAPER_KEYS = {
    JobState.QUEUED: "paper.queued",
    JobState.WAITING: "paper.waiting",
    JobState.PREFLIGHT: "paper.queued",
    JobState.SENDING: "paper.printing",
    JobState.SENT: "paper.printing",
    JobState.UNKNOWN: "paper.unknown",
    JobState.PRINTED: "paper.printed",
    JobState.CANCELLED: "paper.cancelled",
}


@dataclass(frozen=True, slots=True)
class PrinterReport:
    """What the worker noticed, in wording keys. `business_key` is empty when only the printer changed."""

    printer: str  # printer.ready, printer.near_end, printer.paper_out …
    business_key: str = ""
    paper: str = ""  # paper.printing, paper.printed, paper.waiting, paper.unknown …
    kind: str = ""


Report = Callable[[PrinterReport], None]


def printer_from(settings: PrinterSettings) -> SlipPrinter | None:
    """The printer of the settings; None when none is set up."""
    if settings.link == "none":
        return None
    profile = load_profile(settings.profile)
    line = open_link(settings.link, profile)
    return None if line is None else LinePrinter(profile, line)


def printer_key(state: PrinterState | Trouble) -> str:
    """The wording key of what the printer said."""
    if isinstance(state, Trouble):
        return f"printer.{state}"
    if state.trouble is not None:
        return "printer.half_ticket" if state.holds_half else f"printer.{state.trouble}"
    return "printer.near_end" if state.near_end else "printer.ready"


def paper_key(job: PrintJob) -> str:
    """The wording key of where a job stands."""
    if job.state is JobState.PRINTED and job.reason == Proof.UNCONFIRMED:
        return "paper.unconfirmed"
    if job.state is JobState.CANCELLED and job.reason == Trouble.ABSENT:
        return "paper.none"
    return PAPER_KEYS[job.state]


class PrintRun:
    """One printer, one spool, one thread's work in turns."""

    def __init__(self, spool: Spool, printer: SlipPrinter | None, clock: Clock, report: Report) -> None:
        self._spool = spool
        self._printer = printer
        self._clock = clock
        self._report = report
        self.printer_key = "printer.absent"

    def begin(self) -> bool:
        """After a start: nothing stays half claimed or half sent."""
        self._spool.restart(self._clock.now())
        if self._printer is not None and (rom := self._spool.noted_rom(self._printer.profile_name)):
            self._printer.learn(rom)
        if self._printer is not None and self._spool.in_doubt():
            self._printer.distrust()
        return True

    def watch(self) -> None:
        """Ask how the printer is; when it is well, what waited stands in line again."""
        if self._printer is None:
            self._notice(Trouble.ABSENT)
            return
        state = self._printer.look()
        self._hear_late(self._printer)
        self._printer.rest()
        self._notice(state)
        if isinstance(state, PrinterState) and state.trouble is None:
            self._spool.waits_over(self._clock.now())

    def turn(self) -> bool:
        """Deal with the next paper; False when there is none or the printer is not ready."""
        if self._printer is None:
            return self._turn_away()
        job = self._spool.claim(self._clock.now())
        if job is None:
            return False
        try:
            return self._try(job, self._printer)
        finally:
            self._hear_late(self._printer)
            self._printer.rest()

    def _turn_away(self) -> bool:
        job = self._spool.claim(self._clock.now())
        if job is None:
            return False
        self._spool.cancel(job.id, self._clock.now(), Trouble.ABSENT)
        self._tell(job.id)
        return True

    def _try(self, job: PrintJob, printer: SlipPrinter) -> bool:
        state = printer.look()
        self._hear_late(printer)
        self._notice(state)
        trouble = state if isinstance(state, Trouble) else state.trouble
        if trouble is not None:
            self._spool.not_ready(job.id, trouble, self._clock.now())
            self._tell(job.id)
            return False
        attempt = self._spool.open_attempt(job, printer.profile_name, self._clock.now())
        pressed = printer.press(self._marked(job, attempt), attempt.marker)
        status = state.raw.hex() if isinstance(state, PrinterState) else ""
        if not self._spool.begin(attempt, pressed.sha256, pressed.total, self._clock.now(), status):
            return True  # a late marker or a member of staff was quicker
        self._tell(job.id)
        self._send(printer, attempt, pressed)
        self._tell(job.id)
        return True

    def _marked(self, job: PrintJob, attempt: Attempt) -> Slip | Sheet:
        """This attempt's paper: from the second on it says so on itself."""
        now = self._clock.now()
        if job.sheet is not None:
            return sheet_for_attempt(job.sheet, attempt.n, now)
        assert job.slip is not None
        return for_attempt(job.slip, attempt.n, now)

    def _send(self, printer: SlipPrinter, attempt: Attempt, pressed: Pressed) -> None:
        sent = printer.send(pressed)
        now = self._clock.now()
        match sent:
            case NotStarted(trouble):
                self._notice(trouble)
                self._spool.nothing_left(attempt, trouble, now)
            case Unclear(trouble, bytes_sent):
                self._notice(trouble)
                self._spool.broke(attempt, bytes_sent, trouble, now)
            case Taken(bytes_sent):
                self._spool.all_taken(attempt, bytes_sent, now)
                self._confirm(printer, attempt, pressed)
            case _:
                assert_never(sent)

    def _confirm(self, printer: SlipPrinter, attempt: Attempt, pressed: Pressed) -> None:
        if not printer.talks_back:
            self._spool.printed(attempt, Proof.UNCONFIRMED, self._clock.now())
            return
        outcome = printer.confirm(pressed, self._notice)
        match outcome:
            case Printed(how):
                self._spool.printed(attempt, how, self._clock.now())
            case Unclear(trouble, _):
                self._notice(trouble)
                self._spool.doubted(attempt, trouble, self._clock.now())
            case _:
                assert_never(outcome)

    def _hear_late(self, printer: SlipPrinter) -> None:
        for marker in printer.overheard():
            job = self._spool.marker_came(marker, self._clock.now())
            if job is not None:
                self._tell(job.id)

    def _notice(self, state: PrinterState | Trouble) -> None:
        key = printer_key(state)
        if key != self.printer_key:
            self.printer_key = key
            journal.note("printer state changed", state=key)
            self._report(PrinterReport(key))

    def _tell(self, job_id: int) -> None:
        job = self._spool.job(job_id)
        self._report(PrinterReport(self.printer_key, job.business_key, paper_key(job), job.kind))


class Spooler:
    """One worker thread for one printer. It opens its own spool and never ends by itself."""

    def __init__(
        self,
        settings: PrinterSettings,
        open_spool: Callable[[], Spool],
        clock: Clock,
        on_report: Report | None = None,
        printer: SlipPrinter | None = None,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self.on_report: Report = on_report or (lambda report: None)
        self._printer = printer if printer is not None else printer_from(settings)
        self._open_spool = open_spool
        self._clock = clock
        self._poll_seconds = poll_seconds
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._run: PrintRun | None = None

    @property
    def printer_key(self) -> str:
        """The wording key of the printer's last known state; may be read from any thread."""
        run = self._run
        return run.printer_key if run is not None else "printer.absent"

    def start(self) -> None:
        self._stopping.clear()
        self._thread = threading.Thread(target=self._work, name="printer", daemon=True)
        self._thread.start()

    def poke(self) -> None:
        """There is something new in the spool."""
        self._wake.set()

    def stop(self, patience_seconds: float = PATIENCE_SECONDS) -> None:
        """Ends after the paper it is at. A printer that will not say whether it printed is not waited for long:
        the visit is over and the screen must go; the job is unknown then, as after a power cut.
        """
        self._stopping.set()
        self._wake.set()
        if self._thread is None:
            return
        self._thread.join(patience_seconds)
        if self._thread.is_alive() and self._printer is not None:
            self._printer.abandon()
            self._thread.join(patience_seconds)
        self._thread = None

    def _work(self) -> None:
        spool = self._opened()
        if spool is None:
            return
        run = PrintRun(spool, self._printer, self._clock, lambda report: self.on_report(report))
        self._run = run
        try:
            while not self._stopping.is_set() and not self._guarded(run.begin):
                self._wake.wait(self._poll_seconds)
            while not self._stopping.is_set():
                self._wake.clear()
                self._guarded(run.watch)
                while not self._stopping.is_set() and self._guarded(run.turn):
                    pass
                self._wake.wait(self._poll_seconds)
        finally:
            if self._printer is not None:
                self._printer.close()
            spool.close()

    def _opened(self) -> Spool | None:
        """The spool, waited for while the store is busy or away; None when it is time to stop."""
        while not self._stopping.is_set():
            try:
                return self._open_spool()
            except KioskTrouble as trouble:
                journal.note_exception("spool not opened", trouble)
                self._stopping.wait(self._poll_seconds)
        return None

    def _guarded(self, work: Callable[[], bool | None]) -> bool:
        try:
            return bool(work())
        except Exception as error:  # noqa: BLE001  a busy store or a bug of ours must not end the worker
            journal.note_exception("print worker stumbled", error)
            return False
