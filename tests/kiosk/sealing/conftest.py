"""One court key and one identity to seal under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from kiosk.filings.envelope import FIRST_HASH, Place
from kiosk.ids import FilingId, KioskId, PackId
from kiosk.sealing.keys import CourtKey, KeyUse
from kiosk.sealing.seal import Identity
from kiosk.sealing.suite import SUITES, suite_named


@dataclass(frozen=True)
class Pair:
    public: CourtKey
    private: bytes

    @property
    def opens(self) -> dict[str, bytes]:
        return {self.public.key_id: self.private}


@pytest.fixture
def make_pair():
    def make(suite: str = "hpke-x25519-aes256gcm-1") -> Pair:
        private, public = suite_named(suite).make_pair()
        year = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))
        return Pair(CourtKey(KeyUse.SEAL, suite, public, *year), private)

    return make


@pytest.fixture(params=sorted(SUITES))
def pair(request, make_pair) -> Pair:
    return make_pair(request.param)


@pytest.fixture
def identity() -> Identity:
    return Identity(
        filing_id=FilingId("019f0000-0000-7000-8000-000000000001"),
        rev=1,
        kind="new",
        kiosk_id=KioskId("110105-K01"),
        court_code="110105",
        place=Place(1, 1, FIRST_HASH),
        ticket_time=datetime(2026, 11, 23, 4, 0, 7, tzinfo=UTC),
        boot_id="00000000-0000-4000-8000-000000000001",
        monotonic_ms=5000,
        pack_id=PackId("private_lending"),
        pack_version="2026.1",
    )
