"""The folder where the clerk's own scanner puts its files: which lie there, the bytes of one, and that it is gone after.

Only plain files with the name of a picture or PDF, in the folder itself; no links, nothing hidden, nothing still being
written. A file is opened once without following a link. A code stands for a file, never a path.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from kiosk.errors import KioskTrouble
from kiosk.pictures.limits import MOST_BYTES

SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png")
MOST_ENTRIES = 2_000
MOST_LISTED = 20
LONGEST_NAME = 40
SETTLED_SECONDS = 2
_DOOR = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW


@dataclass(frozen=True, slots=True)
class ScanFile:
    code: str
    name: str = field(repr=False)  # in characters that are safe to show
    kilobytes: int
    changed: datetime


def files_in(folder: Path, now: datetime) -> tuple[ScanFile, ...]:
    """The newest first; a trouble when there is no such folder."""
    return tuple(one for one, _ in _found(folder, now))


def read_file(folder: Path, code: str, now: datetime) -> tuple[bytes, str]:
    """All of it, or one byte more than may be; and its name, for `remove_file`."""
    for one, name in _found(folder, now):
        if one.code == code:
            try:
                with _opened(folder, name) as stream:
                    return stream.read(MOST_BYTES + 1), name
            except OSError:
                break
    raise KioskTrouble("capture.file_gone")


def remove_file(folder: Path, name: str) -> bool:
    """Whether it is gone; a folder one may only read keeps it."""
    try:
        (folder / name).unlink()
    except OSError:
        return False
    return True


def _found(folder: Path, now: datetime) -> list[tuple[ScanFile, str]]:
    try:
        entries: list[tuple[str, os.stat_result]] = []
        with os.scandir(folder) as listed:
            for entry in listed:
                if len(entries) == MOST_ENTRIES:
                    break
                if entry.name.lower().endswith(SUFFIXES) and not entry.name.startswith("."):
                    entries.append((entry.name, entry.stat(follow_symlinks=False)))
    except OSError as error:
        raise KioskTrouble("capture.no_folder") from error
    found = []
    for name, facts in entries:
        changed = datetime.fromtimestamp(facts.st_mtime, UTC)
        if not stat.S_ISREG(facts.st_mode) or (now - changed).total_seconds() < SETTLED_SECONDS or not facts.st_size:
            continue
        code = hashlib.sha256(f"{name}\0{facts.st_mtime_ns}\0{facts.st_size}".encode("utf-8", "replace")).hexdigest()[
            :16
        ]
        found.append((ScanFile(code, _plain(name), -(-facts.st_size // 1024), changed), name))
    return sorted(found, key=lambda one: (one[0].changed, one[0].name), reverse=True)[:MOST_LISTED]


def _opened(folder: Path, name: str) -> BinaryIO:
    door = os.open(folder, _DOOR | os.O_DIRECTORY)
    try:
        file = os.open(name, _DOOR | os.O_NONBLOCK, dir_fd=door)
    finally:
        os.close(door)
    stream = os.fdopen(file, "rb")
    if not stat.S_ISREG(os.fstat(file).st_mode):
        stream.close()
        raise OSError
    return stream


def _plain(name: str) -> str:
    plain = "".join(sign if unicodedata.category(sign)[0] not in "CZ" else " " for sign in name)
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 9]}…{plain[-8:]}"
