"""The technician's tool finds what is there, says what it is, and changes the settings only when asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.idcards.serial_reader import is_reader
from kiosk.idcards.virtual_reader import VirtualReader
from kiosk.settings import read_settings
from printers import doctor as room
from printers.doctor import doctor, profile_for, with_settings
from printers.profiles import load_profile
from printers.virtual import VirtualPrinter
from printers.virtual.lines import PtyLine, TcpLine
from printers.virtual_a4 import A4Line, VirtualA4Printer

VIRTUAL = load_profile("virtual-80mm")


@pytest.fixture
def settings_file(tmp_path: Path, root: Path) -> Path:
    return Path(shutil.copyfile(root / "resources" / "kiosk.example.toml", tmp_path / "kiosk.toml"))


def test_what_is_found_is_written_only_when_agreed_to(settings_file: Path, monkeypatch: pytest.MonkeyPatch):
    ticket, sheets = TcpLine(VirtualPrinter(VIRTUAL)), A4Line(VirtualA4Printer())
    reader, serial = VirtualReader(), PtyLine(VirtualPrinter(VIRTUAL))
    for one in (ticket, sheets, reader, serial):
        one.start()
    monkeypatch.setattr(room, "ports", lambda: ((reader.path, "CARD", "1a86:7523"), (serial.path, "PRN", "")))
    try:
        asked = ["--settings", str(settings_file), "--host", ticket.link, "--host", sheets.link, "--write"]
        before = settings_file.read_text(encoding="utf-8")
        refused = CliRunner().invoke(doctor, asked, input="n\n")
        assert settings_file.read_text(encoding="utf-8") == before
        agreed = CliRunner().invoke(doctor, asked, input="y\n")
    finally:
        for one in (ticket, sheets, reader, serial):
            one.stop()
    assert (refused.exit_code, agreed.exit_code) == (0, 0), agreed.output
    assert "ESC/POS printer" in agreed.output
    assert "ID card reader" in agreed.output
    assert "+link = " in agreed.output
    written = read_settings(settings_file)
    assert written.printer.link == f"serial:{serial.path}"
    assert written.a4_printer.link == sheets.link
    assert (written.card_reader.link, written.card_reader.baud) == (f"serial:{reader.path}", 115200)
    assert settings_file.read_text(encoding="utf-8").count("#") == before.count("#")  # remarks stay


def test_a_port_with_nothing_behind_it_is_called_so(tmp_path: Path):
    assert not is_reader("/dev/does-not-exist", 115200)
    told = CliRunner().invoke(doctor, ["--settings", str(tmp_path / "none"), "--host", "tcp://127.0.0.1:1"])
    assert told.exit_code == 0
    assert "gone" in told.output


def test_a_group_that_is_missing_is_added():
    assert with_settings("a = 1\n", "printer", [("link", "x")]) == 'a = 1\n\n[printer]\nlink = "x"\n'


@pytest.mark.parametrize(
    ("said", "baud", "name"),
    [
        ({}, 19200, "generic-80mm"),
        ({"maker": "EPSON", "fonts": "CHINA GB18030"}, 38400, "epson-80mm"),
        ({"maker": "EPSON", "fonts": "CHINA GB2312"}, 38400, "generic-80mm"),
    ],
)
def test_a_printer_gets_the_profile_it_can_keep(said: dict[str, str], baud: int, name: str):
    assert profile_for(said, baud) == name
