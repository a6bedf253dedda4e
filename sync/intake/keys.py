"""The court's own keys: one signs receipts and stays with the intake, one opens filings and does not.

Both are made at the first start. `opening.key` is meant to be carried to an inner host: the serving process never
reads it, only `kiosk-intake show` does. The ledger holds the public halves, which every kiosk gets at enrolment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import canonical, parse
from kiosk.filings.envelope import read_stamp, stamp
from kiosk.sealing.keys import CourtKey, KeyUse
from kiosk.sealing.signing import SEED_BYTES, SigningKey, key_id_of
from kiosk.sealing.suite import DEFAULT_SUITE, suite_named
from kiosk.store.disk import write_once
from sync.intake.tables import Tables

VALID_DAYS = 400
SIGNING_SUITE = "ed25519"
MOST_KEY_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class KeyFolder:
    folder: Path

    @property
    def receipt(self) -> Path:
        return self.folder / "receipt.key"

    @property
    def opening(self) -> Path:
        return self.folder / "opening.key"


def make_keys(tables: Tables, folder: KeyFolder, now: datetime, suite: str = DEFAULT_SUITE) -> None:
    """The first keys of this ledger; does nothing when it has some."""
    with tables.atomic():
        if tables.one("SELECT 1 FROM court_key LIMIT 1"):
            return
        folder.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not folder.receipt.exists():
            write_once(folder.receipt, SigningKey.make().seed)
        if not folder.opening.exists():
            private, _ = suite_named(suite).make_pair()
            write_once(folder.opening, canonical({"suite": suite, "private": private.hex()}))
        signing = read_signing_key(folder)
        suite_name, private = _opening(folder.opening)
        until = now + timedelta(days=VALID_DAYS)
        for use, name, public in (
            (KeyUse.RECEIPT, SIGNING_SUITE, signing.public.raw),
            (KeyUse.SEAL, suite_name, suite_named(suite_name).public_of(private)),
        ):
            tables.add(
                "court_key",
                "key_id, use, suite, public, valid_from, valid_to",
                (key_id_of(public), use.value, name, public, stamp(now), stamp(until)),
            )


def public_keys(tables: Tables) -> tuple[CourtKey, ...]:
    """What a kiosk must know."""
    rows = tables.all("SELECT use, suite, public, valid_from, valid_to FROM court_key ORDER BY valid_from, key_id")
    return tuple(
        CourtKey(KeyUse(row[0]), row[1], bytes(row[2]), read_stamp(row[3]), read_stamp(row[4])) for row in rows
    )


def read_signing_key(folder: KeyFolder) -> SigningKey:
    """The key that signs receipts, or a trouble that names its file."""
    try:
        seed = folder.receipt.read_bytes()
    except OSError as error:
        raise KioskTrouble("intake.key_missing", file=str(folder.receipt)) from error
    if len(seed) != SEED_BYTES:
        raise KioskTrouble("intake.key_wrong", file=str(folder.receipt))
    return SigningKey(seed)


def opening_keys(path: Path) -> dict[str, bytes]:
    """The private opening key by its key id. For an inner host and for demonstrations."""
    suite, private = _opening(path)
    return {key_id_of(suite_named(suite).public_of(private)): private}


def _opening(path: Path) -> tuple[str, bytes]:
    try:
        plain = parse(path.read_bytes(), MOST_KEY_BYTES)
        return str(plain["suite"]), bytes.fromhex(plain["private"])
    except OSError as error:
        raise KioskTrouble("intake.key_missing", file=str(path)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise KioskTrouble("intake.key_wrong", file=str(path)) from error
