"""The drafts drawer: what the person at the screen has said so far, written down after each answer.

At most one draft is *open*. When the program dies in the middle of a visit, its open draft is found at the next
start: young and of the same boot it may be continued by the person who still stands there; otherwise it is *held*
and opens only for its owner or a clerk. A draft whose filing is in the store is over: nobody gets it, and it goes when
the filing is settled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.clock import Clock
from kiosk.ids import DraftId, uuid7
from kiosk.store.connect import Database, atomic, with_digest, without_digest
from kiosk.store.times import moment, stored

CREATE = """
CREATE TABLE draft(
  draft_id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'held')),
  body BLOB NOT NULL,
  updated_at TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  monotonic_ms INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX draft_one_open ON draft(state) WHERE state = 'open';
"""


@dataclass(frozen=True, slots=True)
class Draft:
    draft_id: DraftId
    body: bytes = field(repr=False)
    updated_at: datetime
    boot_id: str
    monotonic_ms: int
    tries: int

    def may_be_continued(self, clock: Clock, idle_seconds: int) -> bool:
        """The person who wrote it is very likely still standing here: same boot, and not longer than the idle limit."""
        age_ms = clock.monotonic_ms() - self.monotonic_ms
        return self.boot_id == clock.boot_id() and 0 <= age_ms < idle_seconds * 1000


@dataclass(frozen=True, slots=True)
class Drafts:
    db: Database
    clock: Clock

    def begin(self) -> DraftId:
        """A name for a new draft. Nothing is written before the first answer."""
        return DraftId(uuid7(int(self.clock.now().timestamp() * 1000)))

    def save(self, draft_id: DraftId, body: bytes) -> None:
        """Write the whole draft down; on return it survives a power cut."""
        with atomic(self.db):
            self.db.execute(
                "INSERT INTO draft(draft_id, state, body, updated_at, boot_id, monotonic_ms) VALUES (?, 'open', ?, ?, ?, ?)"
                " ON CONFLICT(draft_id) DO UPDATE SET state = 'open', body = excluded.body,"
                " updated_at = excluded.updated_at, boot_id = excluded.boot_id, monotonic_ms = excluded.monotonic_ms",
                [
                    draft_id,
                    with_digest(body),
                    stored(self.clock.now()),
                    self.clock.boot_id(),
                    self.clock.monotonic_ms(),
                ],
            )

    def open_draft(self) -> Draft | None:
        found = self._where("state = 'open'")
        return found[0] if found else None

    def held(self) -> tuple[Draft, ...]:
        return self._where("state = 'held'")

    def hold(self) -> DraftId | None:
        """Put the open draft behind the counter, if there is one."""
        with atomic(self.db):
            self.db.execute("DELETE FROM draft WHERE EXISTS (SELECT 1 FROM filing f WHERE f.draft_id = draft.draft_id)")
            draft = self.open_draft()
            if draft is not None:
                self.db.execute("UPDATE draft SET state = 'held' WHERE draft_id = ?", [draft.draft_id])
        return draft.draft_id if draft else None

    def release(self, draft_id: DraftId) -> Draft | None:
        """Hand a held draft out again: from here it is the open one."""
        with atomic(self.db):
            self.hold()
            self.db.execute(
                "UPDATE draft SET state = 'open', updated_at = ?, boot_id = ?, monotonic_ms = ? WHERE draft_id = ?",
                [stored(self.clock.now()), self.clock.boot_id(), self.clock.monotonic_ms(), draft_id],
            )
            return self.open_draft()

    def count_try(self, draft_id: DraftId) -> int:
        """One more attempt to open a held draft, committed before anything is compared."""
        with atomic(self.db):
            self.db.execute("UPDATE draft SET tries = tries + 1 WHERE draft_id = ?", [draft_id])
            row = self.db.execute("SELECT tries FROM draft WHERE draft_id = ?", [draft_id]).fetchone()
        return int(row[0]) if row else 0

    def drop(self, draft_id: DraftId) -> bool:
        with atomic(self.db):
            return bool(self.db.execute("DELETE FROM draft WHERE draft_id = ?", [draft_id]).rowcount)

    def drop_older_than(self, hours: int) -> int:
        """Held drafts whose owner did not come back in time."""
        limit = stored(self.clock.now() - timedelta(hours=hours))
        with atomic(self.db):
            gone = self.db.execute("DELETE FROM draft WHERE state = 'held' AND updated_at < ?", [limit]).rowcount
        return int(gone)

    def _where(self, condition: str) -> tuple[Draft, ...]:
        rows = self.db.execute(
            f"SELECT draft_id, body, updated_at, boot_id, monotonic_ms, tries FROM draft WHERE {condition}"  # noqa: S608
            " AND NOT EXISTS (SELECT 1 FROM filing f WHERE f.draft_id = draft.draft_id)"
            " ORDER BY updated_at DESC"
        ).fetchall()
        return tuple(Draft(DraftId(row[0]), without_digest(row[1]), moment(row[2]), *row[3:]) for row in rows)
