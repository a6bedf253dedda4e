"""JavaRosa as a process that is told what to do line by line, so that both engines are measured turn by turn."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from tests.bench_forms.questionnaire import Answer

PROGRAM = Path(__file__).with_name("JavaRosaBench.java")
ERRORS = "javarosa.err"


class Absent(Exception):
    """JavaRosa cannot be measured here, and why."""


class JavaRosa:
    def __init__(self, said: IO[str], heard: IO[str], folder: Path) -> None:
        self._said, self._heard, self._folder = said, heard, folder

    def load(self, xform: Path) -> tuple[float, float]:
        """Milliseconds: to parse the XForm, and from there to the first event."""
        parsed, begun = self._ask("load", xform)
        return parsed / 1e6, begun / 1e6

    def answer(self, answers: Sequence[Answer]) -> list[float]:
        """Milliseconds of each answer to the form loaded last."""
        file = self._folder / "answers.tsv"
        file.write_text("".join(f"{one.path}\t{one.kind}\t{one.text}\n" for one in answers), encoding="utf-8")
        return [took / 1e6 for took in self._ask("answer", file)]

    def _ask(self, what: str, file: Path) -> list[int]:
        with suppress(BrokenPipeError):  # it ended; what it said is in its file
            self._said.write(f"{what}\t{file}\n")
            self._said.flush()
        line = self._heard.readline()
        if not line:
            raise Absent((self._folder / ERRORS).read_text(encoding="utf-8")[-600:])
        return [int(word) for word in line.split()]


@contextmanager
def javarosa(folder: Path) -> Iterator[JavaRosa]:
    """Compiled against the validator's jar inside pyxform and started; ends with the block."""
    jar = _jar()
    if shutil.which("javac") is None or shutil.which("java") is None:
        raise Absent("no Java compiler on this machine")
    made = subprocess.run(
        ["javac", "-cp", str(jar), "-d", str(folder), str(PROGRAM)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise Absent(f"the comparison does not compile: {made.stderr[:400]}")
    command = ["java", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off", "-cp", f"{jar}:{folder}", "JavaRosaBench"]
    with (
        (folder / ERRORS).open("w") as errors,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8"
        ) as running,
    ):
        assert running.stdin is not None
        assert running.stdout is not None
        try:
            yield JavaRosa(running.stdin, running.stdout, folder)
        finally:
            with suppress(BrokenPipeError):
                running.stdin.close()
            running.wait(timeout=30)


def _jar() -> Path:
    found = find_spec("pyxform")
    for folder in (found.submodule_search_locations or ()) if found else ():
        for jar in Path(folder).rglob("ODK_Validate.jar"):
            return jar
    raise Absent("pyxform, which brings JavaRosa, is not installed (the authoring extra)")
