"""Run by the kill tests as a process of its own: visits without end, each step told on standard output once durable.

`saved VISIT ANSWER` after an answer is written down, `ready VISIT` when everything waits for the press, `filed VISIT TICKET` after the commit,
`settled VISIT` when its sealed file is there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.filings.filing import CompletedForm, Submission
from kiosk.ids import PackId
from kiosk.law.tables import read_tables
from kiosk.settings import read_settings
from kiosk.shelf import Shelf
from kiosk.wording import load_wording
from resources import folder

ANSWERS = 6


def tell(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main() -> None:
    settings = read_settings(Path(sys.argv[1]))
    first = int(sys.argv[2])
    shelf = Shelf({}, read_tables(folder("tables")), load_wording(folder("wording")))
    tell("opening")
    desk = Desk.open(settings, SystemClock(), shelf)
    tell("open")
    for visit in range(first, first + 100_000):
        desk.start_draft()
        for answer in range(1, ANSWERS + 1):
            desk.save_draft(f"{visit} {answer} ".encode() + b"x" * 4000)
            tell("saved", visit, answer)
        form = CompletedForm(PackId("private_lending"), "2026.1", "zh", {"visit": str(visit)})
        papers = Papers(Submission(form, {}, (), ()), f"%PDF {visit}".encode() * 5000, "民间借贷纠纷")
        desk.make_ready(papers)
        tell("ready", visit)
        if visit % 3 == 1:  # went back, and came again
            desk.abandon()
            desk.make_ready(papers)
        filed = desk.file(papers)
        tell("filed", visit, filed.ticket_number)
        desk.settle()
        tell("settled", visit)
        desk.drop_draft()


main()
