"""The two secrets of the window process: the store's key and the PIN pepper.

A systemd credential (bound to the TPM where there is one) comes first. Else a file only the service user may read,
made at the first start, durable before anything is encrypted under it. A key file on the same disk does not
protect a stolen disk; `SecretKind` says which kind is in use, and `kiosk --check` shows it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kiosk.errors import KioskTrouble
from kiosk.store.disk import write_once

SECRET_BYTES = 32


class SecretKind(StrEnum):
    CREDENTIAL = "credential"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class StoreKey:
    value: bytes = field(repr=False)
    kind: SecretKind


@dataclass(frozen=True, slots=True)
class Pepper:
    value: bytes = field(repr=False)
    kind: SecretKind


def store_key(state: Path, credentials: Path | None = None) -> StoreKey:
    """The key of the database in this state folder. Never makes a new one beside a database of an older key."""
    used = (state / "store" / "kiosk.db").exists()
    return StoreKey(*_secret(state, "store.key", credentials, may_make=not used))


def pin_pepper(state: Path, credentials: Path | None = None, *, may_make: bool) -> Pepper:
    """What every PIN is mixed with before it is hashed. Without it no clerk of this store can sign in."""
    return Pepper(*_secret(state, "pin.pepper", credentials, may_make=may_make))


def _secret(state: Path, name: str, credentials: Path | None, *, may_make: bool) -> tuple[bytes, SecretKind]:
    if credentials is not None and (credentials / name).exists():
        return _whole(credentials / name), SecretKind.CREDENTIAL
    path = state / "keys" / name
    if not path.exists():
        if not may_make:
            raise KioskTrouble("store.key_missing", file=str(path))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_once(path, secrets.token_bytes(SECRET_BYTES))  # another process may have been first: its file stands
    return _whole(path), SecretKind.FILE


def _whole(path: Path) -> bytes:
    try:
        value = path.read_bytes()
    except OSError as error:
        raise KioskTrouble("store.key_missing", file=str(path)) from error
    if len(value) != SECRET_BYTES:
        raise KioskTrouble("store.key_wrong", file=str(path))
    return value
