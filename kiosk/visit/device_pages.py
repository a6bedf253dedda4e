"""设备 in clerk mode as a step function: how each device is, what became of each paper, changing the roll, the ROM page.

Nothing here asks a device. What is known of a paper is said as it is known: by the printer, by a person, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.clock import CHINA
from kiosk.slips.job import JobRecord, JobState
from kiosk.slips.set_up import ROM_ROWS
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import wishes as w
from kiosk.visit.device_events import (
    AnswerForJob,
    DeviceState,
    DevicesTold,
    GiveJobUp,
    ListDevices,
    NoteRom,
    PrintJobAgain,
    TryPrinter,
)
from kiosk.visit.guide import Guide

WELL = frozenset({"printer.ready", "devices.reader_ready", "devices.not_set_up"})
UNNAMED = frozenset({"resume_slip"})  # its number leads to a form somebody kept: nobody else is told it
STEPS = 6  # of changing the roll


class DeviceMoment(StrEnum):
    HOME = "home"
    JOBS = "jobs"
    JOB = "job"
    ROLL = "roll"
    ROM = "rom"


@dataclass(frozen=True, slots=True)
class AtDevices:
    moment: DeviceMoment = DeviceMoment.HOME
    devices: tuple[DeviceState, ...] = ()
    jobs: tuple[JobRecord, ...] = ()
    job_id: int = 0
    matching: frozenset[str] = frozenset()
    message: str = ""  # wording key

    @property
    def job(self) -> JobRecord | None:
        return next((one for one in self.jobs if one.id == self.job_id), None)


Wishes = tuple[w.Wish, ...]


def begin() -> tuple[AtDevices, Wishes]:
    return AtDevices(), (ListDevices(),)


def step(at: AtDevices, event: e.Event) -> tuple[AtDevices | None, Wishes]:
    """Take one fact in. None: the clerk goes back to the page before."""
    M = DeviceMoment
    match at.moment, event:
        case _, DevicesTold(devices=devices, jobs=jobs):
            return replace(at, devices=devices, jobs=jobs), ()
        case _, e.ClerkTold(key=key):
            return replace(at, message=key), ()
        case _, e.PaperReported():
            return at, (ListDevices(),)
        case M.HOME, e.BackPressed():
            return None, ()
        case M.HOME, e.TilePressed(code="jobs"):
            return replace(at, moment=M.JOBS, message=""), (ListDevices(),)
        case M.HOME, e.TilePressed(code="try"):
            return replace(at, message="devices.queued"), (TryPrinter(),)
        case M.HOME, e.TilePressed(code="roll"):
            return replace(at, moment=M.ROLL, message=""), ()
        case M.HOME, e.TilePressed(code="rom"):
            return replace(at, moment=M.ROM, matching=frozenset(), message=""), ()
        case M.HOME, e.TilePressed():
            return replace(at, message=""), (ListDevices(),)
        case M.JOBS, e.TilePressed(code=code) if code.isdecimal():
            return replace(at, moment=M.JOB, job_id=int(code), message=""), ()
        case M.JOB, e.TilePressed(code=code) if at.job is not None:
            return _answer(at, at.job, code)
        case M.JOB, e.BackPressed():
            return replace(at, moment=M.JOBS, message=""), (ListDevices(),)
        case M.ROM, e.TilePressed(code="print"):
            return replace(at, message="devices.queued"), (TryPrinter(rom=True),)
        case M.ROM, e.TilePressed(code="keep"):
            return replace(at, moment=M.HOME, message="devices.rom_kept"), (NoteRom(at.matching), ListDevices())
        case M.ROM, e.TilePressed(code=code) if code in {label for label, _, _ in ROM_ROWS}:
            return replace(at, matching=at.matching ^ {code}), ()
        case ((M.JOBS | M.ROLL | M.ROM), e.BackPressed() | e.NextPressed()):
            return replace(at, moment=M.HOME, message=""), (ListDevices(),)
    return at, ()


def _answer(at: AtDevices, job: JobRecord, code: str) -> tuple[AtDevices, Wishes]:
    wishes: Wishes = ()
    match code:
        case "printed" if _in_question(job):
            wishes = (AnswerForJob(job.id, True),)
        case "not printed" if _in_question(job):
            wishes = (AnswerForJob(job.id, False),)
        case "again" if job.state in (JobState.PRINTED, JobState.CANCELLED) and not job.forgotten:
            wishes = (PrintJobAgain(job.id),)
        case "give up" if job.state in (JobState.QUEUED, JobState.WAITING, JobState.UNKNOWN):
            wishes = (GiveJobUp(job.id),)
    if not wishes:
        return at, ()
    return replace(at, moment=DeviceMoment.JOBS, message="devices.noted"), (*wishes, ListDevices())


def _in_question(job: JobRecord) -> bool:
    return job.state is JobState.UNKNOWN or (job.state is JobState.PRINTED and job.reason == "unconfirmed")


def known_key(job: JobRecord) -> str:
    """What is known of a paper, as a wording key: by whom, or that nobody knows."""
    if job.state is JobState.PRINTED:
        known = {"marker": "marker", "consumed": "consumed", "ipp_job": "ipp_job", "person": "person"}
        return f"devices.known.{known.get(job.reason, 'unconfirmed')}"
    return f"devices.known.{job.state}"


def page_of(at: AtDevices, language: str, guide: Guide) -> p.Page:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, language, **places)

    def heading(key: str, hint: str = "") -> p.Heading:
        return p.Heading(title=say(f"devices.{key}"), hint=hint)

    frame = p.Frame(language)
    message = say(at.message, window=guide.window) if at.message else ""
    match at.moment:
        case DeviceMoment.HOME:
            bad = next((one for one in at.devices if one.state not in WELL), None)
            amiss = say(bad.state) if bad and not message else message
            devices = tuple(p.Option(one.name, say(one.name), say(one.state)) for one in at.devices)
            doubted = sum(_in_question(job) for job in at.jobs)
            todo = tuple(
                p.Option(code, say(f"devices.{code}"), say("devices.in_doubt", count=doubted) if code == "jobs" else "")
                for code in ("jobs", "try", "roll", "rom")
            )
            return p.ClerkChoicePage(frame, heading("title"), amiss, (*todo, *devices))
        case DeviceMoment.JOBS:
            jobs = tuple(p.Option(str(job.id), _name(job, language, guide), say(known_key(job))) for job in at.jobs)
            return p.ClerkChoicePage(frame, heading("jobs", "" if jobs else say("devices.no_jobs")), message, jobs)
        case DeviceMoment.JOB if at.job is not None:
            job = at.job
            codes = []
            if _in_question(job):
                codes += ["printed", "not printed"]
            if job.state in (JobState.PRINTED, JobState.CANCELLED) and not job.forgotten:
                codes.append("again")
            if job.state in (JobState.QUEUED, JobState.WAITING, JobState.UNKNOWN):
                codes.append("give up")
            options = tuple(
                p.Option(code, say(f"devices.{code.replace(' ', '_')}"), say(f"devices.{code.replace(' ', '_')}_hint"))
                for code in codes
            )
            return p.ClerkChoicePage(
                frame, p.Heading(title=_name(job, language, guide), hint=_facts(job, language, guide)), "", options
            )
        case DeviceMoment.ROLL:
            now = next((one.state for one in at.devices if one.name == "devices.printer"), "printer.absent")
            rows = tuple(p.Row(str(n), (say(f"devices.roll{n}"),)) for n in range(1, STEPS + 1))
            tone = "good" if now in WELL else "warn"
            return p.ClerkReportPage(
                p.Frame(language, next_label=say("nav.finish")), heading("roll"), say(now), tone, rows
            )
        case DeviceMoment.ROM:
            rows_said = tuple(
                p.Option(
                    label,
                    f"{'☑' if label in at.matching else '☐'} {label}  {characters}",
                    say("devices.rom_match" if label in at.matching else "devices.rom_no_match"),
                )
                for label, characters, _ in ROM_ROWS
            )
            do = (p.Option("print", say("devices.rom_print")), p.Option("keep", say("devices.rom_keep")))
            return p.ClerkChoicePage(frame, heading("rom", say("devices.rom_how")), message, (do[0], *rows_said, do[1]))
    return page_of(replace(at, moment=DeviceMoment.JOBS), language, guide)


def _name(job: JobRecord, language: str, guide: Guide) -> str:
    kind = job.kind.removeprefix("a4:")
    key = f"devices.kind.{kind}"
    words = guide.say(key if guide.wording.knows(key) else "devices.kind.other", language)
    if kind in UNNAMED:
        return words
    copy = guide.say("devices.copy", language, n=job.copy_no) if job.copy_no > 1 else ""
    return f"{words} {job.business_key} {copy}".strip()


def _facts(job: JobRecord, language: str, guide: Guide) -> str:
    when = f"{job.updated.astimezone(CHINA):%m-%d %H:%M}"
    sent = "?" if job.bytes_sent is None else str(job.bytes_sent)
    known = guide.say(known_key(job), language)
    return guide.say(
        "devices.facts", language, known=known, when=when, papers=job.attempts, sent=sent, total=job.bytes_total
    )
