"""Assembly of `kiosk-desk`: the core's command line with this installation's ticket press. Imports no Qt until a form is shown."""

from __future__ import annotations

from kiosk import process
from kiosk.cli import build
from kiosk.slips.parts import Slip
from printers.press import press
from printers.preview import picture
from printers.profiles import load_profile


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
    build(TicketPress(), show_form)()


if __name__ == "__main__":
    main()
