"""kill -9 of the whole kiosk, window and all, in the middle of visits: no filing lost, none doubled, no page either."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kiosk.clock import SystemClock
from kiosk.guidance.book import read_book
from kiosk.guidance.search import Search
from kiosk.practice import enrol_for_practice
from kiosk.settings import Settings, read_settings
from kiosk.shelf import open_shelf
from kiosk.store.filings import Filings
from kiosk.store.outbox import Outbox
from kiosk.store.sealed_files import SealedFiles
from kiosk.visit import steps
from kiosk.visit.drawing import page_of
from kiosk.visit.guide import Guide
from kiosk.visit.visit import Moment
from kiosk.wording import Wording
from resources import folder
from ui.demo.person import Person
from ui.lobby import page_id

SEED = 20261123
HERE = Path(__file__).parent
MOST_PAGES_A_LIFE = 30
MOST_MS_ON_A_PAGE = 120
STORING, DONE, WELCOME, HELD = "storing", "done", "welcome", "held"

SETTINGS = """\
kiosk_id = "110105-K01"
state_folder = "{state}"
[court]
name = "北京市朝阳区人民法院"
code = "110105"
[printer]
link = "{printer}"
profile = "generic-80mm"
[keeping]
min_free_mb = 10
ballast_mb = 0
"""


@pytest.fixture
def settings(tmp_path: Path, printer: str) -> Settings:
    path = tmp_path / "kiosk.toml"
    path.write_text(SETTINGS.format(state=tmp_path / "state", printer=printer), "utf-8")
    enrol_for_practice(read_settings(path))
    return read_settings(path)


@dataclass
class Life:
    """What one process said before it ended."""

    started_at: str = ""  # the page it came up with
    shown: list[str] = field(default_factory=list)  # each page once, in order
    ticket: str = ""
    killed: bool = False

    def pages(self) -> list[str]:
        """The pages this life showed after it came up, the question of the held form left out."""
        return [one for one in self.shown if one != HELD]


def live(settings_file: Path, answers: Path, pages: int | None, ms: int) -> Life:
    """Run the kiosk; kill it `ms` after the n-th page (0: while it starts), or let it finish its visit."""
    life = Life()
    process = subprocess.Popen(
        [sys.executable, str(HERE / "walking_kiosk.py"), str(settings_file), str(answers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parent.parent)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    end: threading.Timer | None = None
    if pages == 0:
        end = threading.Timer(ms * MOST_PAGES_A_LIFE / 1000, process.send_signal, [signal.SIGKILL])
        end.start()
    for line in process.stdout:
        what, _, rest = line.strip().partition(" ")
        if what == "ready":
            life.started_at = rest
            life.shown = [rest]
        elif what == "filed":
            life.ticket = rest
        elif what == "shown" and life.started_at and rest != life.shown[-1]:
            life.shown.append(rest)
        if end is None and pages is not None and len(life.shown) >= pages:
            end = threading.Timer(ms / 1000, process.send_signal, [signal.SIGKILL])
            end.start()
    process.wait()
    if end is not None:
        end.cancel()
    said = process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    life.killed = process.returncode == -signal.SIGKILL
    assert life.killed or process.returncode == 0, said
    return life


def is_where_it_was(before: Life, after: Life, route: list[str]) -> bool:
    """Whether the second life took up the page on show when the first ended, the one directly before it, or the one
    directly after it: that page's answer was already safe, and the next page not yet painted.
    """
    last, taken_up = before.pages()[-1], after.pages()[0]
    places = [n for n, one in enumerate(route) if one == last]
    return taken_up in {one for n in places for one in route[max(0, n - 1) : n + 2]}


@pytest.fixture
def route(person: Person, wording: Wording) -> list[str]:
    """The pages of this person's visit in order, walked as a pure value."""
    shelf = open_shelf(folder("."))
    search = Search(
        read_book(folder("guidance")), shelf.tables.causes.rows
    )  # with it the green channels are asked about
    guide = Guide(shelf.forms, wording, shelf.tables, "", "110105", "", SystemClock().now(), guidance=search)
    visit = steps.first_visit(guide, "zh")
    pages = [page_id(visit)]
    while visit.moment is not Moment.STORING:
        visit = steps.step(visit, person.next_event(visit, page_of(visit, guide)), guide).visit
        if page_id(visit) != pages[-1]:
            pages.append(page_id(visit))
    return pages


def kill_at_random_moments(
    kills: int, settings_file: Path, answers: Path, route: list[str], after_each: Callable[[], None]
) -> tuple[int, int]:
    """Kill that often, then let the last visit end; how many visits were finished, and how many kills hit."""
    chance = random.Random(SEED)
    finished = hit = 0
    before: Life | None = None  # the life whose visit is still open
    while hit < kills or before is not None:
        pages = chance.randint(0, MOST_PAGES_A_LIFE) if hit < kills else None
        life = live(settings_file, answers, pages, chance.randint(0, MOST_MS_ON_A_PAGE))
        hit += life.killed
        after_each()
        if not life.started_at:
            continue  # killed while it started: nothing has changed
        if before is not None:
            if life.started_at == HELD:
                if len(life.shown) > 1:
                    assert is_where_it_was(before, life, route), (before.shown[-3:], life.shown[:3])
                else:
                    life.shown = before.shown[-2:]  # killed before it could show where it was
            else:
                # Nothing was held: the visit had only just begun, or its filing was already safe.
                began = not any(one.startswith(("asking", "notice")) for one in before.shown)
                assert began or before.shown[-1] in (STORING, DONE, "gone"), before.shown[-3:]
                finished += not began
        else:
            assert life.started_at == WELCOME
        if life.ticket and not life.killed:
            finished += 1
            before = None
        else:
            before = life
    return finished, hit


def counted(settings: Settings, store_of: Callable[[Settings], Any]) -> dict[str, int]:
    with store_of(settings) as db:
        rows = Filings(db).newest(1000)
        return {
            "filings": len(rows),
            "tickets": len({row.ticket_number for row in rows}),
            "visits": len({row.draft_id for row in rows}),
            "outbox": len(Outbox(db).unreceived()),
            "sealed": len(list(SealedFiles(settings.state / "sealed").all())),
            "slips": db.execute("SELECT count(*) FROM print_job").fetchone()[0],
        }


@pytest.mark.parametrize("kills", [8, pytest.param(50, marks=[pytest.mark.campaign, pytest.mark.timeout(2400)])])
def test_a_killed_kiosk_goes_on_at_its_page_and_files_every_visit_once(
    kills: int,
    tmp_path: Path,
    settings: Settings,
    answers_file: Path,
    store_of: Callable[[Settings], Any],
    route: list[str],
    person: Person,
    files_holding: Callable[[Iterable[Path], str], list[str]],
):
    rare_name = person.answers["defendant"][0]["person"]["name"]

    def nothing_lies_open() -> None:
        assert files_holding(settings.state.rglob("*"), rare_name) == []

    finished, hit = kill_at_random_moments(kills, tmp_path / "kiosk.toml", answers_file, route, nothing_lies_open)
    assert hit >= kills
    assert finished >= 1
    assert counted(settings, store_of) == dict.fromkeys(
        ("filings", "tickets", "visits", "outbox", "sealed", "slips"), finished
    )
