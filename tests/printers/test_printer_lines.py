"""Real lines in real time: TCP, a pseudo terminal, a file. Nothing hangs, and every end has its name."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.clock import SystemClock
from kiosk.settings import Printer as PrinterSettings
from kiosk.slips.job import JobState
from kiosk.slips.parts import Slip, for_attempt
from kiosk.slips.printer import NotStarted, Printed, PrinterState, Proof, Taken, Trouble, Unclear
from kiosk.slips.slip import OFFLINE_SLIP
from kiosk.store.spool import Spool
from printers.cups import CupsCommands, CupsRaw, is_queue
from printers.line_printer import LinePrinter
from printers.memory import MemoryPrinter
from printers.profiles import load_profile
from printers.spooler import PrinterReport, Spooler
from printers.transports import FilePort, SerialPort, Tcp9100, UsbLp
from printers.virtual import Faults, VirtualPrinter
from printers.virtual.lines import PtyLine, TcpLine

NUMBER = "0105-261123-0007-K3"
VIRTUAL = load_profile("virtual-80mm")


def first_paper(slip: Slip) -> Slip:
    return for_attempt(slip, 1, datetime(2026, 11, 23, 4, 0, tzinfo=UTC))


Plugged = Callable[..., tuple[VirtualPrinter, Any, LinePrinter]]


@pytest.fixture
def plugged() -> Iterator[Plugged]:
    """A virtual printer on this kind of line, and the driver at the other end."""
    ends: list[tuple[Any, LinePrinter]] = []

    def make(kind: str, **more: Any) -> tuple[VirtualPrinter, Any, LinePrinter]:
        printer = VirtualPrinter(VIRTUAL, dots_a_second=1e6, **more)
        line = TcpLine(printer) if kind == "tcp" else PtyLine(printer)
        line.start()
        transport = (
            Tcp9100("127.0.0.1", line.port) if isinstance(line, TcpLine) else SerialPort(line.path, 115200, "none")
        )
        driver = LinePrinter(VIRTUAL, transport)
        ends.append((line, driver))
        return printer, line, driver

    yield make
    for line, driver in ends:
        driver.close()
        line.stop()


@pytest.mark.parametrize("kind", ["tcp", "pty"])
def test_a_ticket_is_printed_and_proved_over_a_real_line(plugged: Plugged, slip_for: Callable[..., Slip], kind: str):
    printer, _, driver = plugged(kind)
    assert isinstance(driver.look(), PrinterState)
    pressed = driver.press(first_paper(slip_for(NUMBER)), "00A1")
    assert driver.send(pressed) == Taken(pressed.total)
    assert driver.confirm(pressed) == Printed(Proof.MARKER)
    driver.rest()
    assert len(printer.papers) == 1
    assert NUMBER in printer.papers[0].text


@pytest.mark.parametrize("kind", ["tcp", "pty"])
def test_a_silent_printer_is_silent_within_two_seconds(plugged: Plugged, kind: str):
    _, _, driver = plugged(kind, faults=Faults(silent=True))
    began = time.monotonic()
    assert driver.look() is Trouble.SILENT
    assert time.monotonic() - began < 1.6 + 0.3


@pytest.mark.parametrize("kind", ["tcp", "pty"])
def test_a_line_cut_in_the_middle_of_a_ticket_is_gone_with_an_unknown_paper(
    plugged: Plugged, slip_for: Callable[..., Slip], kind: str
):
    _, _, driver = plugged(kind, faults=Faults(cut_at=400))
    pressed = driver.press(first_paper(slip_for(NUMBER)), "00A1")
    assert isinstance(driver.look(), PrinterState)
    sent = driver.send(pressed)
    if isinstance(sent, Taken):  # the line's own buffer took it all before the cut was noticed
        outcome: Any = driver.confirm(pressed)
    else:
        outcome = sent
    assert isinstance(outcome, Unclear)
    assert outcome.trouble is Trouble.GONE


def test_a_printer_that_is_not_there_is_gone_and_nothing_is_sent(slip_for: Callable[..., Slip]):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    driver = LinePrinter(VIRTUAL, Tcp9100("127.0.0.1", port))
    began = time.monotonic()
    assert driver.look() is Trouble.GONE
    assert driver.send(driver.press(first_paper(slip_for(NUMBER)), "00A1")) == NotStarted(Trouble.GONE)
    assert time.monotonic() - began < 1.0
    gone = LinePrinter(VIRTUAL, SerialPort("/dev/does-not-exist", 9600, "none"))
    assert gone.look() is Trouble.GONE


def test_a_stalled_serial_line_says_exactly_how_many_bytes_it_took():
    master, slave = os.openpty()
    try:
        import tty

        tty.setraw(slave)
        port = SerialPort(os.ttyname(slave), 115200, "none")
        port.open()
        taken, data, began = 0, bytes(64 * 1024), time.monotonic()
        while True:
            some = port.write_some(data[taken:], port.now() + 0.3)
            if not some:
                break
            taken += some
        assert time.monotonic() - began < 2.0
        os.set_blocking(master, False)
        arrived = 0
        while arrived < taken:
            arrived += len(os.read(master, 65536))
        with pytest.raises(BlockingIOError):
            os.read(master, 1)
        assert arrived == taken
        port.close()
    finally:
        os.close(master)
        os.close(slave)


def test_paper_out_over_tcp_stops_the_queue_and_a_new_roll_starts_it(
    plugged: Plugged, slip_for: Callable[..., Slip], open_spool: Callable[[], Spool]
):
    printer, line, driver = plugged("tcp", roll_dots=0)
    seen: list[PrinterReport] = []
    told = threading.Condition()

    def report(one: PrinterReport) -> None:
        with told:
            seen.append(one)
            told.notify_all()

    spool, clock = open_spool(), SystemClock()
    job = spool.queue(OFFLINE_SLIP, NUMBER, slip_for(NUMBER), clock.now())
    spooler = Spooler(PrinterSettings(), open_spool, clock, report, printer=driver, poll_seconds=0.1)
    spooler.start()
    with told:
        assert told.wait_for(lambda: any(one.paper == "paper.waiting" for one in seen), 10)
    assert spooler.printer_key == "printer.paper_out"
    with line.lock:
        printer.load_paper()
    with told:
        assert told.wait_for(lambda: any(one.paper == "paper.printed" for one in seen), 10)
    spooler.stop()
    assert spool.job(job).state is JobState.PRINTED
    assert len(printer.papers) == 1
    spool.close()


def test_the_end_of_a_visit_does_not_wait_long_for_a_printer_that_says_nothing_more(
    plugged: Plugged, slip_for: Callable[..., Slip], open_spool: Callable[[], Spool]
):
    printing = threading.Event()
    _, line, driver = plugged("tcp")
    spool, clock = open_spool(), SystemClock()
    job = spool.queue(OFFLINE_SLIP, NUMBER, slip_for(NUMBER), clock.now())

    def report(one: PrinterReport) -> None:
        if one.paper == "paper.printing":
            with line.lock:
                line.printer.faults = Faults(silent=True)
            printing.set()

    spooler = Spooler(PrinterSettings(), open_spool, clock, report, printer=driver, poll_seconds=0.1)
    spooler.start()
    assert printing.wait(10)
    began = time.monotonic()
    spooler.stop(patience_seconds=0.5)
    assert time.monotonic() - began < 1.5
    assert spool.job(job).state is JobState.UNKNOWN
    spool.close()


def test_a_worker_survives_a_spool_that_cannot_be_read(open_spool: Callable[[], Spool], slip_for: Callable[..., Slip]):
    printed = threading.Event()
    spool, clock, printer = open_spool(), SystemClock(), MemoryPrinter()
    spool.queue(OFFLINE_SLIP, "broken", "{}", clock.now())
    spool.queue(OFFLINE_SLIP, NUMBER, slip_for(NUMBER), clock.now())

    def report(one: PrinterReport) -> None:
        if one.paper == "paper.printed":
            printed.set()

    spooler = Spooler(PrinterSettings(), open_spool, clock, report, printer=printer, poll_seconds=0.05)
    spooler.start()
    assert printed.wait(10)
    spooler.stop()
    assert len(printer.papers) == 1
    spool.close()


def test_a_plain_file_keeps_what_is_printed(tmp_path: Path, slip_for: Callable[..., Slip]):
    driver = LinePrinter(VIRTUAL, FilePort(str(tmp_path / "tickets.bin")))
    pressed = driver.press(first_paper(slip_for(NUMBER)), "00A1")
    assert isinstance(driver.look(), PrinterState)
    assert driver.send(pressed) == Taken(pressed.total)
    driver.close()
    assert not driver.talks_back
    assert (tmp_path / "tickets.bin").read_bytes() == b"".join(pressed.chunks)


@pytest.mark.parametrize("extra", [["--port", "0"], ["--pty"]])
def test_the_command_keeps_each_ticket_as_a_picture(
    tmp_path: Path, root: Path, slip_for: Callable[..., Slip], extra: list[str]
):
    link, folder = tmp_path / "link", tmp_path / "tickets"
    process = subprocess.Popen(
        [sys.executable, "-m", "printers.virtual", *extra, "--port-file", str(link), "--png-folder", str(folder)],
        cwd=root,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until(link.exists)
        told = link.read_text()
        line = Tcp9100("127.0.0.1", int(told)) if told.isdigit() else SerialPort(told[7:], 115200, "none")
        driver = LinePrinter(VIRTUAL, line)
        pressed = driver.press(first_paper(slip_for(NUMBER)), "00A1")
        assert isinstance(driver.look(), PrinterState)
        driver.send(pressed)
        assert driver.confirm(pressed) == Printed(Proof.MARKER)
        driver.close()
        wait_until((folder / "ticket-0001.txt").exists)
        assert (folder / "ticket-0001.png").read_bytes().startswith(b"\x89PNG")
        assert f"[CK1:T:{NUMBER}:" in (folder / "ticket-0001.txt").read_text(encoding="utf-8")
    finally:
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(timeout=10) == 0


def wait_until(fact: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    pause = threading.Event()
    while not fact():
        assert time.monotonic() < end, "it never happened"
        pause.wait(0.02)


def fake_command(folder: Path, name: str, script: str) -> None:
    """A command of CUPS as somebody else's program, in a folder of its own."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o700)


def test_a_raw_queue_gets_each_paper_whole_and_nothing_is_claimed(tmp_path: Path, slip_for: Callable[..., Slip]):
    fake_command(tmp_path, "lp", f'echo "$@" > {tmp_path}/asked; cat > {tmp_path}/paper')
    fake_command(tmp_path, "lpstat", 'echo "printer tickets is idle.  enabled since today"')
    driver = LinePrinter(VIRTUAL, CupsRaw("tickets", CupsCommands(str(tmp_path))))
    pressed = driver.press(first_paper(slip_for(NUMBER)), "00A1")
    assert isinstance(driver.look(), PrinterState)
    assert driver.send(pressed) == Taken(pressed.total)
    assert not driver.talks_back
    assert (tmp_path / "paper").read_bytes() == b"".join(pressed.chunks)
    assert (tmp_path / "asked").read_text().split() == ["-s", "-d", "tickets", "-t", "ticket", "-o", "raw", "--", "-"]


@pytest.mark.parametrize(
    ("lp", "lpstat", "seen", "sent"),
    [
        ("exit 1", "echo enabled", PrinterState, NotStarted(Trouble.OFFLINE)),
        ("exit 0", "echo disabled", Trouble, NotStarted(Trouble.GONE)),
        ("exit 0", "exit 1", Trouble, NotStarted(Trouble.GONE)),
    ],
)
def test_a_queue_that_takes_nothing_has_sent_nothing(
    tmp_path: Path, slip_for: Callable[..., Slip], lp: str, lpstat: str, seen: type, sent: NotStarted
):
    fake_command(tmp_path, "lp", f"cat > /dev/null; {lp}")
    fake_command(tmp_path, "lpstat", lpstat)
    driver = LinePrinter(VIRTUAL, CupsRaw("tickets", CupsCommands(str(tmp_path))))
    assert isinstance(driver.look(), seen)
    assert driver.send(driver.press(first_paper(slip_for(NUMBER)), "00A1")) == sent


@pytest.mark.parametrize("name", ["", "-h evil", "a b", "../x", "a" * 200, "队列", "-d"])
def test_what_is_no_queue_s_name_is_never_given_to_a_command(name: str):
    assert not is_queue(name)


def test_a_usb_line_printer_is_written_and_read_like_a_device(slip_for: Callable[..., Slip]):
    """usblp is a character device with non-blocking writes and reads; a raw terminal is one too."""
    printer = VirtualPrinter(VIRTUAL, dots_a_second=1e6)
    line = PtyLine(printer)
    line.start()
    driver = LinePrinter(VIRTUAL, UsbLp(line.path))
    try:
        assert isinstance(driver.look(), PrinterState)
        pressed = driver.press(first_paper(slip_for(NUMBER)), "00A1")
        assert driver.send(pressed) == Taken(pressed.total)
        assert driver.confirm(pressed) == Printed(Proof.MARKER)
    finally:
        driver.close()
        line.stop()
    assert LinePrinter(VIRTUAL, UsbLp("/dev/usb/lp-not-there")).look() is Trouble.GONE
