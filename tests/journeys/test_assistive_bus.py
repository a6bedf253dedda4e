"""An assistive program on the accessibility bus reads the pages of the real window and presses 下一步.

The kiosk runs on a virtual X screen with a session bus of its own; the reader is another process, of the system's
Python, and knows only what the bus says. A lobby's kiosk has no such bus (`ui/again.py`).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.xvfb

HERE = Path(__file__).parent
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
SYSTEM_PYTHON = "/usr/bin/python3"
BUS = """
"$LAUNCHER" --launch-immediately &
launcher=$!
"$PYTHON" "$HERE/bus_kiosk.py" "$STATE" >"$STATE/kiosk.log" 2>&1 &
kiosk=$!
"$SYSTEM_PYTHON" "$HERE/bus_reader.py" "$@"
told=$?
kill $kiosk $launcher
exit $told
"""


@pytest.fixture(scope="module")
def bus_tools() -> None:
    for tool, package in (("Xvfb", "xvfb"), ("xvfb-run", "xvfb"), ("dbus-run-session", "dbus")):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed (apt-get install {package})")
    if not LAUNCHER.exists():
        pytest.skip("the accessibility bus is not installed (apt-get install at-spi2-core)")
    wanted = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    if subprocess.run([SYSTEM_PYTHON, "-c", wanted], capture_output=True).returncode != 0:
        pytest.skip("the system's Python cannot read the bus (apt-get install python3-gi gir1.2-atspi-2.0)")


def read_and_press(state: Path, *names: str) -> list[dict[str, Any]]:
    """What the reader found on each page before it pressed these, and on the last."""
    state.chmod(0o700)
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "FONTCONFIG_FILE") if name in os.environ},
        "LANG": "C.UTF-8",
        "LAUNCHER": str(LAUNCHER),
        "PYTHON": sys.executable,
        "SYSTEM_PYTHON": SYSTEM_PYTHON,
        "HERE": str(HERE),
        "STATE": str(state),
        "XDG_RUNTIME_DIR": str(state),
        "PYTHONPATH": str(HERE.parent.parent),
        "QT_QPA_PLATFORM": "xcb",
        "QT_ENABLE_HIGHDPI_SCALING": "0",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    screen = ("xvfb-run", "-a", "-s", "-screen 0 1080x1920x24 -nolisten tcp")
    outcome = subprocess.run(
        [*screen, "dbus-run-session", "--", "bash", "-c", BUS, "bus", *names],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
    )
    log = (state / "kiosk.log").read_text("utf-8") if (state / "kiosk.log").exists() else ""
    assert outcome.returncode == 0, f"{outcome.stderr[-800:]}\n{log[-800:]}"
    return [json.loads(line) for line in outcome.stdout.splitlines() if line.startswith("{")]


def named(page: dict[str, Any], role: str) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in page["controls"] if one["role"] == role}


def test_a_screen_reader_reads_six_pages_presses_next_and_hears_what_is_wrong(bus_tools: None, tmp_path: Path):
    attract, language, needs, matter, chosen, tell, refused = read_and_press(
        tmp_path, "我要立案", "中文", "下一步", "说说您的事", "下一步", "下一步"
    )
    for page in (attract, language, needs, matter, chosen, tell, refused):
        assert len(page["controls"]) >= 6
        for one in page["controls"]:
            assert one["name"], one
            assert one["role"] == "alert" or "enabled" in one["states"] or one["role"] == "push button", one
    assert named(attract, "push button")["我要立案"]["description"] != ""
    assert "checked" in named(attract, "radio button")["中文"]["states"]
    assert "checked" not in named(matter, "radio button")["说说您的事"]["states"]
    assert "checked" in named(chosen, "radio button")["说说您的事"]["states"]
    (field,) = (one for one in tell["controls"] if "editable" in one["states"])
    assert field["description"] != ""
    (wrong,) = named(refused, "alert")
    assert refused["announced"] == [wrong]
    (field_then,) = (one for one in refused["controls"] if "editable" in one["states"])
    assert (field_then["name"], field_then["description"]) == (field["name"], wrong)
