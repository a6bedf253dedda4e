"""`kill -9` of a printing kiosk at many points: nothing is left half claimed, nothing goes out twice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.slips.job import JobState
from kiosk.slips.parts import Slip
from kiosk.slips.slip import OFFLINE_SLIP
from kiosk.store.spool import Spool
from printers.line_printer import LinePrinter
from printers.profiles import load_profile
from printers.spooler import PrintRun
from printers.transports import Tcp9100
from printers.virtual import VirtualPrinter
from printers.virtual.lines import TcpLine

LAST_BYTE = 1300
LAST_STATEMENT = 60


@pytest.mark.parametrize("rounds", [12, pytest.param(50, marks=pytest.mark.campaign)])
def test_killed_at_many_points_no_paper_is_doubled_and_no_attempt_is_left_open(
    open_spool: Callable[[], Spool],
    tmp_path: Path,
    root: Path,
    slip_for: Callable[..., Slip],
    rounds: int,
    record_property: Callable[[str, object], None],
):
    dice, clock, spool = random.Random(20261123), SystemClock(), open_spool()
    printer = VirtualPrinter(load_profile("virtual-80mm"), dots_a_second=1e6)
    line = TcpLine(printer)
    line.start()
    kiosk = subprocess.Popen(
        [sys.executable, str(root / "tests" / "printers" / "killed_kiosk.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(root)},
        cwd=root,
        text=True,
    )
    assert kiosk.stdin is not None
    assert kiosk.stdout is not None
    numbers = [f"0105-261123-{number:04d}-K3" for number in range(rounds)]
    for place, number in enumerate(numbers):
        spool.queue(OFFLINE_SLIP, number, slip_for(number), clock.now())
        order = {
            "state": str(tmp_path / "state"),
            "port": line.port,
            "byte": dice.randrange(LAST_BYTE) if place % 2 else None,
            "statement": None if place % 2 else dice.randrange(LAST_STATEMENT),
        }
        kiosk.stdin.write(json.dumps(order) + "\n")
        kiosk.stdin.flush()
        assert kiosk.stdout.readline() == "dead\n"
    kiosk.stdin.close()
    kiosk.wait(timeout=10)
    kiosk.stdout.close()

    driver = LinePrinter(printer.profile, Tcp9100("127.0.0.1", line.port))
    run = PrintRun(spool, driver, clock, lambda report: None)
    run.begin()
    assert spool.in_state(JobState.PREFLIGHT, JobState.SENDING, JobState.SENT) == ()
    run.watch()
    while run.turn():
        pass
    driver.close()
    line.stop()
    over = spool.in_state(*JobState)
    assert {job.state for job in over} <= {JobState.PRINTED, JobState.UNKNOWN}
    for job in over:
        pieces = [paper.text for paper in printer.papers if job.business_key in paper.text]
        assert len(pieces) <= 1, job.business_key
        assert not any("补打" in piece for piece in pieces)
        if job.state is JobState.PRINTED:
            assert pieces[0].endswith(f"全文完 {job.business_key} 第1次")
    spool.close()
    record_property("statement", (9, f"{rounds} kills: 0 left sending or sent, 0 out again", "0, 0"))
