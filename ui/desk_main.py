"""Assembly of `kiosk-desk`: the core's command line with this installation's ticket press. Imports no Qt until a form is shown."""

from __future__ import annotations

from kiosk import process
from kiosk.cli import build
from kiosk.idcards.virtual_reader import main as virtual_reader
from kiosk.slips.parts import Slip
from printers.doctor import doctor, printer_logo
from printers.press import press
from printers.preview import picture
from printers.profiles import load_profile
from printers.virtual.__main__ import main as virtual_printer
from printers.virtual_a4 import main as virtual_a4


class TicketPress:
    """Bytes and pictures for a printer profile by its name."""

    def press(self, slip: Slip, profile: str) -> bytes:
        return press(slip, load_profile(profile))

    def picture(self, data: bytes, profile: str) -> bytes:
        return picture(data, load_profile(profile))


def show_form(pack: bytes, language: str, leave_at_once: bool) -> int:
    from ui.preview import preview

    return preview(pack, language, leave_at_once)


def main() -> None:
    process.begin()
    desk = build(TicketPress(), show_form)
    for command in (doctor, printer_logo, virtual_printer, virtual_a4, virtual_reader):
        desk.add_command(command)
    desk()


if __name__ == "__main__":
    main()
