"""JavaRosa, out of the validator that pyxform brings."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from tests.bench_forms.told import Absent, Engine, started

PROGRAM = Path(__file__).with_name("JavaRosaBench.java")


@contextmanager
def javarosa(folder: Path) -> Iterator[Engine]:
    """Compiled against the validator's jar and started; ends with the block."""
    jar = _jar()
    if shutil.which("javac") is None or shutil.which("java") is None:
        raise Absent("no Java compiler on this machine")
    made = subprocess.run(
        ["javac", "-cp", str(jar), "-d", str(folder), str(PROGRAM)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise Absent(f"the comparison does not compile: {made.stderr[:400]}")
    quiet = "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"
    with started(["java", quiet, "-cp", f"{jar}:{folder}", "JavaRosaBench"], folder) as engine:
        yield engine


def _jar() -> Path:
    found = find_spec("pyxform")
    for folder in (found.submodule_search_locations or ()) if found else ():
        for jar in Path(folder).rglob("ODK_Validate.jar"):
            return jar
    raise Absent("pyxform, which brings JavaRosa, is not installed (the authoring extra)")
