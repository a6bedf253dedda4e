"""Starts the processes of the demonstration court and stops exactly those, by their own ids."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.errors import KioskTrouble
from kiosk.settings import Settings, read_settings
from ui.look import DESIGN_PX_PER_MM

START_SECONDS = 30.0
POLL_SECONDS = 0.02


@dataclass
class DemoCourt:
    """Where everything of one demonstration lies, and the processes it has started."""

    folder: Path
    court_url: str = ""
    printer_link: str = ""
    reader_link: str = ""
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def tickets(self) -> Path:
        return self.folder / "tickets"

    @property
    def settings_file(self) -> Path:
        return self.folder / "kiosk.toml"

    @property
    def clerk_file(self) -> Path:
        return self.folder / "clerk.txt"

    @property
    def card_file(self) -> Path:
        """Writing the name of a card here lays that card on the virtual reader."""
        return self.folder / "card"

    def settings(self) -> Settings:
        return read_settings(self.settings_file)

    def start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        """Start one part as `python -m words…`; its output goes to a log file beside the state."""
        log = (self.folder / f"{name}.log").open("ab")
        with log:
            process = subprocess.Popen(  # noqa: S603 - our own modules, fixed words
                [sys.executable, "-m", *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | {"PYTHONUNBUFFERED": "1", "KIOSK_SETTINGS": str(self.settings_file)},
            )
        self.processes[name] = process
        return process

    def run(self, *words: str) -> str:
        """Run one short command of ours to its end and return what it printed."""
        outcome = subprocess.run(  # noqa: S603 - our own modules, fixed words
            [sys.executable, "-m", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=os.environ | {"KIOSK_SETTINGS": str(self.settings_file)},
            timeout=60,
            check=False,
        )
        if outcome.returncode:
            raise KioskTrouble("demo.part_failed", part=" ".join(words[:2]), reason=outcome.stderr.strip()[-300:])
        return outcome.stdout

    def wait_for(self, name: str, fact: Callable[[], str]) -> str:
        """Wait until a part has said what it was asked for (a port, a link), or has ended without."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                if told := fact():
                    return told
            process = self.processes.get(name)
            if process is not None and process.poll() is not None:
                break
            self._look_again(process)
        raise KioskTrouble("demo.part_failed", part=name, reason=f"see {self.folder / f'{name}.log'}")

    @staticmethod
    def _look_again(process: subprocess.Popen[bytes] | None) -> None:
        """Until the part has ended, or it is time for another look at the file it was asked to write."""
        if process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(POLL_SECONDS)

    def stop(self) -> None:
        """End what was started here, newest first."""
        for process in reversed(self.processes.values()):
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()


KIOSK = "110105-K01"
SETTINGS = """\
kiosk_id = "110105-K01"
state_folder = "{state}"

[court]
name = "北京市朝阳区人民法院"
code = "110105"

[screen]
px_per_mm = {px_per_mm:.3f}

[printer]
link = "{printer}"
profile = "generic-80mm"

[card_reader]
link = "{reader}"

[sync]
court_url = "{court}"
poll_seconds = 0.5
retry_first_seconds = 0.5
retry_most_seconds = 5.0

[keeping]
min_free_mb = 50
"""


@contextlib.contextmanager
def demo_court(folder: Path, tell: Callable[[str], None], px_per_mm: float = DESIGN_PX_PER_MM) -> Iterator[DemoCourt]:
    """A running court in this folder. A second run finds keys, store and ledger and goes on with them."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    court = DemoCourt(folder)
    court.tickets.mkdir(exist_ok=True)
    try:
        _start_devices(court, tell)
        _start_intake(court, tell)
        court.settings_file.write_text(
            SETTINGS.format(
                state=folder / "state",
                px_per_mm=px_per_mm,
                printer=court.printer_link,
                reader=court.reader_link,
                court=court.court_url,
            ),
            encoding="utf-8",
        )
        _enrol(court, tell)
        tell("同步 sync job")
        court.start("sync", "sync.main", "watch", "--settings", str(court.settings_file))
        yield court
    finally:
        court.stop()


def _fresh(path: Path) -> Path:
    path.unlink(missing_ok=True)
    return path


def _start_devices(court: DemoCourt, tell: Callable[[str], None]) -> None:
    tell("打印机 virtual ticket printer")
    port = _fresh(court.folder / "printer.port")
    words = ("--port", "0", "--port-file", str(port), "--png-folder", str(court.tickets))
    court.start("printer", "printers.virtual", *words)
    court.printer_link = f"tcp://127.0.0.1:{court.wait_for('printer', lambda: port.read_text('ascii').strip())}"
    tell("读卡器 virtual ID-card reader")
    link = _fresh(court.folder / "reader.link")
    _fresh(court.card_file)
    court.start(
        "reader", "kiosk.idcards.virtual_reader", "--link-file", str(link), "--control-file", str(court.card_file)
    )
    court.reader_link = court.wait_for("reader", lambda: link.read_text("utf-8").strip())


def _start_intake(court: DemoCourt, tell: Callable[[str], None]) -> None:
    tell("中心端 central intake")
    home = court.folder / "court"
    home.mkdir(exist_ok=True, mode=0o700)
    port = _fresh(court.folder / "intake.port")
    court.start("intake", "sync.intake.main", "serve", *intake_words(court), "--port", "0", "--port-file", str(port))
    court.court_url = f"http://127.0.0.1:{court.wait_for('intake', lambda: port.read_text('ascii').strip())}"


def intake_words(court: DemoCourt) -> tuple[str, ...]:
    """Which database and which blobs: the same words for every command of the intake."""
    home = court.folder / "court"
    return ("--database", f"sqlite:///{home / 'ledger.sqlite'}", "--blobs", str(home / "blobs"))


def _enrol(court: DemoCourt, tell: Callable[[str], None]) -> None:
    enrolled = court.folder / "enrolled"
    if not enrolled.exists():
        tell("登记 enrolling this kiosk with the court")
        code = court.run("sync.intake.main", "enrol-code", *intake_words(court), "--kiosk", KIOSK).split()[-1]
        settings = ("--settings", str(court.settings_file))
        court.run("sync.main", "enrol", *settings, "--url", court.court_url, "--code", code)
        enrolled.touch()
    if not court.clerk_file.exists():
        pin = court.run("ui.desk_main", "enrol-clerk", "--settings", str(court.settings_file), "1001").split()[-1]
        court.clerk_file.write_text(f"1001 {pin}\n", encoding="ascii")


def ledger(court: DemoCourt) -> list[dict[str, object]]:
    """What the intake's ledger holds, as its own command prints it."""
    listed = json.loads(court.run("sync.intake.main", "list", *intake_words(court), "--json"))
    assert isinstance(listed, list)
    return listed
