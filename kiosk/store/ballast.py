"""A file that is only there to be deleted: when the disk is full, it makes room for the open visit to end well.

A full disk cannot be helped with SQL, because deleting and checkpointing need room too.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from kiosk.store.disk import free_mb, fsync_folder

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ballast:
    path: Path
    size_mb: int

    def take_on(self, least_free_mb: int) -> bool:
        """Make the file when there is room for it beside what must stay free; True when it lies there whole."""
        if not self.size_mb or self._is_whole():
            return self._is_whole()
        if free_mb(self.path.parent) < least_free_mb + self.size_mb:
            return False
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                for _ in range(self.size_mb):
                    file.write(secrets.token_bytes(MEGABYTE))  # nothing a clever file system would leave out
                file.flush()
                os.fsync(file.fileno())
            fsync_folder(self.path.parent)
        except OSError:
            self.drop()
            return False
        return True

    def drop(self) -> bool:
        """Give the room away; False when there was none to give."""
        try:
            self.path.unlink()
            fsync_folder(self.path.parent)
        except OSError:
            return False
        return True

    def _is_whole(self) -> bool:
        try:
            return self.path.stat().st_size == self.size_mb * MEGABYTE
        except OSError:
            return False
