"""Chunks at the court: many in one segment, durable before a row names them; on a disk here, in objects beside it.

A segment is written under another name, synced, renamed, and its folder synced: two syncs for a whole bundle. A
crash in between leaves a segment no row names; `sweep` removes it a day later. Nothing is ever changed.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import sha256_hex
from kiosk.store.disk import free_mb
from kiosk.store.sealed_files import Disk, RealDisk

STRAY_SECONDS = 86400
OBJECTS = "s3://"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk's bytes lie."""

    segment: str
    start: int
    size: int


class SegmentWriter(Protocol):
    """A segment being written. Nothing in it counts before `keep` has returned."""

    def add(self, chunk: bytes) -> Place: ...

    def keep(self) -> None: ...

    def drop(self) -> None: ...


class ChunkStore(Protocol):
    def begin(self) -> SegmentWriter: ...

    def read(self, place: Place, sha256: str) -> bytes: ...

    def sweep(self, named: Container[str], now: datetime) -> int: ...

    def has_room(self, least_mb: int) -> bool: ...


class Segment:
    """A segment file being written. Nothing in it counts before `keep` has returned."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._disk = disk
        self._folder = folder
        self.name = f"{secrets.token_hex(16)}.segment"
        self._part = folder / f"{self.name}.tmp"
        self._file = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")
        self._size = 0

    def add(self, chunk: bytes) -> Place:
        place = Place(self.name, self._size, len(chunk))
        self._file.write(chunk)
        self._size += len(chunk)
        return place

    def keep(self) -> None:
        """Durable when this returns."""
        self._file.close()
        self._disk.fsync(self._part)
        self._disk.rename(self._part, self._folder / self.name)
        self._disk.fsync_folder(self._folder)

    def drop(self) -> None:
        self._file.close()
        self._disk.remove(self._part)


@dataclass(frozen=True, slots=True)
class Chunks:
    folder: Path
    disk: Disk = field(default_factory=RealDisk)

    def begin(self) -> Segment:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Segment(self.folder, self.disk)

    def read(self, place: Place, sha256: str) -> bytes:
        """The chunk, checked against its name."""
        try:
            with (self.folder / place.segment).open("rb") as file:
                file.seek(place.start)
                data = file.read(place.size)
        except OSError as error:
            raise KioskTrouble("intake.chunk_lost", chunk=sha256[:16]) from error
        if sha256_hex(data) != sha256:
            raise KioskTrouble("intake.chunk_lost", chunk=sha256[:16])
        return data

    def has_room(self, least_mb: int) -> bool:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return free_mb(self.folder) >= least_mb

    def sweep(self, named: Container[str], now: datetime) -> int:
        """Remove what a crash left behind. A young file may belong to a bundle that is coming in. How many went."""
        if not self.folder.is_dir():
            return 0
        oldest = now.timestamp() - STRAY_SECONDS
        strays = [path for path in self.folder.iterdir() if path.name not in named and ".segment" in path.name]
        gone = [path for path in strays if path.stat().st_mtime < oldest]
        for path in gone:
            self.disk.remove(path)
        return len(gone)


def open_chunks(where: Path | str) -> ChunkStore:
    """The folder of this path, or the objects of this `s3://…` address."""
    if str(where).startswith(OBJECTS):
        from sync.intake.objects import ObjectChunks  # an extra, as PostgreSQL is

        return ObjectChunks.open(str(where))
    return Chunks(Path(where))
