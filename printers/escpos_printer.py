"""Codes built by python-escpos: QR, barcode, feed and cut. The only module that imports it.

Text and pictures are never given to it: its `text()` lets `ESC @` typed by a visitor through, and its
pictures overflow their length without an error. The import takes about 0.3 s and belongs to the print thread.
"""

from __future__ import annotations

import logging
import shutil
from functools import lru_cache
from typing import Any

from kiosk.errors import KioskBug
from printers.profiles import PrinterProfile


def _import_escpos() -> Any:  # python-escpos ships no types
    root = logging.getLogger()
    before = list(root.handlers)
    import escpos.capabilities
    import escpos.printer

    # WORKAROUND: the import calls logging.basicConfig() and leaves a temporary folder behind
    # (github.com/python-escpos/python-escpos, capabilities.py); remove when it does neither.
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
    shutil.rmtree(escpos.capabilities.pickle_dir, ignore_errors=True)
    return escpos.printer


@lru_cache(maxsize=8)
def escpos_codes(escpos_profile: str) -> EscposCodes:
    return EscposCodes(escpos_profile)


def codes_for(profile: PrinterProfile) -> EscposCodes:
    return escpos_codes(profile.escpos_profile)


class EscposCodes:
    """Fills `printers.encode.Codes`. ASCII content only: escpos passes control bytes on."""

    def __init__(self, escpos_profile: str = "default") -> None:
        self._dummy = _import_escpos().Dummy(profile=escpos_profile)

    def qr(self, data: str, module_dots: int) -> bytes:
        self._dummy.clear()
        self._dummy.qr(_ascii(data), ec=1, size=module_dots, model=2, native=True)  # ec 1 is level M
        return bytes(self._dummy.output)

    def qr_matrix(self, data: str) -> list[list[bool]]:
        import qrcode

        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
        code.add_data(_ascii(data))
        code.make()
        return [[bool(cell) for cell in row] for row in code.get_matrix()]

    def barcode(self, data: str) -> bytes:
        if not self._dummy.profile.supports("barcodeB"):
            raise KioskBug("this printer profile draws no CODE128 by itself")
        self._dummy.clear()
        # `check` looks at the data; drawing in software would print unscrubbed dots.
        self._dummy.barcode(
            "{B" + _ascii(data), "CODE128", function_type="B", height=64, width=2, align_ct=False, force_software=False
        )
        return bytes(self._dummy.output)

    def feed_and_cut(self, lines: int, cut: str) -> bytes:
        self._dummy.clear()
        if cut == "full":
            self._dummy.cut(mode="FULL")
        elif cut == "partial":
            self._dummy.print_and_feed(lines)
            self._dummy.cut(feed=False)
        else:
            self._dummy.print_and_feed(lines + 3)
        return bytes(self._dummy.output)


def _ascii(data: str) -> str:
    if not (data.isascii() and data.isprintable()):
        raise KioskBug("a code holds printable ASCII only")
    return data
