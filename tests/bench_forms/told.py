"""Another engine as a process that is told what to do line by line, so that engines are measured turn by turn."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tests.bench_forms.questionnaire import Answer


class Absent(Exception):
    """An engine cannot be measured here, and why."""


class Engine:
    """It answers each line with the nanoseconds that something took."""

    def __init__(self, said: IO[str], heard: IO[str], folder: Path, errors: Path) -> None:
        self._said, self._heard, self._folder, self._errors = said, heard, folder, errors

    def load(self, form: Path) -> tuple[float, float]:
        """Milliseconds: from the bytes to the form, and from there to the first question."""
        loaded, begun = self._ask("load", form)
        return loaded / 1e6, begun / 1e6

    def answer(self, answers: Sequence[Answer]) -> list[float]:
        """Milliseconds of each answer to the form loaded last; 0 where it is not asked at that moment."""
        file = self._folder / "answers.tsv"
        file.write_text("".join(f"{one.path}\t{one.kind}\t{one.text}\n" for one in answers), encoding="utf-8")
        return [took / 1e6 for took in self._ask("answer", file)]

    def _ask(self, what: str, file: Path) -> list[int]:
        with suppress(BrokenPipeError):  # it ended; what it said is in its file
            self._said.write(f"{what}\t{file}\n")
            self._said.flush()
        line = self._heard.readline()
        if not line:
            raise Absent(self._errors.read_text(encoding="utf-8")[-600:])
        return [int(word) for word in line.split()]


@contextmanager
def started(command: Sequence[str], folder: Path) -> Iterator[Engine]:
    """The engine of this command; it ends with the block."""
    errors = folder / f"{Path(command[0]).name}.err"
    with (
        errors.open("w") as told,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told, encoding="utf-8"
        ) as running,
    ):
        assert running.stdin is not None
        assert running.stdout is not None
        try:
            yield Engine(running.stdin, running.stdout, folder, errors)
        finally:
            with suppress(BrokenPipeError):
                running.stdin.close()
            running.wait(timeout=30)
