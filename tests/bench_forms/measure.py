"""Loading and answering, turn by turn with every other engine that is here, each after it had time to warm up."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kiosk.forms import Form, load_form
from kiosk.interview import AskStep, Context, Interview, Objection, answer, begin, look, steps
from kiosk.interview.refs import key_of
from tests.bench_forms.as_pack import pack_of
from tests.bench_forms.as_survey import survey_of
from tests.bench_forms.as_xform import xform_of
from tests.bench_forms.questionnaire import Answer, Questionnaire
from tests.bench_forms.told import Engine

TODAY = Context(date(2026, 11, 23))
WARM_LOADS, LOADS, ALONE = 40, 20, 60
MUCH_ELSE = 48 * 1024 * 1024  # bytes, more than the caches hold
SLOW = "survey-core"  # takes part in few turns, and in few answers of each
SLOW_LOADS, SLOW_ANSWERS = 8, {50: 150, 500: 120, 2000: 30}


@dataclass(slots=True)
class Loads:
    """Milliseconds of every measured turn; of others, by their name."""

    mine: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)  # with the first page on show
    others: dict[str, list[float]] = field(default_factory=dict)
    others_whole: dict[str, list[float]] = field(default_factory=dict)


def written(form: Questionnaire, folder: Path) -> Mapping[str, Path]:
    """The form as each other engine reads it."""
    paths = {"JavaRosa": folder / f"{form.questions}.xml", SLOW: folder / f"{form.questions}.json"}
    paths["JavaRosa"].write_bytes(xform_of(form))
    paths[SLOW].write_bytes(survey_of(form))
    return paths


def loading(forms: Sequence[Questionnaire], folder: Path, engines: Mapping[str, Engine]) -> dict[int, Loads]:
    """All sizes and all engines within each turn, so that all meet the same machine."""
    packs = {form.questions: pack_of(form) for form in forms}
    files = {form.questions: written(form, folder) for form in forms}
    found = {size: Loads() for size in packs}
    for turn in range(WARM_LOADS + LOADS):
        for size, pack in packs.items():
            took, whole = _loaded(pack), _begun(pack)
            if turn >= WARM_LOADS:
                found[size].mine.append(took)
                found[size].whole.append(whole)
            for name, engine in engines.items():
                if name == SLOW and turn < WARM_LOADS + LOADS - SLOW_LOADS:
                    continue
                loaded, begun = engine.load(files[size][name])
                if turn >= WARM_LOADS + 2:
                    found[size].others.setdefault(name, []).append(loaded)
                    found[size].others_whole.setdefault(name, []).append(loaded + begun)
    return found


def growth(small: bytes, times: int, large: bytes) -> tuple[float, float]:
    """How a load of the large form compares with so many loads of the small one: cold, and again and again.

    Cold is how a kiosk loads a form: once a visit, after much else has been through the processor's caches. Again and
    again, the small form's memory stays in the nearest cache and the large form's does not, which tells more about
    the cache than about the engine. Both sides of a turn take equally long, so that whatever else runs on the machine
    meets both; the middle of all turns counts.
    """
    cold, warm = list[float](), list[float]()
    other = b"1" * MUCH_ELSE
    for _ in range(ALONE):
        cold.append(_after(other, large) / sum(_after(other, small) for _ in range(times)))
        warm.append(_loaded(large) / sum(_loaded(small) for _ in range(times)))
    return statistics.median(cold), statistics.median(warm)


def _after(other: bytes, pack: bytes) -> float:
    assert not other.count(0)  # read from end to end
    return _loaded(pack)


def _loaded(pack: bytes) -> float:
    began = time.perf_counter()
    form: Form | None = load_form(pack)
    took = (time.perf_counter() - began) * 1000
    del form
    return took


def _begun(pack: bytes) -> float:
    """A new form, an interview begun, every page counted, the first one ready to be drawn."""
    began = time.perf_counter()
    interview = begin(load_form(pack), TODAY)
    first = next(step for step in steps(interview) if isinstance(step, AskStep))
    assert look(interview, first.ref, "zh").label
    return (time.perf_counter() - began) * 1000


def answering(
    pack: Form, imported: Form, rounds: Sequence[Sequence[Answer]], warm: int, engines: Mapping[str, Engine]
) -> tuple[list[float], list[float], dict[str, list[float]]]:
    """Every question answered in order, round after round with other values: ours, our import, the others.

    JavaRosa must ask the same questions as both of ours at every moment.
    """
    ours, same = begin(pack, TODAY), begin(imported, TODAY)
    mine: list[float] = []
    again: list[float] = []
    others: dict[str, list[float]] = {name: [] for name in engines}
    for number, one in enumerate(rounds):
        took, ours = answered(ours, one)
        repeated, same = answered(same, one)
        if "JavaRosa" in engines:
            told = engines["JavaRosa"].answer(one)
            if not [bool(x) for x in told] == [bool(x) for x in took] == [bool(x) for x in repeated]:
                raise AssertionError("the engines do not ask the same questions")
            others["JavaRosa"] += filter(None, told if number >= warm else ())
        if number >= warm:
            mine += filter(None, took)
            again += filter(None, repeated)
    if SLOW in engines:
        said = [one for given in rounds[:3] for one in given][: SLOW_ANSWERS[len(rounds[0])]]
        others[SLOW] += filter(None, engines[SLOW].answer(said))
    return mine, again, others


def answered(interview: Interview, given: Sequence[Answer]) -> tuple[list[float], Interview]:
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
