"""A kiosk that its court has enrolled, as files on the disk, for tests that start, kill and search real processes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.desk import Desk
from kiosk.law.tables import read_tables
from kiosk.sealing.keys import CourtKey, CourtKeys, KeyUse, court_keys_bytes, court_keys_path
from kiosk.sealing.suite import SUITES
from kiosk.settings import Settings, read_settings
from kiosk.shelf import Shelf
from kiosk.wording import load_wording
from resources import folder


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    """The settings of an enrolled kiosk with an empty state folder."""
    state = tmp_path / "state"
    suite = SUITES["hpke-x25519-aes256gcm-1"]
    _, public = suite.make_pair()
    now = datetime.now(UTC).replace(microsecond=0)
    key = CourtKey(KeyUse.SEAL, suite.name, public, now - timedelta(days=1), now + timedelta(days=365))
    court_keys_path(state).parent.mkdir(parents=True)
    court_keys_path(state).write_bytes(court_keys_bytes(CourtKeys("110105", "110105-K01", (key,))))
    path = tmp_path / "kiosk.toml"
    path.write_text(
        f'kiosk_id = "110105-K01"\nstate_folder = "{state}"\n'
        '[court]\nname = "北京市朝阳区人民法院"\ncode = "110105"\n[keeping]\nmin_free_mb = 10\nballast_mb = 0\n',
        encoding="utf-8",
    )
    return path


@pytest.fixture
def settings(settings_file: Path) -> Settings:
    return read_settings(settings_file)


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return Shelf({}, read_tables(folder("tables")), load_wording(folder("wording")))


@pytest.fixture
def open_desk(settings: Settings, shelf: Shelf) -> Callable[[], Desk]:
    return lambda: Desk.open(settings, SystemClock(), shelf)
