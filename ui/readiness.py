"""`kiosk --check`: start, look around, stop. Run on every build and by staff after every change."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtWidgets import QApplication

from kiosk.clock import SystemClock, court_day
from kiosk.desk import Desk
from kiosk.documents.complaint import layout_problems
from kiosk.errors import KioskTrouble
from kiosk.guidance.book import read_book
from kiosk.idcards.picture_reader import is_offered
from kiosk.ids import TicketNumber
from kiosk.languages import COURT_LANGUAGE, OPERATOR_LANGUAGE
from kiosk.law.standing import Known, tables_standing
from kiosk.law.tables import Tables
from kiosk.pictures.decode import Preview, preview_of
from kiosk.settings import Settings
from kiosk.shelf import Shelf, open_shelf
from kiosk.slips.slip import SlipFacts, offline_slip
from kiosk.visit.pages import Frame, WelcomePage
from kiosk.wording import Wording
from printers.press import press
from printers.profiles import load_profile
from printers.spooler import printer_from, printer_key
from resources import folder
from ui.camera import camera_from
from ui.letters import load_fonts
from ui.look import look_of
from ui.window import KioskWindow

TINY_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAAAAABWESUoAAAAGUlEQVR4nGP8z4AfMBGQH1UwqmBUwbBVAACjPQE/b0XQuQAAAABJRU5ErkJggg=="
)
WELL = ("printer.ready", "printer.near_end")


def readiness(settings: Settings, wording: Wording) -> int:
    """Print a line for each thing looked at. 0: the kiosk can serve; 1: something must be put right first."""
    began = time.monotonic()
    well = True
    shelf: list[Shelf] = []

    def window() -> str:
        application = QApplication.instance() or QApplication(["kiosk"])
        look = look_of(settings.screen, wording)
        load_fonts(settings.screen.rare_font)
        shown = KioskWindow(look, settings.court.name, wording)
        shown.show_page(WelcomePage(Frame(look.language), settings.court.name, "", (), (), ""))
        shown.show()
        application.processEvents()
        size = shown.grab().size()
        shown.close()
        return f"{size.width()}×{size.height()}"

    def packs() -> str:
        shelf.append(open_shelf(folder("."), settings.tables_folder))
        for form in shelf[0].forms.values():
            if wrong := layout_problems(form):
                raise KioskTrouble("check.paper_wrong", pack=form.pack, reason=wrong[0])
        by_hand = {False: " (not built by forms build)", True: ""}
        return ", ".join(f"{form.pack} {form.version}{by_hand[form.proven]}" for form in shelf[0].forms.values())

    def guidance() -> str:
        book = read_book(folder("guidance"))
        return f"{len(book.topics)} topics for {len(book.by_cause)} causes"

    def store() -> str:
        desk = Desk.open(settings, SystemClock(), shelf[0])
        try:
            return "; ".join(line.words[OPERATOR_LANGUAGE] for line in desk.health())
        finally:
            desk.close()

    def slip() -> str:
        facts = SlipFacts(
            court_name=settings.court.name,
            ticket_number=TicketNumber("0000-000000-0000-00"),
            ticket_time=datetime(2000, 1, 1, tzinfo=UTC),
            cause="䶮",
            pages=0,
            digest16="0" * 16,
            near_limitation="",
            window=settings.court.window,
            hotline=settings.court.hotline,
        )
        profile = load_profile(settings.printer.profile)
        return f"{profile.name}, {len(press(offline_slip(facts, wording, COURT_LANGUAGE), profile))} bytes"

    def printer() -> str:
        found = printer_from(settings.printer)
        if found is None:
            return wording.say("printer.absent", OPERATOR_LANGUAGE)
        try:
            key = printer_key(found.look())
        finally:
            found.close()
        if key not in WELL:
            raise KioskTrouble(key)
        return wording.say(key, OPERATOR_LANGUAGE)

    def materials() -> str:
        """Only where something may come in: a kiosk without camera and scanner opens no picture."""
        if settings.camera.link == "none" and not settings.clerks.scan_folder:
            return wording.say("check.no_camera", OPERATOR_LANGUAGE)
        made = preview_of(TINY_PICTURE)
        if not isinstance(made, Preview):
            raise KioskTrouble("check.pictures", reason=str(made))
        if settings.camera.link != "none" and camera_from(settings.camera) is None:
            raise KioskTrouble("check.camera", link=settings.camera.link)
        cards = wording.say(
            "check.cards_by_picture" if is_offered() else "check.no_cards_by_picture", OPERATOR_LANGUAGE
        )
        return f"{settings.camera.link}; {cards}"

    looks: dict[str, Callable[[], str]] = {
        "window": window,
        "packs": packs,
        "guidance": guidance,
        "store": store,
        "slip": slip,
        "printer": printer,
        "materials": materials,
    }
    for name, look_at in looks.items():
        try:
            print(f"ok      {name}: {look_at()}")
        except KioskTrouble as trouble:
            well = False
            print(f"TROUBLE {name}: {wording.say(trouble.key, OPERATOR_LANGUAGE, **trouble.places)}")
            print(f"        {wording.say(trouble.key, COURT_LANGUAGE, **trouble.places)}")
            if name == "packs":
                break
    if shelf:
        _say_tables(shelf[0].tables, settings.court.code, wording)
    print(f"{'ready' if well else 'not ready'} after {time.monotonic() - began:.2f} s")
    return 0 if well else 1


def _say_tables(tables: Tables, court: str, wording: Wording) -> None:
    """How far the tables of the law know. An old one stops no kiosk: its rules say "unknown" themselves."""
    for one in tables_standing(tables, court_day(SystemClock().now()), court):
        told = [
            wording.say(one.key, language, day=str(one.unknown_from or ""))
            for language in (OPERATOR_LANGUAGE, COURT_LANGUAGE)
        ]
        print(f"{'ok     ' if one.known in (Known.CURRENT, Known.NOT_SET) else 'OLD    '} tables: {told[0]}")
        print(f"        {told[1]}")
