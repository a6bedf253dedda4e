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
from kiosk.store.sealed_files import RealDisk, write_durably
from sync.intake.tables import Tables
from sync.key_news import told_key

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
            _add_public(tables, CourtKey(use, name, public, now, until))


def rotate(tables: Tables, folder: KeyFolder, use: KeyUse, now: datetime) -> CourtKey:
    """A new key of this use, told to the kiosks by the key that signs receipts now.

    Cut off anywhere it leaves nothing sealed to a key that is lost: an opening key is on the disk before anybody hears
    of it, and one for receipts signs nothing before everybody may. Old private halves stay: old filings must open.
    """
    old, until = read_signing_key(folder), now + timedelta(days=VALID_DAYS)
    if use is KeyUse.SEAL:
        private, public = suite_named(DEFAULT_SUITE).make_pair()
        key = CourtKey(use, DEFAULT_SUITE, public, now, until)
        made = canonical({"suite": DEFAULT_SUITE, "private": private.hex()})
        write_once(folder.folder / f"opening-{key.key_id}.key", made)
        _announce(tables, key, old, now)
        return key
    new = SigningKey.make()
    key = CourtKey(use, SIGNING_SUITE, new.public.raw, now, until)
    _announce(tables, key, old, now)
    write_once(folder.folder / f"receipt-{old.public.key_id}.key", old.seed)
    write_durably(RealDisk(), folder.receipt, new.seed)
    return key


def _announce(tables: Tables, key: CourtKey, by: SigningKey, now: datetime) -> None:
    with tables.atomic():
        _add_public(tables, key)
        tables.add("key_change", "key_id, at, message", (key.key_id, stamp(now), canonical(told_key(key, by))))


def key_changes(tables: Tables) -> tuple[bytes, ...]:
    """Every message that told a new key, the oldest first."""
    return tuple(bytes(row[0]) for row in tables.all("SELECT message FROM key_change ORDER BY at, key_id"))


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
    """The private opening keys by key id: one file, or all `opening*.key` of a folder. For an inner host."""
    found = (_opening(file) for file in (sorted(path.glob("opening*.key")) if path.is_dir() else [path]))
    return {key_id_of(suite_named(suite).public_of(private)): private for suite, private in found}


def _add_public(tables: Tables, key: CourtKey) -> None:
    tables.add(
        "court_key",
        "key_id, use, suite, public, valid_from, valid_to",
        (key.key_id, key.use.value, key.suite, key.public, stamp(key.valid_from), stamp(key.valid_to)),
    )


def _opening(path: Path) -> tuple[str, bytes]:
    try:
        plain = parse(path.read_bytes(), MOST_KEY_BYTES)
        return str(plain["suite"]), bytes.fromhex(plain["private"])
    except OSError as error:
        raise KioskTrouble("intake.key_missing", file=str(path)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise KioskTrouble("intake.key_wrong", file=str(path)) from error
