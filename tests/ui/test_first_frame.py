"""What a start waits for: the attract screen in full, and nothing that only a visit needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kiosk.visit.first_page import welcome_page
from kiosk.wording import load_wording
from resources import folder
from ui import labels
from ui.look import Look
from ui.samples import sample_pages
from ui.screens import measure
from ui.window import KioskWindow

START = """
import os, sys

opened = []
sys.addaudithook(lambda event, facts: opened.append(str(facts[0])) if event == "open" else None)
from ui import main

def tell(program):
    from PySide6 import QtCore
    from PySide6.QtWidgets import QLabel, QPushButton
    modules, enums = sorted(sys.modules), "Qt" in vars(QtCore)
    page = program.window.screen_now
    import json
    print(json.dumps({
        "modules": modules,
        "enums": enums,
        "opened": opened,
        "labels": [label.text() for label in program.window.findChildren(QLabel) if label.isVisible()],
        "tiles": [tile.accessibleName() for tile in page.findChildren(QPushButton) if tile.isVisible()],
        "dumpable": main.process.is_dumpable(),
        "umask": os.umask(0),
    }))
    sys.stdout.flush()
    os._exit(0)

main.Program.open = tell
sys.argv = ["kiosk", "--settings", sys.argv[1]]
main.main()
"""
SETTINGS = """
kiosk_id = "110105-001"
state_folder = "{state}"
[court]
name = "北京市朝阳区人民法院"
code = "110105"
"""
# Each of these takes a millisecond or much more to import, and PySide6 itself imports none of them.
NOT_YET = (
    "PySide6.QtNetwork",
    "cryptography",
    "dataclasses",
    "json",
    "kiosk.desk",
    "kiosk.forms",
    "kiosk.interview",
    "kiosk.law",
    "kiosk.shelf",
    "kiosk.store",
    "kiosk.visit.pages",
    "msgspec",
    "numpy",
    "printers",
    "sqlite3",
    "structlog",
    "ui.bridge",
    "ui.devices",
    "ui.guard",
    "ui.inputs",
    "ui.lobby",
    "ui.overlays",
    "ui.screens.all",
    "ui.screens.message",
    "ui.screens.reading",
    "ui.step_bar",
)


@pytest.fixture(scope="module")
def start(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a start had loaded, opened and drawn when its first frame was there."""
    home = tmp_path_factory.mktemp("start")
    settings = home / "kiosk.toml"
    settings.write_text(SETTINGS.format(state=home), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", START, str(settings)], cwd=root, env=os.environ, capture_output=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr.decode()
    told: dict[str, object] = json.loads(ran.stdout)
    return told


def test_the_first_frame_is_the_attract_screen_with_its_words_and_tiles(start):
    words = load_wording(folder("wording"))
    assert words.say("welcome.title", "zh") in start["labels"]
    assert any("北京市朝阳区人民法院" in text for text in start["labels"])
    page = welcome_page("zh", words)
    assert start["tiles"] == [one.label for one in (*page.tiles, *page.languages)]


def test_the_process_is_private_before_its_first_frame(start):
    assert (start["dumpable"], start["umask"]) == (False, 0o077)


@pytest.mark.parametrize("module", NOT_YET)
def test_the_first_frame_waits_for_no_module_of_a_visit(start, module):
    assert [name for name in start["modules"] if name == module or name.startswith(f"{module}.")] == []


def test_the_first_frame_makes_none_of_the_enums_of_qt_itself(start):
    assert start["enums"] is False


def test_the_first_frame_reads_nothing_of_packs_or_tables_one_file_of_words_and_the_names_of_the_languages(start):
    shipped = str(folder("."))
    read = {Path(path).relative_to(shipped) for path in start["opened"] if path.startswith(f"{shipped}{os.sep}")}
    read = {path for path in read if "__pycache__" not in path.parts and path.suffix != ".py"}
    assert {path.parts[0] for path in read} <= {"wording", "icons", "fonts"}
    words = {path for path in read if path.parts[0] == "wording"}
    assert {path for path in words if path.name != "language.toml"} == {Path("wording/attract.toml")}


# The numbers that stand for Qt's enums


@pytest.fixture
def window(application: QApplication) -> KioskWindow:
    window = KioskWindow(Look(), "示范法院", load_wording(folder("wording")))
    window.show_page(sample_pages("zh")["welcome"])
    window.show()
    return window


def test_the_window_has_no_edges_and_no_menu(window):
    assert window.windowHandle().flags() & Qt.WindowType.FramelessWindowHint
    assert window.contextMenuPolicy() is Qt.ContextMenuPolicy.PreventContextMenu


def test_every_label_shows_its_characters_as_they_are_and_cannot_be_touched(application):
    label = labels.text_label("<b>张</b>")
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
    assert label.alignment() == Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def test_the_court_stands_in_the_middle_of_the_header(window):
    court = next(label for label in window.findChildren(QLabel) if label.property("role") == "court")
    assert court.alignment() == Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def test_words_are_measured_and_drawn_with_qts_own_flags():
    wraps = Qt.TextFlag.TextWordWrap.value
    assert wraps | Qt.AlignmentFlag.AlignLeft.value == measure.WRAPPED
    assert wraps | Qt.AlignmentFlag.AlignHCenter.value == measure.WRAPPED_IN_MIDDLE


def test_every_tile_can_be_walked_to(window):
    tiles = window.screen_now.findChildren(QPushButton)
    assert {tile.focusPolicy() for tile in tiles} == {Qt.FocusPolicy.StrongFocus}
