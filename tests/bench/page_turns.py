"""From the release of a touch to the painted next page, over a whole walked visit on the real window."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.clock import SystemClock
from kiosk.practice import enrol_for_practice, practice_settings
from kiosk.shelf import open_shelf
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.visit import Visit
from kiosk.wording import load_wording
from resources import folder
from ui.demo.finger import TouchFinger
from ui.demo.hand import Hand
from ui.demo.person import Person, person_from
from ui.demo.readings import Readings
from ui.demo.walk import settle
from ui.main import Program

PATIENCE_SECONDS = 60.0


class TimedFinger(TouchFinger):
    """Takes the time of every tap, from letting go until the window has painted."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.last = (0.0, 0.0)  # milliseconds by the wall clock, and of the processor for this thread

    def _send(self, what: str, point: QPoint) -> None:
        began, used = time.perf_counter(), time.thread_time()
        super()._send(what, point)  # ends when the events that came of it are done, the painting among them
        self.last = ((time.perf_counter() - began) * 1000, (time.thread_time() - used) * 1000)

    def draw(self, widget: QWidget, strokes: Sequence[Sequence[QPoint]]) -> None:
        super().draw(widget, [stroke[:4] for stroke in strokes])  # drawing is not what is measured


def page_turns(least: int = 200) -> list[tuple[float, float]]:
    """Milliseconds of at least so many turns of a page, by the wall clock and of the processor, in visits one after the other."""
    QApplication.instance() or QApplication(["bench"])
    person = person_from(folder("demo") / "answers.json", open_shelf(folder(".")).tables)
    found: list[tuple[float, float]] = []
    while len(found) < least:
        with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as home:
            settings = practice_settings(Path(home))
            enrol_for_practice(settings)
            program = Program(settings, load_wording(folder("wording")), SystemClock())
            found += _visited(program, person)
    return found


def _visited(program: Program, person: Person) -> list[tuple[float, float]]:
    try:
        program.show()
        _wait(lambda: "lobby" in vars(program) and program.lobby.ready)
        return _walk(program, person)
    finally:
        program.close()
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(program.guard)
        program.window.close()
        program.window.deleteLater()


def _walk(program: Program, person: Person) -> list[tuple[float, float]]:
    """One visit, up to the touch on 提交: what comes after is the desk's time."""
    lobby, window = program.lobby, program.window
    finger = TimedFinger(window)
    say = program.wording.say
    hand = Hand(
        window, finger, Readings(folder("pinyin")), lambda key: say(key, person.language), lambda: settle(program)
    )
    found: list[tuple[float, float]] = []
    while True:
        visit, page = lobby.visit, lobby.page()
        assert isinstance(visit, Visit)
        event = person.next_event(visit, page)
        if isinstance(event, e.Typed | e.DateTyped):
            lobby.take(event)
            QApplication.processEvents()
            continue
        hand.do(event, page)
        if isinstance(lobby.page(), p.WorkingPage | p.DonePage):
            _wait(lambda: isinstance(lobby.page(), p.DonePage))
            return found
        if _place(lobby.visit) != _place(visit):
            found.append(finger.last)


def _place(visit: object) -> tuple[object, ...]:
    assert isinstance(visit, Visit)
    return visit.moment, visit.station, visit.at, visit.notice_at


def _wait(fact: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not fact():
        if time.monotonic() > until:
            raise RuntimeError("waited in vain for the kiosk")
        QApplication.processEvents()
