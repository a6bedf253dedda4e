"""One paper's bytes without a printer: for `kiosk-desk file`, the readiness check and tests."""

from __future__ import annotations

from datetime import UTC, datetime

from kiosk.slips.parts import Slip, for_attempt
from printers.encode import encode
from printers.escpos_printer import codes_for
from printers.profiles import PrinterProfile

_FIRST = datetime(2000, 1, 1, tzinfo=UTC)  # the time is printed from the second attempt on


def press(slip: Slip, profile: PrinterProfile, n: int = 1, at: datetime = _FIRST) -> bytes:
    """The bytes of the nth attempt at this slip, without a marker."""
    return b"".join(encode(for_attempt(slip, n, at), profile, codes_for(profile)))
