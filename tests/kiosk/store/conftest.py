"""A state folder, its key, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.clock import StillClock
from kiosk.store.connect import Database, open_store
from kiosk.store.keys import store_key


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2026, 11, 23, 1, 30, tzinfo=UTC), elapsed_ms=60_000)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def opened(state: Path) -> Iterator[Callable[[], Database]]:
    """Opens the store of the state folder, as often as asked, and closes all of them at the end."""
    stores: list[Database] = []

    def open_one() -> Database:
        stores.append(open_store(state, store_key(state)))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def db(opened: Callable[[], Database]) -> Database:
    return opened()
