"""The court's ledger as tables: plain SQL in one class, for two engines.

`INSERT … ON CONFLICT DO NOTHING`, one turn a court for whatever takes the next number, the same statements for both.
What the rows mean is decided in `ledger`, `registry` and `mailbox`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from kiosk.errors import KioskTrouble
from kiosk.store.connect import connect_plain
from sync.intake.schema import SCHEMA

TRIES = 5  # of work that met another worker's
Row = tuple[Any, ...]
T = TypeVar("T")


class Conflicted(Exception):
    """Two workers were in each other's way, and the engine undid this one's work: the same may be tried again."""


class Engine(Protocol):
    """One connection, and where the two engines part."""

    bytes_type: str
    mark: str  # how a place for a value is written
    begin: str
    turn: str  # what a SELECT ends with to have its row to itself; "" where a transaction has the whole ledger

    def run(self, statement: str, values: Sequence[object]) -> Any:
        """A cursor. `Conflicted`, or a trouble when the database is away."""

    def close(self) -> None: ...


class SqliteEngine:
    """A file; whoever writes has the whole of it."""

    bytes_type, mark, begin, turn = "BLOB", "?", "BEGIN IMMEDIATE", ""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._connection = connect_plain(path)

    def run(self, statement: str, values: Sequence[object]) -> Any:
        return self._connection.execute(statement, values)

    def close(self) -> None:
        self._connection.close()


class Tables:
    """One connection to the ledger; belongs to the thread that opened it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.together(self._make)

    @classmethod
    def open(cls, url: str) -> Tables:
        """The ledger of this address: `sqlite:///…` or `postgresql://…`."""
        if is_postgres(url):
            from sync.intake.postgres import PostgresEngine  # an extra: the reference court of one building has none

            return cls(PostgresEngine(url))
        return cls(SqliteEngine(sqlite_path(url)))

    def close(self) -> None:
        self._engine.close()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All of it, durable at the end, or nothing."""
        self._engine.run(self._engine.begin, ())
        try:
            yield
            self._engine.run("COMMIT", ())
        except BaseException:  # whatever it was, half a change must not stay in the ledger; it is passed on as it came
            self._undo()
            raise

    def together(self, work: Callable[[], T]) -> T:
        """`atomic` for work that changes nothing but the ledger: tried again when another worker was in its way."""
        for tried in range(TRIES):
            try:
                with self.atomic():
                    return work()
            except Conflicted:
                if tried == TRIES - 1:
                    raise KioskTrouble("intake.database_away") from None
        raise AssertionError("a loop that ends by itself")

    def take_turn(self, court_code: str) -> None:
        """Until the transaction ends nobody else takes a number for this court."""
        if self._engine.turn:
            self.add("court_turn", "court_code", (court_code,))
            self.one(f"SELECT 1 FROM court_turn WHERE court_code = ?{self._engine.turn}", court_code)  # noqa: S608

    def all(self, query: str, *values: object) -> list[Row]:
        return list(self._run(query, values).fetchall())

    def one(self, query: str, *values: object) -> Row | None:
        row: Row | None = self._run(query, values).fetchone()
        return row

    def change(self, statement: str, *values: object) -> int:
        """How many rows it touched."""
        return int(self._run(statement, values).rowcount)

    def add(self, table: str, columns: str, values: Sequence[object]) -> bool:
        """One new row, or False when its key is taken: nothing is ever overwritten."""
        places = ", ".join("?" for _ in values)
        return bool(
            self.change(f"INSERT INTO {table}({columns}) VALUES ({places}) ON CONFLICT DO NOTHING", *values)  # noqa: S608
        )

    def _make(self) -> None:
        for statement in SCHEMA:
            self._engine.run(statement.format(bytes=self._engine.bytes_type), ())

    def _run(self, query: str, values: Sequence[object]) -> Any:
        mark = self._engine.mark
        return self._engine.run(query if mark == "?" else query.replace("?", mark), values)

    def _undo(self) -> None:
        try:
            self._engine.run("ROLLBACK", ())
        except (KioskTrouble, Conflicted):  # the database went away, and the half change with it
            return


def is_postgres(url: str) -> bool:
    return url.startswith(("postgresql://", "postgres://"))


def sqlite_path(url: str) -> Path:
    if not url.startswith("sqlite:///"):
        raise KioskTrouble("intake.database_unknown", database=url.split("@")[-1])
    return Path(url.removeprefix("sqlite:///"))
