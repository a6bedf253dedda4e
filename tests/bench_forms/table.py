"""The lines a run prints: ours beside each other engine that is here, ratios, goals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

RIVALS = ("JavaRosa", "survey-core", "plain Python")
WHAT, FIGURE, RATIO = 60, 12, 8


def p95(found: Sequence[float]) -> float:
    return sorted(found)[int(len(found) * 0.95)]


def head() -> None:
    columns = "".join(f"{name:>{FIGURE}}{'ours/it':>{RATIO}}" for name in RIVALS)
    print(f"{'what':<{WHAT}}{'ours':>{FIGURE}}{columns}  goal")


def row(what: str, ours: float, theirs: Mapping[str, float], most: float | None = None) -> None:
    """Milliseconds; `most` is a goal against JavaRosa."""
    line = f"{what:<{WHAT}}{ours:>{FIGURE - 3}.3f} ms"
    for name in RIVALS:
        its = theirs.get(name)
        line += f"{its:>{FIGURE - 3}.3f} ms{ours / its:>{RATIO}.2f}" if its else f"{'-':>{FIGURE}}{'-':>{RATIO}}"
    if most is not None:
        its = theirs.get("JavaRosa")
        told = "not measured" if not its else "met" if ours <= most * its else "NOT MET"
        line += f"  <= {most:g} x JavaRosa: {told}"
    print(line, flush=True)


def alone(what: str, value: str, goal: str = "", met: bool = True) -> None:
    told = f"  {goal}: {'met' if met else 'NOT MET'}" if goal else ""
    print(f"{what:<{WHAT}}{value:>{FIGURE}}{told}", flush=True)
