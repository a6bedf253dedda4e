"""A printer's bytes are a stream to sort. Any splitting gives the same events, and garbage is never "fine"."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.slips.printer import PrinterState, Trouble
from printers.status import (
    BLOCK_CAP,
    Asb,
    EotAnswer,
    GsRAnswer,
    Info,
    MarkerCame,
    StatusReader,
    state_from_answers,
    state_from_asb,
)

MESSAGES = [
    (b"\x12", EotAnswer(0x12)),
    (b"\x32", EotAnswer(0x32)),
    (b"\x10\x00\x00\x00", Asb(b"\x10\x00\x00\x00")),
    (b"\x38\x00\x0c\x00", Asb(b"\x38\x00\x0c\x00")),
    (b'7"00A1\x00', MarkerCame("00A1")),
    (b'7"0zZ8\x00', MarkerCame("0zZ8")),
    (b"_CHINA GB18030\x00", Info("CHINA GB18030")),
    (b"\x0c", GsRAnswer(0x0C)),
]


def heard(data: bytes, cuts: list[int]) -> list[object]:
    reader, events = StatusReader(), []
    for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
        events += reader.feed(data[start:end])
    return events


def test_any_splitting_of_a_stream_gives_the_same_events():
    for seed in range(1000):
        dice = random.Random(seed)
        chosen = dice.choices(MESSAGES, k=12)
        data = b"".join(message for message, _ in chosen)
        cuts = sorted(dice.sample(range(len(data)), k=min(len(data), dice.randrange(8))))
        assert heard(data, cuts) == [event for _, event in chosen]


def test_a_status_message_in_the_middle_of_an_answer_spoils_neither():
    assert heard(b'7"0\x10\x00\x00\x000A1\x00', []) in (
        [Asb(b"\x10\x00\x00\x00"), MarkerCame("00A1")],
        [Asb(b"\x10\x00\x00\x00")],
    )


def test_flow_control_is_no_answer():
    assert heard(b"\x11\x13\x11", []) == []


def test_a_storm_is_not_hoarded():
    reader = StatusReader()
    began = time.process_time()
    assert reader.feed(b"\xff" * 1_000_000) == []
    assert reader.held <= BLOCK_CAP
    assert reader.noise == 1_000_000
    assert time.process_time() - began < 5


@given(st.binary(max_size=2000))
def test_random_bytes_stay_within_the_cap(data: bytes):
    reader = StatusReader()
    reader.feed(data)
    assert reader.held <= BLOCK_CAP + 4


@given(st.binary(max_size=400).map(lambda data: bytes(byte | 0x80 for byte in data)))
def test_bytes_with_the_high_bit_are_noise_only(data: bytes):
    events = StatusReader().feed(data)
    assert [event for event in events if not isinstance(event, EotAnswer)] == []


def test_a_block_without_end_is_given_up():
    reader = StatusReader()
    assert reader.feed(b"_" + b"A" * 500) == []
    assert reader.held <= BLOCK_CAP


@pytest.mark.parametrize(
    ("answers", "trouble"),
    [
        ({1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}, None),
        ({1: 0x1A, 2: 0x12, 3: 0x12, 4: 0x12}, Trouble.OFFLINE),
        ({1: 0x1A, 2: 0x16, 3: 0x12, 4: 0x12}, Trouble.COVER_OPEN),
        ({1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x72}, Trouble.PAPER_OUT),
        ({1: 0x1A, 2: 0x52, 3: 0x1A, 4: 0x12}, Trouble.CUTTER_JAM),
        ({1: 0x1A, 2: 0x52, 3: 0x32, 4: 0x12}, Trouble.PAPER_JAM),
        ({1: 0x1A, 2: 0x52, 3: 0x52, 4: 0x12}, Trouble.OVERHEATED),
        ({1: 0x12, 2: 0x12, 3: 0x12, 4: 0x1E}, None),
    ],
)
def test_each_answer_bit_has_its_meaning(answers: dict[int, int], trouble: Trouble | None):
    assert state_from_answers(answers, 0.0).trouble is trouble


@pytest.mark.parametrize(
    ("raw", "trouble"),
    [
        ("10000000", None),
        ("10000300", None),
        ("18000000", Trouble.OFFLINE),
        ("38000000", Trouble.COVER_OPEN),
        ("18000f00", Trouble.PAPER_OUT),
        ("18080000", Trouble.CUTTER_JAM),
        ("18200000", Trouble.PAPER_JAM),
        ("18400000", Trouble.OVERHEATED),
    ],
)
def test_each_status_bit_has_its_meaning(raw: str, trouble: Trouble | None):
    assert state_from_asb(bytes.fromhex(raw), 0.0).trouble is trouble


def test_paper_that_runs_low_warns_and_stops_nothing():
    state = state_from_answers({4: 0x1E}, 0.0)
    assert (state.near_end, state.trouble) == (True, None)
    assert PrinterState().trouble is None
