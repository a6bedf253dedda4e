"""Wrapping one filing's key for the court: HPKE (RFC 9180), base mode, single shot.

`info` binds the wrap to its suite and filing, so a wrapped key moved to another envelope opens nothing.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat


class CannotOpen(ValueError):
    """The key, the place or the bytes are not the right ones; which of them is not told."""


class X25519Suite:
    """X25519, HKDF-SHA256, AES-256-GCM."""

    name = "hpke-x25519-aes256gcm-1"

    def __init__(self) -> None:
        self._suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)

    def make_pair(self) -> tuple[bytes, bytes]:
        private = x25519.X25519PrivateKey.generate().private_bytes_raw()
        return private, self.public_of(private)

    def public_of(self, private: bytes) -> bytes:
        return x25519.X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()

    def wrap(self, key: bytes, public: bytes, info: bytes) -> bytes:
        return self._suite.encrypt(key, x25519.X25519PublicKey.from_public_bytes(public), info)

    def unwrap(self, wrapped: bytes, private: bytes, info: bytes) -> bytes:
        try:
            return self._suite.decrypt(wrapped, x25519.X25519PrivateKey.from_private_bytes(private), info)
        except (InvalidTag, ValueError) as error:
            raise CannotOpen from error


class HybridSuite:
    """ML-KEM-768 with X25519: what is recorded today stays closed to a quantum computer tomorrow.

    Private form: ML-KEM seed (64) then X25519 (32). Public form: ML-KEM (1184) then X25519 (32).
    """

    name = "hpke-mlkem768x25519-aes256gcm-1"

    def __init__(self) -> None:
        self._suite = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)

    def make_pair(self) -> tuple[bytes, bytes]:
        seed = mlkem.MLKEM768PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        private = seed + x25519.X25519PrivateKey.generate().private_bytes_raw()
        return private, self.public_of(private)

    def public_of(self, private: bytes) -> bytes:
        lattice, curve = self._halves(private)
        return lattice.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw) + curve.public_key().public_bytes_raw()

    def wrap(self, key: bytes, public: bytes, info: bytes) -> bytes:
        lattice = mlkem.MLKEM768PublicKey.from_public_bytes(public[:-32])
        curve = x25519.X25519PublicKey.from_public_bytes(public[-32:])
        return self._suite.encrypt(key, hpke.MLKEM768X25519PublicKey(lattice, curve), info)

    def unwrap(self, wrapped: bytes, private: bytes, info: bytes) -> bytes:
        try:
            return self._suite.decrypt(wrapped, hpke.MLKEM768X25519PrivateKey(*self._halves(private)), info)
        except (InvalidTag, ValueError) as error:
            raise CannotOpen from error

    @staticmethod
    def _halves(private: bytes) -> tuple[mlkem.MLKEM768PrivateKey, x25519.X25519PrivateKey]:
        return (
            mlkem.MLKEM768PrivateKey.from_seed_bytes(private[:64]),
            x25519.X25519PrivateKey.from_private_bytes(private[64:]),
        )
