"""How long a clerk number must wait after wrong PINs. Pure: the clocks are handed in.

Five tries are free, the sixth waits 15 s, each further one twice as long, and the fifteenth wrong one locks.
The wait ends only when *both* clocks say so: the monotonic one of this boot, which nobody can set, and the wall
clock, which survives a power cut. So neither the plug nor the clock shortens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

FREE_TRIES = 5
FIRST_WAIT_SECONDS = 15
LAST_TRY = 15


@dataclass(frozen=True, slots=True)
class Failure:
    """How many tries went wrong in a row, and when the last of them was, by three clocks."""

    count: int
    at: datetime
    boot_id: str
    monotonic_ms: int


@dataclass(frozen=True, slots=True)
class Now:
    at: datetime
    boot_id: str
    monotonic_ms: int


def is_locked(failures: int) -> bool:
    """Only another clerk or the centre opens it again."""
    return failures >= LAST_TRY


def wait_after(failures: int) -> int:
    """Seconds between this many wrong tries in a row and the next one."""
    if failures < FREE_TRIES:
        return 0
    return int(FIRST_WAIT_SECONDS * 2 ** (min(failures, LAST_TRY - 1) - FREE_TRIES))


def seconds_left(last: Failure, now: Now) -> int:
    """How long the next try still has to wait, rounded up."""
    whole_ms = wait_after(last.count) * 1000
    if last.boot_id == now.boot_id:
        by_boot_ms = whole_ms - (now.monotonic_ms - last.monotonic_ms)
    else:
        by_boot_ms = whole_ms - now.monotonic_ms  # the wait begins again with the machine
    by_wall_ms = 0
    if now.at >= last.at:  # a wall clock that went back proves nothing; the monotonic one decides
        by_wall_ms = whole_ms - int((now.at - last.at).total_seconds() * 1000)
    return max(0, -(-max(by_boot_ms, by_wall_ms) // 1000))
