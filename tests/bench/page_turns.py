"""From the release of a touch to the painted next page, on the real window: an ordinary filing, and a form of 500 questions.

`python -m tests.bench.page_turns ordinary|long` walks and prints what it measured; `make bench` runs both of them under
Xvfb where that is installed, as the lobby's window stands on a display too.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from ui.demo.hand import Hand
    from ui.main import Program

PATIENCE_SECONDS = 60.0
QUESTIONS = 500
LEAST_TURNS = 200
MOST_EVENTS = 5000


@dataclass
class Turns:
    """Milliseconds by the wall clock and of the processor for the window's thread."""

    turns: list[tuple[float, float]] = field(default_factory=list)
    slices: list[tuple[float, float]] = field(default_factory=list)  # every stretch of work on the window's thread
    display: str = ""


def measured(what: str) -> Turns:
    """The walk in a process of its own, on a virtual display where there is one."""
    words = [sys.executable, "-m", "tests.bench.page_turns", what]
    with _display() as (display, environment):
        ran = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=1800)
    if ran.returncode:
        raise RuntimeError(f"the walk broke: {ran.stderr[-2000:]}")
    told = json.loads(ran.stdout.splitlines()[-1])
    pairs = {name: [(wall, used) for wall, used in told[name]] for name in ("turns", "slices")}
    return Turns(pairs["turns"], pairs["slices"], display)


@contextmanager
def _display() -> Iterator[tuple[str, dict[str, str]]]:
    environment = {**os.environ, "QT_ENABLE_HIGHDPI_SCALING": "0"}
    if shutil.which("Xvfb") is None:
        yield "offscreen", environment | {"QT_QPA_PLATFORM": "offscreen"}
        return
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1080x1920x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(words, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as told:
            number = told.readline().strip()
        yield "Xvfb", environment | {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait(10)


# The walk, in its own process


def main(what: str) -> None:
    from PySide6.QtWidgets import QApplication

    from resources import folder

    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    found = Turns()
    while len(found.turns) < LEAST_TURNS:
        with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as home:
            if what == "long":
                walker = _Walker(_long_program(Path(home)), "zh", found)
                walker.visit(_whoever())
            else:
                from kiosk.shelf import open_shelf
                from ui.demo.person import person_from

                person = person_from(folder("demo") / "answers.json", open_shelf(folder(".")).tables)
                walker = _Walker(_program(Path(home)), person.language, found)
                walker.visit(person.next_event)
    print(json.dumps({"turns": found.turns, "slices": found.slices}))
    sys.stdout.flush()
    os._exit(0)  # windows and threads of the walked visits need no farewell


def _program(home: Path) -> Program:
    from kiosk.clock import SystemClock
    from kiosk.practice import enrol_for_practice, practice_settings
    from kiosk.wording import load_wording
    from resources import folder
    from ui.main import Program

    settings = practice_settings(home)
    enrol_for_practice(settings)
    return Program(settings, load_wording(folder("wording")), SystemClock())


def _long_program(home: Path) -> Program:
    from kiosk.practice import enrol_for_practice, practice_settings
    from tests.bench_forms.as_pack import pack_of
    from tests.bench_forms.questionnaire import questionnaire
    from ui.preview import FormProgram

    settings = practice_settings(home)
    enrol_for_practice(settings)
    return FormProgram(settings, pack_of(questionnaire(QUESTIONS)))


def _whoever() -> Callable[[Any, Any], Any]:
    """Somebody who answers whatever is asked: the first choice, a few words, a number."""
    from kiosk.visit import events as e
    from kiosk.visit import pages as p
    from kiosk.visit.visit import Moment

    numbers = count(3)

    def answer(visit: Any, page: Any) -> Any:
        match page:
            case p.WelcomePage():
                return e.TilePressed("file")
            case p.AskPage():
                return e.TilePressed("zh" if visit.moment is Moment.LANGUAGE else page.options[0].code)
            case p.ChoicePage() if visit.moment is Moment.MATTER:
                form = f"bench_{QUESTIONS}"
                return e.NextPressed() if form in visit.entry.chosen else e.OptionPressed(form)
            case p.ChoicePage() if not any(option.chosen for option in page.options):
                return e.OptionPressed("none" if visit.moment is Moment.CHANNELS else page.options[0].code)
            case p.WordsPage(text=""):
                return e.Typed(f"说明 {next(numbers)}")
            case p.SumPage(text=""):
                return e.Typed(str(next(numbers)))
            case p.DatePage(year=""):
                return e.DateTyped("2024", "5", "1")
            case p.NoticePage(ticked=False):
                return e.NoticeTicked()
        return e.NextPressed()

    return answer


class _Walker:
    """Touches one visit through and takes the time of each turn, until the page has settled and is painted."""

    def __init__(self, program: Program, language: str, found: Turns) -> None:
        from resources import folder
        from ui.demo.finger import TouchFinger
        from ui.demo.hand import Hand
        from ui.demo.readings import Readings

        walker = self

        class TimedFinger(TouchFinger):
            def _send(self, what: str, point: QPoint) -> None:
                began, used = time.perf_counter(), time.thread_time()
                super()._send(what, point)
                found.slices.append(walker.since(began, used))
                walker.settle()
                walker.last = walker.since(began, used)

            def draw(self, widget: QWidget, strokes: Sequence[Sequence[QPoint]]) -> None:
                super().draw(widget, [stroke[:4] for stroke in strokes])  # drawing is not what is measured

        self.program, self.found = program, found
        self.last = (0.0, 0.0)
        say = program.wording.say
        self.hand: Hand = Hand(
            program.window,
            TimedFinger(program.window),
            Readings(folder("pinyin")),
            lambda key: say(key, language),
            self.settle,
        )

    @staticmethod
    def since(began: float, used: float) -> tuple[float, float]:
        return (time.perf_counter() - began) * 1000, (time.thread_time() - used) * 1000

    def settle(self) -> None:
        """Until what was touched is safe on the disk and the page that follows is painted."""
        self.live()
        while self.program.running and self.program.lobby.busy:
            time.sleep(0.0005)  # the desk's thread has the disk to do; a lobby's event loop sleeps here
            self.live()

    def live(self) -> None:
        """One stretch of the event loop, timed."""
        from PySide6.QtWidgets import QApplication

        began, used = time.perf_counter(), time.thread_time()
        QApplication.processEvents()
        self.found.slices.append(self.since(began, used))

    def wait(self, fact: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while not fact():
            if time.monotonic() > until:
                raise RuntimeError("waited in vain for the kiosk")
            self.live()

    def visit(self, next_event: Callable[[Any, Any], Any]) -> None:
        from kiosk.visit import events as e
        from kiosk.visit import pages as p
        from kiosk.visit.visit import Moment

        program = self.program
        program.show()
        self.wait(lambda: "lobby" in vars(program) and program.lobby.ready)
        for _ in range(40):
            self.live()  # what a start still has to do is not part of a visit
        lobby = program.lobby
        self.found.slices.clear()
        try:
            for _ in range(MOST_EVENTS):
                visit, page = lobby.visit, lobby.page()
                if (
                    getattr(visit, "moment", None) in (Moment.MATERIALS, Moment.CHECK)
                    and program.window.page
                    and _is_long(visit)
                ):
                    return  # the long form has nothing to hand in
                event = next_event(visit, page)
                if isinstance(event, e.Typed | e.DateTyped):
                    lobby.take(event)
                    self.settle()
                    continue
                self.hand.do(event, page)
                if isinstance(lobby.page(), p.WorkingPage | p.DonePage):
                    self.wait(lambda: isinstance(lobby.page(), p.DonePage))
                    return
                if _place(lobby.visit) != _place(visit):
                    self.found.turns.append(self.last)
            raise RuntimeError("the visit leads nowhere")
        finally:
            self._end()

    def _end(self) -> None:
        from PySide6.QtWidgets import QApplication

        program = self.program
        program.close()
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(program.guard)
        program.window.close()
        program.window.deleteLater()


def _is_long(visit: Any) -> bool:
    return str(visit.matter) == f"bench_{QUESTIONS}"


def _place(visit: Any) -> tuple[object, ...]:
    return visit.moment, visit.station, visit.at, visit.notice_at


if __name__ == "__main__":
    main(sys.argv[1])
