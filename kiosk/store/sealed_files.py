"""Sealed filings as files beside the database: ciphertext only.

`<filing_id>.<rev>.frames` holds the CHUNK frames and then the ENVELOPE frame, just as they travel. All but the envelope
is *staged* while the person reads the last page (`.staged`: durable, held by the process that may still need it);
after the ticket the envelope is appended and the file takes its name (`settling`). Order matters: write, fsync,
rename, fsync the folder. `Disk` is the port all these calls go through, so a test can make each of them fail.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kiosk.errors import KioskTrouble
from kiosk.filings.envelope import Envelope, NotAnEnvelope, parse_envelope
from kiosk.filings.frames import FrameReader, FrameTrouble, FrameType
from kiosk.ids import FilingId

PIECE_BYTES = 256 * 1024


class Disk(Protocol):
    def write(self, path: Path, data: bytes) -> None:
        """A new private file with these bytes."""

    def append(self, path: Path, size: int, data: bytes) -> None:
        """These bytes after the first so many of this file, and nothing after them."""

    def fsync(self, path: Path) -> None: ...

    def rename(self, old: Path, new: Path) -> None: ...

    def fsync_folder(self, folder: Path) -> None: ...

    def remove(self, path: Path) -> None: ...


class RealDisk:
    def write(self, path: Path, data: bytes) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)

    def append(self, path: Path, size: int, data: bytes) -> None:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CLOEXEC), "wb") as file:
            file.truncate(size)
            file.seek(size)
            file.write(data)

    def fsync(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        os.replace(old, new)

    def fsync_folder(self, folder: Path) -> None:
        self.fsync(folder)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)


@dataclass
class BrittleDisk:
    """A real disk that gives up at one call, for tests: the power was cut, or the disk is full."""

    fails_at: int = 0  # counted from 1; 0 is never
    calls: list[str] = field(default_factory=list)
    real: RealDisk = field(default_factory=RealDisk)

    def _count(self, name: str) -> None:
        self.calls.append(name)
        if len(self.calls) == self.fails_at:
            raise OSError(28, "No space left on device")

    def write(self, path: Path, data: bytes) -> None:
        self._count("write")
        self.real.write(path, data)

    def append(self, path: Path, size: int, data: bytes) -> None:
        self._count("append")
        self.real.append(path, size, data)

    def fsync(self, path: Path) -> None:
        self._count("fsync")
        self.real.fsync(path)

    def rename(self, old: Path, new: Path) -> None:
        self._count("rename")
        self.real.rename(old, new)

    def fsync_folder(self, folder: Path) -> None:
        self._count("fsync folder")
        self.real.fsync_folder(folder)

    def remove(self, path: Path) -> None:
        self._count("remove")
        self.real.remove(path)


def write_durably(disk: Disk, path: Path, data: bytes) -> None:
    """The whole file under this name, or the old one; never half of it."""
    part = path.with_name(f"{path.name}.tmp")
    disk.write(part, data)
    disk.fsync(part)
    disk.rename(part, path)
    disk.fsync_folder(path.parent)


@dataclass(slots=True)
class Staged:
    """The sealed words of a filing nobody has handed in yet. Whoever holds it keeps sweepers away."""

    path: Path
    _descriptor: int

    def is_there(self) -> bool:
        return self._descriptor >= 0 and os.fstat(self._descriptor).st_nlink > 0

    def let_go(self) -> None:
        """Somebody else may settle it or sweep it away now."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1


@dataclass(frozen=True, slots=True)
class SealedFiles:
    folder: Path
    disk: Disk = field(default_factory=RealDisk)

    def path(self, filing_id: FilingId, rev: int) -> Path:
        return self.folder / f"{filing_id}.{rev}.frames"

    def keep(self, filing_id: FilingId, rev: int, frames: bytes) -> Path:
        """Durable when this returns. A revision never changes, so writing it again after a crash gives the same file."""
        path = self.path(filing_id, rev)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self.disk, path, frames)
        except OSError as error:
            raise KioskTrouble("sealing.file_not_written", filing=filing_id, rev=rev) from error
        return path

    def stage(self, filing_id: FilingId, rev: int, frames: bytes) -> Staged:
        """All but the envelope, durable when this returns, long before anybody knows whether they are handed in."""
        path = self._staged(filing_id, rev)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.disk.write(path, frames)
            staged = Staged(path, _hold(path))
            try:
                self.disk.fsync(path)
                self.disk.fsync_folder(self.folder)
            except OSError:
                self.unstage(staged)
                raise
        except OSError as error:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise KioskTrouble("sealing.file_not_written", filing=filing_id, rev=rev) from error
        return staged

    def unstage(self, staged: Staged) -> None:
        """Nobody hands it in. What cannot be removed now is swept at the next start."""
        with suppress(OSError):
            self.disk.remove(staged.path)
        staged.let_go()

    def sweep(self, wanted: tuple[FilingId, int] | None) -> None:
        """What was staged by a process that is gone and never handed in."""
        for path in self.folder.glob("*.staged"):
            if wanted is not None and path == self._staged(*wanted):
                continue
            with suppress(OSError):
                descriptor = _hold(path)
                os.close(descriptor)
                self.disk.remove(path)

    def held(self, filing_id: FilingId, rev: int) -> bool:
        """Whether a living process has staged this and may still hand it in."""
        try:
            os.close(_hold(self._staged(filing_id, rev)))
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False

    def finish(self, filing_id: FilingId, rev: int, staged_bytes: int, envelope: bytes) -> Path:
        """The sealed file of a filing that was handed in: what was staged, then this. Harmless when it is done."""
        staged, path = self._staged(filing_id, rev), self.path(filing_id, rev)
        try:
            if staged.exists():
                if staged.stat().st_size < staged_bytes:
                    raise KioskTrouble("sealing.file_damaged", filing=filing_id, rev=rev)
                self.disk.append(staged, staged_bytes, envelope)
                self.disk.fsync(staged)
                self.disk.rename(staged, path)
            elif not path.exists():
                raise KioskTrouble("sealing.file_damaged", filing=filing_id, rev=rev)
            self.disk.fsync_folder(self.folder)
        except OSError as error:
            raise KioskTrouble("sealing.file_not_written", filing=filing_id, rev=rev) from error
        return path

    def _staged(self, filing_id: FilingId, rev: int) -> Path:
        return self.folder / f"{filing_id}.{rev}.staged"

    def drop(self, filing_id: FilingId, rev: int) -> None:
        """Only when the court's receipt is old enough."""
        try:
            self.disk.remove(self.path(filing_id, rev))
        except OSError as error:
            raise KioskTrouble("sealing.file_not_written", filing=filing_id, rev=rev) from error

    def is_whole(self, filing_id: FilingId, rev: int, least_bytes: int) -> bool:
        """Whether the file is there and long enough; each chunk's hash is checked when it is read."""
        try:
            return self.path(filing_id, rev).stat().st_size >= least_bytes
        except OSError:
            return False

    def chunk(self, filing_id: FilingId, rev: int, offset: int, size: int) -> bytes:
        """One chunk's ciphertext; a missing or shorter file is a trouble, and the caller checks the hash."""
        try:
            with self.path(filing_id, rev).open("rb") as file:
                file.seek(offset)
                data = file.read(size)
        except OSError as error:
            raise KioskTrouble("sealing.file_damaged", filing=filing_id, rev=rev) from error
        if len(data) != size:
            raise KioskTrouble("sealing.file_damaged", filing=filing_id, rev=rev)
        return data

    def envelope(self, filing_id: FilingId, rev: int) -> tuple[Envelope, bytes]:
        """The envelope at the end of the file, with every frame before it checked."""
        return read_envelope(self.path(filing_id, rev))

    def all(self) -> Iterator[tuple[FilingId, int]]:
        """Every filing that has a file, in the order of the ids."""
        for path in sorted(self.folder.glob("*.frames")):
            filing_id, _, rev = path.name.removesuffix(".frames").rpartition(".")
            if rev.isdigit():
                yield FilingId(filing_id), int(rev)


def _hold(path: Path) -> int:
    """This file, locked for as long as the descriptor is open; a process that dies lets go by dying."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def read_envelope(path: Path) -> tuple[Envelope, bytes]:
    """The envelope of a sealed file, read frame by frame; a trouble when any frame is damaged or it is not the last."""
    reader = FrameReader()
    body = b""
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                for frame in reader.feed(piece):
                    body = frame.body if frame.type == FrameType.ENVELOPE else b""
        reader.finish()
        return parse_envelope(body), body
    except (OSError, FrameTrouble, NotAnEnvelope) as error:
        raise KioskTrouble("sealing.file_damaged", file=path.name) from error
