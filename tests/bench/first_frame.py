"""Cold start: from the start of a process to its first frame, the kiosk and a bare window in turn."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.bare_window import TOLD

TIMES = 10
ROOT = Path(__file__).resolve().parents[2]
SETTINGS = """
kiosk_id = "110105-BENCH"
state_folder = "{state}"
[court]
name = "北京市朝阳区人民法院"
code = "110105"
"""


def cold_starts(times: int = TIMES) -> tuple[list[float], list[float]]:
    """Milliseconds to the first frame: the kiosk's, the bare window's. Both were started once before, unmeasured."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        settings = Path(folder) / "kiosk.toml"
        settings.write_text(SETTINGS.format(state=folder), encoding="utf-8")
        kiosk = [sys.executable, "-m", "tests.bench.kiosk_window", "--settings", str(settings)]
        bare = [sys.executable, "-m", "tests.bench.bare_window"]
        ours, theirs = [], []
        for turn in range(times + 1):
            for command, found in ((kiosk, ours), (bare, theirs)):
                took = _to_first_frame(command)
                if turn:
                    found.append(took)
        return ours, theirs


def _to_first_frame(command: list[str]) -> float:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_ENABLE_HIGHDPI_SCALING": "0"}
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        told = running.stdout.readline()
        took = (time.perf_counter() - began) * 1000
        if told != TOLD:
            assert running.stderr is not None
            raise RuntimeError(f"{command[2]} showed no frame:\n{running.stderr.read().decode()}")
    return took
