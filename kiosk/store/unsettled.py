"""The unsettled drawer: a sealed filing's bytes, from the commit that promised it until its file is durable.

They are written in the filing's own transaction, so that one wait for the disk stands before a ticket number, and go
when `settling` has written the file and the counter. At most one row is here at any time.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.errors import KioskTrouble
from kiosk.filings.frames import FrameTrouble, FrameType, decode_frames
from kiosk.ids import FilingId
from kiosk.store.connect import Database, atomic

CREATE = """
CREATE TABLE unsettled(
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  frames BLOB NOT NULL,
  PRIMARY KEY (filing_id, rev),
  FOREIGN KEY (filing_id, rev) REFERENCES outbox(filing_id, rev)
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class UnsettledFiling:
    filing_id: FilingId
    rev: int
    frames: bytes = field(repr=False)  # what its sealed file will hold


@dataclass(frozen=True, slots=True)
class Unsettled:
    db: Database

    def keep(self, filing: UnsettledFiling) -> None:
        """In the filing's own transaction, after its row in the outbox."""
        self.db.execute(
            "INSERT INTO unsettled(filing_id, rev, frames) VALUES (?, ?, ?)",
            [filing.filing_id, filing.rev, filing.frames],
        )

    def any(self) -> bool:
        return self.db.execute("SELECT 1 FROM unsettled LIMIT 1").fetchone() is not None

    def all(self) -> tuple[UnsettledFiling, ...]:
        rows = self.db.execute("SELECT filing_id, rev, frames FROM unsettled ORDER BY filing_id, rev").fetchall()
        return tuple(UnsettledFiling(FilingId(row[0]), int(row[1]), _whole(row[2])) for row in rows)

    def drop(self, filing_id: FilingId, rev: int) -> None:
        """Only when its file is durable."""
        with atomic(self.db):
            self.db.execute("DELETE FROM unsettled WHERE filing_id = ? AND rev = ?", [filing_id, rev])


def _whole(frames: bytes) -> bytes:
    """The frames as they were stored, or a trouble. They carry their own hashes, so none stands in front of them."""
    try:
        kinds = [frame.type for frame in decode_frames(frames)]
    except FrameTrouble:
        kinds = []
    if kinds[-1:] != [FrameType.ENVELOPE]:
        raise KioskTrouble("store.damaged")
    return frames
