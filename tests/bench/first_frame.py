"""Cold start: from the start of a process to its first frame, the kiosk and a bare window in turn."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.told import TOLD

TIMES = 10
ROOT = Path(__file__).resolve().parents[2]
SETTINGS = """
kiosk_id = "110105-BENCH"
state_folder = "{state}"
[court]
name = "北京市朝阳区人民法院"
code = "110105"
"""


def cold_starts(times: int = TIMES) -> tuple[tuple[list[float], list[float]], tuple[list[float], list[float]]]:
    """Milliseconds to the first frame, by the wall clock and of the processor: the kiosk's, the bare window's.

    Both are started once before, unmeasured. On a busy machine only the processor time says much.
    """
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        settings = Path(folder) / "kiosk.toml"
        settings.write_text(SETTINGS.format(state=folder), encoding="utf-8")
        kiosk = [sys.executable, "-m", "tests.bench.kiosk_window", "--settings", str(settings)]
        bare = [sys.executable, "-m", "tests.bench.bare_window"]
        clock: tuple[list[float], list[float]] = ([], [])
        processor: tuple[list[float], list[float]] = ([], [])
        for turn in range(times + 1):
            for which, command in enumerate((kiosk, bare)):
                took, used = _to_first_frame(command)
                if turn:
                    clock[which].append(took)
                    processor[which].append(used)
        return clock, processor


def _to_first_frame(command: list[str]) -> tuple[float, float]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_ENABLE_HIGHDPI_SCALING": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is not compiled at every start
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        told = running.stdout.readline()
        took = (time.perf_counter() - began) * 1000
        if told != TOLD:
            assert running.stderr is not None
            raise RuntimeError(f"{command[2]} showed no frame:\n{running.stderr.read().decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    return took, used * 1000
