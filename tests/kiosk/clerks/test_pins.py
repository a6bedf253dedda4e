"""What a PIN looks like, and what of it the store keeps."""

from __future__ import annotations

import pytest

from kiosk.clerks.pin import draw_pin, hash_pin, is_strong, pin_fits
from kiosk.ids import ClerkNumber

CLERK = ClerkNumber("1001")
PEPPER = b"p" * 32


def test_a_drawn_pin_is_eight_digits_nobody_would_guess_first():
    pins = {draw_pin() for _ in range(500)}
    assert len(pins) == 500
    assert all(is_strong(pin) for pin in pins)


@pytest.mark.parametrize(
    "pin",
    [
        "11223344",
        "90871234",
        "98761357",
        "19840523",
        "23051984",
        "05231984",
        "13571357",
        "1357924",
        "135792468",
        "１３５７９２４６",
        "",
    ],
)
def test_repeats_runs_dates_and_other_lengths_are_not_drawn(pin: str):
    assert not is_strong(pin)


def test_only_the_right_pin_of_the_right_clerk_with_the_right_pepper_fits():
    kept = hash_pin(CLERK, "90813725", PEPPER)
    assert pin_fits(kept, CLERK, "90813725", PEPPER)
    assert not pin_fits(kept, CLERK, "90813726", PEPPER)
    assert not pin_fits(kept, ClerkNumber("1002"), "90813725", PEPPER)
    assert not pin_fits(kept, CLERK, "90813725", b"q" * 32)
    assert not pin_fits("rubbish", CLERK, "90813725", PEPPER)


def test_what_is_kept_is_argon2id_with_64_mib_three_passes_two_lanes():
    kept = hash_pin(CLERK, "90813725", PEPPER)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=2$")
    assert "90813725" not in kept
