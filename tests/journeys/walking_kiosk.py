"""A kiosk with somebody before it, as a process that may be killed at any moment: `walking_kiosk.py SETTINGS ANSWERS`.

It runs the real window program offscreen and walks one visit by touches, taking up a held form where one is. Each
page shown, and what became of the visit, is a line on standard output; then it ends.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk import process
from kiosk.clock import SystemClock
from kiosk.law.tables import read_tables
from kiosk.settings import read_settings
from kiosk.wording import load_wording
from resources import folder
from ui.demo.finger import TouchFinger
from ui.demo.hand import Hand
from ui.demo.person import person_from
from ui.demo.readings import Readings
from ui.demo.walk import Walker, settle
from ui.lobby import page_id
from ui.main import Program


def tell(line: str) -> None:
    print(line, flush=True)


def main() -> None:
    process.begin()
    settings_file, answers = map(Path, sys.argv[1:])
    application = QApplication(["kiosk"])  # noqa: F841  kept alive until the end
    wording = load_wording(folder("wording"))
    person = person_from(answers, read_tables(folder("tables")))
    readings = Readings(folder("pinyin"))
    program = Program(read_settings(settings_file), wording, SystemClock())
    hand = Hand(
        program.window,
        TouchFinger(program.window),
        readings,
        lambda key: wording.say(key, person.language),
        lambda: settle(program),
    )
    program.lobby.shown.connect(lambda _: tell(f"shown {page_id(program.lobby.visit)}"))
    walker = Walker(program, person, hand, None, tell)
    program.show()
    walker.wait_for(lambda: program.lobby.ready, "the desk to open")
    tell(f"ready {page_id(program.lobby.visit)}")
    ticket = walker.walk()
    tell(f"filed {ticket}")
    walker.leave()
    walker.wait_for(lambda: not program.running, "the visit to be wiped")
    tell("left")


if __name__ == "__main__":
    main()
