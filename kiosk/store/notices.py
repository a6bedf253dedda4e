"""The notices drawer: what the court said about a filing after its receipt, newest number first.

The filing's row holds where the case stands; here is what was said with it, until its time is over. Nothing here
checks a signature: `sync` does, before anything gets this far.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.filings.notice import NoticeContent, read_content
from kiosk.ids import FilingId
from kiosk.store.connect import Database
from kiosk.store.times import moment, stored

CREATE = (
    """
CREATE TABLE notice(
  notice_id TEXT PRIMARY KEY,
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  notice_no INTEGER NOT NULL,
  court_state TEXT NOT NULL,
  at TEXT NOT NULL,
  body BLOB,
  carrier TEXT NOT NULL,
  came_at TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX notice_by_filing ON notice(filing_id, notice_no)",
    "CREATE INDEX notice_by_coming ON notice(came_at)",
)


@dataclass(frozen=True, slots=True)
class StoredNotice:
    notice_id: str
    filing_id: FilingId
    rev: int
    notice_no: int  # rises per filing, whatever the revision
    court_state: str  # as the court spelled it; a word we do not know is kept too
    at: datetime  # the court's clock
    body: bytes | None = field(repr=False)  # the opened content; None when it could not be opened here

    @property
    def content(self) -> NoticeContent:
        return read_content(self.body) if self.body is not None else NoticeContent()


_COLUMNS = "notice_id, filing_id, rev, notice_no, court_state, at, body"


@dataclass(frozen=True, slots=True)
class Notices:
    db: Database

    def keep(self, notice: StoredNotice, carrier: str, now: datetime) -> bool:
        """True when it is news."""
        added = self.db.execute(
            f"INSERT INTO notice({_COLUMNS}, carrier, came_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
            " ON CONFLICT DO NOTHING",
            [
                notice.notice_id,
                notice.filing_id,
                notice.rev,
                notice.notice_no,
                notice.court_state,
                stored(notice.at),
                notice.body,
                carrier,
                stored(now),
            ],
        )
        return bool(added.rowcount)

    def of(self, filing_id: FilingId) -> tuple[StoredNotice, ...]:
        """Everything the court said about this filing that is still kept, the newest first."""
        rows = self.db.execute(
            f"SELECT {_COLUMNS} FROM notice WHERE filing_id = ? ORDER BY notice_no DESC",  # noqa: S608
            [filing_id],
        )
        return tuple(_as_notice(row) for row in rows.fetchall())

    def newest(self, filing_id: FilingId) -> StoredNotice | None:
        found = self.of(filing_id)
        return found[0] if found else None

    def forget(self, came_before: datetime) -> int:
        """How many went because their time was over."""
        return int(self.db.execute("DELETE FROM notice WHERE came_at < ?", [stored(came_before)]).rowcount)


def _as_notice(row: tuple[object, ...]) -> StoredNotice:
    notice_id, filing_id, rev, number, state, at, body = row
    return StoredNotice(
        str(notice_id),
        FilingId(str(filing_id)),
        int(str(rev)),
        int(str(number)),
        str(state),
        moment(str(at)),
        bytes(body) if isinstance(body, bytes | memoryview) else None,
    )
