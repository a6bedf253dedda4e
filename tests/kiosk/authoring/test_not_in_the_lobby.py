"""Nothing of the authoring desk is loaded by the program in the lobby, and its libraries only when a form is worked on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("ui.main", ("kiosk.authoring", "pyxform", "openpyxl", "kiosk.forms.source", "kiosk.forms.xform")),
        ("ui.lobby", ("kiosk.authoring", "pyxform", "openpyxl", "kiosk.forms.source")),
        ("kiosk.cli", ("pyxform", "openpyxl", "kiosk.authoring.checking", "PySide6")),
    ],
)
def test_a_program_loads_without_the_desk(root: Path, module: str, absent: tuple[str, ...]):
    script = f"import sys, {module}; print([name for name in {absent!r} if name in sys.modules])"
    outcome = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True)
    assert outcome.stdout.strip() == "[]", outcome.stderr[-1000:]
