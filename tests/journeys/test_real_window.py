"""By mouse on a real window of a real X display: from the attract screen to the central receipt, and the wipe.

The kiosk is a process of its own. Where to click is taken from a mirror: the same program offscreen in this process,
on a store of its own and with no devices, that is given the same touches. After each page the real window must bear
the name that the mirror bears.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from kiosk.ids import TicketNumber
from kiosk.practice import enrol_for_practice
from kiosk.settings import read_settings
from kiosk.store.filings import Filings
from kiosk.visit import events as e
from kiosk.visit.visit import Moment
from ui.demo.court import DemoCourt
from ui.demo.finger import TouchFinger
from ui.demo.person import Person
from ui.main import Program

pytestmark = pytest.mark.xvfb

SIZE = "1080x1920x24"
PATIENCE_SECONDS = 60.0
HAND_SECONDS = 0.006  # from point to point of a signature: no hand jumps, and a mouse on X that does is cut short


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen as a kiosk's, that nobody sees."""
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed (apt-get install xvfb xdotool)")
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-dpi", "96", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(
        words, pass_fds=(writing,), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as told:
            number = told.readline().strip()
        if not number:
            pytest.skip("Xvfb does not start on this machine")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


class RealWindow:
    """The kiosk's window on the display, as xdotool sees it."""

    def __init__(self, display: str, pid: int, wait_until: Callable[..., None]) -> None:
        self._wait_until = wait_until
        self._environment = {**os.environ, "DISPLAY": display}
        self._pid = pid
        self._search = ("search", "--all", "--onlyvisible", "--pid", str(pid), "--name", ".")

    def xdotool(self, *words: str | float) -> str:
        outcome = subprocess.run(
            ["xdotool", *map(str, words)], env=self._environment, capture_output=True, text=True, timeout=30
        )
        return outcome.stdout.strip()

    def title(self) -> str:
        """Its name, or nothing while there is no window."""
        return self.xdotool(*self._search, "getwindowname")

    def corner(self) -> tuple[int, int]:
        words = self.xdotool(*self._search, "getwindowgeometry", "--shell")
        told = dict(line.split("=", 1) for line in words.splitlines() if "=" in line)
        return int(told["X"]), int(told["Y"])

    def wait_for_title(self, fits: Callable[[str], bool], what: str) -> None:
        seen: list[str] = []

        def has_come() -> bool:
            assert Path(f"/proc/{self._pid}/exe").exists(), "the kiosk has ended; see kiosk.log"
            seen[:] = [self.title()]
            return fits(seen[0])

        try:
            self._wait_until(has_come, timeout=int(PATIENCE_SECONDS * 1000))
        except TimeoutError as error:
            raise AssertionError(f"the real window shows {seen}, not {what}") from error


class Mouse:
    """Each touch goes to the real window by mouse, and to the mirror by finger."""

    def __init__(self, real: RealWindow, mirror: QWidget) -> None:
        self._real = real
        self._mirror = mirror
        self._finger = TouchFinger(mirror)
        self._left, self._top = real.corner()
        self._name = mirror.windowTitle()
        self.clicks = 0

    def tap(self, widget: QWidget) -> None:
        self._real.xdotool("mousemove", *self._at(widget, widget.rect().center()), "click", 1)
        self.clicks += 1
        self._finger.tap(widget)
        QApplication.processEvents()
        self._keep_step()

    def draw(self, widget: QWidget, strokes: Sequence[Sequence[QPoint]]) -> None:
        for stroke in strokes:
            first, *others = [self._at(widget, point) for point in stroke]
            moves = [word for point in others for word in ("mousemove", *point, "sleep", HAND_SECONDS)]
            self._real.xdotool("mousemove", *first, "mousedown", 1, *moves, "mouseup", 1)
        self._finger.draw(widget, strokes)
        QApplication.processEvents()
        self._keep_step()

    def _at(self, widget: QWidget, point: QPoint) -> tuple[int, int]:
        on_window = widget.mapTo(self._mirror, point)
        return self._left + on_window.x(), self._top + on_window.y()

    def _keep_step(self) -> None:
        """Where the mirror has turned its page, the real window must turn it too."""
        name = self._mirror.windowTitle()
        if name != self._name and not name.startswith(Moment.GONE):
            self._real.wait_for_title(lambda title: title == name or title.startswith(Moment.DONE), name)
        self._name = name


@pytest.fixture
def settings_file(court: DemoCourt) -> Path:
    """The demonstration's kiosk, without its card reader."""
    text = court.settings_file.read_text("utf-8").replace(f'link = "{court.reader_link}"', 'link = "none"')
    path = court.folder / "kiosk-without-reader.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def mirror_settings_file(settings_file: Path, court: DemoCourt, tmp_path: Path) -> Path:
    text = settings_file.read_text("utf-8").replace(f'link = "{court.printer_link}"', 'link = "none"')
    path = tmp_path / "mirror.toml"
    path.write_text(text.replace(str(court.folder / "state"), str(tmp_path / "state")), "utf-8")
    enrol_for_practice(read_settings(path))
    return path


@pytest.fixture
def real_kiosk(settings_file: Path, display: str, root: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(root)}
    with (tmp_path / "kiosk.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ui.main", "--settings", str(settings_file)],
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def test_a_visit_by_mouse_on_a_real_window_reaches_the_court_and_the_kiosk_begins_anew(
    court: DemoCourt,
    real_kiosk: subprocess.Popen[bytes],
    display: str,
    mirror_settings_file: Path,
    open_kiosk: Callable[..., Any],
    store_of: Callable[..., Any],
    person: Person,
    at_the_court: Callable[..., None],
    receipt_of: Callable[..., None],
    tmp_path: Path,
    qtbot: QtBot,
):
    papers = set(court.tickets.glob("*.txt"))
    with store_of(court.settings()) as db:
        before = {row.ticket_number for row in Filings(db).newest(1000)}
    real = RealWindow(display, real_kiosk.pid, qtbot.waitUntil)
    mice: list[Mouse] = []

    def mouse_on(program: Program) -> Mouse:
        real.wait_for_title(lambda title: title.startswith(Moment.WELCOME), "the attract screen")
        mice.append(Mouse(real, program.window))
        return mice[0]

    with open_kiosk(read_settings(mirror_settings_file), person, finger_on=mouse_on) as mirror:
        window = mirror.program.window
        mirror.wait_for(lambda: mirror.program.lobby.ready and "writing" in window.windowTitle(), "the mirror to open")
        real.wait_for_title(lambda title: title == window.windowTitle(), "the attract screen")
        mirror.walk(printed="paper.none")
        real.wait_for_title(lambda title: title.startswith(Moment.DONE), "the ticket")

        with store_of(court.settings()) as db:
            (ticket,) = {row.ticket_number for row in Filings(db).newest(1000)} - before
        receipt_of(mirror, court.settings(), ticket)
        at_the_court(court, ticket, person, tmp_path)
        mirror.wait_for(lambda: len(set(court.tickets.glob("*.txt")) - papers) == 1, "the paper")
        (paper,) = set(court.tickets.glob("*.txt")) - papers
        assert ticket in paper.read_text("utf-8")

        mirror.do(e.TilePressed("leave"))
        real.wait_for_title(lambda title: title.startswith(Moment.WELCOME), "the attract screen again")
    assert real_kiosk.poll() is None
    assert b"ui.main" in Path(f"/proc/{real_kiosk.pid}/cmdline").read_bytes()
    assert TicketNumber(ticket) not in real.title()
