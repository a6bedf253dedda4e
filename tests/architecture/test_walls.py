"""The walls of the house hold: who may import whom, and that the core runs with no Qt installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BELOW_UI = ("kiosk", "printers", "sync", "resources")


def test_the_import_contracts_hold(root: Path):
    outcome = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-logo",
            "--no-cache",
        ],
        cwd=root,
        capture_output=True,
        text=True,
    )
    assert outcome.returncode == 0, outcome.stdout


def test_everything_below_the_window_imports_with_qt_made_unimportable(root: Path):
    modules = [
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for package in BELOW_UI
        for path in sorted((root / package).rglob("*.py"))
        if path.name != "__main__.py"
    ]
    modules.append("ui.desk_main")  # assembly of the commands: in the top room, and free of Qt all the same
    script = (
        "import sys, importlib\n"
        "class NoQt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('PySide6', 'shiboken6'):\n"
        "            raise ImportError(name + ' is out of bounds')\n"
        "sys.meta_path.insert(0, NoQt())\n"
        f"[importlib.import_module(name) for name in {modules!r}]\n"
    )
    outcome = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr[-2000:]


@pytest.mark.parametrize(
    ("word", "room"),
    [
        ("escpos", "printers/escpos_printer.py"),
        ("serial", "kiosk/serial_line.py"),
        ("reportlab", "kiosk/documents"),
        ("onnxruntime", ("ui/inputs/handwriting.py", "resources/voice/model.py")),
        ("miniaudio", "ui/voice/player.py"),
        ("cv2", "ui/v4l2_child.py"),
        ("rapidocr", "kiosk/idcards/read_picture.py"),
        ("pypdf", "kiosk/pictures/pdf_counting.py"),
        ("cryptography", "kiosk/sealing"),
        ("yaml", "kiosk/forms/source.py"),
        ("httpx2", "sync"),
        ("starlette", "sync/intake"),
        ("sqlcipher3", "kiosk/store/connect.py"),
        ("argon2", "kiosk/clerks"),
        ("openpyxl", ("kiosk/authoring", "kiosk/bulk/workbook.py", "kiosk/bulk/template.py")),
        ("pyxform", "kiosk/authoring"),
        ("psycopg", "sync/intake/postgres.py"),
        ("obstore", "sync/intake/objects.py"),
    ],
)
def test_each_library_has_its_room(root: Path, word: str, room: str | tuple[str, ...]):
    homes = {
        str(path.relative_to(root))
        for package in (*BELOW_UI, "ui")
        for path in (root / package).rglob("*.py")
        if any(
            line.split()[:1] in (["import"], ["from"]) and line.split()[1].split(".")[0] == word
            for line in map(str.strip, path.read_text(encoding="utf-8").splitlines())
            if len(line.split()) > 1
        )
    }
    strangers = {home for home in homes if not home.startswith(room)}
    assert strangers == set()
