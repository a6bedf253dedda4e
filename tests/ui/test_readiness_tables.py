"""`kiosk --check` says which table of the law has ended, and opens the kiosk all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kiosk.law.standing import NAMES

SETTINGS = """
kiosk_id = "110105-K01"
state_folder = "{folder}/state"
tables_folder = "{tables}"
[court]
name = "北京市朝阳区人民法院"
code = "110105"
"""


def check(folder: Path, tables: str = "") -> subprocess.CompletedProcess[str]:
    settings = folder / "kiosk.toml"
    settings.write_text(SETTINGS.format(folder=folder, tables=tables), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "ui.main", "--check", "--settings", settings],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_readiness_check_names_every_dated_table(tmp_path: Path):
    found = check(tmp_path)
    lines = [line for line in found.stdout.splitlines() if " tables: " in line]
    assert (found.returncode, len(lines)) == (0, len(NAMES))
    assert {line.split()[0] for line in lines} <= {"ok", "OLD"}


def test_a_kiosk_with_a_damaged_table_of_its_own_is_not_ready(tmp_path: Path):
    (tmp_path / "court.json").write_text("{", encoding="utf-8")
    found = check(tmp_path, str(tmp_path))
    assert found.returncode == 1
    assert "court.json" in found.stdout
