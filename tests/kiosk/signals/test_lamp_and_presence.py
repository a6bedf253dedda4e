"""Lamp and presence sensor: there when they are, absent without a word, and never anybody's reason to wait."""

from __future__ import annotations

import os
import pty
import select
import time
import tty
from collections.abc import Iterator
from queue import SimpleQueue

import pytest

from kiosk.serial_line import SerialLine
from kiosk.settings import Lamp, Presence
from kiosk.signals.lamp import Colour, SerialLamp, lamp_from, relay_bytes
from kiosk.signals.presence import SerialPresence, presence_from

PATIENCE = 5.0


@pytest.fixture
def line() -> Iterator[tuple[int, str]]:
    mine, theirs = pty.openpty()
    tty.setraw(theirs)
    yield mine, os.ttyname(theirs)
    os.close(mine)
    os.close(theirs)


def read(mine: int, count: int) -> bytes:
    data, until = b"", time.monotonic() + PATIENCE
    while len(data) < count and time.monotonic() < until:
        ready, _, _ = select.select([mine], [], [], 0.1)
        data += os.read(mine, count - len(data)) if ready else b""
    return data


def test_a_colour_switches_its_own_channel_and_the_others_off():
    assert relay_bytes(Colour.AMBER) == bytes.fromhex("A00100A1 A00201A3 A00300A3".replace(" ", ""))


def test_the_lamp_shows_what_was_wished_for(line):
    mine, path = line
    lamp = SerialLamp(SerialLine(path, 9600))
    lamp.start()
    try:
        for colour in (Colour.AMBER, Colour.GREEN):
            lamp.set(colour)
            assert read(mine, 12) == relay_bytes(colour)
    finally:
        lamp.stop()


def test_a_lamp_that_is_not_there_is_wished_for_in_no_time():
    lamp = SerialLamp(SerialLine("/dev/nothing-here", 9600), again_seconds=0.01)
    lamp.start()
    began = time.monotonic()
    for colour in Colour:
        lamp.set(colour)
    assert time.monotonic() - began < 0.05
    lamp.stop()


def test_the_sensor_says_who_is_here_and_nonsense_says_nothing(line):
    mine, path = line
    said: SimpleQueue[bool | None] = SimpleQueue()
    sensor = SerialPresence(SerialLine(path, 9600), said.put)
    sensor.start()
    try:
        assert sensor.wait_until_there(PATIENCE)  # what is sent before the line is open is lost
        os.write(mine, b"\xff?1\n")
        assert said.get(timeout=PATIENCE) is True
        os.write(mine, b"noise\n1\n1\n0\n")
        assert said.get(timeout=PATIENCE) is False
    finally:
        sensor.stop()
    assert said.empty()


def test_neither_is_there_by_default():
    assert lamp_from(Lamp()) is None
    assert presence_from(Presence(), lambda there: None) is None
