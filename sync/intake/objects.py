"""Chunks in an S3-compatible store, for a province: one object a segment, put once and never changed.

The only obstore. A segment is gathered in a temporary file (a window is 16 MiB) and put whole; the put is conditional,
so that no object is ever overwritten. An object exists durably when the put returns: that is the store's promise.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Container
from datetime import datetime
from typing import Any

from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import sha256_hex
from sync.intake.chunks import STRAY_SECONDS, Place

try:
    import obstore
    from obstore.exceptions import BaseError
    from obstore.store import S3Store
except ImportError as error:  # pragma: no cover  (a machine without the extra `central`)
    raise KioskTrouble("intake.objects_missing") from error


class ObjectSegment:
    """A segment being gathered. Nothing in it counts before `keep` has returned."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.name = f"{secrets.token_hex(16)}.segment"
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by keep or drop; sealed bytes under no name)
        self._size = 0

    def add(self, chunk: bytes) -> Place:
        place = Place(self.name, self._size, len(chunk))
        self._file.write(chunk)
        self._size += len(chunk)
        return place

    def keep(self) -> None:
        """Durable at the store when this returns."""
        self._file.seek(0)
        try:
            obstore.put(self._store, self.name, self._file, mode="create", use_multipart=False)
        except (BaseError, OSError) as error:
            raise KioskTrouble("intake.objects_away") from error
        finally:
            self._file.close()

    def drop(self) -> None:
        self._file.close()


class ObjectChunks:
    """A bucket, or a folder of one."""

    def __init__(self, store: Any) -> None:
        self._store = store

    @classmethod
    def open(cls, url: str) -> ObjectChunks:
        """The store at `s3://bucket/prefix`; keys, region and endpoint come from the usual AWS_… variables."""
        try:
            return cls(S3Store.from_url(url))
        except (BaseError, OSError) as error:
            raise KioskTrouble("intake.objects_away") from error

    def begin(self) -> ObjectSegment:
        return ObjectSegment(self._store)

    def read(self, place: Place, sha256: str) -> bytes:
        """The chunk, checked against its name."""
        try:
            data = bytes(obstore.get_range(self._store, place.segment, start=place.start, length=place.size))
        except (BaseError, OSError) as error:
            raise KioskTrouble("intake.chunk_lost", chunk=sha256[:16]) from error
        if sha256_hex(data) != sha256:
            raise KioskTrouble("intake.chunk_lost", chunk=sha256[:16])
        return data

    def has_room(self, least_mb: int) -> bool:
        """The store's own affair; a put that finds no room is a trouble."""
        return True

    def sweep(self, named: Container[str], now: datetime) -> int:
        """Remove what a crash left behind, a day later. How many went."""
        try:
            found = [one for page in obstore.list(self._store) for one in page]
            strays = [
                str(one["path"])
                for one in found
                if str(one["path"]).endswith(".segment")
                and str(one["path"]) not in named
                and (now - one["last_modified"]).total_seconds() > STRAY_SECONDS
            ]
            for path in strays:
                obstore.delete(self._store, path)
        except (BaseError, OSError) as error:
            raise KioskTrouble("intake.objects_away") from error
        return len(strays)
