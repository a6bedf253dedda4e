"""`kiosk-desk virtual-printer`: a ticket printer on a loopback port or a pty that keeps each ticket as a picture."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

import click

from printers.profiles import load_profile, profile_names
from printers.virtual.control import Control, listen, obey
from printers.virtual.engine import Faults, VirtualPrinter
from printers.virtual.lines import PtyLine, TcpLine, keep_as_picture


@click.command("virtual-printer")
@click.option("--port", type=click.IntRange(0, 65535), default=9100, help="Port on the loopback; 0 takes a free one.")
@click.option("--pty", is_flag=True, help="A pseudo terminal instead of a port.")
@click.option("--port-file", "--link-file", type=click.Path(path_type=Path), help="Write the port (or link) here.")
@click.option("--png-folder", type=click.Path(path_type=Path), help="Keep each ticket here as PNG and text.")
@click.option("--profile", default="virtual-80mm", show_default=True, help="Profile to behave like.")
@click.option("--roll-mm", type=click.IntRange(1), help="Paper left on the roll.")
@click.option("--silent", is_flag=True, help="Fault: answers nothing.")
@click.option(
    "--baud", type=click.IntRange(0, 921600), default=0, help="Pace like a serial line; 0: as fast as it goes."
)
@click.option("--control", type=click.Path(path_type=Path), help="A socket that takes words such as: paper out.")
@click.option("--keys", is_flag=True, help="Take the same words from the standard input.")
def main(
    port: int,
    pty: bool,
    port_file: Path | None,
    png_folder: Path | None,
    profile: str,
    roll_mm: int | None,
    silent: bool,
    baud: int,
    control: Path | None,
    keys: bool,
) -> None:
    """Run a virtual ticket printer until it is stopped (Ctrl-C or SIGTERM). SIGUSR1 takes its paper away or loads it.

    It understands what any ESC/POS host sends, not only this kiosk. With --keys or --control, `help` names every
    fault that can be switched while it runs.
    """
    if profile not in profile_names():
        raise click.BadParameter(f"choose one of {', '.join(profile_names())}", param_hint="--profile")
    chosen = load_profile(profile)
    roll = None if roll_mm is None else round(roll_mm * chosen.dpi / 25.4)
    printer = VirtualPrinter(chosen, faults=Faults(silent=silent), roll_dots=roll)
    keep = keep_as_picture(png_folder) if png_folder else None
    line = PtyLine(printer, keep, baud) if pty else TcpLine(printer, port, keep, baud)
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())

    def change_paper(*_: object) -> None:
        with line.lock:
            printer.load_paper(None if printer.paper_out else 0)

    signal.signal(signal.SIGUSR1, change_paper)

    def tell(words: str) -> str:
        with line.lock:
            return obey(printer, words)

    ears = Control(control, tell) if control else None
    line.start()
    told = line.link if isinstance(line, PtyLine) else str(line.port)
    if port_file:
        part = port_file.with_suffix(".part")
        part.write_text(told, encoding="ascii")
        part.replace(port_file)
    click.echo(f"virtual printer at {line.link}")
    if ears:
        ears.start()
    if keys:
        listen(sys.stdin, tell, click.echo)
    over.wait()
    if ears:
        ears.stop()
    line.stop()


if __name__ == "__main__":
    main()
