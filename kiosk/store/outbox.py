"""The outbox drawer: every sealed filing of this kiosk, its place in the chain, and how its journey goes.

Rows are added in the transaction of the filing and stay for ever as numbers and hashes; whether one still has to
travel is the filing's status. `seq` counts this kiosk's envelopes and each names the hash of the one before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import sha256_hex
from kiosk.filings.envelope import FIRST_HASH, Envelope, Place
from kiosk.filings.status import FilingStatus
from kiosk.ids import FilingId
from kiosk.sealing.seal import ChunkPlace, SealedFiling
from kiosk.store.connect import Database, atomic, joined
from kiosk.store.times import moment, stored

CREATE = """
CREATE TABLE chain(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch INTEGER NOT NULL,
  next_seq INTEGER NOT NULL,
  head_hash TEXT NOT NULL,
  forked_at TEXT
) STRICT;
CREATE TABLE outbox(
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  prev_hash TEXT NOT NULL,
  envelope_sha256 TEXT NOT NULL,
  envelope BLOB NOT NULL,
  batch_id TEXT NOT NULL DEFAULT '',
  carrier TEXT NOT NULL DEFAULT '',
  sent_at TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT,
  hold_reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (filing_id, rev),
  UNIQUE (epoch, seq)
) STRICT;
CREATE TABLE outbox_chunk(
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  attachment INTEGER NOT NULL,
  n INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  PRIMARY KEY (filing_id, rev, attachment, n),
  FOREIGN KEY (filing_id, rev) REFERENCES outbox(filing_id, rev)
) STRICT;
"""
CREATE_2 = {
    "outbox": (
        """
CREATE TABLE outbox(
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  prev_hash TEXT NOT NULL,
  envelope_sha256 TEXT NOT NULL,
  envelope BLOB NOT NULL,
  batch_id TEXT NOT NULL DEFAULT '',
  carrier TEXT NOT NULL DEFAULT '',
  sent_at TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT,
  hold_reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (filing_id, rev),
  UNIQUE (epoch, seq)
) STRICT, WITHOUT ROWID
""",
    ),
    "outbox_chunk": (
        """
CREATE TABLE outbox_chunk(
  filing_id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  attachment INTEGER NOT NULL,
  n INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  PRIMARY KEY (filing_id, rev, attachment, n),
  FOREIGN KEY (filing_id, rev) REFERENCES outbox(filing_id, rev)
) STRICT
""",
    ),
}
# The newest filing until it is settled: its envelope stands in the one row of the chain, which is written anyway.
COLUMNS_2 = ("unsettled TEXT", "unsettled_rev INTEGER", "unsettled_envelope BLOB")

FIRST_EPOCH = 1
_ENTRY = (
    "SELECT o.filing_id, o.rev, o.epoch, o.seq, o.prev_hash, o.envelope_sha256, coalesce(c.unsettled_envelope, o.envelope),"
    " o.tries, o.next_try_at, o.hold_reason, f.status FROM outbox o"
    " JOIN filing f ON f.filing_id = o.filing_id AND f.rev = o.rev"
    " LEFT JOIN chain c ON c.unsettled = o.filing_id AND c.unsettled_rev = o.rev "
)


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    filing_id: FilingId
    rev: int
    place: Place
    envelope_sha256: str
    envelope: bytes = field(repr=False)
    tries: int
    next_try_at: datetime | None
    hold_reason: str
    status: FilingStatus


@dataclass(frozen=True, slots=True)
class Outbox:
    db: Database

    def next_place(self) -> Place | None:
        """Where the next envelope will stand, or None while the one before is not settled.

        A kiosk whose chain forked takes no filing until it is enrolled again.
        """
        epoch, seq, head, forked, settled = self._chain()
        if forked:
            raise KioskTrouble("sync.forked")
        return Place(epoch, seq, head) if settled else None

    def add(self, sealed: SealedFiling) -> None:
        """In the filing's own transaction; unsettled until its file is durable.

        A place that is taken by now is a trouble: seal again, under a new key.
        """
        envelope, place = sealed.envelope, sealed.place
        with joined(self.db):
            moved = self.db.execute(
                "INSERT INTO chain(one, epoch, next_seq, head_hash, unsettled, unsettled_rev, unsettled_envelope)"
                " VALUES (1, ?, ?, ?, ?, ?, ?) ON CONFLICT(one) DO UPDATE SET epoch = excluded.epoch,"
                " next_seq = excluded.next_seq, head_hash = excluded.head_hash, unsettled = excluded.unsettled,"
                " unsettled_rev = excluded.unsettled_rev, unsettled_envelope = excluded.unsettled_envelope"
                " WHERE unsettled IS NULL AND forked_at IS NULL AND (epoch, next_seq, head_hash) = (?, ?, ?)",
                [
                    place.epoch,
                    place.seq + 1,
                    sealed.envelope_sha256,
                    envelope.filing_id,
                    envelope.rev,
                    sealed.envelope_bytes,
                    place.epoch,
                    place.seq,
                    place.prev_hash,
                ],
            )
            if moved.rowcount != 1:
                raise KioskTrouble("sealing.place_taken", filing=envelope.filing_id)
            self._insert(b"", sealed.envelope_sha256, place, envelope.filing_id, envelope.rev)

    def unsettled(self) -> OutboxEntry | None:
        """The filing whose sealed file still lacks its envelope and its name; one at most."""
        found = self._entries("WHERE c.one = 1", [])
        return found[0] if found else None

    def is_settled(self) -> bool:
        return self.db.execute("SELECT 1 FROM chain WHERE unsettled IS NOT NULL").fetchone() is None

    def settled(self, entry: OutboxEntry, chunks: Iterable[ChunkPlace]) -> None:
        """Its file is durable: from here it may travel."""
        with atomic(self.db):
            self.db.execute(
                "UPDATE outbox SET envelope = ? WHERE filing_id = ? AND rev = ?",
                [entry.envelope, entry.filing_id, entry.rev],
            )
            self.keep_chunks(entry.filing_id, entry.rev, chunks)
            self.db.execute(
                "UPDATE chain SET unsettled = NULL, unsettled_rev = NULL, unsettled_envelope = NULL"
                " WHERE unsettled = ? AND unsettled_rev = ?",
                [entry.filing_id, entry.rev],
            )

    def keep_chunks(self, filing_id: FilingId, rev: int, chunks: Iterable[ChunkPlace]) -> None:
        """Where its chunks lie in the sealed file, which is durable by now."""
        for chunk in chunks:
            self.db.execute(
                "INSERT INTO outbox_chunk(filing_id, rev, attachment, n, sha256, size, offset)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [filing_id, rev, chunk.attachment, chunk.n, chunk.sha256, chunk.size, chunk.offset],
            )

    def adopt(self, envelope: Envelope, written: bytes, chunks: Iterable[ChunkPlace]) -> bool:
        """A sealed file the database had forgotten, under its old place; False when it is known."""
        with atomic(self.db):
            if not self._insert(written, sha256_hex(written), envelope.place, envelope.filing_id, envelope.rev):
                return False
            self.keep_chunks(envelope.filing_id, envelope.rev, chunks)
        return True

    def open_epoch(self, epoch: int) -> None:
        """From now on filings count in this epoch, from 1. The old ones keep their places: they are signed."""
        with atomic(self.db):
            _, _, head, _, _ = self._chain()
            self._set_chain(epoch, 1, head)
            self.db.execute("UPDATE chain SET forked_at = NULL")

    def fork(self, now: datetime) -> bool:
        """The court holds another envelope at one of our places. True when this is news."""
        self._chain()
        changed = self.db.execute("UPDATE chain SET forked_at = ? WHERE forked_at IS NULL", [stored(now)])
        return bool(changed.rowcount)

    def forked(self) -> bool:
        return self._chain()[3]

    def head(self) -> tuple[int, int, str]:
        """Epoch, seq and hash of the newest envelope; seq 0 at the start of an epoch."""
        epoch, next_seq, head, _, _ = self._chain()
        return epoch, next_seq - 1, head

    def get(self, filing_id: FilingId, rev: int = 1) -> OutboxEntry | None:
        found = self._entries("WHERE o.filing_id = ? AND o.rev = ?", [filing_id, rev])
        return found[0] if found else None

    def waiting(self, now: datetime, limit: int) -> tuple[OutboxEntry, ...]:
        """What goes next: stored, its file settled, its time to try has come, in the chain's order."""
        return self._entries(
            "WHERE f.status = ? AND (o.next_try_at IS NULL OR o.next_try_at <= ?) AND c.one IS NULL"
            " ORDER BY o.epoch, o.seq LIMIT ?",
            [FilingStatus.STORED.value, stored(now), limit],
        )

    def receipted_after(self, epoch: int, seq: int) -> tuple[OutboxEntry, ...]:
        """Receipted filings beyond this place: what a court that was restored from an older backup has lost."""
        return self._entries(
            "WHERE f.status = ? AND (o.epoch, o.seq) > (?, ?) ORDER BY o.epoch, o.seq",
            [FilingStatus.RECEIVED.value, epoch, seq],
        )

    def unreceived(self) -> tuple[OutboxEntry, ...]:
        """Everything the court has not receipted, whatever its state: what a stick must carry."""
        return self._entries("WHERE f.status <> ? ORDER BY o.epoch, o.seq", [FilingStatus.RECEIVED.value])

    def with_status(self, status: FilingStatus) -> tuple[OutboxEntry, ...]:
        return self._entries("WHERE f.status = ? ORDER BY o.epoch, o.seq", [status.value])

    def knows(self, filing_id: FilingId, rev: int) -> bool:
        found = self.db.execute("SELECT 1 FROM outbox WHERE filing_id = ? AND rev = ?", [filing_id, rev]).fetchone()
        return found is not None

    def highest(self) -> tuple[int, int]:
        """The highest place any of our envelopes has."""
        row = self.db.execute("SELECT epoch, seq FROM outbox ORDER BY epoch DESC, seq DESC LIMIT 1").fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def chunks(self, filing_id: FilingId, rev: int) -> tuple[ChunkPlace, ...]:
        rows = self.db.execute(
            "SELECT attachment, n, sha256, size, offset FROM outbox_chunk WHERE filing_id = ? AND rev = ?"
            " ORDER BY attachment, n",
            [filing_id, rev],
        ).fetchall()
        return tuple(ChunkPlace(*row) for row in rows)

    def sent(self, entries: Iterable[tuple[FilingId, int]], batch_id: str, carrier: str, now: datetime) -> None:
        for filing_id, rev in entries:
            self.db.execute(
                "UPDATE outbox SET batch_id = ?, carrier = ?, sent_at = ?, tries = tries + 1"
                " WHERE filing_id = ? AND rev = ?",
                [batch_id, carrier, stored(now), filing_id, rev],
            )

    def try_again_at(self, filing_id: FilingId, rev: int, when: datetime | None) -> None:
        self.db.execute(
            "UPDATE outbox SET next_try_at = ?, hold_reason = '' WHERE filing_id = ? AND rev = ?",
            [stored(when) if when else None, filing_id, rev],
        )

    def again(self, filing_id: FilingId, rev: int) -> None:
        """A person looked and sends it again: as if it had never been tried."""
        self.db.execute(
            "UPDATE outbox SET tries = 0, next_try_at = NULL, hold_reason = '' WHERE filing_id = ? AND rev = ?",
            [filing_id, rev],
        )

    def hold(self, filing_id: FilingId, rev: int, reason: str) -> None:
        self.db.execute("UPDATE outbox SET hold_reason = ? WHERE filing_id = ? AND rev = ?", [reason, filing_id, rev])

    def _chain(self) -> tuple[int, int, str, bool, bool]:
        row = self.db.execute("SELECT epoch, next_seq, head_hash, forked_at, unsettled FROM chain").fetchone()
        if row is None:
            return FIRST_EPOCH, 1, FIRST_HASH, False, True
        return int(row[0]), int(row[1]), str(row[2]), row[3] is not None, row[4] is None

    def _set_chain(self, epoch: int, next_seq: int, head_hash: str) -> None:
        self.db.execute(
            "INSERT INTO chain(one, epoch, next_seq, head_hash) VALUES (1, ?, ?, ?) ON CONFLICT(one) DO UPDATE SET"
            " epoch = excluded.epoch, next_seq = excluded.next_seq, head_hash = excluded.head_hash",
            [epoch, next_seq, head_hash],
        )

    def _insert(self, envelope: bytes, digest: str, place: Place, filing_id: FilingId, rev: int) -> bool:
        added = self.db.execute(
            "INSERT INTO outbox(filing_id, rev, epoch, seq, prev_hash, envelope_sha256, envelope)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [filing_id, rev, place.epoch, place.seq, place.prev_hash, digest, envelope],
        )
        return bool(added.rowcount)

    def _entries(self, condition: str, values: list[object]) -> tuple[OutboxEntry, ...]:
        return tuple(
            OutboxEntry(
                FilingId(row[0]),
                row[1],
                Place(row[2], row[3], row[4]),
                row[5],
                bytes(row[6]),
                row[7],
                moment(row[8]) if row[8] else None,
                row[9],
                FilingStatus(row[10]),
            )
            for row in self.db.execute(_ENTRY + condition, values).fetchall()
        )
