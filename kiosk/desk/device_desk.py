"""What a clerk may do about devices: look at the print jobs, answer for one, try the printer; and papers on A4.

Whoever answers for a paper, or learns the printer's ROM, is written down with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from kiosk.clerks.actions import Action
from kiosk.clock import Clock, court_day
from kiosk.desk.court_papers import CourtPapers
from kiosk.desk.opening import noticing
from kiosk.desk.signing_in import SigningIn
from kiosk.documents.papers import Document
from kiosk.errors import KioskTrouble
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.slips.job import JobRecord, JobState
from kiosk.slips.set_up import ROM_PAGE, TEST_PAGE, rom_of, rom_slip, try_slip
from kiosk.slips.sheet import A4, Sheet
from kiosk.slips.slip import OFFLINE_SLIP
from kiosk.store.audit import Audit
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, atomic
from kiosk.store.spool import Spool

RECENT_JOBS = 24
MOST_COPIES = 20  # of one paper; a case with more parties is printed at a window


@dataclass(frozen=True, slots=True)
class DeviceDesk:
    """For one clerk, or for the visitor where no right is asked for. Belongs to the thread of its database."""

    settings: Settings
    clock: Clock
    shelf: Shelf
    db: Database = field(repr=False)
    signing_in: SigningIn = field(repr=False)
    clerk: str = ""

    def jobs(self) -> tuple[JobRecord, ...]:
        with noticing(self.settings.state):
            self.signing_in.may(Action.LIST, self.clerk)
            return Spool(self.db).recent(RECENT_JOBS)

    def person_says(self, job_id: int, has_it: bool) -> JobState:
        """已打印 or 没有打印, by a clerk who has looked."""
        with noticing(self.settings.state), atomic(self.db):
            actor = self.signing_in.may(Action.REPRINT, self.clerk)
            state = Spool(self.db).person_says(job_id, has_it, self.clock.now())
            Audit(self.db, self.clock).note(
                AuditEvent.PRINT_CHANGED,
                actor=actor,
                object=str(job_id),
                outcome="printed" if has_it else "not printed",
            )
            return state

    def again(self, job_id: int) -> None:
        """补打: once more, marked as what it is."""
        with noticing(self.settings.state), atomic(self.db):
            actor = self.signing_in.may(Action.REPRINT, self.clerk)
            spool = Spool(self.db)
            if spool.job(job_id).paper is None:
                raise KioskTrouble("clerk.form_gone")
            spool.reprint(job_id, self.clock.now())
            Audit(self.db, self.clock).note(
                AuditEvent.PRINT_CHANGED, actor=actor, object=str(job_id), outcome="reprinted"
            )

    def give_up(self, job_id: int) -> None:
        with noticing(self.settings.state), atomic(self.db):
            actor = self.signing_in.may(Action.REPRINT, self.clerk)
            Spool(self.db).cancel(job_id, self.clock.now())
            Audit(self.db, self.clock).note(
                AuditEvent.PRINT_CHANGED, actor=actor, object=str(job_id), outcome="cancelled"
            )

    def try_out(self, language: str, rom: bool = False) -> str:
        """Queue a test page, or the page that shows the ROM; the number its job is known by."""
        with noticing(self.settings.state):
            self.signing_in.may(Action.TEST_DEVICES, self.clerk)
            now = self.clock.now()
            number = f"T{now + timedelta(hours=8):%m%d-%H%M%S}"
            wording, kiosk_id = self.shelf.wording, self.settings.kiosk_id
            slip = rom_slip(wording, language, number) if rom else try_slip(wording, language, number, kiosk_id, now)
            Spool(self.db).queue(ROM_PAGE if rom else TEST_PAGE, number, slip, now)
            return number

    def note_rom(self, matching: frozenset[str]) -> str:
        """Which rows of the ROM page match: from the next start on these characters are sent, all others drawn."""
        with noticing(self.settings.state), atomic(self.db):
            actor = self.signing_in.may(Action.TEST_DEVICES, self.clerk)
            rom, profile = rom_of(matching), self.settings.printer.profile
            if rom == "none":
                raise KioskTrouble("devices.rom_none")  # read wrongly, or no printer for Chinese
            Spool(self.db).note_rom(profile, rom, str(court_day(self.clock.now())))
            Audit(self.db, self.clock).note(AuditEvent.DEVICE_CHANGED, actor=actor, object=profile, outcome=rom)
            return rom

    def print_receipt_sheet(self, ticket: str) -> str:
        """The court's receipt on A4, once it is here; the number its job is known by."""
        pdf = CourtPapers(self.settings, self.clock, self.shelf, self.db, self.signing_in, self.clerk).receipt_sheet(
            ticket
        )
        with noticing(self.settings.state):
            sheet = Sheet(f"{A4}receipt", ticket, self.shelf.wording.say("devices.kind.receipt", "zh"), pdf)
            now, spool = self.clock.now(), Spool(self.db)
            found = spool.find(sheet.kind, ticket)
            with atomic(self.db):
                job_id = spool.queue(sheet.kind, ticket, sheet, now)
                if found is not None:
                    spool.reprint(job_id, now)
            return ticket

    # The person at the screen

    def print_documents(self, ticket: str, documents: tuple[Document, ...]) -> int:
        """Every paper of this filing, as many copies of each as it calls for; how many sheets were queued. Asked for
        twice, it is the same jobs.
        """
        with noticing(self.settings.state), atomic(self.db):
            spool, now, queued = Spool(self.db), self.clock.now(), 0
            for one in documents:
                sheet = Sheet(f"{A4}{one.kind}", ticket, one.title, one.pdf)
                for copy_no in range(1, 1 + min(MOST_COPIES, one.copies.total)):
                    spool.queue(sheet.kind, ticket, sheet, now, copy_no)
                    queued += 1
            return queued

    def visitor_says(self, ticket: str, has_it: bool) -> JobState | None:
        """凭条取到了吗？ Asked once, where the printer cannot say so itself."""
        with noticing(self.settings.state):
            job = Spool(self.db).find(OFFLINE_SLIP, ticket)
            return None if job is None else Spool(self.db).person_says(job.id, has_it, self.clock.now())
