"""What the lobby runs knows no YAML, no XML and no spreadsheets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_interview_loads_without_the_desks_readers():
    look = (
        "import sys, kiosk.shelf, kiosk.interview;"
        "print([name for name in ('yaml', 'xml.parsers.expat', 'pyxform', 'kiosk.forms.xform', 'kiosk.forms.source')"
        " if name in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", look], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
