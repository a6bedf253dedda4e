"""The court's ledger as tables: plain SQL in one class, for two dialects.

Written in the part of SQL that SQLite and PostgreSQL share: `INSERT … ON CONFLICT DO NOTHING`, keys that are ids or
hashes, the court's code first in every key. What the rows mean is decided in `ledger` and `registry`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.errors import KioskTrouble
from kiosk.store.connect import connect_plain

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS ledger_meta(name TEXT PRIMARY KEY, value TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS court_key(
  key_id TEXT PRIMARY KEY, use TEXT NOT NULL, suite TEXT NOT NULL, public {bytes} NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS enrol_code(
  court_code TEXT NOT NULL, code TEXT NOT NULL, kiosk_id TEXT NOT NULL, good_until TEXT NOT NULL,
  used_key TEXT NOT NULL DEFAULT '', answer {bytes}, PRIMARY KEY (court_code, code))""",
    """CREATE TABLE IF NOT EXISTS kiosk(
  court_code TEXT NOT NULL, kiosk_id TEXT NOT NULL, state TEXT NOT NULL, enrolled_at TEXT NOT NULL,
  epoch BIGINT NOT NULL DEFAULT 0, seq BIGINT NOT NULL DEFAULT 0, head_hash TEXT NOT NULL DEFAULT '',
  audit_seq BIGINT NOT NULL DEFAULT 0, audit_head TEXT NOT NULL DEFAULT '', heard_at TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (court_code, kiosk_id))""",
    """CREATE TABLE IF NOT EXISTS kiosk_key(
  key_id TEXT PRIMARY KEY, court_code TEXT NOT NULL, kiosk_id TEXT NOT NULL, public {bytes} NOT NULL,
  added_at TEXT NOT NULL, revoked_at TEXT NOT NULL DEFAULT '')""",
    """CREATE TABLE IF NOT EXISTS filing(
  court_code TEXT NOT NULL, filing_id TEXT NOT NULL, rev BIGINT NOT NULL, envelope_sha256 TEXT NOT NULL,
  kiosk_id TEXT NOT NULL, epoch BIGINT NOT NULL, seq BIGINT NOT NULL, kind TEXT NOT NULL, envelope {bytes} NOT NULL,
  state TEXT NOT NULL, ticket_time TEXT NOT NULL, received_at TEXT NOT NULL, receipt_number TEXT NOT NULL,
  log_index BIGINT NOT NULL, receipt {bytes} NOT NULL, PRIMARY KEY (court_code, filing_id, rev))""",
    """CREATE INDEX IF NOT EXISTS filing_by_place ON filing(court_code, kiosk_id, epoch, seq)""",
    """CREATE TABLE IF NOT EXISTS chunk(
  court_code TEXT NOT NULL, sha256 TEXT NOT NULL, place TEXT NOT NULL, start BIGINT NOT NULL, size BIGINT NOT NULL,
  PRIMARY KEY (court_code, sha256))""",
    """CREATE INDEX IF NOT EXISTS chunk_by_place ON chunk(place)""",
    """CREATE TABLE IF NOT EXISTS quarantine(
  court_code TEXT NOT NULL, frame_sha256 TEXT NOT NULL, kiosk_id TEXT NOT NULL, reason TEXT NOT NULL,
  envelope_sha256 TEXT NOT NULL, frame {bytes} NOT NULL, refusal {bytes}, at TEXT NOT NULL,
  PRIMARY KEY (court_code, frame_sha256))""",
    """CREATE TABLE IF NOT EXISTS conflict(
  court_code TEXT NOT NULL, filing_id TEXT NOT NULL, rev BIGINT NOT NULL, hash_kept TEXT NOT NULL,
  hash_other TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (court_code, filing_id, rev, hash_other))""",
    """CREATE TABLE IF NOT EXISTS fork(
  court_code TEXT NOT NULL, kiosk_id TEXT NOT NULL, epoch BIGINT NOT NULL, seq BIGINT NOT NULL,
  hash_a TEXT NOT NULL, hash_b TEXT NOT NULL, finding TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (court_code, kiosk_id, epoch, seq, hash_b))""",
    """CREATE TABLE IF NOT EXISTS log_leaf(
  court_code TEXT NOT NULL, generation BIGINT NOT NULL, log_index BIGINT NOT NULL, leaf {bytes} NOT NULL,
  PRIMARY KEY (court_code, generation, log_index))""",
    """CREATE TABLE IF NOT EXISTS kiosk_notice_key(
  court_code TEXT NOT NULL, kiosk_id TEXT NOT NULL, suite TEXT NOT NULL, public {bytes} NOT NULL, added_at TEXT NOT NULL,
  PRIMARY KEY (court_code, kiosk_id))""",
    """CREATE TABLE IF NOT EXISTS notice(
  court_code TEXT NOT NULL, filing_id TEXT NOT NULL, notice_no BIGINT NOT NULL, rev BIGINT NOT NULL,
  notice_id TEXT NOT NULL, kiosk_id TEXT NOT NULL, court_state TEXT NOT NULL, at TEXT NOT NULL, written_by TEXT NOT NULL,
  message {bytes} NOT NULL, PRIMARY KEY (court_code, filing_id, notice_no))""",
    """CREATE TABLE IF NOT EXISTS mailbox(
  court_code TEXT NOT NULL, kiosk_id TEXT NOT NULL, position BIGINT NOT NULL, kind TEXT NOT NULL, body {bytes} NOT NULL,
  read_at TEXT NOT NULL DEFAULT '', PRIMARY KEY (court_code, kiosk_id, position))""",
    """CREATE TABLE IF NOT EXISTS mailbox_end(
  court_code TEXT NOT NULL, kiosk_id TEXT NOT NULL, position BIGINT NOT NULL, PRIMARY KEY (court_code, kiosk_id))""",
    """CREATE TABLE IF NOT EXISTS checkpoint(
  court_code TEXT NOT NULL, generation BIGINT NOT NULL, size BIGINT NOT NULL, peaks {bytes} NOT NULL,
  note TEXT NOT NULL, PRIMARY KEY (court_code, generation, size))""",
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where the two engines' spellings part."""

    name: str
    mark: str  # how a place for a value is written
    bytes: str  # the type of a column of bytes
    begin: str


SQLITE = Dialect("sqlite", "?", "BLOB", "BEGIN IMMEDIATE")
POSTGRESQL = Dialect("postgresql", "%s", "BYTEA", "BEGIN")

Row = tuple[Any, ...]


class Tables:
    """One connection to the ledger; belongs to the thread that opened it."""

    def __init__(self, connection: Any, dialect: Dialect = SQLITE) -> None:
        self._connection = connection
        self._dialect = dialect
        with self.atomic():
            for statement in SCHEMA:
                self._connection.execute(statement.format(bytes=dialect.bytes))

    @classmethod
    def open(cls, url: str) -> Tables:
        """The ledger of this address; only `sqlite:///…` is served so far."""
        path = sqlite_path(url)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(connect_plain(path))

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All of it, durable at the end, or nothing."""
        self._connection.execute(self._dialect.begin)
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:  # whatever it was, half a change must not stay in the ledger; it is passed on as it came
            self._connection.execute("ROLLBACK")
            raise

    def all(self, query: str, *values: object) -> list[Row]:
        return list(self._connection.execute(self._spell(query), values).fetchall())

    def one(self, query: str, *values: object) -> Row | None:
        row: Row | None = self._connection.execute(self._spell(query), values).fetchone()
        return row

    def change(self, statement: str, *values: object) -> int:
        """How many rows it touched."""
        return int(self._connection.execute(self._spell(statement), values).rowcount)

    def add(self, table: str, columns: str, values: Sequence[object]) -> bool:
        """One new row, or False when its key is taken: nothing is ever overwritten."""
        places = ", ".join("?" for _ in values)
        return bool(
            self.change(f"INSERT INTO {table}({columns}) VALUES ({places}) ON CONFLICT DO NOTHING", *values)  # noqa: S608
        )

    def _spell(self, query: str) -> str:
        return query if self._dialect.mark == "?" else query.replace("?", self._dialect.mark)


def sqlite_path(url: str) -> Path:
    if not url.startswith("sqlite:///"):
        raise KioskTrouble("intake.database_unknown", database=url.split("@")[-1])
    return Path(url.removeprefix("sqlite:///"))
