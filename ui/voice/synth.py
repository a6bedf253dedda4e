"""An installed synthesiser for what has no clip: espeak-ng, when the site put it on the machine. Never for Chinese.

The words go in by its standard input, so that no list of processes shows them; the sound comes back as WAV. It is an
optional program of the system (GPL-3), neither shipped nor linked.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

PROGRAM = Path("/usr/bin/espeak-ng")
MOST_SECONDS = 5.0
MOST_LETTERS = 600
MOST_BYTES = 16_000_000


class Synthesiser:
    def __init__(self, program: Path = PROGRAM) -> None:
        self._program = program

    @property
    def present(self) -> bool:
        return self._program.is_file()

    def wav(self, text: str, language: str) -> bytes:
        """The words as a WAV file; nothing when the program is missing, slow or fails."""
        if not self.present:
            return b""
        order = [str(self._program), "--stdin", "--stdout", "-v", language, "-s", "150"]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program, the words go in by its input
                order,
                input=text[:MOST_LETTERS].encode(),
                capture_output=True,
                timeout=MOST_SECONDS,
                check=True,
                env={},
            )
        except (OSError, subprocess.SubprocessError):
            return b""
        return done.stdout if len(done.stdout) <= MOST_BYTES else b""
