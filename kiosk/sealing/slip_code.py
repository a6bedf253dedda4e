"""The code on a resume slip, and the form that is sealed under it.

Twelve characters, 60 bits, drawn by chance. The code is shown and printed and never kept: what is kept is a handle
that finds the sealed form, and the form itself under a key that only the code leads to (argon2id, 64 MiB, t = 3, p = 2:
about 0.2 s a guess). Where the form has an identity number its last four are mixed into the key, so a slip from the
floor opens nothing. The salt is the same at every kiosk, so that a form may be carried to another one; with 60 bits
of chance in the code a table of guesses would help nobody.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.sealing.hpke import CannotOpen

CHARACTERS = 12
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U
MOST_TYPED = 64
NONCE_BYTES = 12
HANDLE_BYTES = 16
KEY_BYTES = 32
_SALT = b"court-kiosk/slip-code/1"
_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_LOOK_ALIKE = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class CodeKey:
    """What a code leads to; the code itself is forgotten."""

    handle: str  # finds the sealed form, opens nothing
    key: bytes = field(repr=False)


class Cost(NamedTuple):
    """What one guess costs; the default is what every kiosk uses, or a slip of one would not open at another."""

    iterations: int = 3
    memory_kib: int = 64 * 1024


def draw_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CHARACTERS))


def read_code(typed: str) -> str | None:
    """The code a person typed, in any case and with any gaps, or None when it cannot be one."""
    if len(typed) > MOST_TYPED:
        return None
    bare = re.sub(r"[\s\-_.·—–]", "", typed.translate(_FULL_WIDTH).upper()).translate(_LOOK_ALIKE)
    return bare if len(bare) == CHARACTERS and not set(bare) - set(ALPHABET) else None


def shown_code(code: str) -> str:
    """`7F3A-K2M9-XQ4T`, as it stands on glass and paper."""
    return "-".join(code[at : at + 4] for at in range(0, CHARACTERS, 4))


def stretch(code: str, cost: Cost = Cost()) -> CodeKey:  # noqa: B008  (a constant)
    """Slow on purpose."""
    length, iterations, memory = HANDLE_BYTES + KEY_BYTES, cost.iterations, cost.memory_kib
    kdf = Argon2id(salt=_SALT, length=length, iterations=iterations, lanes=2, memory_cost=memory)
    derived = kdf.derive(code.encode("ascii"))
    return CodeKey(derived[:HANDLE_BYTES].hex(), derived[HANDLE_BYTES:])


def seal_form(code_key: CodeKey, body: bytes, bound: bytes, last_four: str) -> bytes:
    """`bound` is what the seal vouches for beside the form: whose it is and until when it may be opened."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key(code_key, last_four)).encrypt(nonce, body, bound)


def open_form(code_key: CodeKey, sealed: bytes, bound: bytes, last_four: str) -> bytes:
    """The form, or `CannotOpen`: other digits, another date, or a changed byte."""
    try:
        return AESGCM(_key(code_key, last_four)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


def _key(code_key: CodeKey, last_four: str) -> bytes:
    info = b"court-kiosk/saved-form/1\0" + last_four.strip().upper().encode("utf-8", "replace")
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=info).derive(code_key.key)
