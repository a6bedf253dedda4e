"""The unsettled drawer: whose sealed file still lacks its envelope and its name, from the commit until it has them.

The rest of the file was staged before anybody pressed 提交, and the envelope stands in the outbox since the commit. So
one wait for the disk stands before a ticket number. At most one filing is unsettled at any time.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.ids import FilingId
from kiosk.store.connect import Database

CREATE = """
CREATE TABLE unsettled(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL
) STRICT
"""


@dataclass(frozen=True, slots=True)
class Unsettled:
    db: Database

    def keep(self, filing_id: FilingId, rev: int) -> None:
        """In the filing's own transaction."""
        self.db.execute("INSERT INTO unsettled(one, filing_id, rev) VALUES (1, ?, ?)", [filing_id, rev])

    def one(self) -> tuple[FilingId, int] | None:
        row = self.db.execute("SELECT filing_id, rev FROM unsettled").fetchone()
        return (FilingId(row[0]), int(row[1])) if row else None

    def drop(self, filing_id: FilingId, rev: int) -> None:
        """Only when its file is durable."""
        self.db.execute("DELETE FROM unsettled WHERE filing_id = ? AND rev = ?", [filing_id, rev])
