"""A slip, a spool in a real store, and a virtual printer on a line whose time is its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

import resources
from kiosk.clock import StillClock
from kiosk.ids import TicketNumber
from kiosk.slips.job import PrintJob
from kiosk.slips.parts import Slip
from kiosk.slips.slip import OFFLINE_SLIP, SlipFacts, offline_slip
from kiosk.store.connect import open_store
from kiosk.store.keys import store_key
from kiosk.store.spool import Spool
from kiosk.wording import Wording, load_wording
from printers.line_printer import LinePrinter
from printers.profiles import PrinterProfile, load_profile
from printers.spooler import PrinterReport, PrintRun
from printers.virtual import Faults, VirtualPrinter
from printers.virtual.in_process import InProcessLine

settings.register_profile("unhurried", deadline=None)  # a loaded machine is no failure
settings.load_profile("unhurried")

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def wording() -> Wording:
    return load_wording(resources.folder("wording"))


@pytest.fixture(scope="session")
def slip_for(wording: Wording) -> Callable[..., Slip]:
    """An offline slip for this ticket number."""

    def make(number: str = "0105-261123-0007-K3", language: str = "zh", **more: object) -> Slip:
        facts = {
            "court_name": "北京市朝阳区人民法院",
            "ticket_time": NOON,
            "cause": "民间借贷纠纷",
            "pages": 6,
            "digest16": "0123456789abcdef",
            "window": "诉讼服务中心 1号窗口",
            **more,
        }
        return offline_slip(SlipFacts(ticket_number=TicketNumber(number), **facts), wording, language)

    return make


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOON)


@pytest.fixture
def open_spool(tmp_path: Path) -> Callable[[], Spool]:
    state = tmp_path / "state"
    key = store_key(state)
    return lambda: Spool(open_store(state, key))


@pytest.fixture
def spool(open_spool: Callable[[], Spool]) -> Iterator[Spool]:
    opened = open_spool()
    yield opened
    opened.close()


@dataclass
class Bench:
    """One printer, its line, its driver and its worker. `restart` is what a killed kiosk does when it starts again."""

    spool: Spool
    clock: StillClock
    printer: VirtualPrinter
    line: InProcessLine
    driver: LinePrinter
    run: PrintRun
    reports: list[PrinterReport] = field(default_factory=list)

    def queue(self, slip: Slip) -> int:
        return self.spool.queue(OFFLINE_SLIP, slip.number, slip, self.clock.now())

    def work(self, turns: int = 6) -> None:
        """The worker's loop, so many times round."""
        for _ in range(turns):
            self.run.watch()
            while self.run.turn():
                pass
            self.line.seconds += 2.0
            self.clock.pass_seconds(2.0)

    def job(self, job_id: int) -> PrintJob:
        return self.spool.job(job_id)

    def restart(self) -> None:
        self.line.close()
        self.driver = LinePrinter(self.printer.profile, self.line)
        self.run = PrintRun(self.spool, self.driver, self.clock, self.reports.append)
        self.run.begin()

    def papers_with(self, number: str) -> list[str]:
        """The texts of all pieces of paper that show this number."""
        return [paper.text for paper in self.printer.papers if number in paper.text]


@pytest.fixture
def bench_for(spool: Spool, clock: StillClock) -> Callable[..., Bench]:
    def make(profile: PrinterProfile | str = "virtual-80mm", baud: int = 115200, **more: object) -> Bench:
        chosen = load_profile(profile) if isinstance(profile, str) else profile
        printer = VirtualPrinter(chosen, **more)
        line = InProcessLine(printer, baud)
        driver = LinePrinter(chosen, line)
        reports: list[PrinterReport] = []
        return Bench(spool, clock, printer, line, driver, PrintRun(spool, driver, clock, reports.append), reports)

    return make


@pytest.fixture
def faults() -> type[Faults]:
    return Faults


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One table at the end of a campaign: each promise about devices, what it came to, and what was promised."""
    found = {
        value[0]: value[1:]
        for report in terminalreporter.stats.get("passed", [])
        for name, value in getattr(report, "user_properties", [])
        if name == "statement"
    }
    if not found:
        return
    wide = max(len(figure) for figure, _ in found.values())
    terminalreporter.section("statements about devices")
    terminalreporter.write_line(f"{'statement':>9} | {'figure':<{wide}} | goal")
    for number, (figure, goal) in sorted(found.items()):
        terminalreporter.write_line(f"{number:>9} | {figure:<{wide}} | {goal}")
