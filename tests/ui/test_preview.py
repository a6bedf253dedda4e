"""A form at its author's desk, in the real window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import resources


def test_a_pack_is_opened_in_the_window_and_left(root: Path):
    pack = resources.folder("packs") / "private_lending.json"
    command = [sys.executable, "-m", "ui.desk_main", "forms", "preview", str(pack), "--check"]
    outcome = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120)
    assert outcome.returncode == 0, outcome.stderr[-2000:]
