"""Pulling the plug between the guess and the answer gives no free guess."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.clerks.actions import SignInRefused
from kiosk.desk import Desk
from kiosk.store.clerks import Clerks

SCRIPT = """
import sys
from pathlib import Path
from kiosk.clock import SystemClock
from kiosk.desk import Desk
from kiosk.desk import signing_in
from kiosk.law.tables import read_tables
from kiosk.settings import read_settings
from kiosk.shelf import Shelf
from kiosk.wording import load_wording
from resources import folder
shelf = Shelf({}, read_tables(folder("tables")), load_wording(folder("wording")))
desk = Desk.open(read_settings(Path(sys.argv[1])), SystemClock(), shelf)
real = signing_in.pin_fits
def compare(*of):
    sys.stdout.write("comparing\\n"); sys.stdout.flush()
    sys.stdin.readline()
    return real(*of)
signing_in.pin_fits = compare
desk.sign_in("1001", "00000000")
"""


def guess_and_pull_the_plug(root: Path, settings_file: Path) -> None:
    guesser = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(settings_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert guesser.stdout is not None
    assert guesser.stdin is not None
    assert guesser.stdout.readline() == b"comparing\n"
    guesser.send_signal(signal.SIGKILL)
    guesser.wait()
    guesser.stdin.close()
    guesser.stdout.close()


def test_five_guesses_cut_by_kill_are_five_guesses_counted(
    root: Path, settings_file: Path, open_desk: Callable[[], Desk]
):
    desk = open_desk()
    pin = desk.enrol_clerk("1001", "王芳")
    desk.close()
    for _ in range(5):
        guess_and_pull_the_plug(root, settings_file)
    again = open_desk()
    tries = Clerks(again.db).tries("1001")
    assert tries is not None
    assert tries.failures == 5
    refused = again.sign_in("1001", pin)
    assert isinstance(refused, SignInRefused)
    assert refused.key == "clerk.must_wait"
    assert 1 <= refused.wait_seconds <= 15
    again.close()
