"""The clerks drawer: who may sign in, and how often somebody tried with the wrong PIN.

Holds hashes only (`kiosk.clerks.pin`). What the counts mean is decided in `kiosk.clerks.lockout`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.ids import ClerkNumber
from kiosk.store.connect import Database
from kiosk.store.times import moment, stored

CREATE = """
CREATE TABLE clerk(
  clerk_number TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  enrolled_at TEXT NOT NULL,
  enrolled_by TEXT NOT NULL
) STRICT;
CREATE TABLE sign_in_try(
  who TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  set_at TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  mono_ms INTEGER NOT NULL
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class ClerkRow:
    number: ClerkNumber
    name: str
    pin_hash: str = field(repr=False)
    enrolled_at: datetime
    enrolled_by: str


@dataclass(frozen=True, slots=True)
class TryRow:
    """How many tries went wrong in a row, and when the last one was, by three clocks."""

    failures: int
    set_at: datetime
    boot_id: str
    mono_ms: int


@dataclass(frozen=True, slots=True)
class Clerks:
    db: Database

    def get(self, number: ClerkNumber) -> ClerkRow | None:
        row = self.db.execute(
            "SELECT clerk_number, name, pin_hash, enrolled_at, enrolled_by FROM clerk WHERE clerk_number = ?", [number]
        ).fetchone()
        return ClerkRow(ClerkNumber(row[0]), row[1], row[2], moment(row[3]), row[4]) if row else None

    def count(self) -> int:
        return int(self.db.execute("SELECT count(*) FROM clerk").fetchone()[0])

    def add(self, clerk: ClerkRow) -> bool:
        """False when the number is taken already."""
        added = self.db.execute(
            "INSERT INTO clerk(clerk_number, name, pin_hash, enrolled_at, enrolled_by) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            [clerk.number, clerk.name, clerk.pin_hash, stored(clerk.enrolled_at), clerk.enrolled_by],
        )
        return bool(added.rowcount)

    def set_pin(self, number: ClerkNumber, pin_hash: str) -> None:
        self.db.execute("UPDATE clerk SET pin_hash = ? WHERE clerk_number = ?", [pin_hash, number])

    def tries(self, who: str) -> TryRow | None:
        row = self.db.execute(
            "SELECT failures, set_at, boot_id, mono_ms FROM sign_in_try WHERE who = ?", [who]
        ).fetchone()
        return TryRow(int(row[0]), moment(row[1]), row[2], int(row[3])) if row else None

    def write_tries(self, who: str, tries: TryRow) -> None:
        self.db.execute(
            "INSERT INTO sign_in_try(who, failures, set_at, boot_id, mono_ms) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT(who) DO UPDATE SET failures = excluded.failures, set_at = excluded.set_at,"
            " boot_id = excluded.boot_id, mono_ms = excluded.mono_ms",
            [who, tries.failures, stored(tries.set_at), tries.boot_id, tries.mono_ms],
        )

    def forget_tries(self, who: str) -> None:
        self.db.execute("DELETE FROM sign_in_try WHERE who = ?", [who])

    def forget_old_tries(self, of: str, before: datetime) -> None:
        """Counts of those whose name begins so, when the last try is long ago."""
        self.db.execute("DELETE FROM sign_in_try WHERE who LIKE ? || '%' AND set_at < ?", [of, stored(before)])
