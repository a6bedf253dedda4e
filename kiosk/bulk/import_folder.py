"""The folder where a site mounts a stick: which sheets lie in it, and the bytes of one.

Only plain files with the name of a sheet, in the folder itself or one below; no links, pipes or devices, nothing
hidden. A file is opened once, without following a link, and read whole up to the limit: what is checked, hashed and
filed are the same bytes, whatever happens to the stick.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from kiosk.bulk.book import LARGEST_FILE
from kiosk.bulk.faults import SheetTrouble

SUFFIXES = (".xlsx", ".csv")  # .xlsm carries macros: not from a stick
RESULT = ".result.csv"  # what we write beside a sheet
COMMON = ".common.json"  # what is the same for all its cases: a CSV has no sheets for that
MOST_ENTRIES = 2_000
MOST_LISTED = 40
LONGEST_NAME = 60
_DOOR = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW


@dataclass(frozen=True, slots=True)
class Found:
    folder: Path = field(repr=False)
    name: str = field(repr=False)
    bytes: int
    changed: datetime

    @property
    def result(self) -> Path:
        """The table beside the sheet."""
        return self.folder / (self.name.rsplit(".", 1)[0] + RESULT)

    @property
    def common(self) -> Found:
        return replace(self, name=self.name.rsplit(".", 1)[0] + COMMON)

    def shown(self, top: Path) -> str:
        """The name in characters that are safe to show."""
        name = self.name if self.folder == top else f"{self.folder.name}/{self.name}"
        plain = "".join(sign if unicodedata.category(sign)[0] not in "CZ" else " " for sign in name)
        return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 9]}…{plain[-8:]}"


def sheets_in(top: Path) -> tuple[Found, ...]:
    """The newest first; `OSError` when there is no such folder."""
    found: list[Found] = []
    for folder in (top, *_folders_in(top)):
        try:
            found += _files_in(folder)
        except OSError:
            if folder == top:
                raise
    return tuple(sorted(found, key=lambda one: (one.changed, one.name), reverse=True))


def read_sheet(found: Found) -> bytes:
    """All of it, or one byte more than may be; `SheetTrouble` when it cannot be read any more."""
    try:
        folder = os.open(found.folder, _DOOR | os.O_DIRECTORY)
        try:
            file = os.open(found.name, _DOOR | os.O_NONBLOCK, dir_fd=folder)
        finally:
            os.close(folder)
        with os.fdopen(file, "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise SheetTrouble("not_readable", file=found.name[:LONGEST_NAME])
            return stream.read(LARGEST_FILE + 1)
    except OSError:
        raise SheetTrouble("not_readable", file=found.name[:LONGEST_NAME]) from None


def read_common_beside(found: Found) -> bytes | None:
    """The file of what is the same for all, if one lies beside the sheet."""
    if not os.path.lexists(found.common.folder / found.common.name):
        return None
    return read_sheet(found.common)


def write_beside(path: Path, data: bytes) -> None:
    """Whole or not at all; a link of that name is replaced, never followed."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(file, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(new, path)


def _folders_in(top: Path) -> list[Path]:
    below: list[Path] = []
    with os.scandir(top) as entries:
        for count, entry in enumerate(entries):
            if count >= MOST_ENTRIES:
                break
            if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
                below.append(Path(entry.path))
    return below


def _files_in(folder: Path) -> list[Found]:
    found = []
    with os.scandir(folder) as entries:
        for count, entry in enumerate(entries):
            if count >= MOST_ENTRIES:
                break
            name = entry.name.lower()
            if name.startswith((".", "~$")) or not name.endswith(SUFFIXES) or name.endswith(RESULT):
                continue
            if entry.is_file(follow_symlinks=False):
                told = entry.stat(follow_symlinks=False)
                found.append(Found(folder, entry.name, told.st_size, _moment(told.st_mtime)))
    return found


def _moment(seconds: float) -> datetime:
    """A stick's clock may say anything."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0, UTC)
