"""What the desk does for a clerk at the window: wishes in, facts out. Beside the lobby, which holds the visit.

Whether this clerk may is the desk's to say, each time; here is only whose number goes with the asking.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, assert_never

from kiosk.errors import KioskTrouble
from kiosk.filings.filing import FilingSummary
from kiosk.visit import events as e
from kiosk.visit import wishes as w
from ui.devices import Devices

Ask = Callable[[Callable[[Any], Any], Callable[[Any], None]], None]


class Counter:
    def __init__(
        self,
        ask: Ask,
        ask_now: Ask,
        tell: Callable[[e.Event], None],
        devices: Devices,
        out_of_service: Callable[[object], None],
    ) -> None:
        self._ask, self._ask_now, self._tell = ask, ask_now, tell
        self._devices, self._out_of_service = devices, out_of_service
        self.clerk = ""  # who is signed in

    def grant(self, wish: w.ClerkWish, language: str) -> None:
        number, ask, ask_now = self.clerk, self._ask, self._ask_now
        match wish:
            case w.SignIn(number=given, pin=pin):
                ask_now(lambda desk: desk.sign_in(given, pin), self._signed_in)
            case w.SignOut():
                self.clerk = ""
                ask(lambda desk: desk.sign_out(), self._nothing)
            case w.ListFilings():
                ask_now(lambda desk: (desk.recent(number), desk.health()), lambda found: self._listed(found, language))
            case w.LookUp(ticket=ticket):
                ask_now(lambda desk: desk.look_up(ticket, number), self._found)
            case w.Reprint(ticket=ticket):
                self._devices.follow_paper(ticket)
                ask_now(lambda desk: desk.reprint(ticket, number), self.reprinted)
            case w.PrintReceipt(ticket=ticket, receipt_number=receipt):
                self._devices.follow_paper(receipt)
                ask_now(lambda desk: desk.court_papers(number).print_receipt(ticket), self.reprinted)
            case w.PrintReceiptSheet(ticket=ticket):
                ask_now(lambda desk: desk.devices(number).print_receipt_sheet(ticket), self.reprinted)
            case w.ListDevices():
                ask(lambda desk: desk.devices(number).jobs(), self._jobs_listed)
            case w.TryPrinter(rom=rom):
                ask(lambda desk: desk.devices(number).try_out(language, rom), self.reprinted)
            case w.NoteRom(matching=matching):
                ask(lambda desk: desk.devices(number).note_rom(matching), self.reprinted)
            case w.AnswerForJob(job_id=job_id, has_it=has_it):
                ask(lambda desk: desk.devices(number).person_says(job_id, has_it), self.reprinted)
            case w.PrintJobAgain(job_id=job_id):
                ask(lambda desk: desk.devices(number).again(job_id), self.reprinted)
            case w.GiveJobUp(job_id=job_id):
                ask(lambda desk: desk.devices(number).give_up(job_id), self.reprinted)
            case _:
                assert_never(wish)

    def follow_paper(self, key: str) -> None:
        """Something new is in the spool, and whoever stands here wants to know what becomes of it."""
        self._devices.follow_paper(key)
        self._devices.poke()

    def reprinted(self, outcome: object) -> None:
        self._devices.poke()
        if isinstance(outcome, KioskTrouble):  # otherwise the printer itself says how it goes
            self._tell(e.ClerkTold(outcome.key))

    def _signed_in(self, outcome: Any) -> None:
        if isinstance(outcome, KioskTrouble):
            self._tell(e.SignInRefused(outcome.key, 0))
        elif hasattr(outcome, "wait_seconds"):
            self._tell(e.SignInRefused(outcome.key, outcome.wait_seconds))
        else:
            self.clerk = outcome.number
            self._tell(e.SignedIn(outcome.number))

    def _listed(self, outcome: Any, language: str) -> None:
        if isinstance(outcome, KioskTrouble):
            self._out_of_service(outcome)
            return
        filings, health = outcome
        self._tell(e.FilingsListed(tuple(filings), tuple(line.words[language] for line in health)))

    def _found(self, found: FilingSummary | KioskTrouble | None) -> None:
        self._tell(e.ClerkTold(found.key) if isinstance(found, KioskTrouble) else e.FilingFound(found))

    def _jobs_listed(self, jobs: Any) -> None:
        if isinstance(jobs, KioskTrouble):
            self._tell(e.ClerkTold(jobs.key))
        else:
            self._tell(e.DevicesTold(self._devices.states(), tuple(jobs)))

    def _nothing(self, outcome: object) -> None:
        """Nothing on the screen hangs on it; the desk has logged a trouble itself."""
