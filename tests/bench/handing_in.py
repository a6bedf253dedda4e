"""提交 against one bare durable commit on the same disk, round by round in turn."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.answers_file import Reader
from kiosk.clock import SystemClock
from kiosk.desk import Desk
from kiosk.filings.filing import Submission
from kiosk.practice import enrol_for_practice, practice_settings
from kiosk.shelf import Shelf, open_shelf
from kiosk.store.connect import connect_plain, open_store
from kiosk.store.keys import store_key
from resources import folder

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class HandedIn:
    """Milliseconds of each round. A bare commit is one INSERT into a table of its own: WAL, synchronous=FULL.

    Two of them are held against the press. `bare` writes the whole filing as the court gets it, which is what handing
    in without preparation would have to make durable at the least. `bare_row` writes only as many bytes as the press
    itself still has to (its rows in the six drawers), so it flatters no design that moves work away from the press.
    """

    prepare: list[float] = field(default_factory=list)  # Desk.prepare: papers, sealing, the staged file
    press: list[float] = field(default_factory=list)  # Desk.submit of what is prepared; then the ticket is shown
    settle: list[float] = field(default_factory=list)  # Desk.settle: nobody waits for it
    bare: list[float] = field(default_factory=list)  # the sealed file's bytes, plain SQLite
    bare_row: list[float] = field(default_factory=list)  # the bytes of the press's own rows, plain SQLite
    sealed_bare: list[float] = field(default_factory=list)  # as `bare`, in an encrypted store
    sealed_bare_row: list[float] = field(default_factory=list)  # as `bare_row`, in an encrypted store
    papers: list[float] = field(default_factory=list)  # Desk.papers: the complaint
    submit: list[float] = field(default_factory=list)  # Desk.submit with nothing prepared
    filing_bytes: int = 0
    row_bytes: int = 0


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


def handed_in(rounds: int = 60) -> HandedIn:
    found = HandedIn()
    with a_desk() as (desk, submission):
        home = desk.settings.state
        plain = connect_plain(home / "bare.db")
        sealed = open_store(home / "bare", store_key(home / "bare")).conn
        for connection in (plain, sealed):
            connection.execute("CREATE TABLE bare(id INTEGER PRIMARY KEY, body BLOB NOT NULL)")

        def insert(connection: Any, body: bytes) -> float:
            return _ms(lambda: connection.execute("INSERT INTO bare(body) VALUES (?)", [body]))

        for turn in range(rounds + 2):
            desk.save_draft(b"{}" * 4000)
            prepare = _ms(lambda: desk.prepare(submission))
            press = _ms(lambda: desk.submit(submission))
            settle = _ms(desk.settle)
            file = max((home / "sealed").glob("*.frames"), key=lambda path: path.stat().st_mtime_ns).read_bytes()
            rows = os.urandom(bytes_of_the_press(desk))
            took = [insert(one, body) for body in (file, rows) for one in (plain, sealed)]
            if turn > 1:
                found.prepare.append(prepare)
                found.press.append(press)
                found.settle.append(settle)
                lists = (found.bare, found.sealed_bare, found.bare_row, found.sealed_bare_row)
                for times, one in zip(lists, took, strict=True):
                    times.append(one)
            found.filing_bytes, found.row_bytes = len(file), len(rows)
        for _ in range(max(5, rounds // 6)):
            desk.save_draft(b"{}")
            found.submit.append(_ms(lambda: desk.submit(submission)))
            desk.settle()
            found.papers.append(_ms(lambda: desk.papers(submission)))
        plain.close()
        sealed.close()
    return found


def bytes_of_the_press(desk: Desk) -> int:
    """What the newest filing's own transaction wrote, column by column."""
    newest = "(SELECT filing_id FROM filing ORDER BY ticket_serial DESC LIMIT 1)"
    where = {
        "filing": f"filing_id = {newest}",
        "outbox": f"filing_id = {newest}",
        "chain": "TRUE",
        "audit": f"object = {newest}",
        "print_job": "id = (SELECT max(id) FROM print_job)",
    }
    total = 0
    for table, condition in where.items():
        for row in desk.db.execute(f"SELECT * FROM {table} WHERE {condition}").fetchall():
            total += sum(len(one if isinstance(one, bytes) else str(one).encode()) for one in row)
    return total


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
