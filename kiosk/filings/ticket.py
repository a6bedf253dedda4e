"""The number on the slip: `0105-261123-0007-K3`, the court, the day, the day's serial and two check characters.

It is never a case number. The check is a weighted sum modulo the prime 1021: every wrong digit and every pair of
digits changed over is found. Check characters avoid I, L, O and U, and what people type instead is understood.
"""

from __future__ import annotations

import re
from datetime import date

from kiosk.errors import KioskBug
from kiosk.ids import TicketNumber

LAST_SERIAL = 9999
_CHECK_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PRIME = 1021
_BASE = 37
_TYPED_CAP = 64
_COURT = re.compile(r"\d{4,}", re.ASCII)
_SHAPE = re.compile(r"(\d{4})(\d{6})(\d{4})([0-9A-Z]{2})", re.ASCII)
_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_LOOK_ALIKE = str.maketrans("OIL", "011")


def ticket_number(court_code: str, day: date, serial: int) -> TicketNumber:
    """The number of this day's n-th filing."""
    if not (1 <= serial <= LAST_SERIAL) or not _COURT.fullmatch(court_code):
        raise KioskBug(f"no ticket number for serial {serial}")
    court, when, number = court_code[-4:], day.strftime("%y%m%d"), f"{serial:04d}"
    return TicketNumber(f"{court}-{when}-{number}-{_check(court + when + number)}")


def read_ticket(typed: str) -> TicketNumber | None:
    """The number a person typed, in any case and with any gaps, or None when it cannot be one of ours."""
    if len(typed) > _TYPED_CAP:
        return None
    bare = re.sub(r"[\s\-_.·—–]", "", typed.translate(_FULL_WIDTH).upper()).translate(_LOOK_ALIKE)
    found = _SHAPE.fullmatch(bare)
    if found is None or found[4] != _check(bare[:14]):
        return None
    return TicketNumber("-".join(found.groups()))


def day_and_serial(ticket: TicketNumber) -> tuple[date, int] | None:
    """Which filing of which day a number belongs to."""
    found = _SHAPE.fullmatch(ticket.replace("-", ""))
    try:
        return (date.fromisoformat(f"20{found[2]}"), int(found[3])) if found else None
    except ValueError:
        return None


def _check(digits: str) -> str:
    total, weight = 0, 1
    for digit in digits:
        weight = weight * _BASE % _PRIME
        total = (total + int(digit) * weight) % _PRIME
    high, low = divmod(total, len(_CHECK_ALPHABET))
    return _CHECK_ALPHABET[high] + _CHECK_ALPHABET[low]
