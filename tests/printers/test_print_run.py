"""What must hold for every paper, whatever the printer, the line and the kiosk do."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from kiosk.slips.job import JobState
from kiosk.slips.measure import TextLine, lay_out
from kiosk.slips.parts import Slip, for_attempt
from kiosk.slips.printer import PrinterState, Trouble, Unclear
from kiosk.slips.slip import OFFLINE_SLIP
from kiosk.store.spool import Spool
from printers.memory import MemoryPrinter
from printers.profiles import load_profile
from printers.spooler import PrintRun
from printers.virtual import Faults

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
NUMBER = "0105-261123-0007-K3"
Bench = Any


def test_a_paper_is_printed_once_and_its_marker_proves_it(
    bench_for: Callable[..., Bench], slip_for: Callable[..., Slip]
):
    bench = bench_for()
    job = bench.queue(slip_for(NUMBER))
    bench.work()
    assert (bench.job(job).state, bench.job(job).reason) == (JobState.PRINTED, "marker")
    assert len(bench.printer.papers) == 1
    assert bench.printer.papers[0].cut
    assert bench.printer.unknown_commands == []
    assert [report.paper for report in bench.reports if report.paper] == ["paper.printing", "paper.printed"]


def test_twenty_presses_of_the_button_make_one_job(bench_for: Callable[..., Bench], slip_for: Callable[..., Slip]):
    bench = bench_for()
    jobs = {bench.queue(slip_for(NUMBER)) for _ in range(20)}
    bench.work()
    assert len(jobs) == 1
    assert len(bench.printer.papers) == 1


@pytest.mark.parametrize(
    ("switch", "key"),
    [
        ({"cover": True}, "printer.cover_open"),
        ({"cutter": True}, "printer.cutter_jam"),
        ({"hot": True}, "printer.overheated"),
        ({"button_offline": True}, "printer.offline"),
    ],
)
def test_a_printer_that_is_not_ready_gets_no_byte_and_the_paper_comes_when_it_is(
    bench_for: Callable[..., Bench], slip_for: Callable[..., Slip], switch: dict[str, bool], key: str
):
    bench = bench_for()
    bench.printer.switch(**switch)
    job = bench.queue(slip_for(NUMBER))
    bench.work(1)
    assert (bench.job(job).state, bench.run.printer_key) == (JobState.WAITING, key)
    assert bench.printer.papers == ()
    bench.printer.switch(**dict.fromkeys(switch, False))
    bench.work(2)
    assert bench.job(job).state is JobState.PRINTED
    assert bench.spool.papers(job) == 1


def test_a_clerk_s_reprint_says_so_in_head_and_foot(bench_for: Callable[..., Bench], slip_for: Callable[..., Slip]):
    bench = bench_for()
    job = bench.queue(slip_for(NUMBER))
    bench.work()
    bench.spool.reprint(job, bench.clock.now())
    bench.work()
    first, second = (paper.lines for paper in bench.printer.papers)
    assert not any("补打" in line for line in first)
    assert second[0].startswith("补打 第2次")
    assert second[-2].startswith("补打 第2次")
    assert second[-1] == f"全文完 {NUMBER} 第2次"


@pytest.mark.campaign
def test_statement_11_paper_out_at_each_line_of_each_kind_of_printer(
    bench_for: Callable[..., Bench], slip_for: Callable[..., Slip], record_property: Callable[[str, object], None]
):
    stops = 0
    for profile in ("virtual-80mm", "virtual-58mm", "generic-80mm", "generic-58mm", "epson-80mm"):
        model = load_profile(profile)
        lines = sum(isinstance(line, TextLine) for line in lay_out(for_attempt(slip_for(), 1, NOON), model.columns))
        for stop in range(1, lines):
            bench, number = bench_for(model), f"0{stops:03d}-261123-{stop:04d}-K3"
            bench.printer.stop_line = stop
            job = bench.queue(slip_for(number))
            bench.work(2)
            bench.printer.load_paper()
            bench.work(4)
            assert bench.job(job).state is JobState.UNKNOWN
            assert not any("全文完" in paper.text for paper in bench.printer.papers), (profile, stop)
            stops += 1
    record_property("statement", (11, f"{stops} stops on 5 printers: 0 half papers with the last line", "0"))


def test_paper_out_at_every_line_never_gives_a_second_unmarked_paper(
    bench_for: Callable[..., Bench], slip_for: Callable[..., Slip]
):
    text_lines = sum(isinstance(line, TextLine) for line in lay_out(for_attempt(slip_for(), 1, NOON), 48))
    for stop in range(1, text_lines):
        bench = bench_for()
        number = f"0105-261123-{stop:04d}-K3"
        bench.printer.stop_line = stop
        job = bench.queue(slip_for(number))
        bench.work(2)
        bench.printer.load_paper()
        bench.work(4)
        assert bench.job(job).state is JobState.UNKNOWN
        pieces = bench.papers_with(number)
        assert len(pieces) <= 1
        assert not any("全文完" in piece for piece in pieces)
        bench.spool.person_says(job, False, bench.clock.now())
        bench.work(3)
        assert bench.job(job).state is JobState.PRINTED
        *_, again = bench.papers_with(number)
        assert "补打 第2次" in again
        assert again.endswith(f"全文完 {number} 第2次")


@pytest.mark.parametrize("profile", ["generic-80mm", "generic-58mm"])
def test_a_printer_nobody_can_clear_never_ends_half_a_ticket_with_the_line_that_makes_it_valid(
    bench_for: Callable[..., Bench], slip_for: Callable[..., Slip], profile: str
):
    """Staff put a new roll in without switching it off: the rest comes out, and is visibly no ticket."""
    model = load_profile(profile)
    text_lines = sum(isinstance(line, TextLine) for line in lay_out(for_attempt(slip_for(), 1, NOON), model.columns))
    for stop in range(1, text_lines):
        bench = bench_for(model)
        bench.printer.stop_line = stop
        job = bench.queue(slip_for(f"0105-261123-{stop:04d}-K3"))
        bench.work(2)
        assert bench.run.printer_key == "printer.half_ticket"
        bench.printer.load_paper()
        bench.work(4)
        assert bench.job(job).state is JobState.UNKNOWN
        assert not any("全文完" in paper.text for paper in bench.printer.papers), stop
        bench.spool.person_says(job, False, bench.clock.now())
        bench.work(3)
        (valid,) = [paper for paper in bench.printer.papers if "全文完" in paper.text]
        assert "补打 第2次" in valid.text


def test_a_zero_on_a_dying_line_is_no_proof(bench_for: Callable[..., Bench], slip_for: Callable[..., Slip]):
    """The power goes while the printer is asked whether it has eaten the ticket: the line falls, which reads as 00."""
    bench = bench_for(load_profile("generic-80mm"))
    pressed = bench.driver.press(for_attempt(slip_for(NUMBER), 1, NOON), "0001")
    bench.line.open()
    assert bench.driver.send(pressed).bytes_sent == pressed.total
    zeros = [b"\0"]

    def read(_count: int, deadline: float) -> bytes:
        if zeros:
            return zeros.pop()
        bench.line.seconds = max(bench.line.seconds, deadline)
        return b""

    def write(_data: bytes, deadline: float) -> int:
        bench.line.seconds = max(bench.line.seconds, deadline)
        return 0

    bench.line.read, bench.line.write_some = read, write
    assert isinstance(bench.driver.confirm(pressed), Unclear)


@pytest.mark.parametrize("junk", [b"\x12\x12", b"\xff\x12", b"\x12\x81", b"\x12" * 400])
def test_an_answer_with_anything_around_it_is_no_answer(bench_for: Callable[..., Bench], junk: bytes):
    bench = bench_for(faults=Faults(silent=True))
    bench.line.open()
    due = [junk]
    real = bench.line.write_some

    def ask(data: bytes, deadline: float) -> int:
        due.append(junk)
        return int(real(data, deadline))

    def read(_count: int, deadline: float) -> bytes:
        if due:
            return due.pop()
        bench.line.seconds = max(bench.line.seconds, deadline)
        return b""

    bench.line.read, bench.line.write_some = read, ask
    assert bench.driver.look() is Trouble.SILENT


def test_a_visitor_who_misses_an_unconfirmed_paper_makes_it_a_question_for_the_clerk(
    bench_for: Callable[..., Bench], slip_for: Callable[..., Slip]
):
    bench = bench_for()
    bench.line.bidirectional = False
    job, kept = bench.queue(slip_for(NUMBER)), bench.queue(slip_for("0105-261123-0008-K3"))
    bench.work(1)
    now = bench.clock.now()
    assert bench.spool.person_says(job, False, now) is JobState.UNKNOWN
    assert bench.spool.person_says(kept, True, now) is JobState.PRINTED
    assert [(one.business_key, one.state, one.reason) for one in bench.spool.recent(5)] == [
        (NUMBER, JobState.UNKNOWN, "missed"),
        ("0105-261123-0008-K3", JobState.PRINTED, "person"),
    ]
    bench.work(2)
    assert (bench.spool.papers(job), bench.spool.papers(kept)) == (1, 1)  # nothing went out again by itself


def test_a_marker_that_comes_after_we_gave_up_answers_the_question(
    bench_for: Callable[..., Bench], slip_for: Callable[..., Slip]
):
    bench = bench_for(faults=Faults(late_seconds=30.0))
    job = bench.queue(slip_for(NUMBER))
    bench.driver.look = PrinterState  # type: ignore[method-assign]  # its answers come late as well
    bench.run.turn()
    assert bench.job(job).state is JobState.UNKNOWN
    del bench.driver.look
    bench.line.seconds += 30.0
    bench.run.watch()
    assert (bench.job(job).state, bench.job(job).reason) == (JobState.PRINTED, "marker")
    assert len(bench.printer.papers) == 1


def test_a_late_marker_withdraws_a_reprint_that_has_not_begun(spool: Spool, clock: Any, slip_for: Callable[..., Slip]):
    printer = MemoryPrinter()
    printer.lose_the_proofs()
    run = PrintRun(spool, printer, clock, lambda report: None)
    job = spool.queue(OFFLINE_SLIP, NUMBER, slip_for(NUMBER), clock.now())
    run.turn()
    assert spool.job(job).state is JobState.UNKNOWN
    spool.person_says(job, False, clock.now())
    printer.say_late("0001")
    run.turn()
    assert spool.job(job).state is JobState.PRINTED
    assert len(printer.papers) == 1


def test_a_wrong_stale_or_repeated_marker_confirms_nothing_else(
    spool: Spool, clock: Any, slip_for: Callable[..., Slip]
):
    slip = slip_for(NUMBER)
    attempts = []
    for number in range(200):
        spool.queue(OFFLINE_SLIP, f"ticket {number}", slip, clock.now())
        job = spool.claim(clock.now())
        assert job is not None
        attempt = spool.open_attempt(job, "virtual-80mm", clock.now())
        spool.begin(attempt, "", 1, clock.now())
        spool.all_taken(attempt, 1, clock.now())
        attempts.append(attempt)
    first = attempts[0]
    assert spool.marker_came(first.marker, clock.now()) is not None
    for marker in (first.marker, "ZZZZ", "", "    "):
        assert spool.marker_came(marker, clock.now()) is None
    assert {job.id for job in spool.in_state(JobState.SENT)} == {attempt.job_id for attempt in attempts[1:]}


def test_without_a_back_channel_the_paper_is_printed_but_unconfirmed(
    bench_for: Callable[..., Bench], slip_for: Callable[..., Slip]
):
    bench = bench_for()
    bench.line.bidirectional = False
    job = bench.queue(slip_for(NUMBER))
    bench.work(1)
    assert (bench.job(job).state, bench.job(job).reason) == (JobState.PRINTED, "unconfirmed")
    assert bench.reports[-1].paper == "paper.unconfirmed"


def test_no_printer_at_all_turns_the_paper_away_kindly(spool: Spool, clock: Any, slip_for: Callable[..., Slip]):
    reports: list[Any] = []
    run = PrintRun(spool, None, clock, reports.append)
    job = spool.queue(OFFLINE_SLIP, NUMBER, slip_for(NUMBER), clock.now())
    run.turn()
    assert spool.job(job).state is JobState.CANCELLED
    assert reports[-1].paper == "paper.none"


def test_the_words_of_a_paper_are_wiped_when_it_is_over(spool: Spool, clock: Any, slip_for: Callable[..., Slip]):
    printer = MemoryPrinter()
    run = PrintRun(spool, printer, clock, lambda report: None)
    job = spool.queue(OFFLINE_SLIP, NUMBER, slip_for(NUMBER), clock.now())
    run.turn()
    clock.pass_seconds(60)
    assert spool.forget(clock.now()) == 1
    assert spool.job(job).slip is None


FAULTS: tuple[Callable[[random.Random], Faults], ...] = (
    lambda dice: Faults(cut_at=dice.randrange(1400)),
    lambda dice: Faults(stall_at=dice.randrange(1400)),
    lambda dice: Faults(junk_at=dice.randrange(1400)),
    lambda dice: Faults(lose_at=dice.randrange(1400)),
    lambda dice: Faults(flip_at=dice.randrange(1400)),
    lambda dice: Faults(power_off_at=dice.randrange(1400)),
    lambda dice: Faults(silent=True),
    lambda dice: Faults(storm=True),
    lambda dice: Faults(asb_inside=True),
    lambda dice: Faults(half_answer=True),
    lambda dice: Faults(late_seconds=3.0),
    lambda dice: Faults(wrong_id=True),
)


@pytest.mark.parametrize(
    ("profile", "seeds"),
    [
        ("virtual-80mm", range(60)),
        ("generic-80mm", range(120, 168)),
        pytest.param("virtual-80mm", range(200, 400), marks=pytest.mark.campaign),
        pytest.param("generic-80mm", range(400, 600), marks=pytest.mark.campaign),
    ],
)
def test_faults_never_double_a_paper_and_never_claim_one_that_is_not_there(
    bench_for: Callable[..., Bench],
    slip_for: Callable[..., Slip],
    profile: str,
    seeds: range,
    record_property: Callable[[str, object], None],
):
    seen: set[JobState] = set()
    for seed in seeds:
        dice = random.Random(seed)
        bench = bench_for(load_profile(profile), faults=FAULTS[seed % len(FAULTS)](dice))
        number = f"0105-2611{seed // 100 % 10 + 10}-{seed:04d}-K3"
        job = bench.queue(slip_for(number))
        bench.work(2)
        seen.add(bench.job(job).state)
        if dice.random() < 0.3:
            bench.restart()
        bench.printer.faults = Faults()
        bench.printer.line_cut = False
        bench.printer.power_on() if not bench.printer.powered else None
        bench.work(4)
        state, reason = bench.job(job).state, bench.job(job).reason
        assert state in (JobState.PRINTED, JobState.UNKNOWN), (seed, state)
        if state is JobState.UNKNOWN:
            bench.spool.person_says(job, False, bench.clock.now())
            bench.work(4)
            state, reason = bench.job(job).state, bench.job(job).reason
            assert state is JobState.PRINTED, (seed, state)
        unmarked = [text for text in bench.papers_with(number) if "补打" not in text]
        assert len(unmarked) <= 1, seed
        if reason in ("marker", "consumed"):
            assert any("全文完" in paper.text or paper.boxes for paper in bench.printer.papers), seed
    assert {JobState.PRINTED, JobState.UNKNOWN} <= seen
    if len(seeds) == 200:
        record_property("statement", (8, "200 faults on each of two printers: 0 doubled, 0 falsely claimed", "0, 0"))


def test_a_stalled_line_ends_within_its_deadline_and_says_how_much_it_took(
    bench_for: Callable[..., Bench], slip_for: Callable[..., Slip]
):
    bench = bench_for(baud=9600, faults=Faults(stall_at=300))
    pressed = bench.driver.press(for_attempt(slip_for(NUMBER), 1, NOON), "0001")
    bench.line.open()
    began, longest = bench.line.seconds, max(len(chunk) for chunk in pressed.chunks)
    sent = bench.driver.send(pressed)
    assert (sent.trouble, sent.bytes_sent) == (Trouble.SILENT, 300)
    assert bench.line.seconds - began <= 300 * 10 / 9600 + longest * 10 / 9600 * 1.5 + 3.0 + 1.0


def test_paper_that_is_sent_twice_may_never_be_asked_for_by_the_worker_itself(
    bench_for: Callable[..., Bench], slip_for: Callable[..., Slip]
):
    bench = bench_for(faults=Faults(cut_at=500))
    job = bench.queue(slip_for(NUMBER))
    bench.work(1)
    bench.printer.line_cut, bench.printer.faults = False, Faults()
    for _ in range(5):
        bench.restart()
        bench.work(2)
    assert bench.job(job).state is JobState.UNKNOWN
    assert len(bench.papers_with(NUMBER)) == 1
    assert bench.spool.papers(job) == 1
