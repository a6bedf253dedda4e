"""The store opens with its key and with nothing else, and says which of its troubles it has."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as engine

from kiosk.errors import KioskTrouble
from kiosk.store import connect, schema
from kiosk.store.connect import Database, atomic, open_store, set_aside, store_file, truncate_log
from kiosk.store.keys import SecretKind, StoreKey, store_key
from kiosk.store.meta import Meta

OTHER_KEY = StoreKey(b"another key, of thirty-two bytes", SecretKind.FILE)


def trouble_of(state: Path, key: StoreKey) -> str:
    with pytest.raises(KioskTrouble) as caught:
        open_store(state, key).close()
    return caught.value.key


def test_every_pragma_is_as_promised_on_every_connection(opened: Callable[[], Database]):
    for db in (opened(), opened()):
        assert {name: str(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in connect.PRAGMAS} == connect.PRAGMAS
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA cipher_version").fetchone()[0]


def test_every_table_is_strict(db: Database):
    loose = db.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0")
    assert {name for (name,) in loose.fetchall()} - {"sqlite_schema", "sqlite_sequence"} == set()


def test_the_engine_is_new_enough_to_keep_commits():
    assert engine.sqlite_version_info >= (3, 51, 3)


def test_the_stock_shell_cannot_read_the_file(state: Path, db: Database):
    Meta(db).write("kiosk_id", "110105-K01")
    truncate_log(db)
    assert store_file(state).read_bytes()[:16] != b"SQLite format 3\0"
    stock = sqlite3.connect(store_file(state))
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        stock.execute("SELECT * FROM meta")
    stock.close()


def test_without_a_key_or_with_a_wrong_one_nothing_opens(state: Path, db: Database):
    Meta(db).write("kiosk_id", "110105-K01")
    db.close()
    before = store_file(state).read_bytes()
    keyless = engine.connect(str(store_file(state)))
    with pytest.raises(engine.DatabaseError, match="not a database"):
        keyless.execute("SELECT * FROM meta")
    keyless.close()
    assert trouble_of(state, OTHER_KEY) == "store.key_wrong"
    assert store_file(state).read_bytes() == before


def test_a_wrong_key_is_called_so_even_when_the_check_value_is_lost(state: Path, db: Database):
    db.close()
    (store_file(state).parent / connect.CHECK_NAME).unlink()
    assert trouble_of(state, OTHER_KEY) == "store.key_wrong"
    open_store(state, store_key(state)).close()
    assert (store_file(state).parent / connect.CHECK_NAME).exists()


def test_a_damaged_file_is_told_from_a_wrong_key_and_can_be_set_aside(state: Path, db: Database):
    Meta(db).write("kiosk_id", "110105-K01")
    db.close()
    content = bytearray(store_file(state).read_bytes())
    content[100:200] = bytes(100)
    store_file(state).write_bytes(content)
    assert trouble_of(state, store_key(state)) == "store.damaged"
    aside = set_aside(state, "20261123T013000")
    assert aside.read_bytes() == content
    fresh = open_store(state, store_key(state))
    assert Meta(fresh).read("kiosk_id") is None
    fresh.close()


def test_a_lost_key_file_is_never_replaced_by_a_new_key(state: Path, db: Database):
    db.close()
    (state / "keys" / "store.key").unlink()
    with pytest.raises(KioskTrouble, match=r"store\.key_missing"):
        store_key(state)
    assert not (state / "keys" / "store.key").exists()


def test_a_cut_key_file_is_refused(state: Path, db: Database):
    db.close()
    key_file = state / "keys" / "store.key"
    key_file.write_bytes(key_file.read_bytes()[:16])
    with pytest.raises(KioskTrouble, match=r"store\.key_wrong"):
        store_key(state)


def test_a_credential_comes_before_the_key_file(state: Path, tmp_path: Path):
    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials" / "store.key").write_bytes(bytes(range(32)))
    assert store_key(state, tmp_path / "credentials") == StoreKey(bytes(range(32)), SecretKind.CREDENTIAL)
    assert not (state / "keys").exists()


def test_a_plain_file_in_its_place_is_refused(state: Path):
    store_file(state).parent.mkdir(parents=True)
    plain = sqlite3.connect(store_file(state))
    plain.execute("CREATE TABLE draft(body TEXT)")
    plain.close()
    assert trouble_of(state, OTHER_KEY) == "store.not_encrypted"


def test_only_the_service_user_may_read_what_the_store_makes(state: Path, db: Database):
    Meta(db).write("kiosk_id", "110105-K01")
    modes = {path.name: path.stat().st_mode & 0o777 for path in state.rglob("*")}
    assert {name for name, mode in modes.items() if mode & 0o077} == set()
    assert {"kiosk.db", "kiosk.db-wal", "kiosk.check", "store.key"} <= set(modes)


def test_a_newer_file_is_refused_and_left_as_it_is(state: Path, db: Database):
    db.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    db.close()
    before = store_file(state).read_bytes()
    assert trouble_of(state, store_key(state)) == "store.newer"
    assert store_file(state).read_bytes() == before


def test_a_transaction_waits_for_the_other_process_and_does_not_fail(state: Path, db: Database):
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from kiosk.store.connect import open_store, atomic\n"
        "from kiosk.store.keys import store_key\n"
        "from kiosk.store.meta import Meta\n"
        "state = Path(sys.argv[1])\n"
        "db = open_store(state, store_key(state))\n"
        "for n in range(200):\n"
        "    with atomic(db):\n"
        "        Meta(db).write('count', str(int(Meta(db).read('count') or 0) + 1))\n"
    )
    others = [
        subprocess.Popen([sys.executable, "-c", script, str(state)], env={**os.environ, "PYTHONPATH": os.getcwd()})
        for _ in range(2)
    ]
    for _ in range(200):
        with atomic(db):
            Meta(db).write("count", str(int(Meta(db).read("count") or 0) + 1))
    assert [other.wait(60) for other in others] == [0, 0]
    assert Meta(db).read("count") == "600"


class Change(Exception):
    """The mind, in the middle of writing."""


def write_and_regret(db: Database) -> None:
    with atomic(db):
        with atomic(db):
            Meta(db).write("inner", "1")
        raise Change


def test_a_nested_transaction_is_part_of_the_outer_one(db: Database):
    with pytest.raises(Change):
        write_and_regret(db)
    assert Meta(db).read("inner") is None


def test_a_nested_transaction_can_be_taken_back_alone(db: Database):
    with atomic(db):
        Meta(db).write("outer", "1")
        with pytest.raises(Change):
            write_and_regret(db)
    assert (Meta(db).read("outer"), Meta(db).read("inner")) == ("1", None)


def test_sqlite_utils_imported_first_is_noticed():
    script = "import sqlite_utils, kiosk.store.meta"
    outcome = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=os.getcwd())
    assert "KioskBug" in outcome.stderr


def test_first_starts_at_the_same_moment_agree_on_one_key(state: Path):
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from kiosk.store.connect import open_store\n"
        "from kiosk.store.keys import store_key\n"
        "sys.stdin.readline()\n"
        "state = Path(sys.argv[1])\n"
        "open_store(state, store_key(state)).close()\n"
    )
    starts = [
        subprocess.Popen([sys.executable, "-c", script, str(state)], stdin=subprocess.PIPE, cwd=os.getcwd())
        for _ in range(4)
    ]
    for start in starts:
        assert start.stdin is not None
        start.stdin.write(b"\n")
        start.stdin.close()
    assert [start.wait(60) for start in starts] == [0, 0, 0, 0]
