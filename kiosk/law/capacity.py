"""Who may act for themselves in court (Civil Code arts.17-22, CPL art.60)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kiosk.law.calendar import age_on


class Capacity(StrEnum):
    FULL = "full"
    LIMITED = "limited"
    NONE = "none"


def capacity(birth: date, day: date, own_income: bool = False, declared: Capacity = Capacity.FULL) -> Capacity:
    """By age; a person of 16 or 17 living mainly on their own labour is full; an adult may declare less."""
    age = age_on(birth, day)
    if age < 8:
        return Capacity.NONE
    if age < 16 or (age < 18 and not own_income):
        return Capacity.LIMITED
    return declared


def is_elderly(birth: date, day: date) -> bool:
    """60 full years (Elderly Law art.2): asked kindly about larger type, never treated differently unasked."""
    return age_on(birth, day) >= 60
