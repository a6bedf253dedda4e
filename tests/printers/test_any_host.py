"""The virtual printer stands before any ESC/POS host: what others send is understood, and drawn as they meant it."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kiosk.slips.parts import Cut, Logo, Slip, Text
from printers.encode import encode
from printers.escpos_printer import codes_for
from printers.logo import keep_logo
from printers.picture import draw_dots
from printers.preview import preview
from printers.profiles import load_profile
from printers.virtual import VirtualPrinter
from printers.virtual.control import obey
from printers.virtual.lines import PtyLine, TcpLine

VIRTUAL = load_profile("virtual-80mm")


@pytest.fixture
def host() -> Any:
    """Somebody else's program: python-escpos as its own documentation shows it, pictures and all."""
    codes_for(VIRTUAL)
    import escpos.printer

    return escpos.printer.Dummy(profile="TM-T88III")


def printed(data: bytes) -> VirtualPrinter:
    printer = VirtualPrinter(VIRTUAL, buffer_bytes=len(data) + 1)
    printer.plug()
    printer.receive(data)
    printer.advance(3600.0)
    return printer


def test_a_receipt_of_another_program_is_understood_to_the_last_byte(host: Any):
    host.hw("INIT")
    host.set(align="center", bold=True, double_height=True, double_width=True)
    host.text("Coffee\n")
    host.set(align="left", bold=False, normal_textsize=True, underline=1, font="b", invert=False, smooth=True)
    host.text("one espresso      1.80\n")
    host.line_spacing(40)
    host.control("HT")
    host.text("x\n")
    host.qr("https://example.org/1", native=True, size=5)
    host.barcode("{B12345", "CODE128", function_type="B")
    host.print_and_feed(2)
    host.cashdraw(2)
    host.panel_buttons(True)
    host.cut()
    printer = printed(host.output)
    assert printer.unknown_commands == []
    assert [line.strip() for line in printer.papers[0].lines if line.strip()][:2] == [
        "Coffee",
        "one espresso      1.80",
    ]
    assert printer.papers[0].codes == ("https://example.org/1", "12345")
    assert printer.papers[0].cut


@pytest.mark.parametrize("way", ["bitImageRaster", "graphics", "bitImageColumn"])
def test_a_picture_of_another_program_prints_the_same_dots(host: Any, way: str, tmp_path: Path):
    picture = Image.effect_noise((96, 48), 120).convert("1")
    picture.save(tmp_path / "noise.png")
    host.hw("INIT")
    host.image(str(tmp_path / "noise.png"), impl=way, high_density_vertical=True, high_density_horizontal=True)
    host.cut()
    printer = printed(host.output)
    assert printer.unknown_commands == []
    dots = draw_dots(printer.papers[0]).crop((0, 0, 96, 48))
    assert dots.tobytes() == picture.tobytes()


@pytest.mark.parametrize("by", ["fs_q", "gs_paren_l"])
def test_a_logo_is_stored_once_and_printed_by_a_few_bytes(by: str):
    import msgspec

    model = msgspec.structs.replace(VIRTUAL, nv_logo=1, nv_logo_by=by)
    picture = Image.effect_noise((64, 40), 120).convert("1")
    ticket = b"".join(encode(Slip((Logo(), Text("立案"), Cut())), model, codes_for(model)))
    printer = printed(keep_logo(picture, model) + ticket)
    (paper,) = printer.papers
    assert printer.unknown_commands == []
    assert len(ticket) < 120
    left = (576 - 64) // 2
    assert draw_dots(paper).crop((left, 0, left + 64, 40)).tobytes() == picture.tobytes()


@given(st.text(max_size=120))
def test_no_words_of_a_person_break_it(words: str):
    printer = VirtualPrinter(VIRTUAL)
    assert obey(printer, words)


FAULT_WORDS = [
    ("cover on", "cover", lambda p: p.cover),
    ("cutter on", "cutter", lambda p: p.cutter),
    ("hot on", "hot", lambda p: p.hot),
    ("offline on", "offline", lambda p: p.button_offline),
    ("paper out", "paper out", lambda p: p.paper_out),
    ("paper 200", "well", lambda p: p.roll_dots == 1598),
    ("line-out 3", "well", lambda p: p.stop_line == 3),
    ("silent on", "silent", lambda p: p.faults.silent),
    ("storm on", "storm", lambda p: p.faults.storm),
    ("half-answer on", "half_answer", lambda p: p.faults.half_answer),
    ("asb-inside on", "asb_inside", lambda p: p.faults.asb_inside),
    ("wrong-id on", "wrong_id", lambda p: p.faults.wrong_id),
    ("late 3", "well", lambda p: p.faults.late_seconds == 3.0),
    ("cut-at 100", "well", lambda p: p.faults.cut_at == 100),
    ("stall-at 7", "well", lambda p: p.faults.stall_at == 7),
    ("flip-at 7", "well", lambda p: p.faults.flip_at == 7),
    ("junk-at 7", "well", lambda p: p.faults.junk_at == 7),
    ("lose-at 7", "well", lambda p: p.faults.lose_at == 7),
    ("power-off-at 7", "well", lambda p: p.faults.power_off_at == 7),
    ("power off", "power off", lambda p: not p.powered),
    ("line cut", "line cut", lambda p: p.line_cut),
]


@pytest.mark.parametrize(("words", "told", "true"), FAULT_WORDS, ids=[one[0] for one in FAULT_WORDS])
def test_every_fault_is_switched_while_it_runs(words: str, told: str, true: Callable[[VirtualPrinter], bool]):
    printer = VirtualPrinter(VIRTUAL)
    answer = obey(printer, words)
    assert true(printer)
    assert told in answer
    if not printer.powered:
        obey(printer, "power on")
    assert obey(printer, "well").startswith("done: well")


def test_the_command_takes_words_from_its_socket(tmp_path: Path, root: Path):
    link, control = tmp_path / "link", tmp_path / "control"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "printers.virtual", "--port", "0"),
            *("--port-file", str(link), "--control", str(control)),
        ],
        cwd=root,
        stdout=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 20
        while not (link.exists() and control.exists()):
            assert time.monotonic() < end
            os.sched_yield()
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(10)
            line.connect(str(control))
            line.sendall(b"paper out\n")
            assert b"paper out" in line.recv(200)
        assert control.stat().st_mode & 0o077 == 0
    finally:
        process.terminate()
        assert process.wait(timeout=10) == 0
    assert not control.exists()


@pytest.mark.parametrize("kind", [PtyLine, TcpLine])
def test_a_line_of_19200_baud_takes_as_long_as_one(kind: type):
    printer = VirtualPrinter(VIRTUAL, dots_a_second=1e6, buffer_bytes=4096)
    line = kind(printer, baud=19200)
    line.start()
    data = b"x" * 960  # half a second
    try:
        if kind is TcpLine:
            caller = socket.create_connection(("127.0.0.1", line.port))
            send = caller.sendall
        else:
            caller = io.FileIO(os.open(line.path, os.O_RDWR | os.O_NOCTTY), "r+b")  # type: ignore[assignment]
            send = caller.write  # type: ignore[attr-defined]
        began = time.monotonic()
        send(data)
        while printer.bytes_taken < len(data):
            assert time.monotonic() - began < 10
            os.sched_yield()
        took = time.monotonic() - began
        caller.close()
    finally:
        line.stop()
    assert 0.42 <= took <= 2.0  # a loaded machine may be slower, never faster


def test_whoever_calls_second_is_refused(tmp_path: Path):
    printer = VirtualPrinter(VIRTUAL)
    line = TcpLine(printer)
    line.start()
    try:
        with socket.create_connection(("127.0.0.1", line.port)) as first:
            first.sendall(b"\x10\x04\x01")
            assert first.recv(1) == b"\x12"
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", line.port)).close()
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", line.port)).close()
                break
            except ConnectionRefusedError:
                assert time.monotonic() < deadline
    finally:
        line.stop()


def test_preview_of_nothing_is_nothing():
    assert preview(b"", VIRTUAL) == ()
