"""Our engine beside JavaRosa, survey-core and plain Python in one run, and what it takes of memory and disk."""

from __future__ import annotations

import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.forms import load_form
from kiosk.forms.xform import import_xform
from kiosk.interview import Interview, answer, begin, dump
from kiosk.interview.refs import key_of
from tests.bench_forms import plain
from tests.bench_forms.as_pack import pack_of, source_of
from tests.bench_forms.as_xform import xform_of
from tests.bench_forms.javarosa import javarosa
from tests.bench_forms.measure import LOADS, SLOW, TODAY, Loads, answered, answering, growth, loading, written
from tests.bench_forms.questionnaire import Answer, Questionnaire, answers, questionnaire
from tests.bench_forms.survey import survey_core, version
from tests.bench_forms.table import alone, head, p95, row
from tests.bench_forms.told import Absent, Engine

SIZES = (50, 500, 2000)
WARM_ROUNDS = 3
ANSWERS = 3_000  # at least so many of each size are timed
COMMITS = 400
LOAD_GOAL = 0.25  # of JavaRosa's load at 500 questions
ENGINES = {"JavaRosa": javarosa, SLOW: survey_core}


def main() -> None:
    print(f"Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} at the start")
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        engines: dict[str, Engine] = {}
        for engine, start in ENGINES.items():
            try:
                engines[engine] = stack.enter_context(start(folder))
            except Absent as why:
                print(f"{engine} is not measured: {why}")
        if SLOW in engines:
            print(f"{SLOW} {version()}, a sample of its answers")
        if "JavaRosa" not in engines:
            print("JavaRosa's figures are reckoned from plain Python as recorded in tests/bench_forms/plain.py")
        head()
        compare([questionnaire(size) for size in SIZES], folder, engines)
        memory(folder)
        commits(folder)
    print(f"load at the end {os.getloadavg()[0]:.1f}")


def compare(forms: Sequence[Questionnaire], folder: Path, engines: Mapping[str, Engine]) -> None:
    found = loading(forms, folder, engines)
    for form in forms:
        _tell_loads(form, found[form.questions], "JavaRosa" in engines)
    packs = {form.questions: pack_of(form) for form in forms}
    cold, warm = growth(packs[500], 4, packs[2000])
    alone("load of 2,000 against four of 500, cold", f"{cold:.2f} x", "<= 1.1 x (a tenth is noise)", cold <= 1.1)
    alone("load of 2,000 against four of 500, again and again", f"{warm:.2f} x")
    late = {form.questions: _answers(form, folder, engines) for form in forms}
    ratio = late[2000] / late[50]
    alone("an answer of 2,000 questions against one of 50, p95", f"{ratio:.2f} x", "<= 2 x", ratio <= 2)


def _tell_loads(form: Questionnaire, loads: Loads, measured: bool) -> None:
    size = form.questions
    floor = statistics.median(plain.loads(json.dumps(source_of(form), ensure_ascii=False).encode(), LOADS))
    theirs = {name: statistics.median(times) for name, times in loads.others.items()} | {"plain Python": floor}
    if not measured:
        theirs["JavaRosa"] = floor * plain.RECORDED_LOAD[size]
    goal = LOAD_GOAL if size == 500 else None
    row(f"{size} questions: warm load, median", statistics.median(loads.mine), theirs, goal)
    whole = {name: statistics.median(times) for name, times in loads.others_whole.items()}
    row(f"{size} questions: load, begin, first page, median", statistics.median(loads.whole), whole)


def _answers(form: Questionnaire, folder: Path, engines: Mapping[str, Engine]) -> float:
    """Ours at the 95th percentile."""
    size = form.questions
    for name, file in written(form, folder).items():
        if name in engines:
            engines[name].load(file)
    began = time.perf_counter()
    imported = import_xform(xform_of(form))
    row(f"{size} questions: the XForm itself, imported at the desk", (time.perf_counter() - began) * 1000, {})
    rounds = [answers(form, seed) for seed in range(WARM_ROUNDS + max(3, ANSWERS // size))]
    mine, again, others = answering(load_form(pack_of(form)), imported, rounds, WARM_ROUNDS, engines)
    floor = plain.answering(form, rounds)
    theirs = {name: p95(times) for name, times in others.items()} | {"plain Python": p95(floor)}
    if "JavaRosa" not in engines:
        theirs["JavaRosa"] = theirs["plain Python"] * plain.RECORDED_ANSWER[size]
    row(f"{size} questions: an answer with all it changes, p95", p95(mine), theirs, 1.0)
    middle = {name: statistics.median(times) for name, times in others.items()}
    row(f"{size} questions: an answer, median", statistics.median(mine), middle)
    row(f"{size} questions: an answer to the imported XForm, p95", p95(again), {})
    return p95(mine)


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
            _, interview = answered(begin(load_form(pack_of(form)), TODAY), answers(form, 1))
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
