"""The filings drawer: what was filed on this kiosk, without a word of what it says.

Status moves only along the arrows of `kiosk.filings.status`; `advance` is called by whoever heard the event, inside
the transaction in which the rest of that event is written down.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from kiosk.errors import KioskBug
from kiosk.filings.status import FilingEvent, FilingStatus, advance, life_of, may_follow, told
from kiosk.filings.ticket import day_and_serial
from kiosk.ids import DraftId, FilingId, PackId, TicketNumber
from kiosk.store.connect import Database, atomic
from kiosk.store.times import moment, stored

CREATE = """
CREATE TABLE filing(
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('new', 'amend', 'withdraw')),
  draft_id TEXT NOT NULL,
  ticket_number TEXT NOT NULL,
  ticket_day TEXT NOT NULL,
  ticket_serial INTEGER NOT NULL,
  ticket_time TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  monotonic_ms INTEGER NOT NULL,
  pack_id TEXT NOT NULL,
  pack_version TEXT NOT NULL,
  language TEXT NOT NULL,
  pages INTEGER NOT NULL,
  content_sha256 TEXT NOT NULL,
  content_sm3 TEXT NOT NULL,
  envelope_sha256 TEXT NOT NULL,
  status TEXT NOT NULL,
  court_state TEXT NOT NULL DEFAULT '',
  notice_no INTEGER NOT NULL DEFAULT 0,
  case_number TEXT NOT NULL DEFAULT '',
  received_at TEXT,
  receipt_number TEXT NOT NULL DEFAULT '',
  receipt_came_at TEXT,
  PRIMARY KEY (filing_id, rev),
  UNIQUE (draft_id),
  UNIQUE (ticket_day, ticket_serial, rev)
) STRICT;
CREATE INDEX filing_by_ticket ON filing(ticket_number);
CREATE INDEX filing_by_status ON filing(status, receipt_came_at);
"""


CREATE_2 = {
    "filing": (
        """
CREATE TABLE filing(
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('new', 'amend', 'withdraw')),
  draft_id TEXT NOT NULL,
  ticket_number TEXT NOT NULL,
  ticket_day TEXT NOT NULL,
  ticket_serial INTEGER NOT NULL,
  ticket_time TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  monotonic_ms INTEGER NOT NULL,
  pack_id TEXT NOT NULL,
  pack_version TEXT NOT NULL,
  language TEXT NOT NULL,
  pages INTEGER NOT NULL,
  content_sha256 TEXT NOT NULL,
  content_sm3 TEXT NOT NULL,
  envelope_sha256 TEXT NOT NULL,
  status TEXT NOT NULL,
  court_state TEXT NOT NULL DEFAULT '',
  notice_no INTEGER NOT NULL DEFAULT 0,
  case_number TEXT NOT NULL DEFAULT '',
  received_at TEXT,
  receipt_number TEXT NOT NULL DEFAULT '',
  receipt_came_at TEXT,
  PRIMARY KEY (filing_id, rev),
  UNIQUE (draft_id),
  UNIQUE (ticket_day, ticket_serial, rev)
) STRICT, WITHOUT ROWID
""",
        "CREATE INDEX filing_by_status ON filing(status, receipt_came_at)",
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFiling:
    """One row to be."""

    filing_id: FilingId
    draft_id: DraftId
    ticket_number: TicketNumber
    ticket_day: date
    ticket_serial: int
    ticket_time: datetime
    boot_id: str
    monotonic_ms: int
    pack_id: PackId
    pack_version: str
    language: str
    pages: int
    content_sha256: str  # hex, of the complaint PDF the person saw
    content_sm3: str = ""  # hex, of the same; its first 16 digits are on the slip
    rev: int = 1
    kind: str = "new"


@dataclass(frozen=True, slots=True)
class FilingRow:
    filing_id: FilingId
    rev: int
    kind: str
    draft_id: DraftId
    ticket_number: TicketNumber
    ticket_time: datetime
    boot_id: str
    monotonic_ms: int
    pack_id: PackId
    pack_version: str
    language: str
    pages: int
    content_sha256: str
    content_sm3: str
    envelope_sha256: str
    status: FilingStatus
    court_state: str
    case_number: str
    received_at: datetime | None  # the court's time
    receipt_number: str
    receipt_came_at: datetime | None  # this kiosk's time


COLUMNS = tuple(field.name for field in fields(FilingRow))
_ADD = (
    "INSERT INTO filing(filing_id, rev, kind, draft_id, ticket_number, ticket_day, ticket_serial, ticket_time, boot_id,"
    " monotonic_ms, pack_id, pack_version, language, pages, content_sha256, content_sm3, envelope_sha256, status)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
TIMES = {"ticket_time", "received_at", "receipt_came_at"}


@dataclass(frozen=True, slots=True)
class Filings:
    db: Database

    def next_serial(self, day: date) -> int:
        """The next ticket of this day; asked inside the transaction that uses it."""
        found = self.db.execute(
            "SELECT max(ticket_serial) FROM filing WHERE ticket_day = ?", [day.isoformat()]
        ).fetchone()
        return int(found[0] or 0) + 1

    def add(self, filing: NewFiling, envelope_sha256: str) -> None:
        self.db.execute(
            _ADD,
            [
                filing.filing_id,
                filing.rev,
                filing.kind,
                filing.draft_id,
                filing.ticket_number,
                filing.ticket_day.isoformat(),
                filing.ticket_serial,
                stored(filing.ticket_time),
                filing.boot_id,
                filing.monotonic_ms,
                filing.pack_id,
                filing.pack_version,
                filing.language,
                filing.pages,
                filing.content_sha256,
                filing.content_sm3,
                envelope_sha256,
                FilingStatus.STORED.value,
            ],
        )

    def advance(
        self,
        filing_id: FilingId,
        rev: int,
        event: FilingEvent,
        *,
        now: datetime | None = None,
        received_at: datetime | None = None,
        receipt_number: str = "",
    ) -> FilingStatus:
        """Follow one arrow and write down where it leads.

        RECEIPT_CAME needs `now`, `received_at` and `receipt_number` of a receipt that was verified; the first one stands.
        """
        with atomic(self.db):
            row = self.get(filing_id, rev)
            if row is None:
                raise KioskBug(f"no filing {filing_id} rev {rev}")
            status = advance(row.status, event)
            self.db.execute(
                "UPDATE filing SET status = ? WHERE filing_id = ? AND rev = ?", [status.value, filing_id, rev]
            )
            if event is FilingEvent.RECEIPT_CAME and row.receipt_came_at is None:
                if now is None or received_at is None or not receipt_number:
                    raise KioskBug("a receipt without its time and number")
                self.db.execute(
                    "UPDATE filing SET received_at = ?, receipt_number = ?, receipt_came_at = ?"
                    " WHERE filing_id = ? AND rev = ?",
                    [stored(received_at), receipt_number, stored(now), filing_id, rev],
                )
        return status

    def take_notice(self, filing_id: FilingId, rev: int, notice_no: int, court_state: str, case_number: str) -> bool:
        """What the court says about the case; the highest notice number wins, not the latest arrival.

        A word that is not the court's to say, or a state to which none of the court's arrows lead, changes nothing.
        """
        row, state = self.get(filing_id, rev), told(court_state)
        if row is None or state is None or not may_follow(life_of(row.status, row.court_state), state):
            return False
        changed = self.db.execute(
            "UPDATE filing SET notice_no = ?, court_state = ?, case_number = CASE WHEN ? = '' THEN case_number ELSE ? END"
            " WHERE filing_id = ? AND rev = ? AND notice_no < ?",
            [notice_no, court_state, case_number, case_number, filing_id, rev, notice_no],
        )
        return bool(changed.rowcount)

    def get(self, filing_id: FilingId, rev: int = 1) -> FilingRow | None:
        return self._one("filing_id = ? AND rev = ?", [filing_id, rev])

    def by_ticket(self, ticket: TicketNumber) -> FilingRow | None:
        """The newest revision that carries this ticket number."""
        found = day_and_serial(ticket)
        if found is None:
            return None
        return self._one(
            "ticket_day = ? AND ticket_serial = ? AND ticket_number = ? ORDER BY rev DESC LIMIT 1",
            [found[0].isoformat(), found[1], ticket],
        )

    def has_draft(self, draft_id: DraftId) -> bool:
        """Whether this draft was handed in."""
        return self.db.execute("SELECT 1 FROM filing WHERE draft_id = ?", [draft_id]).fetchone() is not None

    def by_draft(self, draft_id: DraftId) -> FilingRow | None:
        return self._one("draft_id = ?", [draft_id])

    def newest(self, limit: int = 20) -> tuple[FilingRow, ...]:
        return self._many("TRUE ORDER BY ticket_time DESC, ticket_serial DESC LIMIT ?", [limit])

    def with_status(self, status: FilingStatus) -> tuple[FilingRow, ...]:
        return self._many("status = ? ORDER BY ticket_time", [status.value])

    def counts(self) -> dict[FilingStatus, int]:
        found = dict(self.db.execute("SELECT status, count(*) FROM filing GROUP BY status").fetchall())
        return {status: int(found.get(status.value, 0)) for status in FilingStatus}

    def oldest_waiting(self) -> datetime | None:
        """Ticket time of the filing that has waited longest for its receipt."""
        row = self.db.execute(
            "SELECT min(ticket_time) FROM filing WHERE status <> ?", [FilingStatus.RECEIVED.value]
        ).fetchone()
        return moment(row[0]) if row[0] else None

    def receipt_came_between(self, first: datetime, last: datetime) -> tuple[FilingRow, ...]:
        """Received filings by when their verified receipt came to this kiosk."""
        return self._many(
            "status = ? AND receipt_came_at BETWEEN ? AND ?", [FilingStatus.RECEIVED.value, stored(first), stored(last)]
        )

    def _one(self, condition: str, values: list[object]) -> FilingRow | None:
        found = self._many(condition, values)
        return found[0] if found else None

    def _many(self, condition: str, values: list[object]) -> tuple[FilingRow, ...]:
        rows = self.db.execute(f"SELECT {', '.join(COLUMNS)} FROM filing WHERE {condition}", values).fetchall()  # noqa: S608
        return tuple(_as_filing(dict(zip(COLUMNS, row, strict=True))) for row in rows)


def _as_filing(row: dict[str, Any]) -> FilingRow:
    times = {name: moment(row[name]) if row[name] else None for name in TIMES}
    return FilingRow(**{**row, **times, "status": FilingStatus(row["status"])})
