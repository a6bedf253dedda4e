"""The receipts drawer: what the court said about our filings, as the signed bytes it said it with.

A receipt stands for ever and the first one wins; a refusal is kept so that it is acted on once. Beside them, one row
a carrier tells when we last heard the court and when to try again. Nothing here checks a signature: `sync` does,
before anything gets this far.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.ids import FilingId
from kiosk.store.connect import Database
from kiosk.store.times import moment, stored

CREATE = """
CREATE TABLE receipt(
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  envelope_sha256 TEXT NOT NULL,
  receipt_number TEXT NOT NULL,
  received_at TEXT NOT NULL,
  body BLOB NOT NULL,
  carrier TEXT NOT NULL,
  came_at TEXT NOT NULL,
  PRIMARY KEY (filing_id, rev)
) STRICT;
CREATE TABLE refusal(
  refusal_id TEXT PRIMARY KEY,
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  reason TEXT NOT NULL,
  body BLOB NOT NULL,
  came_at TEXT NOT NULL
) STRICT;
CREATE TABLE court_contact(
  carrier TEXT PRIMARY KEY,
  heard_at TEXT,
  failures INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT,
  trouble TEXT NOT NULL DEFAULT '',
  stopped INTEGER NOT NULL DEFAULT 0,
  court_time TEXT,
  offset_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class StoredReceipt:
    filing_id: FilingId
    rev: int
    envelope_sha256: str
    receipt_number: str
    received_at: datetime
    body: bytes = field(repr=False)
    carrier: str


@dataclass(frozen=True, slots=True)
class StoredRefusal:
    refusal_id: str
    filing_id: FilingId
    rev: int
    reason: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Contact:
    """How it stands between us and the court over one carrier."""

    carrier: str
    heard_at: datetime | None = None
    failures: int = 0
    next_try_at: datetime | None = None
    trouble: str = ""  # a wording key
    stopped: bool = False  # the other end is not our court: staff must look
    court_time: datetime | None = None  # the last signed time of the court: the floor for dates
    offset_ms: int = 0  # court's clock minus ours


@dataclass(frozen=True, slots=True)
class Receipts:
    db: Database

    def keep(self, receipt: StoredReceipt, now: datetime) -> bool:
        """True when it is the first for this revision; a later one changes nothing."""
        added = self.db.execute(
            "INSERT INTO receipt(filing_id, rev, envelope_sha256, receipt_number, received_at, body, carrier, came_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [
                receipt.filing_id,
                receipt.rev,
                receipt.envelope_sha256,
                receipt.receipt_number,
                stored(receipt.received_at),
                receipt.body,
                receipt.carrier,
                stored(now),
            ],
        )
        return bool(added.rowcount)

    def get(self, filing_id: FilingId, rev: int = 1) -> StoredReceipt | None:
        row = self.db.execute(
            "SELECT filing_id, rev, envelope_sha256, receipt_number, received_at, body, carrier FROM receipt"
            " WHERE filing_id = ? AND rev = ?",
            [filing_id, rev],
        ).fetchone()
        return StoredReceipt(row[0], row[1], row[2], row[3], moment(row[4]), bytes(row[5]), row[6]) if row else None

    def count(self) -> int:
        return int(self.db.execute("SELECT count(*) FROM receipt").fetchone()[0])

    def keep_refusal(self, refusal: StoredRefusal, now: datetime) -> bool:
        """True when this refusal is news."""
        added = self.db.execute(
            "INSERT INTO refusal(refusal_id, filing_id, rev, reason, body, came_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            [refusal.refusal_id, refusal.filing_id, refusal.rev, refusal.reason, refusal.body, stored(now)],
        )
        return bool(added.rowcount)

    def refusals(self) -> tuple[StoredRefusal, ...]:
        rows = self.db.execute("SELECT refusal_id, filing_id, rev, reason, body FROM refusal ORDER BY came_at")
        return tuple(StoredRefusal(row[0], row[1], row[2], row[3], bytes(row[4])) for row in rows.fetchall())

    def contact(self, carrier: str) -> Contact:
        row = self.db.execute(
            "SELECT heard_at, failures, next_try_at, trouble, stopped, court_time, offset_ms FROM court_contact"
            " WHERE carrier = ?",
            [carrier],
        ).fetchone()
        if row is None:
            return Contact(carrier)
        heard, next_try, court = (moment(text) if text else None for text in (row[0], row[2], row[5]))
        return Contact(carrier, heard, row[1], next_try, row[3], bool(row[4]), court, row[6])

    def set_contact(self, contact: Contact) -> None:
        def text(when: datetime | None) -> str | None:
            return stored(when) if when else None

        self.db.execute(
            "INSERT INTO court_contact(carrier, heard_at, failures, next_try_at, trouble, stopped, court_time, offset_ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(carrier) DO UPDATE SET heard_at = excluded.heard_at,"
            " failures = excluded.failures, next_try_at = excluded.next_try_at, trouble = excluded.trouble,"
            " stopped = excluded.stopped, court_time = excluded.court_time, offset_ms = excluded.offset_ms",
            [
                contact.carrier,
                text(contact.heard_at),
                contact.failures,
                text(contact.next_try_at),
                contact.trouble,
                int(contact.stopped),
                text(contact.court_time),
                contact.offset_ms,
            ],
        )

    def forget_contact(self, carrier: str) -> None:
        """Begin anew with this carrier: another court, or another key."""
        self.db.execute("DELETE FROM court_contact WHERE carrier = ?", [carrier])
