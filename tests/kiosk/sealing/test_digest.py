"""The digest on the slip is the standard's own."""

from __future__ import annotations

from kiosk.sealing.digest import sm3_hex


def test_sm3_gives_the_known_answer():
    assert sm3_hex(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
