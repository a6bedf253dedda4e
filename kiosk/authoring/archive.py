"""A workbook's zip, looked at before anything opens it: how much is in it, what its parts are called, no DTD in any.

Whatever a part says about its own size is not believed: the bytes are counted while they are unpacked.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import Any
from xml.parsers import expat

from kiosk.authoring.findings import At, AuthoringTrouble, finding

LARGEST_FILE = 16 * 1024 * 1024
LARGEST_WHOLE = 64 * 1024 * 1024
MOST_PARTS = 1_000
DEEPEST = 100
PLAIN_NAME = re.compile(r"[A-Za-z0-9_\[\]. -]+(?:/[A-Za-z0-9_\[\]. -]+)*/?", re.ASCII)
PIECE = 256 * 1024
HEADER = 30  # bytes of a local file header without its name


def require_safe(data: bytes, file: str) -> None:
    """Return if this is a zip that may be opened; anything else is an `AuthoringTrouble`."""
    at = At(file)
    if len(data) > LARGEST_FILE:
        raise AuthoringTrouble([finding(at, "file_too_large", limit=LARGEST_FILE // 1024 // 1024)])
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _require_plain(archive, at)
            _require_small(archive, at)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise AuthoringTrouble([finding(at, "not_a_workbook")]) from None


def _require_plain(archive: zipfile.ZipFile, at: At) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    plain = all(PLAIN_NAME.fullmatch(name) and ".." not in name for name in names)
    if len(parts) > MOST_PARTS or len(set(names)) != len(names) or not plain:
        raise AuthoringTrouble([finding(at, "odd_parts")])
    reached = 0
    for part in sorted(parts, key=lambda one: one.header_offset):
        if part.header_offset < reached:  # two names for the same bytes: the oldest trick
            raise AuthoringTrouble([finding(at, "odd_parts")])
        reached = part.header_offset + HEADER + len(part.filename) + part.compress_size


def _require_small(archive: zipfile.ZipFile, at: At) -> None:
    whole = 0
    for part in archive.infolist():
        watch = _Watch(at) if part.filename.endswith((".xml", ".rels", ".vml")) else None
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                whole += len(piece)
                if whole > LARGEST_WHOLE:
                    raise AuthoringTrouble([finding(at, "unpacks_too_large", limit=LARGEST_WHOLE // 1024 // 1024)])
                if watch is not None:
                    watch.feed(piece)
        if watch is not None:
            watch.feed(b"", last=True)


class _Watch:
    """Reads XML only to see that it has no DTD and is not deep."""

    def __init__(self, at: At) -> None:
        self.at = at
        self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._dtd
        self.parser.StartElementHandler = self._down
        self.parser.EndElementHandler = self._up

    def feed(self, piece: bytes, last: bool = False) -> None:
        try:
            self.parser.Parse(piece, last)
        except expat.ExpatError:
            raise AuthoringTrouble([finding(self.at, "not_a_workbook")]) from None

    def _dtd(self, *_: Any) -> None:
        raise AuthoringTrouble([finding(self.at, "dtd")])

    def _down(self, *_: Any) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise AuthoringTrouble([finding(self.at, "not_a_workbook")])

    def _up(self, *_: Any) -> None:
        self.depth -= 1
