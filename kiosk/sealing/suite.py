"""Which algorithms a court's key means, by one name.

The name stands in the court's key and in every envelope. Frame hashes and chunk ids stay SHA-256 in every suite.
The SM2/SM4 suite is reserved: a court that needs it needs a certified module, which plugs in here.
"""

from __future__ import annotations

from typing import Protocol

from kiosk.errors import KioskTrouble
from kiosk.sealing import hpke

DEFAULT_SUITE = "hpke-x25519-aes256gcm-1"
RESERVED = ("sm2-sm4gcm-sm3-1",)


class Suite(Protocol):
    """How a filing's key is wrapped for one recipient."""

    name: str

    def make_pair(self) -> tuple[bytes, bytes]:
        """A fresh (private, public) key."""

    def public_of(self, private: bytes) -> bytes: ...

    def wrap(self, key: bytes, public: bytes, info: bytes) -> bytes: ...

    def unwrap(self, wrapped: bytes, private: bytes, info: bytes) -> bytes:
        """The key, or `CannotOpen`."""


SUITES: dict[str, Suite] = {suite.name: suite for suite in (hpke.X25519Suite(), hpke.HybridSuite())}


def suite_named(name: str) -> Suite:
    """The suite of this name, or a trouble: an unknown suite is never guessed at."""
    if name in RESERVED:
        raise KioskTrouble("sealing.suite_needs_module", suite=name)
    if name not in SUITES:
        raise KioskTrouble("sealing.suite_unknown")
    return SUITES[name]
