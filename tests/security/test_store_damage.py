"""Bytes that changed on the disk: never served as if they were true, always found by the nightly check."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as engine

from kiosk.clock import StillClock, SystemClock
from kiosk.desk import Desk
from kiosk.desk.handing_in import Papers
from kiosk.errors import KioskTrouble
from kiosk.filings.filing import CompletedForm, Submission
from kiosk.ids import PackId
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.store.connect import connect, is_sound, open_store, store_file
from kiosk.store.drafts import Drafts
from kiosk.store.filings import Filings
from kiosk.store.keys import StoreKey, store_key
from kiosk.store.readable import Readable
from kiosk.store.sealed_files import SealedFiles

CHANGES = 300


@pytest.fixture
def honest(open_desk: Callable[[], Desk], settings: Settings) -> bytes:
    """A store somebody filed in, as it lies on the disk."""
    desk = open_desk()
    for number in range(12):
        form = CompletedForm(PackId("private_lending"), "2026.1", "zh", {"story": f"{number} 经过" * 900})
        desk.file(Papers(Submission(form, {}, (), ()), b"%PDF" * 1000, "民间借贷"))
    desk.start_draft()
    desk.save_draft(b"answers" * 1000)
    desk.close()
    return store_file(settings.state).read_bytes()


def put(settings: Settings, content: bytes) -> None:
    store_file(settings.state).write_bytes(content)
    for suffix in ("-wal", "-shm"):
        Path(f"{store_file(settings.state)}{suffix}").unlink(missing_ok=True)


def told(settings: Settings, key: StoreKey) -> list[object]:
    """Everything people and clerks are ever told out of the store."""
    db = open_store(settings.state, key)
    try:
        rows = Filings(db).newest(100)
        words = [Readable(db).get(row.filing_id) for row in rows]
        return [rows, [one.body for one in words if one], Drafts(db, SystemClock()).open_draft()]
    finally:
        db.close()


def is_found_at_the_next_boot(settings: Settings, key: StoreKey) -> bool:
    try:
        db = connect(store_file(settings.state), key)
    except engine.DatabaseError:
        return True
    try:
        return not is_sound(db)
    finally:
        db.close()


def test_one_changed_bit_anywhere_is_never_told_as_true_and_is_found_at_the_next_boot(
    honest: bytes, settings: Settings
):
    key = store_key(settings.state)
    before = told(settings, key)
    chance = random.Random(7)
    noticed = 0
    for _ in range(CHANGES):
        changed = bytearray(honest)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        put(settings, bytes(changed))
        try:
            after = told(settings, key)
        except (KioskTrouble, engine.DatabaseError):
            noticed += 1
        else:
            assert after == before
        put(settings, bytes(changed))
        assert is_found_at_the_next_boot(settings, key)
    assert noticed > CHANGES / 3


def test_damage_found_at_the_next_boot_costs_no_filing(honest: bytes, settings: Settings, shelf: Shelf):
    changed = bytearray(honest)
    for page in range(2, len(changed) // 4096):
        changed[page * 4096 + 100] ^= 1
    put(settings, bytes(changed))
    clock = StillClock(datetime.now(UTC), 5_000, "00000000-0000-4000-8000-00000000000f")
    desk = Desk.open(settings, clock, shelf)
    assert len(Filings(desk.db).newest(100)) == 12
    assert set(SealedFiles(settings.state / "sealed").all()) == {
        (row.filing_id, 1) for row in Filings(desk.db).newest(100)
    }
    desk.close()


def test_damage_found_while_reading_is_repaired_by_the_next_start_of_the_same_boot(
    honest: bytes, settings: Settings, open_desk: Callable[[], Desk]
):
    def reads_damage() -> bool:
        desk = open_desk()
        try:
            return desk.held_draft() is None
        except KioskTrouble as trouble:
            return trouble.key == "store.damaged"
        finally:
            desk.db.close()

    for page in range(2, len(honest) // 4096):
        changed = bytearray(honest)
        changed[page * 4096 + 100] ^= 1
        put(settings, bytes(changed))
        if (settings.state / "store" / "doubted").exists():
            break
        reads_damage()
    assert (settings.state / "store" / "doubted").exists()
    desk = open_desk()
    assert desk.held_draft() is None
    assert len(Filings(desk.db).newest(100)) == 12
    assert not (settings.state / "store" / "doubted").exists()
    desk.close()
