"""Assembly of `kiosk-desk`: the core's command line with this installation's ticket press. Imports no Qt."""

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


def main() -> None:
    process.begin()
    build(TicketPress())()


if __name__ == "__main__":
    main()
