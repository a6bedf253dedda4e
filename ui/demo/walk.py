"""The visit without a display: a made-up person walks it by touches on the real window, offscreen.

Every page is kept as a picture; at the end the paper, the complaint and the court's receipt lie beside them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from kiosk.clock import SystemClock
from kiosk.errors import KioskBug
from kiosk.idcards.card import CardFields, as_answers
from kiosk.idcards.layouts import decode
from kiosk.idcards.samples import CARDS
from kiosk.shelf import open_shelf
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.visit import Moment, Visit
from kiosk.wording import load_wording
from resources import folder
from ui.demo.court import DemoCourt, intake_words
from ui.demo.finger import TouchFinger
from ui.demo.hand import Hand
from ui.demo.person import Person, person_from
from ui.demo.readings import Readings
from ui.main import Program

PATIENCE_SECONDS = 60.0
POLL_MS = 5
CARD = "demo"
PRINTED = "paper.printed"


@dataclass
class Walker:
    """One person, one window, one folder of pictures."""

    program: Program
    person: Person
    hand: Hand
    pictures: Path | None  # none are kept where nobody will look at them
    tell: Callable[[str], None]
    lay_card: Callable[[], None] = lambda: None
    taken: int = 0

    def walk(self, printed: str = PRINTED) -> str:
        """From the attract screen to the ticket in hand (or what else is to become of it); its number."""
        lobby = self.program.lobby
        self.wait_for(lambda: lobby.ready, "the desk to open")
        while True:
            visit, page = self._visit(), lobby.page()
            self._keep_picture(page)
            if isinstance(page, p.WorkingPage):
                self.wait_for(lambda: self._visit().moment is not Moment.STORING, "the filing to be stored")
                continue
            if isinstance(page, p.DonePage):
                self.wait_for(lambda: self._visit().paper == printed, "the slip to be printed")
                self._keep_picture(lobby.page())
                return page.ticket_number
            if visit.witness is not None and visit.witness.checking:
                self.wait_for(lambda: self._visit().witness is None, "the clerk's PIN to be looked at")
                continue
            if isinstance(page, p.CardPage) and self.person.has_card and page.moment is not p.CardMoment.READ:
                self.lay_card()
                self.wait_for(lambda: self._visit().card.moment is p.CardMoment.READ, "the card to be read")
                continue
            self._touch(visit, page)

    def leave(self) -> None:
        """清除并离开"""
        self.hand.do(e.TilePressed("leave"), self.program.lobby.page())

    def wait_for(self, fact: Callable[[], bool], what: str) -> None:
        """Let the window live until the fact is there."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not fact():
            if time.monotonic() > until:
                raise KioskBug(f"waited {PATIENCE_SECONDS:.0f} s for {what}, in vain")
            let_the_window_live()

    def _visit(self) -> Visit:
        visit = self.program.lobby.visit
        assert isinstance(visit, Visit)
        return visit

    def _touch(self, visit: Visit, page: p.Page) -> None:
        event = self.person.next_event(visit, page)
        self.hand.do(event, page)
        what = f"{type(event).__name__} on {type(page).__name__} to change something"
        self.wait_for(lambda: self.program.lobby.visit is not visit, what)

    def _keep_picture(self, page: p.Page) -> None:
        """One picture a page: as it was found, and as it was left when it was answered."""
        if self.pictures is None:
            return
        name = type(page).__name__.removesuffix("Page").lower()
        visit = self.program.lobby.visit
        at = (getattr(visit, "at", None) or "").rpartition("/")[2]
        self.taken += 1
        QApplication.processEvents()
        file = self.pictures / f"{self.taken:03d}-{name}{'-' + at if at else ''}.png"
        self.program.window.grab().save(str(file))
        if self.taken % 25 == 0:
            self.tell(f"{self.taken} pages")


def settle(program: Program) -> None:
    """Let the window take in what was touched, and the disk what was answered."""
    QApplication.processEvents()
    while program.running and program.lobby.busy:
        let_the_window_live()


def let_the_window_live() -> None:
    """A moment of the event loop, with the interpreter free for other threads."""
    loop = QEventLoop()
    QTimer.singleShot(POLL_MS, loop.quit)
    loop.exec()


def with_card(person: Person, card: Mapping[str, str]) -> Person:
    """The same person, but what the card says is what they say."""
    answers: dict[str, Any] = json.loads(json.dumps(person.answers))
    answers["plaintiff"][0]["person"] |= dict(card)
    return replace(person, answers=answers, has_card=True)


def demo_card() -> Mapping[str, str]:
    """What the demonstration's card says, by question."""
    card = decode(CARDS[CARD])
    assert isinstance(card, CardFields)
    return as_answers(card)


def lay_card(court: DemoCourt, name: str) -> None:
    """Put this card on the virtual reader; \"none\" takes it away."""
    court.card_file.write_text(name, encoding="ascii")


def walk_the_demo(court: DemoCourt, tell: Callable[[str], None]) -> dict[str, Path]:
    """The whole demonstration offscreen; where its papers are."""
    application = QApplication.instance() or QApplication(["kiosk"])
    assert application is not None
    wording = load_wording(folder("wording"))
    tell("窗口 the kiosk window, offscreen")
    program = Program(court.settings(), wording, SystemClock())
    pictures = court.folder / "screens"
    pictures.mkdir(exist_ok=True)
    for old in pictures.glob("*.png"):
        old.unlink()
    person = with_card(person_from(folder("demo") / "answers.json", open_shelf(folder(".")).tables), demo_card())
    hand = Hand(
        program.window,
        TouchFinger(program.window),
        Readings(folder("pinyin")),
        lambda key: wording.say(key, person.language),
        lambda: settle(program),
    )
    walker = Walker(program, person, hand, pictures, tell, lambda: lay_card(court, CARD))
    try:
        program.show()
        tell("办理 the visit, by touches")
        ticket = walker.walk()
        walker.leave()
        walker.wait_for(lambda: not program.running, "the visit to be wiped")
    finally:
        program.close()
    return {"screens": pictures} | _papers(court, ticket, tell)


def _papers(court: DemoCourt, ticket: str, tell: Callable[[str], None]) -> dict[str, Path]:
    """Wait for the court's receipt, then lay out ticket, complaint and receipt."""
    tell("法院 the court's receipt")
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = court.run("ui.desk_main", "--language", "zh", "find", "--settings", str(court.settings_file), ticket)
        if "法院已接收" in found:
            break
        if time.monotonic() > until:
            raise KioskBug("the court's receipt did not come")
    newest = max(court.tickets.glob("*.png"), key=lambda path: path.stat().st_mtime)
    shown = court.folder / "ticket.png"
    shown.write_bytes(newest.read_bytes())
    receipt_number, words = found.split()[-1], intake_words(court)
    opened = court.run("sync.intake.main", "show", *words, "--out", str(court.folder), receipt_number)
    receipt = court.folder / "receipt.json"
    receipt.write_text(opened, encoding="utf-8")
    return {"ticket": shown, "complaint": court.folder / "complaint.pdf", "receipt": receipt}
