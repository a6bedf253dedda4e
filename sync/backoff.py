"""When to try again. Pure: the dice and the clock are handed in.

Full jitter: a random wait between nothing and a limit that doubles, so that kiosks of one building do not knock
together when the line comes back.
"""

from __future__ import annotations

from datetime import datetime, timedelta

MOST_RETRY_AFTER_SECONDS = 3600


def limit_seconds(failures: int, first: float, most: float) -> float:
    """The longest wait after this many failures in a row."""
    return min(most, first * 2.0 ** min(failures - 1, 60)) if failures > 0 else 0.0


def next_try(
    now: datetime, failures: int, *, first: float, most: float, dice: float, retry_after: float = 0
) -> datetime:
    """The moment of the next attempt. `dice` is between 0 and 1; the court's own wish is a lower bound of at most an hour."""
    wait = dice * limit_seconds(failures, first, most)
    return now + timedelta(seconds=max(wait, min(retry_after, MOST_RETRY_AFTER_SECONDS)))
