"""A practice court: keys made on the spot, so that `kiosk-desk file` works on a machine no court has enrolled.

The opening key lies beside the filings it opens, so nothing here is protected, and nothing is ever sent:
there is no court behind these keys.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kiosk.ids import KioskId
from kiosk.sealing.keys import CourtKey, CourtKeys, KeyUse, court_keys_bytes, court_keys_path
from kiosk.sealing.signing import SigningKey
from kiosk.sealing.suite import DEFAULT_SUITE, suite_named
from kiosk.settings import Court, Keeping, Settings

FROM = datetime(2020, 1, 1, tzinfo=UTC)
TO = datetime(2100, 1, 1, tzinfo=UTC)


def practice_settings(folder: Path) -> Settings:
    """Settings of a kiosk that belongs to no court, with its state in this folder."""
    return Settings(
        kiosk_id="000000-PRACTICE",
        state_folder=str(folder),
        court=Court(name="练习人民法院（无效）", code="110105"),
        keeping=Keeping(min_free_mb=50, ballast_mb=0),
    )


def enrol_for_practice(settings: Settings) -> None:
    """Write the practice court's public keys where the desk looks for them, once."""
    path = court_keys_path(settings.state)
    if path.exists():
        return
    private, public = suite_named(DEFAULT_SUITE).make_pair()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    (path.parent / "practice-opening.key").write_bytes(private)
    keys = (
        CourtKey(KeyUse.SEAL, DEFAULT_SUITE, public, FROM, TO),
        CourtKey(KeyUse.RECEIPT, "ed25519", SigningKey.make().public.raw, FROM, TO),
    )
    kiosk_id = KioskId(settings.kiosk_id)
    path.write_bytes(court_keys_bytes(CourtKeys(settings.court.code, kiosk_id, keys)))
