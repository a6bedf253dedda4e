"""A material is photographed at the real window: pretend camera, real child, real store; by touch and by keys."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from kiosk.clock import SystemClock
from kiosk.desk import Desk
from kiosk.interview import materials
from kiosk.pictures.made_up import Shot, jpeg_of, photograph, sheet_of_paper
from kiosk.practice import enrol_for_practice, practice_settings
from kiosk.settings import Camera, Settings
from kiosk.shelf import Shelf, open_shelf
from kiosk.store.pieces import Pieces
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit import saved, steps
from kiosk.visit import wishes as w
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.visit import Moment, Visit
from kiosk.wording import Wording, load_wording
from resources import folder
from ui.demo.person import person_from
from ui.main import Program
from ui.walk import WalkKey

WAIT = 20_000


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return open_shelf(folder("."))


@pytest.fixture(scope="module")
def all_words() -> Wording:
    return load_wording(folder("wording"))


@pytest.fixture(scope="module")
def finished(shelf: Shelf, all_words: Wording) -> Visit:
    """A whole visit of the shortest demonstration case, walked with no device at all, at its last page."""
    clock = SystemClock()
    guide = Guide(shelf.forms, all_words, shelf.tables, "练习人民法院（无效）", "110105", "1号窗口", clock.now())
    person = person_from(folder("demo") / "minimal.json", shelf.tables)
    visit = steps.first_visit(guide, "zh")
    for _ in range(5000):
        stepped = steps.step(visit, person.next_event(visit, page_of(visit, guide)), guide)
        visit = stepped.visit
        if any(isinstance(wish, w.PrepareFiling) for wish in stepped.wishes):
            return visit
    raise AssertionError("the visit did not come to its last page")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = practice_settings(tmp_path / "state")
    enrol_for_practice(settings)
    return settings


@pytest.fixture
def open_with(settings: Settings, shelf: Shelf, all_words: Wording, qapp: QApplication) -> Iterator[Callable[..., Any]]:
    """The window program over a store in which this visit lies open, as after a crash."""
    programs: list[Program] = []

    def open_(visit: Visit, chosen: Settings = settings) -> Program:
        desk = Desk.open(chosen, SystemClock(), shelf)
        desk.save_draft(saved.dump_visit(visit))
        desk.close()
        programs.append(Program(chosen, all_words, SystemClock()))
        programs[-1].show()
        return programs[-1]

    yield open_
    for program in programs:
        program.close()
        qapp.removeEventFilter(program.guard)
        program.window.close()
        program.window.deleteLater()
    QApplication.processEvents()


def tap(program: Program, words: str) -> None:
    found = [
        one for one in program.window.findChildren(QPushButton) if one.isVisible() and one.accessibleName() == words
    ]
    assert found, (words, type(program.lobby.page()).__name__)
    found[0].click()


def page(program: Program) -> p.Page:
    return program.lobby.page()


def capture(program: Program) -> p.CapturePage | None:
    shown = page(program)
    return shown if isinstance(shown, p.CapturePage) else None


def test_a_page_is_photographed_kept_and_goes_with_the_visit(qtbot, open_with, finished: Visit, settings, tmp_path):
    pictures = tmp_path / "camera"
    pictures.mkdir()
    (pictures / "1.jpg").write_bytes(jpeg_of(photograph(sheet_of_paper(1), Shot(size=(1200, 1600), tilt_degrees=5))))
    assert finished.interview is not None
    first = materials(finished.interview, "zh")[0]
    at_list = replace(
        finished, moment=Moment.MATERIALS, station="materials", materials=frozenset({first.id}), ready=None, at=None
    )
    program = open_with(at_list, settings._replace(camera=Camera(f"folder:{pictures}")))
    qtbot.waitUntil(lambda: program.lobby.ready and isinstance(page(program), p.AskPage), timeout=WAIT)
    say = program.wording.say
    tap(program, say("held.continue", "zh"))
    qtbot.waitUntil(lambda: isinstance(page(program), p.MaterialsPage), timeout=WAIT)
    program.lobby.hear(e.NextPressed())
    qtbot.waitUntil(lambda: capture(program) is not None, timeout=WAIT)
    view = program.window.screen_now.view
    qtbot.waitUntil(lambda: not view.is_empty, timeout=WAIT)
    # By keys: the ring begins at 拍, and ● takes the picture.
    program.window.walk.press(WalkKey.NEXT)
    assert program.window.walk.place().accessibleName() == say("capture.shoot", "zh")
    program.window.walk.press(WalkKey.CHOOSE)
    qtbot.waitUntil(lambda: capture(program) is not None and capture(program).tone == "good", timeout=WAIT)
    tap(program, say("capture.turn", "zh"))
    qtbot.waitUntil(lambda: capture(program).turned == 90 and not program.lobby.busy, timeout=WAIT)
    held: list[tuple[int, ...]] = []
    program.bridge.ask(lambda desk: Pieces(desk.db).of_draft(desk.own_draft()), held.append)
    qtbot.waitUntil(lambda: bool(held), timeout=WAIT)
    assert len(held[0]) == 1
    for path in Path(settings.state_folder).rglob("*"):
        assert not path.is_file() or b"JFIF" not in path.read_bytes(), path.name
    program.lobby.hear(e.LeaveAsked())
    with qtbot.waitSignal(program.lobby.gone, timeout=WAIT):
        tap(program, say("leaving.leave", "zh"))
    assert program.window.screen_now is None or not hasattr(program.window.screen_now, "view") or view.is_empty


def test_statement_13_19_with_every_device_absent_the_check_passes_and_a_visit_completes(
    qtbot, open_with, finished: Visit, settings: Settings, root: Path
):
    """The visit came to its last page with no device (`finished`); here it is taken up on the screen and handed in."""
    absent = (
        settings.printer,
        settings.card_reader,
        settings.camera,
        settings.scanner,
        settings.lamp,
        settings.presence,
    )
    assert {one.link for one in absent} == {"none"}
    checked = subprocess.run([sys.executable, "-m", "ui.main", "--check"], cwd=root, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "TROUBLE" not in checked.stdout
    program = open_with(finished)
    qtbot.waitUntil(lambda: program.lobby.ready and isinstance(page(program), p.AskPage), timeout=WAIT)
    tap(program, program.wording.say("held.continue", "zh"))
    qtbot.waitUntil(lambda: isinstance(page(program), p.HandInPage), timeout=WAIT)
    program.lobby.hear(e.NextPressed())
    qtbot.waitUntil(lambda: isinstance(page(program), p.DonePage | p.NotePage), timeout=WAIT)
    if isinstance(page(program), p.NotePage):  # near a time limit with no court in reach
        program.lobby.hear(e.NextPressed())
    qtbot.waitUntil(lambda: isinstance(page(program), p.DonePage), timeout=WAIT)
    assert page(program).ticket_number
