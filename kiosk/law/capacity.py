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


def who_may_act(birth: date, day: date) -> tuple[str, ...]:
    """Who comes into question as statutory agent of a person without full capacity, in the order of the law.

    A minor's parents, then grandparents and grown siblings; an adult's spouse, then parents or children, then other
    close relatives; last, others whom the responsible body approves (Civil Code arts.23, 27, 28; CPL art.60).
    """
    if age_on(birth, day) < 18:
        return ("parents", "grandparents", "siblings", "approved_other")
    return ("spouse", "parents_or_children", "close_relatives", "approved_other")


def is_elderly(birth: date, day: date) -> bool:
    """60 full years (Elderly Law art.2): asked kindly about larger type, never treated differently unasked."""
    return age_on(birth, day) >= 60
