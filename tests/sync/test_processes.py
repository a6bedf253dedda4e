"""The two commands as people and units run them: real processes, a real socket, and kill -9."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest

from kiosk.clock import SystemClock
from kiosk.filings.status import FilingStatus
from kiosk.sealing.keys import court_keys_path, device_key_path
from sync.intake.tables import Tables
from sync.rough_link import RoughLink, Roughness

SETTINGS = """\
kiosk_id = "110105-K01"
state_folder = "{state}"
[court]
name = "北京市朝阳区人民法院"
code = "110105"
[sync]
court_url = "{url}"
poll_seconds = 0.05
retry_first_seconds = 0.05
retry_most_seconds = 0.2
[keeping]
min_free_mb = 1
"""


class CourtProcess:
    """`kiosk-intake serve` on a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.words = ("--database", f"sqlite:///{folder / 'ledger.sqlite'}", "--blobs", str(folder / "blobs"))
        self.port = 0

    def start(self) -> None:
        port_file = self.folder / "port"
        port_file.unlink(missing_ok=True)
        words = ("serve", *self.words, "--port", str(self.port), "--port-file", str(port_file), "--min-free-mb", "1")
        self.process = start("sync.intake.main", *words)
        wait_for(lambda: port_file.exists() or self.process.poll() is not None, beside=self.process)
        assert self.process.poll() is None, "the intake ended"
        self.port = int(port_file.read_text())

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def list(self) -> list[dict]:
        return json.loads(run("sync.intake.main", "list", *self.words, "--json").stdout)


def start(module: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", module, *words], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def run(module: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", module, *words], capture_output=True, text=True, timeout=60)


def wait_for(
    fact: Callable[[], object], seconds: float = 60, beside: subprocess.Popen[bytes] | None = None, look: float = 0.02
) -> None:
    """Until the fact is there. It lies in another process's file or store, and nothing tells of it, so it is looked at
    again and again; between two looks the process it comes from is waited for, where there is one to end."""
    until = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < until, "waited in vain"
        if beside is not None:
            moment(beside, look)
        else:
            select.select([], [], [], look)


def moment(process: subprocess.Popen[bytes], seconds: float) -> None:
    """So long, or until the process is over."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


@pytest.fixture
def court_process(tmp_path) -> Iterator[CourtProcess]:
    (tmp_path / "court").mkdir()
    court = CourtProcess(tmp_path / "court")
    court.start()
    yield court
    court.kill()


@pytest.fixture
def settings_file(tmp_path):
    def write(url: str) -> str:
        path = tmp_path / "kiosk.toml"
        path.write_text(SETTINGS.format(state=tmp_path / "kiosk", url=url), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def enrolled(make_kiosk, court_process, settings_file):
    """A kiosk enrolled by the real commands; its own connection files, the commands send."""
    kiosk = make_kiosk()
    kiosk.clock = SystemClock()
    settings = settings_file(f"http://127.0.0.1:{court_process.port}")
    code = run("sync.intake.main", "enrol-code", *court_process.words, "--kiosk", "110105-K01").stdout.strip()
    assert run("sync.main", "enrol", "--settings", settings, "--code", code.lower().replace("-", " ")).returncode == 0
    return kiosk, settings


def test_one_filing_from_the_kiosk_to_the_courts_desk(enrolled, court_process):
    kiosk, settings = enrolled
    filing = kiosk.file()
    assert run("sync.main", "once", "--settings", settings).returncode == 0
    assert [row["filing_id"] for row in court_process.list()] == [filing]
    shown = json.loads(run("sync.intake.main", "show", *court_process.words, filing, "--json").stdout)
    assert (shown["header"]["name"], shown["attachments"][0]["name"]) == ("张三", "complaint.pdf")
    status = json.loads(run("sync.main", "status", "--settings", settings, "--json").stdout)
    assert (status["waiting"], status["counts"]["received"]) == (0, 1)
    assert court_process.process.poll() is None


def test_a_court_that_cannot_be_reached_is_a_plain_sentence_and_nothing_is_lost(enrolled, court_process):
    kiosk, settings = enrolled
    filing = kiosk.file()
    court_process.kill()
    outcome = run("sync.main", "once", "--settings", settings)
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr.splitlines()[0] == "连不上法院，材料已存本机，稍后自动再发。"
    assert "Traceback" not in outcome.stderr
    english = run("sync.main", "--language", "en", "status", "--settings", settings)
    assert english.returncode == 0
    assert "The court cannot be reached. Filings are kept and sent later." in english.stdout
    assert "1 filings wait" in english.stdout
    court_process.start()
    assert run("sync.main", "once", "--settings", settings).returncode == 0
    assert [row["filing_id"] for row in court_process.list()] == [filing]


def test_wrong_files_codes_and_addresses_are_each_a_sentence_of_their_own(enrolled, court_process, settings_file):
    kiosk, settings = enrolled

    def said(*words: str) -> tuple[int, str]:
        outcome = run("sync.main", *words)
        assert "Traceback" not in outcome.stderr
        return outcome.returncode, outcome.stderr.splitlines()[1]

    used = said("enrol", "--settings", settings, "--code", "AAA-BBB-CCC-DDD")
    assert used == (2, "The code is wrong or used. Ask the court for a new one.")
    open_line = settings_file("http://court.example")
    assert said("once", "--settings", open_line) == (2, "The court address must begin with https://. Correct it.")
    nowhere = settings_file("")
    assert said("once", "--settings", nowhere) == (2, "The settings name no court. Fill in sync.court_url.")
    settings = settings_file(f"http://127.0.0.1:{court_process.port}")
    device_key_path(kiosk.state).write_bytes(b"x" * 32)
    assert run("sync.main", "once", "--settings", settings).returncode == 3
    device_key_path(kiosk.state).write_bytes(b"short")
    assert said("once", "--settings", settings) == (2, "The court key file is damaged. Enrol this kiosk again.")
    court_keys_path(kiosk.state).unlink()
    assert said("once", "--settings", settings) == (2, "This kiosk is not enrolled yet. Run kiosk-sync enrol.")


def test_a_second_messenger_is_told_that_one_is_running(enrolled):
    _, settings = enrolled
    watch = start("sync.main", "watch", "--settings", settings)
    try:
        wait_for(lambda: run("sync.main", "once", "--settings", settings).returncode == 2)
        assert watch.poll() is None
    finally:
        watch.terminate()
        assert watch.wait(10) == 0


def test_the_watch_sends_a_new_filing_within_seconds_and_outlives_the_court(enrolled, court_process):
    kiosk, settings = enrolled
    watch = start("sync.main", "watch", "--settings", settings)
    try:
        first = kiosk.file()
        wait_for(lambda: kiosk.status(first) is FilingStatus.RECEIVED)
        court_process.kill()
        second = kiosk.file()
        court_process.start()
        wait_for(lambda: kiosk.status(second) is FilingStatus.RECEIVED)
    finally:
        watch.terminate()
        watch.wait(10)
    assert [row["filing_id"] for row in court_process.list()] == [first, second]


def killing(kiosk, settings: str, court: CourtProcess, kills: int, seed: int) -> None:
    """Kill one of the two at a random moment, again and again, while filings are made; then look at every one."""
    dice = random.Random(seed)
    filings: list[str] = []
    watch = start("sync.main", "watch", "--settings", settings)
    try:
        for _ in range(kills):
            filings += [kiosk.file(pages=dice.randrange(1, 30)) for _ in range(dice.randrange(1, 6))]
            if dice.random() < 0.7:  # often wait for the sending to begin, sometimes strike in the middle of a start
                seen = kiosk.statuses().get(FilingStatus.RECEIVED, 0)
                with suppress(AssertionError):  # not in five seconds: then it is struck while it waits
                    wait_for(lambda: kiosk.statuses().get(FilingStatus.RECEIVED, 0) != seen, 5, watch, 0.01)  # noqa: B023
            moment(watch, dice.random() * 0.3)  # a moment by chance is what is tried here, not a fact to wait for
            if dice.random() < 0.5:
                os.kill(watch.pid, signal.SIGKILL)
                watch.wait()
                watch = start("sync.main", "watch", "--settings", settings)
            else:
                court.kill()
                court.start()
        wait_for(lambda: kiosk.statuses() == {FilingStatus.RECEIVED: len(filings)}, seconds=60)
    except AssertionError as error:
        told = run("sync.main", "status", "--settings", settings, "--json").stdout
        waiting = [(one.place, one.tries, one.next_try_at, one.status) for one in kiosk.outbox.unreceived()]
        log = (kiosk.state / "log" / "kiosk-sync.jsonl").read_text(encoding="utf-8")[-3000:]
        alive = (watch.poll(), court.process.poll())
        raise AssertionError(f"{len(filings)} filed; {alive}; {waiting}\n{told}\n{log}") from error
    finally:
        watch.kill()
        watch.wait()
    arrived = court.list()
    assert sorted(row["filing_id"] for row in arrived) == sorted(filings)
    assert [row["log_index"] for row in arrived] == list(range(len(filings)))
    assert sorted(row["seq"] for row in arrived) == list(range(1, len(filings) + 1))
    tables = Tables.open(court.words[1])
    assert tables.all("SELECT 1 FROM fork") + tables.all("SELECT 1 FROM conflict") == []
    assert tables.all("SELECT 1 FROM quarantine") == []
    tables.close()
    for row in arrived[:: max(1, len(arrived) // 5)]:
        assert run("sync.intake.main", "show", *court.words, row["filing_id"]).returncode == 0


def test_killing_either_side_at_random_moments_loses_and_doubles_nothing(enrolled, court_process):
    kiosk, settings = enrolled
    killing(kiosk, settings, court_process, kills=6, seed=1)


@pytest.mark.campaign
@pytest.mark.timeout(900)
def test_fifty_kills_lose_and_double_nothing(enrolled, court_process):
    kiosk, settings = enrolled
    killing(kiosk, settings, court_process, kills=50, seed=2)


def test_a_rough_line_delivers_every_filing_once(enrolled, court_process, clock):
    kiosk, _ = enrolled
    roughness = Roughness(cut_up=0.2, cut_down=0.15, refuse=0.05, garbage=0.05, portal=0.05, busy=0.05)
    link = RoughLink(("127.0.0.1", court_process.port), roughness)
    filings = [kiosk.file(pages=5) for _ in range(30)]
    try:
        for _ in range(200):
            with httpx2.Client(base_url=link.url, trust_env=False, timeout=10) as client:
                messenger = kiosk.messenger(client)
                messenger.wake()
                messenger.round()
            if kiosk.statuses() == {FilingStatus.RECEIVED: len(filings)}:
                break
    finally:
        link.close()
    assert sorted(row["filing_id"] for row in court_process.list()) == sorted(filings)
    assert {"cut_up", "cut_down", "good"} <= set(link.suffered)
    sealed = sum(kiosk.files.path(filing, 1).stat().st_size for filing in filings)
    assert link.bytes_up < 2.0 * sealed
