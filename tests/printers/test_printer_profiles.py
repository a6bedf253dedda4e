"""Every profile loads, every key is shipped, every trouble has its words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.errors import KioskTrouble
from kiosk.idcards.card import CardTrouble
from kiosk.settings import Printer as PrinterSettings
from kiosk.slips.printer import Trouble
from kiosk.wording import LANGUAGES, Wording
from printers.cups import CupsRaw
from printers.line_printer import LinePrinter
from printers.profiles import PrinterProfile, load_profile, profile_names, read_profile
from printers.spooler import PAPER_KEYS, printer_from
from printers.transports import FilePort, SerialPort, Tcp9100, UsbLp, open_link


@pytest.mark.parametrize("name", profile_names())
def test_every_shipped_profile_loads_under_its_own_name(name: str):
    assert load_profile(name).name == name


def test_every_key_of_a_profile_stands_in_a_shipped_file(root: Path):
    shipped = "\n".join(path.read_text("utf-8") for path in (root / "resources" / "printer_profiles").glob("*.toml"))
    keys = set(re.findall(r"^(\w+) =", shipped, re.MULTILINE))
    assert keys == set(PrinterProfile.__struct_fields__)


@pytest.mark.parametrize("line", ['colour = "red"', "dots = 500", 'rom = "big5"', 'cut = "maybe"', "dots = [", ""])
def test_a_wrong_profile_is_refused_and_named(tmp_path: Path, line: str):
    path = tmp_path / "wrong.toml"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(KioskTrouble, match=r"wrong\.toml"):
        read_profile(path)


@pytest.mark.parametrize("name", ["nonsense", "../kiosk", "", "generic 80"])
def test_an_unknown_profile_is_a_plain_trouble(name: str):
    with pytest.raises(KioskTrouble, match="printer_profile_unknown"):
        load_profile(name)


def test_every_trouble_and_every_state_has_its_words(wording: Wording):
    keys = [f"printer.{trouble}" for trouble in Trouble] + [f"card.{trouble}" for trouble in CardTrouble]
    keys += [
        *PAPER_KEYS.values(),
        "printer.ready",
        "printer.near_end",
        "printer.half_ticket",
        "paper.unconfirmed",
        "paper.none",
    ]
    for key in keys:
        for language in LANGUAGES:
            assert wording.say(key, language)


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("tcp://127.0.0.1:9100", Tcp9100),
        ("serial:/dev/ttyUSB0", SerialPort),
        ("usb:/dev/usb/lp0", UsbLp),
        ("cups:tickets", CupsRaw),
        ("file:/dev/usb/lp0", FilePort),
    ],
)
def test_a_link_of_the_settings_is_a_line(link: str, kind: type):
    assert isinstance(open_link(link, load_profile("generic-80mm")), kind)
    assert isinstance(printer_from(PrinterSettings(link=link)), LinePrinter)


def test_no_link_is_no_printer():
    assert printer_from(PrinterSettings(link="none")) is None


@pytest.mark.parametrize(
    "link", ["", "usb", "usb:lp0", "cups:-x", "tcp://host", "tcp://:9100", "tcp://h:99999", "serial:COM1", "http://x:1"]
)
def test_a_link_nobody_understands_is_a_plain_trouble(link: str):
    with pytest.raises(KioskTrouble, match="printer_link_wrong"):
        open_link(link, load_profile("generic-80mm"))


def test_a_site_s_own_profile_is_named_by_its_path(tmp_path: Path):
    path = tmp_path / "ours.toml"
    path.write_text('name = "ours"\nrom = "gbk"\n', encoding="utf-8")
    assert (load_profile(str(path)).name, load_profile(str(path)).rom) == ("ours", "gbk")
