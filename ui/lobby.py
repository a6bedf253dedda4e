"""The lobby: hears facts from screens and devices, steps the visit, shows its page, carries out its wishes.

It holds the only visit. Screens draw what they are given; the desk does what it is asked on its own thread.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, assert_never

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk import journal
from kiosk.clock import Clock
from kiosk.errors import KioskTrouble
from kiosk.filings.filing import Filed
from kiosk.guidance.book import read_book
from kiosk.guidance.search import Search
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.slips.slip import ticket_in
from kiosk.visit import alarms, clerk, drawing, errands, saved, steps
from kiosk.visit import events as e
from kiosk.visit import wishes as w
from kiosk.visit.capture import watches
from kiosk.visit.guide import Guide
from kiosk.visit.pages import Frame, OutOfServicePage, Page
from kiosk.visit.visit import Moment, Visit
from kiosk.wording import Wording
from resources import folder
from ui.bridge import Bridge
from ui.captures import Captures
from ui.counter import Counter
from ui.devices import Devices
from ui.needs import Needs
from ui.sheets import Sheets
from ui.visitors import Visitors
from ui.window import KioskWindow

CLERK_IDLE_SECONDS = 120
UPKEEP_SECONDS = 30  # between two looks for what has served its time
AT_REST = frozenset({Moment.WELCOME, Moment.GONE})


def page_id(visit: Visit | clerk.ClerkVisit) -> str:
    """Which page of a visit is on show, without any answer: `ask /data/facts/amount_agreed`."""
    if isinstance(visit, clerk.ClerkVisit):
        return f"clerk {visit.moment} {visit.importing.moment if visit.importing else ''}".rstrip()
    if visit.moment is Moment.NOTICE:
        return f"{visit.moment} {visit.station} {visit.notice_at + 1}"
    if visit.errand is not None and visit.moment is Moment.ERRAND:
        return f"{visit.moment} {errands.place_of(visit.errand)}"
    return f"{visit.moment} {visit.at or ''}".rstrip() if visit.moment is Moment.ASKING else str(visit.moment)


class Lobby(QObject):
    """One window, one visit at a time."""

    shown = Signal(object)  # the Page now on the window
    gone = Signal()  # the visit is over and everything may be wiped

    def __init__(
        self,
        window: KioskWindow,
        bridge: Bridge,
        devices: Devices,
        settings: Settings,
        wording: Wording,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._window = window
        self._bridge = bridge
        self._devices = devices
        self._settings = settings
        self._clock = clock
        self._guide = Guide(
            forms={},
            wording=wording,
            tables=None,
            court_name=settings.court.name,
            court_code=settings.court.code,
            window=settings.court.window,
            has_a4=settings.a4_printer.link != "none",
            reader_expected=settings.card_reader.link != "none",
            kept_days=settings.keeping.saved_form_days,
            now=clock.now(),
        )
        self._visit: Visit | clerk.ClerkVisit = Visit(language=settings.screen.language)
        self._held: bytes = b""
        self._left = 0
        self._over = False
        self._asked = 0  # answers of the desk that somebody stands and waits for
        self._saving = 0  # drafts on their way to the disk
        self._heard: deque[e.Event] = deque()  # touches that wait for them
        self._early: e.TilePressed | None = None
        self._guidance_settled = False
        self.counter = Counter(bridge.ask, self._ask_now, self.take, devices, self.out_of_service)
        self._sheets = Sheets(bridge.ask, self.take, self.counter.follow_paper)
        self.needs = Needs(window)
        self._visitors = Visitors(self._ask_now, self.take, self.counter.follow_paper, self._come_back)
        self.captures = Captures(settings, bridge.ask, self.take)
        self.captures.camera_changed.connect(self._camera_changed)
        self.captures.frame_arrived.connect(self._show_frame)
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self._idle_reached)
        self._countdown = QTimer(self, interval=1000)
        self._countdown.timeout.connect(self._second_passed)
        window.reported.connect(self.hear)
        window.touched.connect(self._still_here)
        devices.reported.connect(self.take)
        devices.reader_changed.connect(self._reader_changed)
        devices.printer_changed.connect(self._printer_changed)
        devices.device_changed.connect(self._device_changed)
        self._upkeep = QTimer(self, interval=UPKEEP_SECONDS * 1000)
        self._upkeep.timeout.connect(lambda: self._ask(lambda desk: desk.purge(), self._nothing))
        self._upkeep.timeout.connect(self._listen_for_the_court)
        bridge.broke.connect(self.out_of_service)
        self._show()

    @property
    def visit(self) -> Visit | clerk.ClerkVisit:
        return self._visit

    @property
    def busy(self) -> bool:
        """An answer is still on its way to the disk, or a touch waits for one."""
        return self._saving > 0 or bool(self._heard)

    @property
    def waited_for(self) -> bool:
        """Somebody touched something, and what it leads to is still on its way."""
        return bool(self._heard) or self._early is not None or self._asked > 0

    @property
    def ready(self) -> bool:
        """The desk is open, there are forms to fill in, and guidance was read or found missing."""
        return bool(self._guide.forms) and self._guidance_settled

    def open(self, shelf: Shelf, held: bytes | None, waiting: int, has_room: bool) -> None:
        """The desk is open: its forms, and the draft of a visit that a crash cut short."""
        self._held = held or b""
        alarm = self._guide.alarm if has_room else alarms.NO_NEW_FILINGS
        self._guide = replace(
            self._guide, forms=shelf.forms, tables=shelf.tables, alarm=alarm, held=bool(held), waiting=waiting
        )
        scans = self.captures
        self._guide = replace(self._guide, has_camera=scans.has_camera, has_scan_folder=scans.has_scan_folder)
        self._guide = replace(self._guide, has_card_picture=scans.has_card_picture)
        if isinstance(self._visit, Visit) and self._visit.moment is Moment.WELCOME:
            self._visit = steps.first_visit(self._guide, self._visit.language)
        self._upkeep.start()
        self._listen_for_the_court()
        self._ask(lambda desk: Search(read_book(folder("guidance")), shelf.tables.causes.rows), self._guidance_read)
        self._show()

    @Slot(object)
    def hear(self, event: e.Event) -> None:
        """A touch. One that may move on waits until what was answered before is safe on the disk."""
        if self._heard or (self._saving and not isinstance(event, e.Typed | e.DateTyped)):
            self._heard.append(event)
        else:
            self.take(event)

    @Slot(object)
    def take(self, event: e.Event) -> None:
        """One fact from anywhere."""
        self._guide = replace(self.needs.told(self._guide), now=self._clock.now())
        match self._visit:
            case Visit(moment=Moment.WELCOME) if isinstance(event, e.TilePressed) and event.code == "clerk":
                self._visit = clerk.ClerkVisit(language=self._settings.screen.language)
            case Visit(moment=Moment.WELCOME) if isinstance(event, e.TilePressed) and not self.ready:
                self._early = event  # the desk is still opening; the touch counts when it has
                return
            case Visit(moment=Moment.HELD) if isinstance(event, e.TilePressed) and event.code == "continue":
                self._take_up()
            case Visit():
                stepped = steps.step(self._visit, event, self._guide)
                self._visit = stepped.visit
                self._grant(stepped.wishes)
            case clerk.ClerkVisit():
                self._visit, wishes = clerk.step(self._visit, event, self._guide)
                self._grant(wishes)
        self._show()
        self._still_here()

    @Slot(str)
    def scan(self, content: str) -> None:
        """A scanner read something: a visitor's slip, or a ticket a clerk looks for; anything else is nothing."""
        if isinstance(self._visit, Visit):
            self.take(e.Scanned(content))
            return
        ticket = ticket_in(content)
        if ticket is not None:
            self.take(e.Typed(ticket))
            self.take(e.NextPressed())

    def _take_up(self) -> None:
        try:
            taken_up = steps.take_up(saved.load_visit(self._held, self._guide), self._guide)
            self._visit = taken_up.visit
            self._grant(taken_up.wishes)
        except KioskTrouble as trouble:
            self._visit = Visit(language=self._settings.screen.language)
            self._guide = replace(self._guide, alarm=trouble.key, held=False)
        self._held = b""

    def _show(self) -> None:
        self._guide = self.needs.told(self._guide)
        page = self.page()
        self._window.set_clerk(isinstance(self._visit, clerk.ClerkVisit))
        self._window.show_page(page)
        self.tell_title()
        self.shown.emit(page)
        moment = self._visit.moment
        if moment is Moment.STILL_THERE and not self._countdown.isActive():
            self._left = self._settings.screen.leave_seconds
            self._countdown.start()
        elif moment is not Moment.STILL_THERE:
            self._countdown.stop()

    @Slot()
    def tell_title(self) -> None:
        """Name the window after the page it shows; nobody in the lobby sees it, staff and tests ask for it."""
        name = page_id(self._visit) if self.ready else "opening"
        self._window.setWindowTitle(f"{name} · {' '.join(self._window.panel.tabs_offered())}")

    def page(self) -> Page:
        """The page that belongs on the window now."""
        if isinstance(self._visit, clerk.ClerkVisit):
            return clerk.page_of(self._visit, self._guide)
        return drawing.page_of(self._visit, self._guide)

    def _grant(self, wishes: tuple[w.Wish, ...]) -> None:
        for wish in wishes:
            self._grant_one(wish)

    def _grant_one(self, wish: w.Wish) -> None:
        clerk_number = self.counter.clerk
        match wish:
            case w.SaveDraft(body=body):
                self._saving += 1
                self._ask(lambda desk: desk.save_draft(body), self._draft_saved)
            case w.DropDraft():
                self._ask(lambda desk: desk.drop_draft(), self._nothing)
            case w.ClaimDraft(last_four=last_four):
                self._ask_now(lambda desk: desk.claim_held_by_last_four(last_four), self._claimed)
            case w.PrepareFiling(submission=submission):
                self._ask(lambda desk: desk.prepare(submission), self._prepared)
            case w.AbandonFiling():
                self._ask(lambda desk: desk.abandon(), self._nothing)
            case w.StoreFiling(submission=submission):
                self._ask(lambda desk: desk.submit(submission), self._filed)
            case w.ReadCard(nonce=nonce):
                self._devices.read_card(nonce)
            case w.StopCard():
                self._devices.stop_card()
            case w.CallStaff():
                self._ask(lambda desk: desk.note_help_asked(), self._nothing)
            case w.ShowLarger():
                self.needs.largest()
            case w.SetNeed(code=code, on=on):
                self.needs.heed(code, on)
            case w.KeepForm() | w.KeepAgain() | w.ClearKept() | w.ResumeForm() | w.AskAfter() | w.Rate():
                self._visitors.grant(wish, self._visit.language)
            case w.BeginAgain():
                self._devices.stop_card()
                self.captures.stop()
                self._ask(lambda desk: None, lambda _: self.gone.emit())
            case w.ListSheets() | w.CheckSheet() | w.FileSheet() | w.GoOn() | w.StopSheet():
                self._sheets.grant(wish, clerk_number, self._visit.language)
            case (
                w.WatchCamera() | w.StopCamera() | w.TakePicture() | w.ShowPiece() | w.DropPieces() | w.FindPieces()
                | w.ListScans() | w.TakeScan() | w.ReadCardPicture()
            ):  # fmt: skip
                self.captures.grant(wish, clerk_number)
            case w.PrintA4():
                self._ask(lambda desk: desk.print_on_a4(), self.counter.reprinted)
            case w.SlipTaken(ticket=ticket, has_it=has_it):
                self._ask(lambda desk: desk.devices().visitor_says(ticket, has_it), self._nothing)
            case (
                w.SignIn() | w.SignOut() | w.ListFilings() | w.LookUp() | w.Reprint() | w.PrintReceipt()
                | w.ListDevices() | w.TryPrinter() | w.NoteRom() | w.AnswerForJob() | w.PrintJobAgain() | w.GiveJobUp()
                | w.PrintReceiptSheet()
            ):  # fmt: skip
                self.counter.grant(wish, self._visit.language)
            case _:
                assert_never(wish)

    def _ask(self, work: Callable[[Any], Any], then: Callable[[Any], None]) -> None:
        self._bridge.ask(work, then)

    def _ask_now(self, work: Callable[[Any], Any], then: Callable[[Any], None]) -> None:
        """Ask for what somebody stands and waits for."""

        def answered(outcome: Any) -> None:
            self._asked -= 1
            then(outcome)

        self._asked += 1
        self._ask(work, answered)

    def _listen_for_the_court(self) -> None:
        self._ask(lambda desk: desk.court_reached(), self._court_heard)

    def _court_heard(self, outcome: bool | KioskTrouble) -> None:
        self._guide = replace(self._guide, court_reached=outcome is True)

    def _guidance_read(self, outcome: Search | KioskTrouble) -> None:
        """Without its book everything else goes on; `kiosk --check` says what is wrong with it."""
        if isinstance(outcome, Search):
            self._guide = replace(self._guide, guidance=outcome)
        self._guidance_settled = True
        self._show()
        if self._early is not None:
            early, self._early = self._early, None
            self.take(early)

    def _nothing(self, outcome: object) -> None:
        """A use case whose outcome changes nothing on the screen; the desk has logged a trouble itself."""

    def _draft_saved(self, outcome: object) -> None:
        self._saving -= 1
        if isinstance(outcome, KioskTrouble):
            self._guide = replace(self._guide, alarm=alarms.NO_NEW_FILINGS)
        while self._heard and not self._saving:
            self.take(self._heard.popleft())

    def _claimed(self, body: bytes | KioskTrouble | None) -> None:
        if isinstance(body, bytes):
            self._held = body
            self._take_up()
            self._show()
        else:
            self.take(e.DraftNotFound())

    def _come_back(self, body: bytes, until: datetime) -> None:
        """A saved form is open again, and stays kept under its code."""
        self._held = body
        self._take_up()
        if isinstance(self._visit, Visit) and self._visit.interview is not None:
            self._visit = replace(self._visit, kept_until=until)
        self._show()
        self._still_here()

    def _prepared(self, pages: int | KioskTrouble) -> None:
        """A trouble is told at the press, which tries again: until then the person may still decide otherwise."""
        if isinstance(pages, int):
            self.take(e.FilingPrepared(pages))

    def _filed(self, outcome: Filed | KioskTrouble) -> None:
        if isinstance(outcome, KioskTrouble):
            self.take(e.StoringFailed(outcome.key))
            return
        self.take(e.FilingStored(outcome.ticket_number))
        self._devices.follow_paper(outcome.ticket_number)
        self._devices.poke()
        self._ask(lambda desk: desk.settle(), self._nothing)

    @Slot()
    def _device_changed(self) -> None:
        """Whoever looks at the devices sees it at once."""
        if isinstance(self._visit, clerk.ClerkVisit) and self._visit.moment is clerk.ClerkMoment.DEVICES:
            self.counter.grant(w.ListDevices(), self._visit.language)

    @Slot(str)
    def _printer_changed(self, key: str) -> None:
        """Visitors are told before they start, not when they have finished."""
        self._guide = replace(self._guide, printer=key)
        if self._guide.alarm != alarms.NO_NEW_FILINGS:
            self._guide = replace(self._guide, alarm=alarms.of_printer(key))
            if isinstance(self._visit, Visit) and self._visit.moment is Moment.WELCOME:
                self._show()

    @Slot(object)
    def _show_frame(self, frame: object) -> None:
        screen = self._window.screen_now
        if screen is not None:
            screen.show_frame(frame)

    @Slot(bool)
    def _camera_changed(self, works: bool) -> None:
        self._guide = replace(self._guide, camera_works=works)
        if isinstance(self._visit, Visit) and watches(self._visit):
            self._show()

    @Slot(bool)
    def _reader_changed(self, present: bool) -> None:
        self._guide = replace(self._guide, has_reader=present)

    @Slot()
    def _still_here(self) -> None:
        if self._over:
            return
        if isinstance(self._visit, clerk.ClerkVisit):
            self._idle.start(CLERK_IDLE_SECONDS * 1000)
        elif self._visit.moment in AT_REST:
            self._idle.stop()
        elif self._visit.moment is not Moment.STILL_THERE:
            self._idle.start(self._settings.screen.idle_seconds * 1000)

    def stop(self) -> None:
        """No clock of the lobby rings any more, whatever is still on its way here."""
        self._over = True
        self.captures.stop()
        for timer in (self._idle, self._countdown, self._upkeep):
            timer.stop()

    @Slot()
    def _idle_reached(self) -> None:
        self.take(e.IdleReached())

    @Slot()
    def _second_passed(self) -> None:
        self._left -= 1
        self.take(e.SecondsLeft(self._left))

    @Slot(object)
    def out_of_service(self, cause: object) -> None:
        """Something that must not happen did: no more filings here until somebody has looked."""
        self._idle.stop()
        language = self._visit.language
        say = self._guide.wording.say
        if isinstance(cause, BaseException) and not isinstance(cause, KioskTrouble):
            journal.note_exception("window broke", cause)
        code = cause.key if isinstance(cause, KioskTrouble) else type(cause).__name__
        page = OutOfServicePage(
            Frame(language, back=False, leave=False),
            say("out.title", language),
            say("out.message", language, window=self._guide.window),
            code,
        )
        self._window.show_page(page)
        self.shown.emit(page)
