"""What every process is, from its first line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kiosk.process import credentials_folder

BEGIN = "from kiosk import process; process.begin()\n"


def run(script: str, root: Path) -> str:
    outcome = subprocess.run(
        [sys.executable, "-c", BEGIN + script], capture_output=True, text=True, cwd=root, check=True
    )
    return outcome.stdout.strip()


def test_files_are_private_and_no_core_is_left(root: Path, tmp_path: Path):
    script = (
        "import resource, pathlib\n"
        f"path = pathlib.Path({str(tmp_path / 'made')!r}); path.write_text('x')\n"
        "print(oct(path.stat().st_mode & 0o777), resource.getrlimit(resource.RLIMIT_CORE), process.is_dumpable())"
    )
    assert run(script, root) == "0o600 (0, 0) False"


def test_an_exec_forgets_it_and_begin_sets_it_again(root: Path):
    again = "from kiosk import process; before = process.is_dumpable(); process.begin(); print(before, process.is_dumpable())"
    script = f"import os, sys\nos.execv(sys.executable, [sys.executable, '-c', {again!r}])"
    assert run(script, root) == "True False"


def test_credentials_are_where_systemd_says():
    assert credentials_folder({"CREDENTIALS_DIRECTORY": "/run/credentials/kiosk"}) == Path("/run/credentials/kiosk")
    assert credentials_folder({}) is None
