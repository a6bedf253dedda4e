"""A kiosk for practice with the accessibility bus on, as a lobby never has it: `bus_kiosk.py FOLDER`.

The real window program on the display at hand; the name of each page shown is a line on standard output.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk.clock import SystemClock
from kiosk.practice import enrol_for_practice, practice_settings
from kiosk.wording import load_wording
from resources import folder
from ui.lobby import page_id
from ui.main import Program


def main() -> None:
    application = QApplication(["kiosk"])
    application.setApplicationName("kiosk")
    settings = practice_settings(Path(sys.argv[1]))
    enrol_for_practice(settings)
    program = Program(settings, load_wording(folder("wording")), SystemClock())
    program.show()
    program.lobby.shown.connect(lambda _: print(f"shown {page_id(program.lobby.visit)}", flush=True))
    application.exec()


if __name__ == "__main__":
    main()
