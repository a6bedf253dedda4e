"""`make bench`: everything that has a goal, measured in one run, as ratios where a baseline exists."""

from __future__ import annotations

import os
import platform
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROWS = "{:<50}{:>12}{:>12}{:>9}  {:<16}{}"


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    ours_ms: float
    baseline_ms: float = 0.0  # 0: there is nothing to hold it against
    goal: str = ""
    met: bool | None = None


def main() -> None:
    for name, value in (("QT_QPA_PLATFORM", "offscreen"), ("QT_ENABLE_HIGHDPI_SCALING", "0")):
        os.environ[name] = value
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    print(machine())
    print(ROWS.format("what (milliseconds, median)", "ours", "baseline", "ratio", "goal", "met"), flush=True)
    for part in (cold_start, handing_in, papers, tickets, forms, pages):
        for row in part():
            print(written(row), flush=True)
    print(f"load at the end {os.getloadavg()[0]:.1f}")
    sys.stdout.flush()
    os._exit(0)  # windows and threads of the walked visits need no farewell


def written(row: Row) -> str:
    ratio = f"{row.ours_ms / row.baseline_ms:.2f}" if row.baseline_ms else "-"
    baseline = f"{row.baseline_ms:.2f}" if row.baseline_ms else "-"
    met = {True: "met", False: "NOT MET", None: "-"}[row.met]
    return ROWS.format(row.what, f"{row.ours_ms:.2f}", baseline, ratio, row.goal or "-", met)


def machine() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.machine()
    load = os.getloadavg()[0]
    return f"machine: {os.cpu_count()} × {name}, Python {platform.python_version()}, load {load:.1f} at the start"


def against(what: str, ours: Sequence[float], baseline: Sequence[float], most: float = 0.0) -> Row:
    """A ratio of medians, with a goal when there is one."""
    mine, theirs = statistics.median(ours), statistics.median(baseline)
    return Row(what, mine, theirs, f"<= {most:g} x" if most else "", mine <= most * theirs if most else None)


def alone(what: str, ours_ms: float, most_ms: float = 0.0) -> Row:
    return Row(what, ours_ms, 0.0, f"<= {most_ms:g} ms" if most_ms else "", ours_ms <= most_ms if most_ms else None)


def share(ordered: Sequence[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def cold_start() -> list[Row]:
    from tests.bench.first_frame import cold_starts

    clock, processor = cold_starts()
    return [
        against("cold start to first frame / bare window", *clock, 1.5),
        against("  the same, processor time", *processor),
    ]


def handing_in() -> list[Row]:
    from tests.bench.handing_in import handed_in

    found = handed_in()
    filing, rows = f"{found.filing_bytes // 1024} KB filing", f"{found.row_bytes / 1024:.0f} KB of rows"
    return [
        against(f"submit, at the press / bare commit, {filing}", found.press, found.bare, 2.0),
        against(f"  / bare commit of the press's {rows}", found.press, found.bare_row),
        against(f"  / bare commit, {filing}, encrypted", found.press, found.sealed_bare),
        against(f"  / bare commit, {rows}, encrypted", found.press, found.sealed_bare_row),
        against("  prepared while the person reads", found.prepare, found.bare),
        against("  after the ticket (Desk.settle)", found.settle, found.bare),
        against("submit with nothing prepared", found.submit, found.bare),
        against("the complaint's PDF", found.papers, found.bare),
    ]


def papers() -> list[Row]:
    from tests.bench.long_paper import long_paper

    found = long_paper()
    return [
        against(f"PDF of {found.pages} pages, 300 wage rows / bare canvas", found.ours, found.bare, 2.0),
        against("  with every other paper of the filing", found.all_ours, found.bare),
    ]


def tickets() -> list[Row]:
    from tests.bench.small_things import tickets

    slip, long = tickets()
    return [
        alone("ticket: the offline slip, native", statistics.median(slip), 1.0),
        alone("ticket: 30 lines, logo and code, native", statistics.median(long), 1.0),
    ]


def forms() -> list[Row]:
    from tests.bench.small_things import answers, loads

    pack, shelf = loads()
    one, with_pages = answers()
    return [
        alone("load the private-lending pack", statistics.median(pack)),
        alone("open the whole shelf", statistics.median(shelf)),
        alone("one answer, all computed again", statistics.median(one)),
        alone("  and the pages that follow from it", statistics.median(with_pages)),
    ]


def pages() -> list[Row]:
    from tests.bench.page_turns import QUESTIONS, measured

    rows = []
    for what, told in (("ordinary", "an ordinary filing"), ("long", f"a form of {QUESTIONS} questions")):
        found = measured(what)
        clock, processor = sorted(wall for wall, _ in found.turns), sorted(used for _, used in found.turns)
        work = sorted(used for _, used in found.slices)
        rows += [
            alone(f"touch to next page painted, {told}, {found.display}, p50 of {len(clock)}", share(clock, 0.5)),
            alone("  p95", share(clock, 0.95), 50.0),
            alone("  p95, processor time", share(processor, 0.95)),
            alone("  slowest", clock[-1], 150.0),
            alone("  slowest, processor time", processor[-1]),
            alone(f"  longest of {len(work)} stretches on the window's thread", work[-1], 100.0),
        ]
    return rows


if __name__ == "__main__":
    main()
