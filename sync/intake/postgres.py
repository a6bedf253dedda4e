"""The ledger on PostgreSQL, for a province: several workers, one database, a standby beside it.

The only psycopg. A commit returns when it is durable (`synchronous_commit = on`). A connection that broke is made anew
at the next transaction: kiosks send again, and what was committed is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kiosk.errors import KioskTrouble

try:
    import psycopg
    from psycopg import errors
except ImportError as error:  # pragma: no cover  (a machine without the extra `central`)
    raise KioskTrouble("intake.postgres_missing") from error

from sync.intake.tables import Conflicted

IN_EACH_OTHERS_WAY = (
    errors.SerializationFailure,  # 40001
    errors.DeadlockDetected,  # 40P01
    errors.UniqueViolation,  # two workers made the same table at the very first start
    errors.DuplicateTable,
)
CONNECT_SECONDS = 5


class PostgresEngine:
    bytes_type, mark, begin, turn = "BYTEA", "%s", "BEGIN", " FOR UPDATE"

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.Connection[Any] | None = None

    def run(self, statement: str, values: Sequence[object]) -> Any:
        try:
            return self._connected(statement).execute(statement.encode("utf-8"), values or None)
        except IN_EACH_OTHERS_WAY as error:
            raise Conflicted from error
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            self._let_go()
            raise KioskTrouble("intake.database_away") from error

    def close(self) -> None:
        self._let_go()

    def _connected(self, statement: str) -> psycopg.Connection[Any]:
        """The connection; a new one only where a transaction begins or a single question is asked."""
        if self._connection is None or self._connection.closed:
            if statement in ("COMMIT", "ROLLBACK"):
                raise psycopg.OperationalError("the connection broke inside a transaction")
            self._connection = psycopg.connect(self._url, autocommit=True, connect_timeout=CONNECT_SECONDS)
            self._connection.execute("SET synchronous_commit TO on")
        return self._connection

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
