"""Slower and faster: as long as asked, as loud, at the same pitch, for any sound."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.voice.player import SPEEDS
from ui.voice.stretch import stretched

RATE = 16_000


def tone(pitch: float, seconds: float) -> np.ndarray:
    return (0.3 * np.sin(2 * np.pi * pitch * np.arange(int(seconds * RATE)) / RATE)).astype(np.float32)


def pitch_of(sound: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 8 * len(sound)))
    return float(np.argmax(spectrum) * RATE / (8 * len(sound)))


@pytest.mark.parametrize("speed", SPEEDS)
@pytest.mark.parametrize("pitch", [110.0, 230.0, 780.0, 2500.0])
def test_a_tone_keeps_its_pitch_and_loudness(speed: float, pitch: float):
    made = stretched(tone(pitch, 2.0), RATE, speed)
    assert len(made) == pytest.approx(2.0 * RATE / speed, abs=2)
    assert pitch_of(made) == pytest.approx(pitch, rel=0.01)
    middle = made[RATE // 4 : -RATE // 4]
    assert np.sqrt((middle**2).mean()) == pytest.approx(0.3 / np.sqrt(2), rel=0.05)


@settings(max_examples=40, deadline=None)
@given(length=st.integers(0, 6000), seed=st.integers(0, 2**16), speed=st.sampled_from((0.5, 0.8, 1.0, 1.25, 2.0)))
def test_any_sound_comes_back_finite_and_no_louder_than_it_was(length: int, seed: int, speed: float):
    sound = np.random.default_rng(seed).uniform(-1, 1, length).astype(np.float32)
    made = stretched(sound, RATE, speed)
    assert np.isfinite(made).all()
    assert len(made) == 0 or np.abs(made).max() <= 1.001
    assert made.dtype == np.float32


@pytest.mark.parametrize("speed", [0.0, 0.3, 4.0])
def test_speeds_nobody_listens_to_are_refused(speed: float):
    with pytest.raises(ValueError, match="nobody listens"):
        stretched(tone(200, 0.1), RATE, speed)
