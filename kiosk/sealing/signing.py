"""Signatures: Ed25519 over a context and canonical bytes.

The context ("ck-envelope/1", "ck-receipt/1" …) keeps a signature on one kind of message from counting on another.
Ed25519 is deterministic: signing the same bytes again gives the same signature, so retries are identical.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.filings.canonical import sha256_hex

SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class SigningKey:
    seed: bytes = field(repr=False)

    @classmethod
    def make(cls) -> SigningKey:
        return cls(secrets.token_bytes(SEED_BYTES))

    @property
    def public(self) -> VerifyKey:
        return VerifyKey(Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def sign(self, context: str, message: bytes) -> str:
        """The signature in hex."""
        return self.sign_bare(_bound(context, message))

    def sign_bare(self, message: bytes) -> str:
        """Without a context of ours: only for formats others defined, whose bytes cannot be one of our messages."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message).hex()


@dataclass(frozen=True, slots=True)
class VerifyKey:
    raw: bytes

    @property
    def key_id(self) -> str:
        return key_id_of(self.raw)

    def verifies(self, signature: str, context: str, message: bytes) -> bool:
        """Whether this key made this signature over this message in this context."""
        return self.verifies_bare(signature, _bound(context, message))

    def verifies_bare(self, signature: str, message: bytes) -> bool:
        try:
            raw = bytes.fromhex(signature)
            if raw.hex() != signature:
                return False  # capitals and blanks would be another spelling of the same message
            Ed25519PublicKey.from_public_bytes(self.raw).verify(raw, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def key_id_of(public: bytes) -> str:
    """A short name for a public key: the first 16 hex digits of its SHA-256."""
    return sha256_hex(public)[:16]


def _bound(context: str, message: bytes) -> bytes:
    return context.encode("ascii") + b"\0" + message
