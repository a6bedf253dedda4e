"""`kiosk-desk doctor`: which devices are here, what each says of itself, and the settings that fit.

It opens the serial ports, USB printers and CUPS queues of this machine, and the addresses a technician names; it scans
no network. Nothing is printed: printers are asked in real time, card readers for their status. The settings file is
changed only after the change was shown and agreed to.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from kiosk.errors import KioskTrouble
from kiosk.idcards.serial_reader import is_reader
from kiosk.serial_line import ports
from kiosk.settings import read_settings, settings_path
from kiosk.slips.printer import PrinterState
from printers.a4 import a4_printer_from
from printers.cups import CupsCommands
from printers.line_printer import LinePrinter
from printers.profiles import PrinterProfile, load_profile
from printers.spooler import printer_key
from printers.transports import open_link

READER_BAUDS = (115200, 9600)
PRINTER_BAUDS = (115200, 38400, 19200, 9600)
# Device ids that makers gave themselves; a USB-serial chip of anybody's says nothing of what hangs behind it.
KNOWN_USB = {
    "04b8": "EPSON",
    "0400:c35a": "ID card reader (USB form: needs the maker's serial driver)",
    "1a86:7523": "CH340 serial adapter",
    "0403:6001": "FTDI serial adapter",
    "067b:2303": "PL2303 serial adapter",
    "10c4:ea60": "CP210x serial adapter",
}


@dataclass(frozen=True, slots=True)
class Found:
    kind: str  # printer, a4_printer, card_reader or nothing
    link: str
    says: str
    settings: tuple[tuple[str, str | int], ...] = ()  # of the group of its kind


def look_around(
    hosts: Sequence[str], commands: CupsCommands | None = None, usb: Path = Path("/dev/usb")
) -> list[Found]:
    """Every device of this machine and of these addresses, one after the other."""
    found = [_on_serial(*port) for port in ports()]
    found += [_printer(f"usb:{path}") for path in sorted(usb.glob("lp*"))]
    for host in hosts:
        if host.startswith(("ipp://", "ipps://")):
            found.append(_a4(host))
        elif "://" in host:
            found.append(_printer(host))
        else:
            found += [_printer(f"tcp://{host}:9100"), _a4(f"ipp://{host}:631/ipp/print")]
    cups = commands or CupsCommands()
    found += [Found("queue", f"cups:{name}", "a queue of CUPS: no proof of printing") for name in cups.queues()]
    return found


def _on_serial(path: str, description: str, usb_id: str) -> Found:
    name = " ".join(part for part in (description, KNOWN_USB.get(usb_id, usb_id)) if part)
    link = f"serial:{path}"
    for baud in READER_BAUDS:
        if is_reader(path, baud):
            return Found("card_reader", link, f"{name}: ID card reader at {baud}", (("link", link), ("baud", baud)))
    for baud in PRINTER_BAUDS:
        found = _printer(link, baud)
        if found.kind == "printer":
            return Found("printer", link, f"{name}: {found.says} at {baud}", found.settings)
    return Found("nothing", link, f"{name}: answers as no device of ours")


def _printer(link: str, baud: int = 19200) -> Found:
    profile = PrinterProfile(name="doctor", baud=baud, asb=False)
    try:
        line = open_link(link, profile)
    except KioskTrouble:
        return Found("nothing", link, "this is no link")
    assert line is not None
    driver = LinePrinter(profile, line)
    try:
        state = driver.look()
        if not isinstance(state, PrinterState):
            return Found("nothing", link, str(state))
        said = driver.identify()
    finally:
        driver.close()
    words = " ".join(said[name] for name in ("maker", "model", "firmware", "fonts") if name in said)
    return Found(
        "printer",
        link,
        f"ESC/POS printer, {printer_key(state)} {words}".strip(),
        (("link", link), ("profile", profile_for(said, baud))),
    )


def profile_for(said: dict[str, str], baud: int) -> str:
    """The shipped profile nearest to what a printer says of itself; the careful one when it says nothing."""
    if said.get("maker", "").upper().startswith("EPSON") and "GB18030" in said.get("fonts", ""):
        return "epson-80mm" if load_profile("epson-80mm").baud == baud else "generic-80mm"
    return "generic-80mm"


def _a4(link: str) -> Found:
    try:
        driver = a4_printer_from(link)
    except KioskTrouble:
        return Found("nothing", link, "this is no link")
    assert driver is not None
    state = driver.look()
    if not isinstance(state, PrinterState):
        return Found("nothing", link, str(state))
    return Found("a4_printer", link, f"A4 printer, {printer_key(state)}", (("link", link),))


def with_settings(text: str, group: str, values: Sequence[tuple[str, str | int]]) -> str:
    """The settings file with these values in this group; every other line, and every remark, as it was."""
    lines = text.splitlines()
    try:
        start = lines.index(f"[{group}]")
    except ValueError:
        lines += ["", f"[{group}]"]
        start = len(lines) - 1
    end = next((at for at in range(start + 1, len(lines)) if lines[at].startswith("[")), len(lines))
    for name, value in values:
        written = f"{name} = {value}" if isinstance(value, int) else f'{name} = "{value}"'
        for at in range(start + 1, end):
            if re.match(rf"\s*{name}\s*=", lines[at]):
                remark = re.search(r"\s+#.*$", lines[at])
                lines[at] = written + (remark[0] if remark else "")
                break
        else:
            lines.insert(start + 1, written)
            end += 1
    return "\n".join(lines) + "\n"


@click.command("doctor")
@click.option("--settings", "settings_file", help="Settings file (default: $KIOSK_SETTINGS).")
@click.option("--host", "hosts", multiple=True, help="A printer's address to ask: a name, tcp://H:9100 or ipp://H/…")
@click.option("--write", is_flag=True, help="Offer to write what was found into the settings file.")
def doctor(settings_file: str | None, hosts: tuple[str, ...], write: bool) -> None:
    """Look for ports, printers and card readers, say what each is, and write the settings when asked to."""
    path = settings_path(settings_file)
    named = list(hosts)
    if path.exists():
        settings = read_settings(path)
        named += [
            link for link in (settings.printer.link, settings.a4_printer.link) if link.startswith(("tcp:", "ipp"))
        ]
    found = look_around(list(dict.fromkeys(named)))
    for one in found:
        click.echo(f"{one.kind:12} {one.link:32} {one.says}")
    if not found:
        click.echo("no port, no printer and no queue on this machine; name a printer with --host")
    if not write:
        return
    if not path.exists():
        click.echo(f"{path} is not there", err=True)
        sys.exit(1)
    before = after = path.read_text(encoding="utf-8")
    for group in ("printer", "a4_printer", "card_reader"):
        first = next((one for one in found if one.kind == group), None)
        if first is not None:
            after = with_settings(after, group, first.settings)
    if after == before:
        click.echo("the settings say so already")
        return
    changes = difflib.unified_diff(before.splitlines(), after.splitlines(), str(path), str(path), lineterm="", n=1)
    click.echo("\n".join(changes))
    if click.confirm("write this?", default=False):
        part = path.with_suffix(".part")
        part.write_text(after, encoding="utf-8")
        try:
            read_settings(part)
            part.replace(path)
        except KioskTrouble:
            part.unlink()
            raise
        click.echo("written")


@click.command("printer-logo")
@click.argument("picture", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--settings", "settings_file", help="Settings file (default: $KIOSK_SETTINGS).")
def printer_logo(picture: Path, settings_file: str | None) -> None:
    """Store PICTURE as the logo inside the ticket printer; the profile must name its place (nv_logo)."""
    from printers.logo import keep_logo, read_logo

    settings = read_settings(settings_path(settings_file)).printer
    profile = load_profile(settings.profile)
    line = open_link(settings.link, profile)
    if line is None or profile.nv_logo < 1:
        click.echo("no printer is set up, or its profile has nv_logo = 0", err=True)
        sys.exit(1)
    data = memoryview(b"\x1b@" + keep_logo(read_logo(picture), profile))
    line.open()
    deadline = line.now() + 60.0 + len(data) * 10 / (line.baud or 1_000_000)
    while data and line.now() < deadline:
        data = data[line.write_some(data, min(deadline, line.now() + 1.0)) :]
    whole = not data and line.end_job()
    line.close()
    click.echo("stored; print a test page to see it" if whole else "the printer did not take it whole")
    sys.exit(0 if whole else 1)
