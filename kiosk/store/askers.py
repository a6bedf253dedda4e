"""The drawer of marks: who may ask how a filing stands, when the filing itself can no longer be read here.

A mark is a keyed hash of the filing and the last four of a number in it (`kiosk.desk.progress`); the key is not in the
store. A filing without any such number has one empty mark, which fits nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.ids import FilingId
from kiosk.store.connect import Database, atomic

CREATE = """
CREATE TABLE asker(
  filing_id TEXT NOT NULL,
  mark BLOB NOT NULL,
  PRIMARY KEY (filing_id, mark)
) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Askers:
    db: Database

    def unmarked(self) -> tuple[tuple[FilingId, int], ...]:
        """Filings that can be read and have no marks yet."""
        rows = self.db.execute(
            "SELECT r.filing_id, r.rev FROM readable r JOIN filing f ON f.filing_id = r.filing_id AND f.rev = r.rev"
            " WHERE NOT EXISTS (SELECT 1 FROM asker a WHERE a.filing_id = r.filing_id)"
        ).fetchall()
        return tuple((FilingId(row[0]), int(row[1])) for row in rows)

    def keep(self, filing_id: FilingId, marks: Iterable[bytes]) -> None:
        with atomic(self.db):
            for mark in set(marks) or {b""}:
                self.db.execute(
                    "INSERT INTO asker(filing_id, mark) VALUES (?, ?) ON CONFLICT DO NOTHING", [filing_id, mark]
                )

    def of(self, filing_id: FilingId) -> tuple[bytes, ...]:
        rows = self.db.execute("SELECT mark FROM asker WHERE filing_id = ?", [filing_id]).fetchall()
        return tuple(bytes(row[0]) for row in rows if row[0])
