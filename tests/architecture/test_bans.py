"""Things that never appear in our code, and things that appear in one room only. One line a ban, its reason beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGES = ("kiosk", "ui", "printers", "sync", "resources")
DOCSTRINGS = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""', re.S)

EVERYWHERE = {
    r"(?<![\w.])eval\(": "runs what it is given",
    r"(?<![\w.])exec\(": "runs what it is given",
    r"\bpickle\b|\bmarshal\b|\bshelve\b": "loading is running",
    r"yaml\.load\(|CSafeLoader": "safe_load on a loader of ours only",
    r"tempfile\.mktemp": "races",
    r"os\.system|shell=True|preexec_fn": "shells and forks",
    r"\bmultiprocessing\b": "forks with threads alive",
    r"extractall|tarfile|gzip\.open": "archives that write where they like",
    r"shutil\.(copy|move)": "not durable",
    r"(?<!\w)os\.mkdir\(": "use mkdir with a mode",
    r"\bQTest\.qWait\b": "keeps the interpreter lock",
    r"QFileDialog|QPrintDialog|QInputDialog|QColorDialog|QFontDialog|QMessageBox": "a way out of the kiosk",
    r"QDesktopServices|QTextBrowser|setHtml|clipboard\(": "a way out of the kiosk",
    r"(?<![\w.])QLabel\(": "guesses rich text: use text_label()",
    r"QVirtualKeyboard|QtCharts": "GPL only",
}
ONE_ROOM = {
    r"\bos\.exec\w+\(": ("ui/again.py",),
    r"^\s*(?:import|from) (?:socket|http\.client|urllib\.request|ssl)\b": (
        "sync/",
        "printers/transports.py",
        "printers/ipp.py",
        "printers/virtual_a4.py",
        "printers/virtual/",
    ),
    r"sqlite3\.connect|dbapi2\.connect": (
        "kiosk/store/connect.py",
        "kiosk/store/backup.py",
        "sync/intake/tables.py",  # the court's own ledger
        "ui/inputs/words_file.py",  # shipped, read-only
        "resources/pinyin/build.py",  # makes that file
    ),
    r"\bos\.environ\b": (
        "kiosk/settings.py",
        "kiosk/process.py",
        "ui/again.py",
        "ui/main.py",
        "ui/demo/",
        "ui/inputs/handwriting.py",  # keeps onnxruntime from telling anybody anything: it looks when it is imported
        "resources/voice/model.py",  # as above
    ),
    r"\bsubprocess\b": (
        "kiosk/pictures/",
        "kiosk/idcards/picture_reader.py",
        "printers/cups.py",
        "ui/voice/synth.py",
        "ui/v4l2.py",
        "ui/demo/",
    ),
    r"datetime\.now\(|time\.time\(\)": ("kiosk/clock.py", "resources/"),
    r"setStyleSheet\(": ("ui/theme.py",),
}


def code_of(path: Path) -> list[str]:
    """The file's lines without docstrings and comments."""
    text = DOCSTRINGS.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
    return [line.split("  #")[0] if not line.lstrip().startswith("#") else "" for line in text.split("\n")]


def places(root: Path, pattern: str) -> list[str]:
    return [
        f"{path.relative_to(root)}:{number}"
        for package in PACKAGES
        for path in sorted((root / package).rglob("*.py"))
        for number, line in enumerate(code_of(path), 1)
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize("pattern", EVERYWHERE)
def test_banned_everywhere(root: Path, pattern: str):
    found = [
        place for place in places(root, pattern) if not place.startswith("ui/labels.py") or "QLabel" not in pattern
    ]
    assert found == [], EVERYWHERE[pattern]


@pytest.mark.parametrize("pattern", ONE_ROOM)
def test_allowed_in_one_room_only(root: Path, pattern: str):
    assert [place for place in places(root, pattern) if not place.startswith(ONE_ROOM[pattern])] == []


def test_no_log_call_carries_an_exception_or_a_formatted_text(root: Path):
    assert places(root, r"journal\.note\([^)]*(?:str\(e|f\")") == []


def test_the_project_speaks_of_itself_alone(root: Path):
    """No path of a workplace and no address of a registry in anything that is committed."""
    words = re.compile("|".join(("/" + "work/", r"\.\./" + "shared", "pypi" + r"\.org", "registry" + r"\.npmjs")))
    kinds = {".py", ".md", ".toml", ".yaml", ".json", ".lock", ".in", ".txt", ".spec", ""}
    skipped = {
        ".git",
        ".venv",
        "build",
        "dist",
        "__pycache__",
        ".hypothesis",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
    }
    found = [
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file()
        and path.suffix in kinds
        and not skipped & set(path.relative_to(root).parts)
        and path.stat().st_size < 4_000_000
        and words.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []
