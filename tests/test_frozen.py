"""The frozen program of `build.spec`: built once, it starts, looks around and takes a filing without this checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.pictures.decode import PageMade, page_of
from kiosk.pictures.limits import Refused
from kiosk.pictures.made_up import Shot, jpeg_of, photograph, sheet_of_paper
from ui.again import clean_environment

pytestmark = pytest.mark.campaign

MOST_MEGABYTES = 400  # 20 of them the voice, 12 the packs, the guidance and the reader of sheets, 6 the decoding child
CHECK_SECONDS = 3.0


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `kiosk` as PyInstaller lays it out."""
    pytest.importorskip("PyInstaller", reason="PyInstaller is not installed (make setup)")
    into = tmp_path_factory.mktemp("frozen")
    build = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    done = subprocess.run(
        [*build, "--distpath", into / "dist", "--workpath", into / "work", root / "build.spec"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=1200,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return into / "dist" / "kiosk"


def bare_environment() -> dict[str, str]:
    """What `ui.again` leaves a new image of the program, and a platform without a screen."""
    return clean_environment(os.environ) | {"QT_QPA_PLATFORM": "offscreen"}


def test_the_check_says_that_it_can_serve_within_three_seconds(built: Path):
    took = []
    for _ in range(3):  # the first start after a build reads everything from the disk
        began = time.monotonic()
        done = subprocess.run([built / "kiosk", "--check"], env=bare_environment(), capture_output=True, text=True)
        took.append(time.monotonic() - began)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "ready after" in done.stdout
    assert min(took) <= CHECK_SECONDS


def test_it_stays_as_small_as_it_was(built: Path):
    seen = {path.stat().st_ino: path.stat().st_size for path in built.rglob("*") if path.is_file()}
    assert sum(seen.values()) / 1e6 <= MOST_MEGABYTES


def test_the_desk_without_a_window_takes_a_filing(built: Path, root: Path, tmp_path: Path):
    done = subprocess.run(
        [built / "kiosk-desk", "file", root / "resources" / "demo" / "answers.json", "--out", tmp_path],
        env=bare_environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert {"complaint.pdf", "ticket.bin", "ticket.png", "filing.json"} <= {path.name for path in tmp_path.iterdir()}


def test_every_command_is_inside(built: Path):
    for command in ("kiosk-desk", "kiosk-sync"):
        done = subprocess.run([built / command, "--help"], env=bare_environment(), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_nothing_of_a_keyboard_a_debugger_or_a_network_port_came_along(built: Path):
    names = " ".join(str(path.relative_to(built)).lower() for path in built.rglob("*"))
    for unwanted in ("virtualkeyboard", "qvnc", "tuiotouch", "qmltooling", "qt6network", "qtnetwork"):
        assert unwanted not in names


def test_pictures_are_opened_by_a_child_of_its_own(built: Path):
    """The frozen program starts `kiosk-decode` beside itself; a window would take more memory than a child may have."""
    picture = jpeg_of(photograph(sheet_of_paper(1), Shot(size=(1200, 1600), tilt_degrees=4)))
    made = page_of(picture, lambda what: [str(built / "kiosk-decode"), what])
    assert isinstance(made, PageMade)
    assert made.sheet_found
    refused = page_of(b"\x89PNG\r\n\x1a\n" + bytes(100), lambda what: [str(built / "kiosk-decode"), what])
    assert refused is Refused.NOT_A_PICTURE
