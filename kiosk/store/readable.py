"""The readable drawer: what a filing says, for the clerk at this kiosk, until the court has it and the day is over."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.ids import FilingId
from kiosk.store.connect import Database

CREATE = """
CREATE TABLE readable(
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (filing_id, rev),
  FOREIGN KEY (filing_id, rev) REFERENCES filing(filing_id, rev)
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class ReadableFiling:
    filing_id: FilingId
    rev: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Readable:
    db: Database

    def keep(self, filing: ReadableFiling) -> None:
        self.db.execute(
            "INSERT INTO readable(filing_id, rev, body) VALUES (?, ?, ?)", [filing.filing_id, filing.rev, filing.body]
        )

    def get(self, filing_id: FilingId, rev: int = 1) -> ReadableFiling | None:
        row = self.db.execute("SELECT body FROM readable WHERE filing_id = ? AND rev = ?", [filing_id, rev]).fetchone()
        return ReadableFiling(filing_id, rev, bytes(row[0])) if row else None

    def drop(self, filing_id: FilingId, rev: int = 1) -> bool:
        gone = self.db.execute("DELETE FROM readable WHERE filing_id = ? AND rev = ?", [filing_id, rev])
        return bool(gone.rowcount)
