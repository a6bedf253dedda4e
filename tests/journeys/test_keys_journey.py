"""A whole private-lending filing without touching the glass: by four keys, by two switches.

The person presses real keys that go through the guard, writes with 拼音, and signs by a clerk's witness. The figures
are printed (`-s`) and kept in docs/accessibility.md.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.clock import SystemClock
from kiosk.ids import TicketNumber
from kiosk.store.filings import Filings
from kiosk.visit.visit import Moment
from kiosk.wording import Wording
from ui.demo.court import DemoCourt, intake_words
from ui.demo.hand import Hand
from ui.demo.keys import FOUR_KEYS, TWO_SWITCHES, KeyFinger, Keypad, keypad_on
from ui.demo.person import Person
from ui.demo.readings import Readings
from ui.demo.walk import Walker, settle
from ui.main import Program
from ui.walk import WalkKey


@pytest.fixture(scope="module")
def unable(court: DemoCourt, person: Person) -> Person:
    """The same person, who cannot reach the glass: a clerk stands by for the signatures."""
    number, pin = court.clerk_file.read_text("ascii").split()
    return replace(person, witness=(number, pin))


@contextmanager
def kiosk_with_keys(
    court: DemoCourt, person: Person, keys: frozenset[WalkKey], wording: Wording, readings: Readings, qapp: QApplication
) -> Iterator[tuple[Walker, Keypad]]:
    """The window program in this process, a keypad plugged in, nobody touching the glass."""
    program = Program(court.settings(), wording, SystemClock())
    pad = keypad_on(program)
    finger = KeyFinger(pad, program.window, keys)
    say = program.window.say
    hand = Hand(program.window, finger, readings, say, lambda: settle(program))
    try:
        program.show()
        yield Walker(program, person, hand, None, lambda line: None), pad
    finally:
        program.close()
        qapp.removeEventFilter(program.guard)
        program.window.close()
        program.window.deleteLater()
        QApplication.processEvents()


def clerks_who_vouched(court: DemoCourt, receipt_number: str, out: Path) -> set[str]:
    """Whom the filing names as witnesses of its signatures, as the court opens it; nobody wrote anything."""
    shown = court.run("sync.intake.main", "show", *intake_words(court), "--out", str(out), receipt_number)
    signatures = json.loads(shown)["header"]["signatures"].values()
    assert all(one["strokes"] == [] for one in signatures)
    return {one["witness"] for one in signatures}


@pytest.mark.parametrize(
    ("keys", "most"),
    [
        pytest.param(FOUR_KEYS, 2000, id="four-keys"),
        pytest.param(TWO_SWITCHES, 3400, id="two-switches", marks=pytest.mark.campaign),
    ],
)
def test_a_whole_filing_is_made_with_keys_alone_and_reaches_the_court(
    keys: frozenset[WalkKey],
    most: int,
    court: DemoCourt,
    unable: Person,
    wording: Wording,
    readings: Readings,
    qapp: QApplication,
    receipt_of: Callable[..., None],
    store_of: Callable[..., Any],
    tmp_path: Path,
):
    touched: list[Any] = []
    began = time.monotonic()
    with kiosk_with_keys(court, unable, keys, wording, readings, qapp) as (walker, pad):
        walker.program.guard.touched.connect(lambda: touched.append(True))
        ticket = walker.walk()
        seconds = time.monotonic() - began
        walker.leave()
        walker.wait_for(lambda: not walker.program.running, "the visit to be wiped")
        assert walker.program.lobby.visit.moment is Moment.GONE
        receipt_of(walker, court.settings(), ticket)
    counted = ", ".join(f"{key} {pad.pressed[key]}" for key in WalkKey if pad.pressed[key])
    print(f"\n{len(keys)} keys: {pad.presses()} presses ({counted}), {seconds:.1f} s of machine time")
    assert touched == []
    assert set(pad.pressed) <= keys
    assert pad.presses() <= most
    with store_of(court.settings()) as db:
        row = Filings(db).by_ticket(TicketNumber(ticket))
    assert row is not None
    assert clerks_who_vouched(court, str(row.receipt_number), tmp_path) == {unable.witness[0]}
