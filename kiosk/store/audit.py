"""The audit drawer: who did what to which filing, in a chain of hashes that only grows.

Rows hold references and numbers, never anything a person said. Triggers refuse change and removal; whoever drops
the triggers still breaks the chain, and whoever rebuilds the chain is found by an anchor kept at the court.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.clock import Clock
from kiosk.store.audit_events import AuditEvent
from kiosk.store.connect import Database, joined
from kiosk.store.times import stored

CREATE = """
CREATE TABLE audit(
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  mono_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  event TEXT NOT NULL,
  object TEXT NOT NULL,
  outcome TEXT NOT NULL,
  body TEXT NOT NULL,
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
  OR NEW.prev_hash IS NOT coalesce((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1), zeroblob(32))
BEGIN SELECT raise(ABORT, 'the audit log only grows at its end'); END;
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit log never changes'); END;
CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the audit log never shrinks'); END;
"""

_BODY = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)
DOMAIN = b"court-kiosk/audit/1"
FIRST_PREV = bytes(32)
COLUMNS = "seq, at, boot_id, mono_ms, actor, event, object, outcome, body, prev_hash, hash"


@dataclass(frozen=True, slots=True)
class AuditRow:
    seq: int
    at: str
    boot_id: str
    mono_ms: int
    actor: str  # a clerk's number, "person" at the screen, "kiosk" or "sync" by itself
    event: str
    object: str  # a filing id, ticket number or device; "" where there is none
    outcome: str
    body: str  # canonical JSON of references and counts
    prev_hash: bytes = field(repr=False)
    hash: bytes = field(repr=False)


class AuditState(StrEnum):
    GOOD = "good"
    BROKEN = "broken"
    CUT_SHORT = "cut short"


@dataclass(frozen=True, slots=True)
class AuditFinding:
    state: AuditState
    seq: int  # the last good row, or the first row that is wrong or missing


@dataclass(frozen=True, slots=True)
class Audit:
    db: Database
    clock: Clock

    def note(
        self,
        event: AuditEvent,
        *,
        actor: str = "kiosk",
        object: str = "",
        outcome: str = "ok",
        **body: str | int,
    ) -> int:
        """Append one row, in the transaction that is open or in its own, and return its number."""
        with joined(self.db):
            seq, prev_hash = self.head()
            row = [
                seq + 1,
                stored(self.clock.now()),
                self.clock.boot_id(),
                self.clock.monotonic_ms(),
                actor,
                event.value,
                object,
                outcome,
                _BODY.encode(body),
                prev_hash,
            ]
            row.append(row_hash(row))
            self.db.execute(f"INSERT INTO audit({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)  # noqa: S608
        return seq + 1

    def head(self) -> tuple[int, bytes]:
        """Number and hash of the last row: what a batch carries to the court as an anchor."""
        found = self.db.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        return (int(found[0]), bytes(found[1])) if found else (0, FIRST_PREV)

    def rows(self, after: int = 0, limit: int = -1) -> Iterator[AuditRow]:
        for row in self.db.execute(
            f"SELECT {COLUMNS} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?",  # noqa: S608
            [after, limit],
        ):
            yield AuditRow(*row)

    def verify(self, anchors: Mapping[int, bytes] | None = None, since: int = 0) -> AuditFinding:
        """Walk the chain after row `since` and hold it against the anchors the court gave back.

        Without an anchor a cut tail or a rebuilt chain cannot be told from a short life.
        """
        known = dict(anchors or {})
        if since:
            row = self.db.execute("SELECT hash FROM audit WHERE seq = ?", [since]).fetchone()
            if row is None:
                return AuditFinding(AuditState.CUT_SHORT, self.head()[0] + 1)
            if since in known and known[since] != row[0]:
                return AuditFinding(AuditState.BROKEN, since)
        expected_seq, prev = since + 1, known.get(since, FIRST_PREV if since == 0 else None)
        for row in self.db.execute(
            f"SELECT {COLUMNS} FROM audit WHERE seq > ? ORDER BY seq",  # noqa: S608
            [since],
        ):
            wrong_link = prev is not None and row[9] != prev
            if row[0] != expected_seq or wrong_link or row_hash(row[:10]) != row[10]:
                return AuditFinding(AuditState.BROKEN, expected_seq)
            if row[0] in known and known[row[0]] != row[10]:
                return AuditFinding(AuditState.BROKEN, row[0])
            expected_seq, prev = row[0] + 1, row[10]
        if any(seq >= expected_seq for seq in known):
            return AuditFinding(AuditState.CUT_SHORT, expected_seq)
        return AuditFinding(AuditState.GOOD, expected_seq - 1)


def row_hash(fields: list[object] | tuple[object, ...]) -> bytes:
    """SHA-256 over the domain and every field before the hash, each with its length in front."""
    digest = hashlib.sha256(DOMAIN)
    for value in fields:
        part = value if isinstance(value, bytes) else str(value).encode("utf-8")
        digest.update(len(part).to_bytes(4, "big"))
        digest.update(part)
    return digest.digest()
