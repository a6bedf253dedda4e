"""The waits after wrong PINs, exactly; and that neither the plug nor the clock shortens one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clerks.lockout import Failure, Now, is_locked, seconds_left, wait_after

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_five_tries_are_free_then_each_wait_doubles_and_the_fifteenth_wrong_one_locks():
    assert [wait_after(failures) for failures in range(15)] == [
        0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 960, 1920, 3840, 7680,
    ]  # fmt: skip
    assert [failures for failures in range(20) if is_locked(failures)] == [15, 16, 17, 18, 19]


def test_locking_somebody_out_on_purpose_takes_over_four_hours():
    assert sum(wait_after(failures) for failures in range(15)) > 4 * 3600


@pytest.mark.parametrize(("passed_ms", "left"), [(0, 15), (1, 15), (1000, 14), (14_999, 1), (15_000, 0), (99_000, 0)])
def test_the_wait_runs_out_with_the_clock(passed_ms: int, left: int):
    last = Failure(5, START, "boot", 50_000)
    assert seconds_left(last, Now(START + timedelta(milliseconds=passed_ms), "boot", 50_000 + passed_ms)) == left


def test_setting_the_wall_clock_forward_shortens_nothing():
    last = Failure(8, START, "boot", 50_000)
    assert seconds_left(last, Now(START + timedelta(days=9), "boot", 51_000)) == 119


def test_setting_the_wall_clock_back_lengthens_nothing():
    last = Failure(8, START, "boot", 50_000)
    assert seconds_left(last, Now(START - timedelta(days=900), "boot", 51_000)) == 119


def test_pulling_the_plug_begins_the_wait_again():
    last = Failure(8, START, "boot", 50_000)
    assert seconds_left(last, Now(START + timedelta(seconds=100), "next boot", 4_000)) == 116


@given(
    st.integers(5, 14),
    st.integers(0, 10_000_000),
    st.integers(-(10**9), 10**9),
    st.booleans(),
)
def test_no_play_with_clock_or_plug_ends_a_wait_early(failures: int, real_ms: int, clock_pushed_s: int, rebooted: bool):
    last = Failure(failures, START, "boot", 1_000_000)
    wall = START + timedelta(milliseconds=real_ms, seconds=clock_pushed_s)
    now = Now(wall, "next", real_ms) if rebooted else Now(wall, "boot", 1_000_000 + real_ms)
    assert seconds_left(last, now) * 1000 >= wait_after(failures) * 1000 - real_ms
