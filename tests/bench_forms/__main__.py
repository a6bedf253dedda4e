"""Our engine and JavaRosa, turn by turn in one run, and what the engine takes of memory and disk."""

from __future__ import annotations

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.forms import Form, load_form
from kiosk.forms.xform import import_xform
from kiosk.interview import Context, Interview, Objection, answer, begin, dump
from kiosk.interview.refs import key_of
from tests.bench_forms.as_pack import pack_of
from tests.bench_forms.as_xform import xform_of
from tests.bench_forms.javarosa import Absent, JavaRosa, javarosa
from tests.bench_forms.questionnaire import Answer, answers, questionnaire

SIZES = (50, 500, 2000)
WARM_LOADS, LOADS, WARM_ROUNDS = 40, 20, 3
ANSWERS = 3_000  # at least so many of each size are timed
COMMITS = 400
ROWS = "{:<56}{:>11}{:>11}{:>8}  {:<12}{}"
TODAY = Context(date(2026, 11, 23))


def main() -> None:
    print(f"Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} at the start")
    print(ROWS.format("what", "ours", "theirs", "ratio", "goal", "met"))
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name:
        folder = Path(name)
        try:
            with javarosa(folder) as theirs:
                compare(folder, theirs)
        except Absent as why:
            print(f"JavaRosa is not measured: {why}")
            compare(folder, None)
        memory(folder)
        commits(folder)
    print("survey-core is not measured: its package is not part of this project")
    print(f"load at the end {os.getloadavg()[0]:.1f}")


def row(what: str, ours: float, theirs: float | None = None, most: float | None = None, unit: str = "ms") -> None:
    ratio = ours / theirs if theirs else None
    told = "-" if ratio is None or most is None else "met" if ratio <= most else "NOT MET"
    print(
        ROWS.format(
            what,
            f"{ours:.3f} {unit}",
            f"{theirs:.3f} {unit}" if theirs else "-",
            f"{ratio:.2f}" if ratio else "-",
            f"<= {most:g} x" if most else "-",
            told,
        ),
        flush=True,
    )


def alone(what: str, value: str, goal: str, met: bool) -> None:
    print(ROWS.format(what, value, "-", "-", goal, "met" if met else "NOT MET"), flush=True)


def p95(found: Sequence[float]) -> float:
    return sorted(found)[int(len(found) * 0.95)]


def compare(folder: Path, theirs: JavaRosa | None) -> None:
    loads: dict[int, float] = {}
    answered: dict[int, float] = {}
    for size in SIZES:
        form = questionnaire(size)
        pack, xform = pack_of(form), folder / f"{size}.xml"
        xform.write_bytes(xform_of(form))
        mine, other, begun = loading(pack, xform, theirs)
        loads[size] = statistics.median(mine)
        row(
            f"{size} questions: warm load, median",
            loads[size],
            statistics.median(other) if other else None,
            0.25 if size == 500 else None,
        )
        loaded = load_form(pack)
        took = []
        for _ in range(LOADS):
            began = time.perf_counter()
            begin(loaded, TODAY)
            took.append((time.perf_counter() - began) * 1000)
        row(
            f"{size} questions: from there to the first question",
            statistics.median(took),
            statistics.median(begun) if begun else None,
        )
        began = time.perf_counter()
        imported = import_xform(xform.read_bytes())
        row(f"{size} questions: the XForm itself, imported at the desk", (time.perf_counter() - began) * 1000)
        rounds = WARM_ROUNDS + max(3, ANSWERS // size)
        asked = [answers(form, seed) for seed in range(rounds)]
        mine, other, same = answering(loaded, imported, asked, theirs)
        answered[size] = p95(mine)
        row(f"{size} questions: an answer with all it changes, p95", answered[size], p95(other) if other else None, 1.0)
        row(
            f"{size} questions: an answer, median",
            statistics.median(mine),
            statistics.median(other) if other else None,
        )
        row(f"{size} questions: an answer to the imported XForm, p95", p95(same), p95(other) if other else None)
    row("load of 2,000 against four times 500 (a tenth is noise)", loads[2000], 4 * loads[500], 1.1)
    row("an answer of 2,000 questions against one of 50, p95", answered[2000], answered[50], 2.0)


def loading(pack: bytes, xform: Path, theirs: JavaRosa | None) -> tuple[list[float], list[float], list[float]]:
    """In turn, after both had time to warm up: our loads, their parses, their beginnings."""
    mine, other, begun = [], [], []
    for turn in range(WARM_LOADS + LOADS):
        began = time.perf_counter()
        form: Form | None = load_form(pack)
        took = (time.perf_counter() - began) * 1000
        del form
        parsed = theirs.load(xform) if theirs is not None else None
        if turn >= WARM_LOADS:
            mine.append(took)
            if parsed is not None:
                other.append(parsed[0])
                begun.append(parsed[1])
    return mine, other, begun


def answering(
    pack: Form, imported: Form, rounds: Sequence[Sequence[Answer]], theirs: JavaRosa | None
) -> tuple[list[float], list[float], list[float]]:
    """Every question answered in order, round after round with other values; all ask the same at every moment."""
    ours, same = begin(pack, TODAY), begin(imported, TODAY)
    mine: list[float] = []
    other: list[float] = []
    again: list[float] = []
    for number, one in enumerate(rounds):
        took, ours = _answered(ours, one)
        repeated, same = _answered(same, one)
        told = theirs.answer(one) if theirs is not None else []
        if told and not [bool(x) for x in told] == [bool(x) for x in took] == [bool(x) for x in repeated]:
            raise AssertionError("the engines do not ask the same questions")
        if number >= WARM_ROUNDS:
            mine += filter(None, took)
            other += filter(None, told)
            again += filter(None, repeated)
    return mine, other, again


def _answered(interview: Interview, given: Sequence[Answer]) -> tuple[list[float], Interview]:
    found: list[float] = []
    for one in given:
        if not interview.visible(key_of(interview.form.plan, interview.rows, one.path)):
            found.append(0.0)  # nobody is asked
            continue
        began = time.perf_counter()
        outcome = answer(interview, one.path, one.text)
        found.append((time.perf_counter() - began) * 1000)
        assert not isinstance(outcome, Objection), one.path
        interview = outcome
    return found, interview


GROWTH = """
import sys
from datetime import date
from pathlib import Path
from kiosk.forms import load_form
from kiosk.interview import Context, answer, begin, dump

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(sys.argv[3])) / 1024

before = resident()
interview = begin(load_form(Path(sys.argv[1]).read_bytes()), Context(date(2026, 11, 23)))
for line in Path(sys.argv[2]).read_text().splitlines():
    path, text = line.split("\\t")
    outcome = answer(interview, path, text)
    interview = outcome if isinstance(outcome, type(interview)) else interview
dump(interview)
print(resident() - before)
"""


def memory(folder: Path) -> None:
    """The growth of a fresh process that loads the largest form and has every question answered; its peak counts."""
    form = questionnaire(SIZES[-1])
    (folder / "pack.json").write_bytes(pack_of(form))
    (folder / "said.tsv").write_text("".join(f"{one.path}\t{one.text}\n" for one in answers(form, 1)))
    command = [sys.executable, "-c", GROWTH, str(folder / "pack.json"), str(folder / "said.tsv"), "VmHWM"]
    grown = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    alone("2,000 questions loaded and answered: memory, peak", f"{grown:.1f} MiB", "<= 60 MiB", grown <= 60)


def commits(folder: Path) -> None:
    """An answer, the interview written down, and the encrypted store's durable commit: whole rounds a second."""
    from kiosk.store.connect import open_store
    from kiosk.store.drafts import Drafts
    from kiosk.store.keys import SecretKind, StoreKey

    database = open_store(folder, StoreKey(secrets.token_bytes(32), SecretKind.FILE))
    try:
        drafts = Drafts(database, SystemClock())
        for size in (500, 2000):
            form = questionnaire(size)
            _, interview = _answered(begin(load_form(pack_of(form)), TODAY), answers(form, 1))
            name = drafts.begin()
            changes = list(_changes(interview, answers(form, 2)))[:COMMITS]
            began = time.perf_counter()
            for one in changes:
                outcome = answer(interview, one.path, one.text)
                interview = outcome if isinstance(outcome, Interview) else interview
                drafts.save(name, dump(interview))
            rate = len(changes) / (time.perf_counter() - began)
            drafts.drop(name)
            said = f"{size:,} questions answered: change, dump, durable commit"
            alone(said, f"{rate:.0f} /s", ">= 200 /s", rate >= 200)
    finally:
        database.close()


def _changes(interview: Interview, given: Sequence[Answer]) -> Iterator[Answer]:
    plan = interview.form.plan
    return (one for one in given if interview.visible(key_of(plan, interview.rows, one.path)))


if __name__ == "__main__":
    main()
