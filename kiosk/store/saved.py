"""The drawer of saved forms: whoever asked for it finds their form again by the code on their slip.

A row holds no code and nothing a person said: a handle that only the code leads to, a sealed form that only the code
opens (`kiosk.sealing.slip_code`), and the days. What is over keeps its row for a while without the form, so that the
slip can be answered in clear words: its time is up, it was handed in, a newer slip stands in its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.ids import DraftId
from kiosk.store.clerks import TryRow
from kiosk.store.connect import Database, atomic
from kiosk.store.times import moment, stored

CREATE = """
CREATE TABLE saved_form(
  handle TEXT PRIMARY KEY,
  draft_id TEXT NOT NULL,
  sealed BLOB,
  asks_last_four INTEGER NOT NULL,
  saved_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  ended TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0,
  failed_at TEXT NOT NULL DEFAULT '',
  boot_id TEXT NOT NULL DEFAULT '',
  mono_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
"""
REMEMBERED = timedelta(days=30)  # how long a slip that is over is still answered


class Ended(StrEnum):
    NO = ""
    EXPIRED = "expired"
    REPLACED = "replaced"
    FILED = "filed"
    CLEARED = "cleared"  # its owner said so


@dataclass(frozen=True, slots=True)
class SavedForm:
    handle: str
    draft_id: DraftId
    sealed: bytes | None = field(repr=False)
    asks_last_four: bool
    saved_at: datetime
    expires_at: datetime
    ended: Ended
    tries: TryRow


@dataclass(frozen=True, slots=True)
class SavedForms:
    db: Database

    def keep(
        self,
        handle: str,
        draft_id: DraftId,
        sealed: bytes,
        *,
        asks_last_four: bool,
        saved_at: datetime,
        expires_at: datetime,
    ) -> None:
        """The form under its code; an older slip for the same form is over from here."""
        with atomic(self.db):
            self._end("draft_id = ? AND handle <> ?", [draft_id, handle], Ended.REPLACED)
            self.db.execute(
                "INSERT INTO saved_form(handle, draft_id, sealed, asks_last_four, saved_at, expires_at)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(handle) DO UPDATE SET sealed = excluded.sealed,"
                " asks_last_four = excluded.asks_last_four, saved_at = excluded.saved_at",
                [handle, draft_id, sealed, int(asks_last_four), stored(saved_at), stored(expires_at)],
            )

    def find(self, handle: str) -> SavedForm | None:
        """With what became of it; a form that was handed in meanwhile is over whatever its row says."""
        row = self.db.execute(
            "SELECT handle, draft_id, sealed, asks_last_four, saved_at, expires_at, ended, failures, failed_at, boot_id,"
            " mono_ms, EXISTS (SELECT 1 FROM filing f WHERE f.draft_id = s.draft_id) FROM saved_form s WHERE handle = ?",
            [handle],
        ).fetchone()
        if row is None:
            return None
        saved_at = moment(row[4])
        tries = TryRow(int(row[7]), moment(row[8]) if row[8] else saved_at, row[9], int(row[10]))
        ended = Ended.FILED if row[11] else Ended(row[6])
        sealed = bytes(row[2]) if row[2] is not None else None
        return SavedForm(row[0], DraftId(row[1]), sealed, bool(row[3]), saved_at, moment(row[5]), ended, tries)

    def count_failure(self, handle: str, tries: TryRow) -> None:
        """Committed before anything is opened."""
        self.db.execute(
            "UPDATE saved_form SET failures = ?, failed_at = ?, boot_id = ?, mono_ms = ? WHERE handle = ?",
            [tries.failures, stored(tries.set_at), tries.boot_id, tries.mono_ms, handle],
        )

    def forget_failures(self, handle: str) -> None:
        self.db.execute("UPDATE saved_form SET failures = 0, failed_at = '' WHERE handle = ?", [handle])

    def clear(self, handle: str) -> None:
        """Its owner wants nothing of it kept."""
        self._end("handle = ?", [handle], Ended.CLEARED)

    def purge(self, now: datetime) -> int:
        """Forms whose time is up, opened or not, and forms that were handed in; the number of them."""
        with atomic(self.db):
            gone = self._end("expires_at <= ?", [stored(now)], Ended.EXPIRED)
            gone += self._end("draft_id IN (SELECT draft_id FROM filing)", [], Ended.FILED)
            self.db.execute(
                "DELETE FROM saved_form WHERE sealed IS NULL AND expires_at < ?", [stored(now - REMEMBERED)]
            )
        return gone

    def waiting(self) -> int:
        return int(self.db.execute("SELECT count(*) FROM saved_form WHERE sealed IS NOT NULL").fetchone()[0])

    def _end(self, which: str, places: list[str], how: Ended) -> int:
        ended = self.db.execute(
            f"UPDATE saved_form SET sealed = NULL, ended = ? WHERE sealed IS NOT NULL AND {which}",  # noqa: S608
            [how.value, *places],
        )
        return int(ended.rowcount)
