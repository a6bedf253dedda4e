"""The drawer of pieces: pages photographed and PDFs taken in an open visit. A piece goes with its draft.

Everything here is inside the encrypted file; nothing of a picture is ever a file of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.errors import KioskTrouble
from kiosk.ids import DraftId
from kiosk.store.connect import Database, atomic, with_digest, without_digest

CREATE = """
CREATE TABLE piece(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id TEXT NOT NULL REFERENCES draft(draft_id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('picture', 'pdf')),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX piece_of_draft ON piece(draft_id);
"""


@dataclass(frozen=True, slots=True)
class StoredPiece:
    id: int
    kind: str
    width: int
    height: int
    pages: int
    body: bytes

    def __repr__(self) -> str:
        return f"StoredPiece({self.id}, {self.kind}, {self.pages} pages)"


@dataclass(frozen=True, slots=True)
class Pieces:
    db: Database

    def keep(
        self, draft_id: DraftId, kind: str, body: bytes, *, width: int = 0, height: int = 0, pages: int = 1
    ) -> int:
        """Its number; on return it survives a power cut."""
        with atomic(self.db):
            if not self.db.execute("SELECT 1 FROM draft WHERE draft_id = ?", [draft_id]).fetchone():
                raise KioskTrouble("capture.not_kept")  # its answers could not be written down either
            cursor = self.db.execute(
                "INSERT INTO piece(draft_id, kind, width, height, pages, body) VALUES (?, ?, ?, ?, ?, ?)",
                [draft_id, kind, width, height, pages, with_digest(body)],
            )
        return int(cursor.lastrowid or 0)

    def get(self, draft_id: DraftId, piece_id: int) -> StoredPiece | None:
        """Only a piece of this draft: a number alone opens nothing."""
        row = self.db.execute(
            "SELECT id, kind, width, height, pages, body FROM piece WHERE id = ? AND draft_id = ?", [piece_id, draft_id]
        ).fetchone()
        if row is None:
            return None
        return StoredPiece(row[0], row[1], row[2], row[3], row[4], without_digest(row[5]))

    def drop(self, draft_id: DraftId, piece_id: int) -> bool:
        with atomic(self.db):
            gone = self.db.execute("DELETE FROM piece WHERE id = ? AND draft_id = ?", [piece_id, draft_id])
        return bool(gone.rowcount)

    def of_draft(self, draft_id: DraftId) -> tuple[int, ...]:
        rows = self.db.execute("SELECT id FROM piece WHERE draft_id = ? ORDER BY id", [draft_id]).fetchall()
        return tuple(int(row[0]) for row in rows)
