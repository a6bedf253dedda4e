"""The printer made of software behaves like one, whatever it is sent."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printers.picture import draw
from printers.profiles import load_profile
from printers.virtual import Faults, VirtualPrinter

VIRTUAL = load_profile("virtual-80mm")
START = b"\x1b@\x1c&"
CUT = b"\x1dVB\x00"


def printed(data: bytes, **more: object) -> VirtualPrinter:
    printer = VirtualPrinter(VIRTUAL, buffer_bytes=1_000_000, **more)
    printer.plug()
    printer.receive(data)
    printer.advance(3600.0)
    return printer


PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from([b"\x1b", b"\x1d", b"\x1c", b"\x10", b"\x1d(k", b"\x1d(H", b"\x1dv0", b"\x1b*", b"\x1dk", b"\n"]),
    st.sampled_from(
        [
            b"\x1d(k\x00\x00",
            b"\x1d(k\x03\x001C\x00",
            b"\x1d(k\x03\x001Q0",
            b"\x1d(k\x05\x001P0\xff\x00",
            b"\x1dv0\x00\x00\x00\x00\x00",
            b"\x1dv0\x00\xff\x00\x01\x00" + b"\xff" * 255,
            b"\x1b*\x21\x00\x00",
            b"\x1dkI\x00",
            b"\x1d!\x77",
            b"\x1ba\x09",
        ]
    ),
    st.text("立案䶮㛃𬎆abc", max_size=8).map(lambda text: text.encode("gb18030")),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=40).map(b"".join))
def test_no_bytes_break_it_and_what_came_out_can_be_drawn(data: bytes):
    printer = printed(data)
    assert draw(printer.papers).startswith(b"\x89PNG")


def test_real_time_commands_are_obeyed_also_inside_a_picture():
    inside = b"\x1dv0\x00\x01\x00\x08\x00\x10\x04\x01\x10\x14\x01\x00\x00"
    assert printed(START + inside).transmit().endswith(b"\x12")
    assert printed(START + inside).kicks == 1
    assert printed(START + inside, faults=Faults(real_time=False)).kicks == 0


def test_switched_off_pulses_kick_no_drawer():
    off = b"\x1d(D\x05\x00\x14\x01\x00\x02\x00"
    printer = printed(START + off)
    printer.receive(b"\x10\x14\x01\x00\x00")
    assert printer.kicks == 0


def test_a_marker_answers_only_after_the_paper_moved():
    printer = VirtualPrinter(VIRTUAL)
    printer.plug()
    printer.receive(START + b"abc\n" + b"\x1d(H\x06\x0000A1B2")
    printer.advance(0.0)
    assert printer.transmit() == b""
    printer.advance(1.0)
    assert printer.transmit() == b'7"A1B2\x00'


def test_of_markers_nobody_heard_only_the_newest_is_said():
    printer = VirtualPrinter(VIRTUAL)
    printer.receive(START + b"\x1d(H\x06\x0000AAAA\x1d(H\x06\x0000BBBB")
    printer.advance(1.0)
    printer.plug()
    assert printer.transmit() == b'7"BBBB\x00'


def test_a_full_buffer_takes_no_more_until_the_paper_moves():
    printer = VirtualPrinter(VIRTUAL, buffer_bytes=100, roll_dots=0)
    printer.plug()
    assert printer.receive(START + b"line of text\n" * 50) < 200
    assert printer.receive(b"more") == 0
    printer.load_paper()
    printer.advance(10.0)
    assert printer.receive(b"more") == 4


def test_the_buffer_outlives_an_empty_roll_and_not_a_power_cut():
    kept, lost = (VirtualPrinter(VIRTUAL, roll_dots=40) for _ in range(2))
    for printer in (kept, lost):
        printer.plug()
        printer.receive(START + b"one\ntwo\nthree\n" + CUT)
        printer.advance(5.0)
        assert [paper.lines for paper in printer.papers] == [("one",)]
    lost.power_off()
    lost.power_on()
    for printer in (kept, lost):
        printer.load_paper()
        printer.advance(10.0)
    assert [paper.lines for paper in kept.papers] == [("one",), ("two", "three")]
    assert [paper.lines for paper in lost.papers] == [("one",)]


def test_a_clear_in_real_time_empties_the_buffer():
    printer = VirtualPrinter(VIRTUAL, roll_dots=40)
    printer.plug()
    printer.receive(START + b"one\ntwo\nthree\n" + CUT)
    printer.advance(5.0)
    printer.receive(bytes((0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8)))
    printer.load_paper()
    printer.advance(10.0)
    assert [paper.lines for paper in printer.papers] == [("one",)]


def test_status_messages_come_when_something_changes_and_only_when_asked_for():
    for ask, said in ((b"", b""), (b"\x1da\xff", b"\x38\x00\x00\x00")):
        printer = printed(START + ask)
        printer.transmit()
        printer.switch(cover=True)
        assert printer.transmit() == said


def test_an_unknown_command_is_noted_and_never_guessed():
    assert printed(START + b"\x1b\x01\x1d\x01abc\n").unknown_commands == [b"\x1b\x01", b"\x1d\x01"]


@pytest.mark.parametrize(
    ("rom", "text", "boxes"), [("gb2312", "镕", 1), ("gbk", "镕", 0), ("gbk", "䶮", 1), ("gb18030-4", "㛃", 0)]
)
def test_each_rom_has_its_own_characters(rom: str, text: str, boxes: int):
    import msgspec

    printer = VirtualPrinter(msgspec.structs.replace(VIRTUAL, rom=rom))
    printer.receive(START + text.encode("gb18030") + b"\n" + CUT)
    printer.advance(5.0)
    assert printer.papers[0].boxes == boxes
