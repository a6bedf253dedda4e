"""The only place that asks what time it is.

Inside, times are UTC; a court's day is China Standard Time (UTC+8, no summer time since 1991).
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Protocol

CHINA = timezone(timedelta(hours=8), "CST")


class Clock(Protocol):
    def now(self) -> datetime:
        """The wall clock, UTC and aware."""

    def monotonic_ms(self) -> int:
        """Milliseconds since some fixed moment of this boot; never goes back."""

    def boot_id(self) -> str:
        """Changes at every boot of the machine."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000

    def boot_id(self) -> str:
        return _boot_id()


@cache
def _boot_id() -> str:
    """No process outlives its boot, so it is read once."""
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


class StillClock:
    """A clock that moves only when told to."""

    def __init__(
        self, moment: datetime, elapsed_ms: int = 0, boot: str = "00000000-0000-4000-8000-000000000001"
    ) -> None:
        self.moment = moment
        self.elapsed_ms = elapsed_ms
        self.boot = boot

    def now(self) -> datetime:
        return self.moment

    def monotonic_ms(self) -> int:
        return self.elapsed_ms

    def boot_id(self) -> str:
        return self.boot

    def pass_seconds(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self.elapsed_ms += int(seconds * 1000)


def court_day(moment: datetime) -> date:
    """The calendar day in the courthouse at this moment."""
    return moment.astimezone(CHINA).date()
