"""The floor: the same calculations as straight Python, no form in sight. What any engine in Python pays at least.

Where JavaRosa cannot be measured, its figures are reckoned from this floor: `RECORDED` says how many times the floor
JavaRosa took when both were measured in one run.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Sequence

from tests.bench_forms.questionnaire import Answer, Calculated, Questionnaire

NAMED = re.compile(r"\$\{(\w+)\}")
Texts = dict[str, str]
# the validator's jar of pyxform 4.5.0 on Java 17 against this floor on Python 3.11, 2026-11-23: medians, p95
RECORDED_LOAD = {50: 34.0, 500: 26.0, 2000: 32.0}
RECORDED_ANSWER = {50: 3.5, 500: 1.9, 2000: 5.0}


class Plain:
    """Texts by name; after every answer, everything is worked out again."""

    def __init__(self, form: Questionnaire) -> None:
        self.texts: Texts = {}
        self.made: list[tuple[str, Callable[[Texts], float]]] = []
        for number, one in enumerate(form.sections[-1].items):
            assert isinstance(one, Calculated)
            self.made.append((one.name, _calculation(number, NAMED.findall(one.value))))

    def answer(self, name: str, text: str) -> None:
        self.texts[name] = text
        for made, run in self.made:
            self.texts[made] = repr(run(self.texts))


def _calculation(number: int, names: Sequence[str]) -> Callable[[Texts], float]:
    def one(texts: Texts, at: int) -> float:
        return float(texts.get(names[at]) or 0)

    match number % 4:
        case 0:
            return lambda texts: sum(one(texts, at) for at in range(len(names)))
        case 1:
            last = len(names) - 1
            return lambda texts: (one(texts, 0) - 100) * 0.015 + 2 if one(texts, 0) > 100 else one(texts, last) * 0.02
        case 2:
            return lambda texts: round((one(texts, 0) + one(texts, 1)) * 0.154 * 12, 2)
        case _:
            return lambda texts: one(texts, 0) + one(texts, 1)


def loads(source: bytes, times: int) -> list[float]:
    """Milliseconds to read the source of the pack as JSON, and nothing more."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        json.loads(source)
        found.append((time.perf_counter() - began) * 1000)
    return found


def answering(form: Questionnaire, rounds: Sequence[Sequence[Answer]]) -> list[float]:
    """Milliseconds of each answer."""
    plain, found = Plain(form), list[float]()
    for given in rounds:
        for one in given:
            name = one.path.rpartition("/")[2]
            began = time.perf_counter()
            plain.answer(name, one.text)
            found.append((time.perf_counter() - began) * 1000)
    return found
