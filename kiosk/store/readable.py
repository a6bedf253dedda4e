"""The readable drawer: what a filing says, for the clerk at this kiosk, until the court has it and the day is over.

A row is written while the person reads the last page, so it may stand here before its filing; nothing shows it then,
and what is never handed in goes with the visit or at the next start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.filings.status import FilingStatus
from kiosk.ids import FilingId
from kiosk.store.connect import Database, with_digest, without_digest
from kiosk.store.times import moment

CREATE = """
CREATE TABLE readable(
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (filing_id, rev),
  FOREIGN KEY (filing_id, rev) REFERENCES filing(filing_id, rev)
) STRICT;
"""

CREATE_2 = {
    "readable": (
        """
CREATE TABLE readable(
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (filing_id, rev)
) STRICT
""",
    )
}


@dataclass(frozen=True, slots=True)
class ReadableFiling:
    filing_id: FilingId
    rev: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Receipted:
    """A filing that still has its readable copy although the court holds it."""

    filing_id: FilingId
    rev: int
    receipt_came_at: datetime | None


@dataclass(frozen=True, slots=True)
class Readable:
    db: Database

    def keep(self, filing: ReadableFiling) -> None:
        """Nothing is written when it is here already: it is prepared before the filing it belongs to."""
        self.db.execute(
            "INSERT INTO readable(filing_id, rev, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [filing.filing_id, filing.rev, with_digest(filing.body)],
        )

    def get(self, filing_id: FilingId, rev: int = 1) -> ReadableFiling | None:
        row = self.db.execute("SELECT body FROM readable WHERE filing_id = ? AND rev = ?", [filing_id, rev]).fetchone()
        return ReadableFiling(filing_id, rev, without_digest(row[0])) if row else None

    def drop(self, filing_id: FilingId, rev: int = 1) -> bool:
        gone = self.db.execute("DELETE FROM readable WHERE filing_id = ? AND rev = ?", [filing_id, rev])
        return bool(gone.rowcount)

    def of_no_filing(self) -> tuple[tuple[FilingId, int], ...]:
        """What was prepared and is not handed in."""
        rows = self.db.execute(
            "SELECT filing_id, rev FROM readable EXCEPT SELECT filing_id, rev FROM filing"
        ).fetchall()
        return tuple((FilingId(row[0]), int(row[1])) for row in rows)

    def of_receipted_filings(self) -> tuple[Receipted, ...]:
        """Only filings whose verified receipt lies in this store."""
        rows = self.db.execute(
            "SELECT f.filing_id, f.rev, f.receipt_came_at FROM readable r"
            " JOIN filing f ON f.filing_id = r.filing_id AND f.rev = r.rev"
            " JOIN receipt c ON c.filing_id = f.filing_id AND c.rev = f.rev"
            " WHERE f.status = ?",
            [FilingStatus.RECEIVED.value],
        ).fetchall()
        return tuple(Receipted(FilingId(row[0]), int(row[1]), moment(row[2]) if row[2] else None) for row in rows)

    def oldest_ticket_time(self) -> datetime | None:
        """Since when there are filings that can still be read here."""
        row = self.db.execute(
            "SELECT min(f.ticket_time) FROM readable r JOIN filing f ON f.filing_id = r.filing_id AND f.rev = r.rev"
        ).fetchone()
        return moment(row[0]) if row[0] else None
