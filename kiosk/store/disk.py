"""Writing small files so that a power cut leaves the whole file or none, and asking how much room is left."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from kiosk.errors import KioskTrouble


def fsync_folder(folder: Path) -> None:
    """Makes the names in this folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_file(path: Path) -> None:
    """Makes what was written into this file durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_once(path: Path, content: bytes) -> bool:
    """A new private file that appears whole and durable, or False when there already is one of this name."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)  # unlike a rename, a link never takes the place of another process's file
        except FileExistsError:
            return False
    finally:
        part.unlink()
    fsync_folder(path.parent)
    return True


def free_mb(folder: Path) -> int:
    return shutil.disk_usage(folder).free // (1024 * 1024)


def require_room(folder: Path, least_mb: int) -> None:
    """A trouble when the disk is so full that a filing might not find its place."""
    free = free_mb(folder)
    if free < least_mb:
        raise KioskTrouble("store.disk_low", free=free, least=least_mb)
