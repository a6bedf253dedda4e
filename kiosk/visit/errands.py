"""What people come for besides filing: a sum worked out, how a filing stands, a form they saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from kiosk.visit import asking_after, reckoning, resuming
from kiosk.visit import events as e
from kiosk.visit import pages as p
from kiosk.visit.errand import Wishes
from kiosk.visit.guide import Guide

Errand = asking_after.AskingAfter | resuming.Resuming | reckoning.Reckoning
CODES: dict[str, Callable[[], Errand]] = {
    "progress": asking_after.AskingAfter,
    "resume": resuming.Resuming,
    "reckon": reckoning.Reckoning,
}


def begin(code: str) -> Errand:
    return CODES[code]()


def step(errand: Errand, event: e.Event, guide: Guide) -> tuple[Errand | None, Wishes]:
    """Take one fact in. None: the errand is done, or the person turned back."""
    match errand:
        case asking_after.AskingAfter():
            return asking_after.step(errand, event, guide)
        case resuming.Resuming():
            return resuming.step(errand, event, guide)
        case reckoning.Reckoning():
            return reckoning.step(errand, event, guide)
    assert_never(errand)


def page_of(errand: Errand, language: str, guide: Guide) -> p.Page:
    match errand:
        case asking_after.AskingAfter():
            return asking_after.page_of(errand, language, guide)
        case resuming.Resuming():
            return resuming.page_of(errand, language, guide)
        case reckoning.Reckoning():
            return reckoning.page_of(errand, language, guide)
    assert_never(errand)


def is_from_welcome(errand: Errand) -> bool:
    return isinstance(errand, reckoning.Reckoning)


def place_of(errand: Errand) -> str:
    """Which page of an errand is on show, without any answer."""
    if isinstance(errand, reckoning.Reckoning):
        return f"{errand.which} {errand.at}".strip()
    return f"{type(errand).__name__} {errand.moment}".lower()
