"""The drawer of single facts: who this kiosk is, where its numbering stands, what was checked last."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.store.connect import Database

AUDIT_ANCHOR = "audit_anchor"  # "seq head" of the newest row of our audit log that the court vouches for
MAIL_READ = "mail_read"  # "generation position" of the newest of the court's mail that is written down here

CREATE = """
CREATE TABLE meta(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Meta:
    db: Database

    def read(self, name: str) -> str | None:
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else None

    def write(self, name: str, value: str) -> None:
        self.db.execute(
            "INSERT INTO meta(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
            [name, value],
        )

    def forget(self, name: str) -> None:
        self.db.execute("DELETE FROM meta WHERE name = ?", [name])

    def audit_anchor(self) -> dict[int, bytes]:
        """The newest audit row the court vouched for; without it a cut tail looks like a short life."""
        seq, _, head = (self.read(AUDIT_ANCHOR) or "").partition(" ")
        return {int(seq): bytes.fromhex(head)} if head else {}
