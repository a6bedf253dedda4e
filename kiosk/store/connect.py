"""The only place that opens the kiosk's database, and the only transaction there is.

The file is encrypted whole (SQLCipher) under a raw 256-bit key. A key check value lies beside it, so that a
wrong key and a damaged file can be told apart: both give the same "file is not a database". A driver without
the cipher ignores the key and writes plain text; such a driver is refused before a byte is written.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import sqlcipher3
import sqlcipher3.dbapi2 as engine

from kiosk.errors import KioskBug, KioskTrouble
from kiosk.store.disk import fsync_folder, write_once
from kiosk.store.keys import StoreKey

# sqlite-utils catches the exceptions of *its* driver module, and the cipher's are no subclasses of the stock ones.
# So the cipher's driver takes the place sqlite-utils looks in first.
if "sqlite_utils" in sys.modules and sys.modules.get("pysqlite3") is not sqlcipher3:
    raise KioskBug("sqlite_utils was imported before kiosk.store, and is bound to a driver that cannot encrypt")
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = engine
from sqlite_utils import Database  # noqa: E402  (only after the driver is in its place)

__all__ = [
    "Database",
    "atomic",
    "connect",
    "connect_plain",
    "is_sound",
    "joined",
    "make_room",
    "open_store",
    "set_aside",
    "store_file",
    "troubles",
    "truncate_log",
    "with_digest",
    "without_digest",
]

OLDEST_SQLITE = (3, 51, 3)  # before it, a checkpoint racing a WAL reset may lose commits
PLAIN_HEAD = b"SQLite format 3\0"
FILE_NAME = "kiosk.db"
CHECK_NAME = "kiosk.check"
BUSY_SECONDS = 5.0

# Set at every opening and read back: the cipher's driver starts with other values than the stock one.
PRAGMAS = {
    "synchronous": "2",  # FULL: a committed row survives a power cut
    "foreign_keys": "1",
    "secure_delete": "1",
    "recursive_triggers": "1",  # else INSERT OR REPLACE deletes without firing the delete triggers
    "trusted_schema": "0",
    "cell_size_check": "1",
    "temp_store": "2",  # MEMORY
    "busy_timeout": str(int(BUSY_SECONDS * 1000)),
    "journal_size_limit": str(8 * 1024 * 1024),
}


def store_file(state: Path) -> Path:
    """Where the database of this state folder is."""
    return state / "store" / FILE_NAME


def open_store(state: Path, key: StoreKey) -> Database:
    """The database of this state folder, made at the first start and brought up to this program's schema.

    Belongs to the thread that opened it. A wrong key, a damaged file, a plain file and a file of a newer program
    are each a trouble of their own, and none of them changes a byte.
    """
    from kiosk.store.schema import migrate  # the schema is made of drawers, and drawers need `atomic` from here

    path = store_file(state)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    proven = _check_key(path.parent / CHECK_NAME, key)
    if path.exists() and path.stat().st_size:
        with path.open("rb") as file:
            if file.read(16) == PLAIN_HEAD:
                raise KioskTrouble("store.not_encrypted", file=str(path))
    else:
        _prove_key(path.parent / CHECK_NAME, key)
        proven = True
        path.touch(mode=0o600)
        fsync_folder(path.parent)
    with troubles("store.damaged" if proven else "store.key_wrong"):
        database = connect(path, key)
    try:
        with troubles():
            if database.execute("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":
                raise KioskTrouble("store.disk", file=str(path))
            migrate(database)
        _prove_key(path.parent / CHECK_NAME, key)
    except BaseException:  # also at Ctrl-C: nobody else holds this connection, and it is passed on as it came
        database.close()
        raise
    return database


def connect(path: Path, key: StoreKey) -> Database:
    """A keyed connection with every pragma set and read back, on a file this key opens."""
    if engine.sqlite_version_info < OLDEST_SQLITE:
        raise KioskTrouble("store.engine_old", version=engine.sqlite_version)
    connection = engine.connect(str(path), isolation_level=None, timeout=BUSY_SECONDS, cached_statements=256)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.value.hex()}'\"")
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise KioskTrouble("store.engine_plain")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name} = {value}").fetchall()
            if str(connection.execute(f"PRAGMA {name}").fetchone()[0]) != value:
                raise KioskBug(f"the database engine did not take PRAGMA {name}")
    except BaseException:  # also at Ctrl-C: a keyed connection must not be left open by accident
        connection.close()
        raise
    return Database(connection)


def is_sound(db: Database) -> bool:
    """Every page still carries its check and the tables hold together. 0.3 s for 20 MB, so once a boot."""
    try:
        return not db.execute("PRAGMA cipher_integrity_check").fetchall() and (
            db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        )
    except engine.DatabaseError:
        return False


def with_digest(body: bytes) -> bytes:
    """A large value as it is stored: its SHA-256 in front.

    WORKAROUND: https://github.com/sqlcipher/sqlcipher/issues/617; the cipher hands out the last page of a long value
    as zeros when the page fails its check, and refuses only what is read after it; remove when that read fails.
    """
    return hashlib.sha256(body).digest() + body


def without_digest(kept: bytes) -> bytes:
    """The value, or a trouble when it is not the one that was stored."""
    digest, body = kept[:32], kept[32:]
    if hashlib.sha256(body).digest() != digest:
        raise KioskTrouble("store.damaged")
    return body


class atomic:
    """Everything inside is written, or nothing is. Waits for the other process's writer; may be nested.

    BEGIN IMMEDIATE, because a plain BEGIN that reads first and then writes fails at once beside another writer. A
    transaction inside another is a savepoint of one name for all (the innermost is meant), so that its statements
    stay prepared.
    """

    __slots__ = ("_conn", "_nested")

    def __init__(self, db: Database) -> None:
        self._conn = db.conn
        self._nested = False

    def __enter__(self) -> None:
        self._nested = self._conn.in_transaction
        try:
            self._conn.execute("SAVEPOINT part" if self._nested else "BEGIN IMMEDIATE")
        except engine.DatabaseError as error:
            _raise_trouble(error)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        try:
            if error is None:
                self._end()
            else:
                self._undo()
        except engine.DatabaseError as trouble:
            _raise_trouble(trouble)
        if isinstance(error, engine.DatabaseError):
            _raise_trouble(error)

    def _end(self) -> None:
        try:
            self._conn.execute("RELEASE part" if self._nested else "COMMIT")
        except BaseException:  # a commit that fails may leave the transaction open
            self._undo()
            raise

    def _undo(self) -> None:
        if not self._conn.in_transaction:  # some errors end the whole transaction
            return
        if self._nested:
            self._conn.execute("ROLLBACK TO part")
            self._conn.execute("RELEASE part")
        else:
            self._conn.execute("ROLLBACK")


class joined(atomic):
    """The same as a part of whatever transaction is open: for callers that let an error end the whole of it."""

    __slots__ = ()

    def __enter__(self) -> None:
        if self._conn.in_transaction:
            self._nested = True
        else:
            super().__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if not self._nested:
            super().__exit__(kind, error, trace)


@contextmanager
def troubles(not_a_database: str = "store.damaged") -> Iterator[None]:
    """Turns what the disk says into a KioskTrouble; our own mistakes (a missing column, a broken rule) pass as they are."""
    try:
        yield
    except engine.DatabaseError as error:
        _raise_trouble(error, not_a_database)


TROUBLES = {
    engine.SQLITE_BUSY: "store.busy",
    engine.SQLITE_LOCKED: "store.busy",
    engine.SQLITE_FULL: "store.disk_full",
    engine.SQLITE_IOERR: "store.disk",
    engine.SQLITE_CANTOPEN: "store.disk",
    engine.SQLITE_READONLY: "store.disk",
    engine.SQLITE_CORRUPT: "store.damaged",
}


def _raise_trouble(error: engine.DatabaseError, not_a_database: str = "store.damaged") -> NoReturn:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    key = not_a_database if code == engine.SQLITE_NOTADB else TROUBLES.get(code)
    if key is None:
        raise error
    raise KioskTrouble(key) from error


def truncate_log(db: Database) -> bool:
    """Empties the write-ahead log; False when another reader was in the way, so that deleted rows still lie in it."""
    return bool(db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)


def make_room(db: Database) -> None:
    """Carries the log over into the file as far as readers allow, so that the next short commits only append to it."""
    db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def set_aside(state: Path, moment: str) -> Path:
    """Moves a damaged database out of the way, never deletes it; the next opening starts a fresh one."""
    path = store_file(state)
    aside = path.with_name(f"{FILE_NAME}.damaged-{moment}")
    for suffix in ("-wal", "-shm", ""):
        part = Path(f"{path}{suffix}")
        if part.exists():
            os.replace(part, f"{aside}{suffix}")
    fsync_folder(path.parent)
    return aside


def _check_value(key: StoreKey) -> bytes:
    return hmac.new(key.value, b"court-kiosk/store/1", hashlib.sha256).hexdigest().encode("ascii")


def _check_key(path: Path, key: StoreKey) -> bool:
    """True when the check value says that this is the key; a trouble when it says that it is not."""
    if not path.exists():
        return False
    if not hmac.compare_digest(path.read_bytes(), _check_value(key)):
        raise KioskTrouble("store.key_wrong")
    return True


def _prove_key(path: Path, key: StoreKey) -> None:
    if not path.exists():
        write_once(path, _check_value(key))


def connect_plain(path: Path) -> engine.Connection:
    """The court's ledger (`sync.intake`): same engine, same durability, no cipher, for it holds nothing a person said."""
    if engine.sqlite_version_info < OLDEST_SQLITE:
        raise KioskTrouble("store.engine_old", version=engine.sqlite_version)
    with troubles():
        connection = engine.connect(str(path), isolation_level=None, timeout=BUSY_SECONDS, cached_statements=256)
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        for name in ("synchronous", "foreign_keys", "trusted_schema", "temp_store", "busy_timeout"):
            connection.execute(f"PRAGMA {name} = {PRAGMAS[name]}").fetchall()
    return connection
