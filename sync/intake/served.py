"""What one intake serves from, and how its ledger is opened: by the server, and by the ferry beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.clock import Clock
from kiosk.errors import KioskTrouble
from kiosk.sealing.signing import SigningKey
from sync.intake.chunks import open_chunks
from sync.intake.keys import KeyFolder, make_keys, read_signing_key
from sync.intake.ledger import Ledger
from sync.intake.tables import Tables, is_postgres, sqlite_path


@dataclass(frozen=True, slots=True)
class Served:
    database: str
    blobs: Path | str  # a folder, or s3://bucket/prefix
    keys: KeyFolder
    clock: Clock
    min_free_mb: int = 200


def beside(database: str, name: str) -> Path:
    """Where keys or chunks are when nobody says: beside the ledger's file."""
    if is_postgres(database):
        raise KioskTrouble("intake.folder_needed", name=name)
    return sqlite_path(database).parent / name


def open_ledger(served: Served) -> tuple[Tables, Ledger, SigningKey]:
    """The ledger of this thread, with its keys made at the very first start."""
    tables, now = Tables.open(served.database), served.clock.now()
    try:
        make_keys(tables, served.keys, now)
        key = read_signing_key(served.keys)
        if not tables.one("SELECT 1 FROM court_key WHERE key_id = ?", key.public.key_id):
            raise KioskTrouble("intake.key_wrong", file=str(served.keys.receipt))
        chunks = open_chunks(served.blobs)
        chunks.sweep({str(row[0]) for row in tables.all("SELECT DISTINCT place FROM chunk")}, now)
        return tables, Ledger(tables, chunks, key, served.clock), key
    except KioskTrouble:
        tables.close()
        raise
