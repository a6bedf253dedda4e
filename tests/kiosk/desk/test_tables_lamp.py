"""A clerk is told when a table of the law has ended."""

from __future__ import annotations

from datetime import UTC, datetime

from kiosk.clock import StillClock
from kiosk.desk import Desk


def test_the_health_page_names_the_table_that_has_ended(settings, shelf):
    seen = {}
    for month in (5, 8):
        desk = Desk.open(settings, StillClock(datetime(2026, month, 3, 4, tzinfo=UTC)), shelf)
        try:
            seen[month] = {line.name: line.words["en"] for line in desk.health()}.get("tables")
        finally:
            desk.close()
    assert seen == {5: None, 8: "LPR unknown from 2026-07-20. Update lpr.json."}
