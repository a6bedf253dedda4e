"""What bytes would print, without a printer or a line: for `kiosk-desk file` and for set-up pages."""

from __future__ import annotations

from printers.picture import draw
from printers.profiles import PrinterProfile
from printers.virtual.engine import VirtualPrinter
from printers.virtual.paper import Paper


def preview(data: bytes, profile: PrinterProfile) -> tuple[Paper, ...]:
    """The papers a printer of this profile makes of these bytes."""
    printer = VirtualPrinter(profile, buffer_bytes=len(data) + 1)
    printer.receive(data)
    printer.advance(3600.0)
    return printer.papers


def picture(data: bytes, profile: PrinterProfile) -> bytes:
    """The same as a PNG."""
    return draw(preview(data, profile))
