"""One form in the real window, at the desk of whoever writes it: a practice court, nothing sent, nothing kept."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kiosk.clock import SystemClock
from kiosk.desk import Desk
from kiosk.forms import load_form
from kiosk.law.tables import read_tables
from kiosk.practice import enrol_for_practice, practice_settings
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.wording import load_wording
from resources import folder
from ui.main import Program

LONGEST_START = 30_000  # milliseconds a form may take to open before that counts as a failure
LOOK_EVERY = 50


class FormProgram(Program):
    """The program with one form on its shelf."""

    def __init__(self, settings: Settings, pack: bytes) -> None:
        super().__init__(settings, load_wording(folder("wording")), SystemClock())
        tables = read_tables(folder("tables"))
        form = load_form(pack, tables, self.wording)
        self.shelf = Shelf({form.pack: form}, tables, self.wording)

    def _open_desk(self) -> Desk:
        return Desk.open(self.settings, self.clock, self.shelf)


def preview(pack: bytes, language: str, leave_at_once: bool) -> int:
    """Show the form until its visit is over. `leave_at_once`: without a screen, only until it is open."""
    with tempfile.TemporaryDirectory(prefix="kiosk-preview-") as home:
        settings = practice_settings(Path(home))
        settings = settings._replace(screen=settings.screen._replace(language=language))
        enrol_for_practice(settings)
        existing = QApplication.instance()
        application = existing or QApplication(["kiosk-desk", *(["-platform", "offscreen"] if leave_at_once else [])])
        program = FormProgram(settings, pack)
        program.lobby_gone(application.quit)
        program.show()
        if leave_at_once:
            _leave_when_open(program, application)
        code = application.exec()
        program.close()
        return code


def _leave_when_open(program: FormProgram, application: object) -> None:
    assert isinstance(application, QApplication)
    looking = QTimer(program.window, interval=LOOK_EVERY)
    looking.timeout.connect(lambda: application.exit(0) if program.lobby.ready else None)
    looking.start()
    QTimer.singleShot(LONGEST_START, program.window, lambda: application.exit(1))
