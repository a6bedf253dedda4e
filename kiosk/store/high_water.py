"""How far this kiosk's chain has ever gone, kept outside the database and outside its backups.

A database that stands behind this counter was rolled back or restored; a counter that is gone means another disk.
Two slots are written in turn and each carries its own check, so a cut while writing leaves the other one.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.filings.canonical import NotCanonical, canonical, parse, sha256_hex
from kiosk.filings.envelope import Place

SLOT_BYTES = 256


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest envelope this kiosk ever committed."""

    epoch: int
    seq: int
    head_hash: str


@dataclass(frozen=True, slots=True)
class HighWater:
    path: Path

    def read(self) -> Mark | None:
        """The highest mark of the two slots; None when there is none or both are damaged."""
        try:
            data = self.path.read_bytes()
        except OSError:
            return None
        marks = [mark for slot in (0, 1) if (mark := _parse(data[slot * SLOT_BYTES :][:SLOT_BYTES])) is not None]
        return max(marks, key=_order, default=None)

    def set(self, mark: Mark) -> None:
        """Durable when this returns; never goes back. Goes into the slot that does not hold the newest mark."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # the window and kiosk-sync may both have something to say
            data = os.pread(descriptor, 2 * SLOT_BYTES, 0)
            if _order(mark) <= max(_order(_parse(data[slot * SLOT_BYTES :][:SLOT_BYTES])) for slot in (0, 1)):
                return
            older = min((0, 1), key=lambda slot: _order(_parse(data[slot * SLOT_BYTES :][:SLOT_BYTES])))
            os.pwrite(descriptor, _slot(mark), older * SLOT_BYTES)
            os.fdatasync(descriptor)
            if len(data) < SLOT_BYTES:
                self._fsync_folder()
        finally:
            os.close(descriptor)

    def _fsync_folder(self) -> None:
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def mark_of(place: Place, envelope_sha256: str) -> Mark:
    return Mark(place.epoch, place.seq, envelope_sha256)


def _order(mark: Mark | None) -> tuple[int, int]:
    return (0, 0) if mark is None else (mark.epoch, mark.seq)


def _slot(mark: Mark) -> bytes:
    body = canonical({"epoch": mark.epoch, "seq": mark.seq, "head_hash": mark.head_hash})
    return (sha256_hex(body).encode("ascii") + body).ljust(SLOT_BYTES)


def _parse(slot: bytes) -> Mark | None:
    check, body = slot[:64], slot[64:].rstrip()
    if not body or sha256_hex(body).encode("ascii") != check:
        return None
    try:
        plain = parse(body, SLOT_BYTES)
        return Mark(int(plain["epoch"]), int(plain["seq"]), str(plain["head_hash"]))
    except (NotCanonical, KeyError, ValueError):
        return None
