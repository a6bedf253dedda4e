"""提交 against one bare durable commit of the same bytes on the same disk, round by round in turn."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.answers_file import Reader
from kiosk.clock import SystemClock
from kiosk.desk import Desk
from kiosk.filings.filing import Submission
from kiosk.practice import enrol_for_practice, practice_settings
from kiosk.shelf import Shelf, open_shelf
from kiosk.store.connect import connect_plain
from resources import folder

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class HandedIn:
    """Milliseconds of each round."""

    bare: list[float] = field(default_factory=list)  # one INSERT of the sealed bytes, WAL, synchronous=FULL
    file: list[float] = field(default_factory=list)  # Desk.file: seal, one transaction; then the ticket is shown
    settle: list[float] = field(default_factory=list)  # Desk.settle: sealed file, counter; nobody waits for it
    papers: list[float] = field(default_factory=list)  # Desk.papers: the complaint
    submit: list[float] = field(default_factory=list)  # Desk.submit: both


@contextmanager
def a_desk() -> Iterator[tuple[Desk, Submission]]:
    """A practice court's desk on the disk the program stands on, and the demonstration's filing."""
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as home:
        settings = practice_settings(Path(home))
        enrol_for_practice(settings)
        shelf: Shelf = open_shelf(folder("."))
        clock = SystemClock()
        reader = Reader(shelf, settings, shelf.wording, "zh", clock.now())
        (submission,) = reader.read(folder("demo") / "answers.json")
        desk = Desk.open(settings, clock, shelf)
        try:
            yield desk, submission
        finally:
            desk.close()


def handed_in(rounds: int = 40) -> HandedIn:
    found = HandedIn()
    with a_desk() as (desk, submission):
        home = desk.settings.state
        plain = connect_plain(home / "bare.db")
        plain.execute("CREATE TABLE bare(id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        papers = desk.papers(submission)
        body = b""
        for turn in range(rounds + 1):
            desk.save_draft(b"{}")
            took = _ms(lambda: desk.file(papers))
            settled = _ms(desk.settle)
            body = max((home / "sealed").glob("*.frames"), key=lambda path: path.stat().st_mtime_ns).read_bytes()
            bare = _ms(lambda body=body: plain.execute("INSERT INTO bare(body) VALUES (?)", [body]))  # type: ignore[misc]
            if turn:
                found.settle.append(settled)
                found.file.append(took)
                found.bare.append(bare)
        for _ in range(max(5, rounds // 4)):
            desk.save_draft(b"{}")
            found.submit.append(_ms(lambda: desk.submit(submission)))
            desk.settle()
            found.papers.append(_ms(lambda: desk.papers(submission)))
        plain.close()
    return found


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
