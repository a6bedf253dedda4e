"""The keys a kiosk knows: the court's public ones, and its own signing key.

`court/keys.json` in the state folder is written at enrolment and at each rotation, by kiosk-sync only; the window
process reads it and can seal, never open. `keys/device.key` and `keys/notice.key` are read by kiosk-sync alone. A key that ran out is used
for some days more with a warning to staff, then refused: never silently.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from kiosk.errors import KioskTrouble
from kiosk.filings.canonical import NotCanonical, canonical, parse
from kiosk.filings.envelope import read_stamp, stamp
from kiosk.filings.frames import MOST_CONTROL_BYTES
from kiosk.sealing.signing import SEED_BYTES, SigningKey, VerifyKey, key_id_of
from kiosk.sealing.suite import DEFAULT_SUITE, suite_named


class KeyUse(StrEnum):
    SEAL = "seal"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class CourtKey:
    """One public key of the court."""

    use: KeyUse
    suite: str
    public: bytes
    valid_from: datetime
    valid_to: datetime

    @property
    def key_id(self) -> str:
        return key_id_of(self.public)


@dataclass(frozen=True, slots=True)
class CourtKeys:
    """What enrolment left behind: whose kiosk this is and which keys its court has."""

    court_code: str
    kiosk_id: str
    keys: tuple[CourtKey, ...]

    def recipients(self, now: datetime, grace_days: int = 30) -> tuple[CourtKey, ...]:
        """The key to seal to: the newest that has begun. One past its time and the grace is a trouble.

        A clock that stands before every key we were given is wrong, so the earliest counts as begun.
        """
        sealing = [key for key in self.keys if key.use is KeyUse.SEAL]
        moment = max(now, min((key.valid_from for key in sealing), default=now))
        begun = [key for key in sealing if key.valid_from <= moment]
        usable = [key for key in begun if moment <= key.valid_to + timedelta(days=grace_days)]
        if not usable:
            raise KioskTrouble("sealing.key_expired")
        return (max(usable, key=lambda key: key.valid_from),)

    def expired(self, now: datetime) -> bool:
        """Staff must know: from now on every filing is sealed inside the grace."""
        return not any(key.use is KeyUse.SEAL and now <= key.valid_to for key in self.keys)

    def receipt_key(self, key_id: str) -> VerifyKey | None:
        """The key that may sign receipts under this name. Old ones stay: old receipts must verify for ever."""
        for key in self.keys:
            if key.use is KeyUse.RECEIPT and key.key_id == key_id:
                return VerifyKey(key.public)
        return None


@dataclass(frozen=True, slots=True)
class NoticeKey:
    """What opens the court's notices to this kiosk, and nothing a person ever handed in."""

    suite: str
    private: bytes = field(repr=False)

    @classmethod
    def make(cls) -> NoticeKey:
        private, _ = suite_named(DEFAULT_SUITE).make_pair()
        return cls(DEFAULT_SUITE, private)

    @property
    def public(self) -> bytes:
        return suite_named(self.suite).public_of(self.private)

    def stored(self) -> bytes:
        return canonical({"suite": self.suite, "private": self.private.hex()})


def court_keys_path(state: Path) -> Path:
    return state / "court" / "keys.json"


def device_key_path(state: Path) -> Path:
    return state / "keys" / "device.key"


def notice_key_path(state: Path) -> Path:
    return state / "keys" / "notice.key"


def read_court_keys(state: Path) -> CourtKeys:
    """The court's keys, or a trouble: without them nothing can be sealed and the kiosk takes no filing."""
    path = court_keys_path(state)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise KioskTrouble("sealing.not_enrolled") from error
    except OSError as error:
        raise KioskTrouble("sealing.keys_unreadable", file=str(path)) from error
    try:
        return parse_court_keys(data)
    except ValueError as error:
        raise KioskTrouble("sealing.keys_unreadable", file=str(path)) from error


def court_keys_bytes(keys: CourtKeys) -> bytes:
    return canonical(court_keys_plain(keys))


def court_keys_plain(keys: CourtKeys) -> dict[str, Any]:
    return {
        "court_code": keys.court_code,
        "kiosk_id": keys.kiosk_id,
        "keys": [
            {
                "use": str(key.use),
                "suite": key.suite,
                "public": key.public.hex(),
                "valid_from": stamp(key.valid_from),
                "valid_to": stamp(key.valid_to),
            }
            for key in keys.keys
        ],
    }


@lru_cache(maxsize=4)
def parse_court_keys(data: bytes) -> CourtKeys:
    """The keys these bytes name, or `NotCanonical`."""
    plain = parse(data, MOST_CONTROL_BYTES)
    try:
        return CourtKeys(
            str(plain["court_code"]),
            str(plain["kiosk_id"]),
            tuple(
                CourtKey(
                    KeyUse(key["use"]),
                    str(key["suite"]),
                    bytes.fromhex(key["public"]),
                    read_stamp(key["valid_from"]),
                    read_stamp(key["valid_to"]),
                )
                for key in plain["keys"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NotCanonical("not court keys") from error


def read_device_key(state: Path) -> SigningKey:
    """This kiosk's signing key. Only kiosk-sync asks for it."""
    path = device_key_path(state)
    try:
        seed = path.read_bytes()
    except FileNotFoundError as error:
        raise KioskTrouble("sealing.not_enrolled") from error
    except OSError as error:
        raise KioskTrouble("sealing.keys_unreadable", file=str(path)) from error
    if len(seed) != SEED_BYTES:
        raise KioskTrouble("sealing.keys_unreadable", file=str(path))
    return SigningKey(seed)


def read_notice_key(state: Path) -> NoticeKey | None:
    """What opens the court's notices. None for a kiosk that enrolled before there were any."""
    path = notice_key_path(state)
    try:
        return parse_notice_key(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise KioskTrouble("sealing.keys_unreadable", file=str(path)) from error


def parse_notice_key(data: bytes) -> NoticeKey:
    """The key these bytes hold, or `NotCanonical`."""
    plain = parse(data, MOST_CONTROL_BYTES)
    try:
        return NoticeKey(str(plain["suite"]), bytes.fromhex(plain["private"]))
    except (KeyError, TypeError, ValueError) as error:
        raise NotCanonical("not a notice key") from error
