"""A4 over IPP: each attempt with an accepted job is one sheet, whatever the printer, the line and the kiosk do."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen import canvas

from kiosk.errors import KioskBug, KioskTrouble
from kiosk.slips.job import JobState
from kiosk.slips.printer import NotStarted, PrinterState, Taken, Trouble
from kiosk.slips.sheet import Sheet, dump_sheet, load_sheet, sheet_for_attempt
from kiosk.store.spool import Spool
from printers import ipp
from printers.a4 import MEDIA, A4Printer, CupsA4Printer, a4_printer_from, state_of
from printers.cups import CupsCommands
from printers.ipp import Attribute, IppClient, IppTrouble, address_of
from printers.spooler import PrintRun
from printers.stamp import stamped
from printers.virtual_a4 import A4Faults, A4Line, VirtualA4Printer

NUMBER = "0105-261123-0007-K3"


@pytest.fixture
def pdf(tmp_path: Path) -> bytes:
    page = canvas.Canvas(str(tmp_path / "one.pdf"))
    for text in ("first page", "second page"):
        page.drawString(100, 700, text)
        page.showPage()
    page.save()
    return (tmp_path / "one.pdf").read_bytes()


class Wires(IppClient):
    """The client with the printer at the other end of a call instead of a socket; its clock is the bench's."""

    def __init__(self, printer: VirtualA4Printer) -> None:
        address = address_of("ipp://printer.example:631/ipp/print")
        assert address is not None
        super().__init__(address)
        self.printer = printer
        self.unplugged = False
        self.requests: list[bytes] = []

    def _post(self, body: bytes) -> bytes:
        if self.unplugged:
            raise IppTrouble("no line", sent=False)
        self.requests.append(body)
        answer = self.printer.answer(body)
        if answer is None:
            raise IppTrouble("no answer", sent=True)
        return answer


class A4Bench:
    def __init__(self, spool: Spool, clock: Any, pdf: bytes, faults: A4Faults | None = None) -> None:
        self.spool, self.clock, self.pdf = spool, clock, pdf
        self.printer = VirtualA4Printer(faults)
        self.wires = Wires(self.printer)
        self.seconds = 0.0
        self.after: list[tuple[float, Callable[[], None]]] = []
        self.reports: list[Any] = []
        self.restart()

    def restart(self) -> None:
        self.driver = A4Printer(self.wires, lambda: self.seconds, self.pause)
        self.run = PrintRun(self.spool, self.driver, self.clock, self.reports.append)
        self.run.begin()

    def pause(self, seconds: float) -> None:
        self.seconds += seconds
        self.printer.work()
        for moment, what in [one for one in self.after if one[0] <= self.seconds]:
            self.after.remove((moment, what))
            what()

    def queue(self, number: str = NUMBER) -> int:
        sheet = Sheet("a4:complaint", number, "民事起诉状", self.pdf)
        return self.spool.queue(sheet.kind, number, sheet, self.clock.now())

    def work(self, turns: int = 3) -> None:
        for _ in range(turns):
            self.run.watch()
            while self.run.turn():
                pass
            self.clock.pass_seconds(2)
            self.pause(2.0)

    def state(self, job: int) -> tuple[JobState, str]:
        found = self.spool.job(job)
        return found.state, found.reason


@pytest.fixture
def a4_bench(open_spool: Callable[[], Spool], clock: Any, pdf: bytes) -> Iterator[Callable[..., A4Bench]]:
    opened = open_spool()
    spool = Spool(opened._db, "a4")
    yield lambda faults=None: A4Bench(spool, clock, pdf, faults)
    opened.close()


def test_a_sheet_is_printed_once_on_a4_and_the_printer_s_own_job_proves_it(
    a4_bench: Callable[..., A4Bench], pdf: bytes
):
    bench = a4_bench()
    job = bench.queue()
    bench.work()
    assert bench.state(job) == (JobState.PRINTED, "ipp_job")
    assert [(one.name, one.media, one.pdf) for one in bench.printer.printed] == [(f"{NUMBER} 1 #0001", MEDIA, pdf)]


@pytest.mark.parametrize("faults", [A4Faults(busy=True), A4Faults(refuses=True)])
def test_a_busy_or_refusing_printer_got_nothing_and_the_same_attempt_goes_out_later(
    a4_bench: Callable[..., A4Bench], faults: A4Faults
):
    bench = a4_bench(faults)
    job = bench.queue()
    bench.work(1)
    assert bench.state(job)[0] in (JobState.WAITING, JobState.QUEUED)
    assert [(one.attempts, one.bytes_sent or 0) for one in bench.spool.recent(5)] == [(0, 0)]
    bench.printer.faults = A4Faults()
    bench.work()
    assert bench.state(job) == (JobState.PRINTED, "ipp_job")
    assert [one.name for one in bench.printer.printed] == [f"{NUMBER} 1 #0001"]


def test_an_empty_tray_holds_the_job_and_it_prints_once_when_filled(a4_bench: Callable[..., A4Bench]):
    bench = a4_bench()
    job = bench.queue()
    bench.run.watch()
    bench.printer.empty_the_tray()
    bench.driver.look = PrinterState  # type: ignore[method-assign]  # the tray runs empty after it was asked
    del_look = lambda: bench.driver.__dict__.pop("look", None)  # noqa: E731
    bench.after = [(0.5, del_look), (600.0, bench.printer.fill_the_tray)]
    bench.run.turn()
    assert bench.state(job) == (JobState.PRINTED, "ipp_job")
    assert "printer.paper_out" in [report.printer for report in bench.reports]
    assert bench.seconds >= 600
    assert len(bench.printer.printed) == 1


def test_a_lost_answer_is_looked_for_by_name_before_anybody_is_asked(a4_bench: Callable[..., A4Bench]):
    bench = a4_bench(A4Faults(lose_answer=True))
    job = bench.queue()
    bench.work()
    assert bench.state(job) == (JobState.PRINTED, "ipp_job")
    assert len(bench.printer.printed) == 1


def test_a_kiosk_that_died_after_sending_finds_its_sheet_in_the_printer_s_list(a4_bench: Callable[..., A4Bench]):
    bench = a4_bench()
    job = bench.queue()
    claimed = bench.spool.claim(bench.clock.now())
    assert claimed is not None
    attempt = bench.spool.open_attempt(claimed, "a4", bench.clock.now())
    assert claimed.sheet is not None
    pressed = bench.driver.press(sheet_for_attempt(claimed.sheet, 1, bench.clock.now()), attempt.marker)
    bench.spool.begin(attempt, pressed.sha256, pressed.total, bench.clock.now())
    bench.driver.send(pressed)  # and here the power goes
    bench.printer.work()
    bench.restart()
    assert bench.state(job)[0] is JobState.UNKNOWN
    bench.work()
    assert bench.state(job) == (JobState.PRINTED, "ipp_job")
    assert len(bench.printer.printed) == 1


def test_a_given_up_job_is_a_question_and_its_second_sheet_says_so(a4_bench: Callable[..., A4Bench], tmp_path: Path):
    bench = a4_bench(A4Faults(abort_next=True))
    job = bench.queue()
    bench.work()
    assert bench.state(job)[0] is JobState.UNKNOWN
    assert bench.printer.printed == []
    bench.spool.person_says(job, False, bench.clock.now())
    bench.work()
    (sheet,) = bench.printer.printed
    assert sheet.name == f"{NUMBER} 2 #0002"
    assert sheet.pdf.startswith(bench.pdf.rstrip()[:200])
    assert b"/KioskMark" in sheet.pdf


def test_without_media_the_virtual_printer_waits_for_letter_for_ever():
    printer = VirtualA4Printer()
    wires = Wires(printer)
    wires.ask(ipp.PRINT_JOB, [Attribute(ipp.NAME, "job-name", ("x",))], (), b"%PDF")
    for _ in range(50):
        printer.work()
    assert printer.printed == []
    assert printer.jobs[0].reasons == ("media-needed",)


def test_a_printer_of_version_one_is_asked_in_it(a4_bench: Callable[..., A4Bench]):
    bench = a4_bench(A4Faults(only_1_1=True))
    job = bench.queue()
    bench.work()
    assert bench.state(job)[0] is JobState.PRINTED
    assert bench.wires.requests[-1][:2] == b"\1\1"


WHAT_GOES_WRONG: tuple[Callable[[A4Bench, random.Random], None], ...] = (
    lambda bench, _: setattr(bench.printer, "faults", A4Faults(busy=True)),
    lambda bench, _: setattr(bench.printer, "faults", A4Faults(refuses=True)),
    lambda bench, _: setattr(bench.printer, "faults", A4Faults(lose_answer=True)),
    lambda bench, _: setattr(bench.printer, "faults", A4Faults(abort_next=True)),
    lambda bench, _: setattr(bench.printer, "faults", A4Faults(die_in_job=True)),
    lambda bench, _: setattr(bench.printer, "faults", A4Faults(garbage=True)),
    lambda bench, _: setattr(bench.printer, "faults", A4Faults(silent=True)),
    lambda bench, _: setattr(bench.wires, "unplugged", True),
    lambda bench, dice: bench.after.append((dice.random() * 4, bench.printer.empty_the_tray)),
    lambda bench, dice: bench.after.append((dice.random() * 4, bench.printer.switch_off_and_on)),
)


def one_troubled_sheet(bench: A4Bench, seed: int) -> tuple[int, int, JobState]:
    """Unmarked sheets that came, attempts accepted, and where the job ended, after one fault and its repair."""
    dice = random.Random(seed)
    number = f"0105-261124-{seed:04d}-K3"
    WHAT_GOES_WRONG[seed % len(WHAT_GOES_WRONG)](bench, dice)
    job = bench.queue(number)
    bench.work(1)
    if dice.random() < 0.4:
        bench.restart()
    bench.printer.faults, bench.wires.unplugged = A4Faults(), False
    bench.printer.fill_the_tray()
    bench.work(3)
    state = bench.state(job)[0]
    if state is JobState.UNKNOWN:
        bench.spool.person_says(job, any(number in one.name for one in bench.printer.printed), bench.clock.now())
        bench.work(3)
        state = bench.state(job)[0]
    sheets = [one for one in bench.printer.printed if one.name.startswith(number)]
    names = [one.name for one in sheets]
    assert len(names) == len(set(names)), (seed, names)  # an accepted attempt is one sheet, never two
    return sum(b"/KioskMark" not in one.pdf for one in sheets), len(sheets), state


def test_sixty_faults_never_print_an_attempt_twice(a4_bench: Callable[..., A4Bench]):
    bench = a4_bench()
    for seed in range(60):
        unmarked, sheets, state = one_troubled_sheet(bench, seed)
        assert (unmarked <= 1, sheets >= 1, state) == (True, True, JobState.PRINTED), seed


@pytest.mark.campaign
def test_statement_17_two_hundred_faults_never_print_an_attempt_twice(
    a4_bench: Callable[..., A4Bench], record_property: Callable[[str, object], None]
):
    bench = a4_bench()
    ended = [one_troubled_sheet(bench, seed) for seed in range(200)]
    unmarked = sum(one > 1 for one, _, _ in ended)
    none = sum(sheets < 1 for _, sheets, _ in ended)
    record_property("statement", (17, f"200 faults: {unmarked} doubled unmarked, {none} without a sheet", "0, 0"))
    assert (unmarked, none) == (0, 0)


def test_a_slip_and_a_sheet_have_a_worker_each(spool: Spool, clock: Any, pdf: bytes, slip_for: Callable[..., Any]):
    spool.queue("offline_slip", NUMBER, slip_for(NUMBER), clock.now())
    spool.queue("a4:complaint", NUMBER, Sheet("a4:complaint", NUMBER, "起诉状", pdf), clock.now())
    sheets = Spool(spool._db, "a4")
    first, second = spool.claim(clock.now()), sheets.claim(clock.now())
    assert first is not None
    assert second is not None
    assert (first.kind, second.kind) == ("offline_slip", "a4:complaint")
    assert (spool.claim(clock.now()), sheets.claim(clock.now())) == (None, None)
    sheets.restart(clock.now())
    assert spool.job(first.id).state is JobState.PREFLIGHT  # the other worker is at it


def test_the_mark_of_a_second_attempt_is_on_every_page_and_nothing_before_it_changed(pdf: bytes, tmp_path: Path):
    marked = stamped(pdf, "补打 第2次 2026-11-24 10:22:33")
    assert marked.startswith(pdf.rstrip(b"\n"))
    path = tmp_path / "marked.pdf"
    path.write_bytes(marked)
    try:
        info = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True)
        pictures = subprocess.run(["pdfimages", "-list", str(path)], capture_output=True, text=True, check=True)
    except FileNotFoundError:
        pytest.skip("poppler is not installed")
    assert info.stderr == ""
    assert info.stdout.split() == ["first", "page", "second", "page"]
    assert pictures.stdout.count("stencil") == 4  # head and foot of two pages


@given(st.binary(max_size=400))
def test_what_is_no_pdf_of_ours_is_never_marked(data: bytes):
    with pytest.raises(KioskBug):
        stamped(b"%PDF-1.4\n" + data, "补打")


@given(st.binary(max_size=600))
def test_any_bytes_are_a_reply_or_a_named_trouble(data: bytes):
    try:
        ipp.decode_reply(b"\2\0\0\0\0\0\0\1" + data)
    except IppTrouble as trouble:
        assert trouble.sent  # noqa: PT017 - either is right; nothing else may come


def test_a_request_is_the_bytes_of_the_standard():
    body = ipp.encode_request(
        ipp.GET_PRINTER, 1, [(ipp.OPERATION, [Attribute(ipp.CHARSET, "attributes-charset", ("utf-8",))])]
    )
    assert body == bytes.fromhex("0200000b00000001 01 47 0012") + b"attributes-charset" + b"\0\5utf-8" + b"\3"
    two = ipp.encode_groups([(ipp.JOB, [Attribute(ipp.KEYWORD, "a", ("b", "c"))])])
    assert two == b"\2\x44\0\1a\0\1b\x44\0\0\0\1c\3"


@pytest.mark.parametrize(
    ("reasons", "accepting", "trouble", "near"),
    [
        (("none",), True, None, False),
        (("media-empty-error",), True, Trouble.PAPER_OUT, False),
        (("media-empty",), True, Trouble.PAPER_OUT, False),
        (("media-low-warning",), True, None, True),
        (("toner-low-report",), True, None, True),
        (("media-jam-error",), True, Trouble.PAPER_JAM, False),
        (("door-open-error",), True, Trouble.COVER_OPEN, False),
        (("paused",), True, Trouble.OFFLINE, False),
        (("none",), False, Trouble.OFFLINE, False),
    ],
)
def test_each_reason_has_its_meaning(reasons: tuple[str, ...], accepting: bool, trouble: Trouble | None, near: bool):
    state = state_of(reasons, accepting, False, 0.0)
    assert (state.trouble, state.near_end) == (trouble, near)


@pytest.mark.parametrize(
    "link", ["", "http://x", "ipp://", "ipp://u:p@h/x", "ipp://h/x?y", "ipp://h:99999/x", "cups:-o"]
)
def test_a_link_nobody_understands_is_a_plain_trouble(link: str):
    with pytest.raises(KioskTrouble, match="printer_link_wrong"):
        a4_printer_from(link)


def test_over_a_real_line_a_sheet_is_printed_and_silence_and_garbage_have_their_names(pdf: bytes, clock: Any):
    printer = VirtualA4Printer()
    line = A4Line(printer)
    line.start()
    try:
        driver = a4_printer_from(line.link)
        assert driver is not None
        assert isinstance(driver.look(), PrinterState)
        pressed = driver.press(Sheet("a4:complaint", NUMBER, "起诉状", pdf), "00A1")
        assert driver.send(pressed) == Taken(len(pdf))
        assert driver.confirm(pressed).how == "ipp_job"  # type: ignore[union-attr]
        printer.faults.garbage = True
        assert driver.look() is Trouble.SILENT
    finally:
        line.stop()
    assert driver.look() is Trouble.GONE
    assert driver.send(pressed) == NotStarted(Trouble.GONE)
    assert [job.pdf for job in printer.printed] == [pdf]


def test_a_queue_of_cups_is_the_second_way_and_claims_nothing(tmp_path: Path, pdf: bytes):
    for name, script in (("lp", f'echo "$@" > {tmp_path}/asked; cat > {tmp_path}/paper'), ("lpstat", "echo enabled")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o700)
    driver = CupsA4Printer("office", CupsCommands(str(tmp_path)))
    pressed = driver.press(Sheet("a4:complaint", NUMBER, "起诉状", pdf), "00A1")
    assert isinstance(driver.look(), PrinterState)
    assert (driver.send(pressed), driver.talks_back) == (Taken(len(pdf)), False)
    assert (tmp_path / "paper").read_bytes() == pdf
    assert f"media={MEDIA}" in (tmp_path / "asked").read_text()


def test_a_sheet_is_the_same_after_the_spool_and_shows_nothing_of_itself(pdf: bytes):
    sheet = Sheet("a4:complaint", NUMBER, "起诉状", pdf)
    assert load_sheet(dump_sheet(sheet)) == sheet
    assert "first page" not in repr(sheet)
    assert "%PDF" not in repr(sheet)


@given(st.text(max_size=200))
def test_what_is_no_spooled_sheet_is_our_own_bug(text: str):
    with pytest.raises(KioskBug):
        load_sheet(text)
