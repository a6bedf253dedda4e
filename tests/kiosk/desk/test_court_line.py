"""Whether the court can be reached is what the messenger last heard, and not too long ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.desk.desk import COURT_LINE, COURT_SILENT
from kiosk.store.receipts import Contact, Receipts


def test_a_kiosk_that_never_heard_the_court_cannot_reach_it(desk):
    assert not desk.court_reached()


@pytest.mark.parametrize(
    ("silent", "contact", "reached"),
    [
        (timedelta(0), {}, True),
        (COURT_SILENT - timedelta(seconds=1), {}, True),
        (COURT_SILENT, {}, False),
        (timedelta(0), {"failures": 1}, False),
        (timedelta(0), {"stopped": True}, False),
    ],
)
def test_the_line_is_up_while_the_last_words_are_fresh_and_nothing_failed_since(
    silent: timedelta, contact: dict, reached: bool, desk, clock
):
    heard = Contact(COURT_LINE, heard_at=clock.now() - silent)
    Receipts(desk.db).set_contact(replace(heard, **contact))
    assert desk.court_reached() == reached
