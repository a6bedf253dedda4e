"""The functions of ODK XForms about places on earth, and the shuffling of choices; for imported forms."""

from __future__ import annotations

import itertools
import math
import secrets
from collections.abc import Callable
from typing import Any

from kiosk.forms.compiler import Compiler, Function
from kiosk.forms.functions import arguments, nodes_of
from kiosk.forms.numbers import Number, is_nan
from kiosk.forms.parts import Part, number_part, text_part, truth_part
from kiosk.forms.paths import Scope
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.syntax import Call
from kiosk.forms.values import Sort
from kiosk.forms.world import Env

Point = tuple[float, float]  # latitude, longitude
EARTH_RADIUS = 6_378_100.0
EARTH_CIRCUMFERENCE = 2 * math.pi * EARTH_RADIUS


def points_of(texts: list[str]) -> list[Point]:
    """The points of a trace, or of several geopoints."""
    found: list[Point] = []
    for text in texts:
        for piece in text.split(";"):
            words = piece.split()
            try:
                if len(words) >= 2:
                    found.append((float(words[0]), float(words[1])))
            except ValueError:
                return []
    return found


def distance(points: list[Point]) -> float:
    return sum(_between(one, other) for one, other in itertools.pairwise(points))


def _between(one: Point, other: Point) -> float:
    (lat_a, lon_a), (lat_b, lon_b) = [(math.radians(lat), math.radians(lon)) for lat, lon in (one, other)]
    cosine = math.sin(lat_a) * math.sin(lat_b) + math.cos(lat_a) * math.cos(lat_b) * math.cos(lon_a - lon_b)
    return math.acos(max(-1.0, min(1.0, cosine))) * EARTH_RADIUS


def area(points: list[Point]) -> float:
    """Square metres enclosed, on a flat map around the first point."""
    if len(points) < 3:
        return 0.0
    lat, lon = points[0]
    flat = [
        (
            (y - lat) * EARTH_CIRCUMFERENCE / 360,
            (x - lon) * EARTH_CIRCUMFERENCE * math.cos(math.radians(y)) / 360,
        )
        for y, x in points
    ]
    ring = [*flat[1:], flat[0]]
    return abs(sum((a[0] * b[1] - a[1] * b[0]) / 2 for a, b in zip(flat, ring, strict=True)))


def inside(point: Point, border: list[Point]) -> bool:
    crossings = False
    for (y1, x1), (y2, x2) in zip(border, [*border[1:], *border[:1]], strict=True):
        if (y1 > point[0]) != (y2 > point[0]) and point[1] < (x2 - x1) * (point[0] - y1) / (y2 - y1) + x1:
            crossings = not crossings
    return crossings


def _measure(measure: Callable[[list[Point]], float]) -> Function:
    def build(compiler: Compiler, scope: Scope, call: Call) -> Part:
        runs = [compiler.convert.texts(part) for part in arguments(compiler, scope, call)]

        def run(env: Env) -> Number:
            return compiler.arithmetic.of_float(measure(points_of([text for one in runs for text in one(env)])))

        return number_part(run)

    return Function(build, 1, None)


def _geofence(compiler: Compiler, scope: Scope, call: Call) -> Part:
    point, border = [compiler.convert.text(part) for part in arguments(compiler, scope, call)]

    def run(env: Env) -> bool:
        here = points_of([point(env)])
        return bool(here) and inside(here[0], points_of([border(env)]))

    return truth_part(run)


class ParkMiller:
    """The minimal standard generator that ODK names for reproducible shuffles."""

    def __init__(self, seed: int) -> None:
        self.seed = seed % 2147483647
        if self.seed <= 0:
            self.seed += 2147483646

    def next(self) -> float:
        self.seed = self.seed * 16807 % 2147483647
        return (self.seed - 1) / 2147483646


def shuffled(nodes: list[Any], seed: int | None) -> list[Any]:
    """Fisher and Yates from the first to the last, so that a seed gives the order it gives in ODK engines."""
    mixed: list[Any] = []
    draw = ParkMiller(secrets.randbelow(2**31) if seed is None else seed)
    for at, node in enumerate(nodes):
        other = int(draw.next() * (at + 1))
        mixed.append(node)
        mixed[at], mixed[other] = mixed[other], node
    return mixed


def _randomize(compiler: Compiler, scope: Scope, call: Call) -> Part:
    part = nodes_of(compiler, scope, call)
    run = part.run
    seed = compiler.convert.number(compiler.part(call.arguments[1], scope)) if len(call.arguments) == 2 else None

    def mixed(env: Env) -> list[Any]:
        nodes = run(env)
        env.world.spend(len(nodes))
        number = seed(env) if seed is not None else None
        return shuffled(nodes, None if number is None else 0 if is_nan(number) else int(number))

    return Part(Sort.NODES, mixed, inner=part.inner, items=part.items)


def _pulldata(compiler: Compiler, scope: Scope, call: Call) -> Part:
    """pulldata(file, wanted column, key column, key): from the secondary instance of that name."""
    name = getattr(call.arguments[0], "text", "")
    if name not in compiler.instances:
        raise ExpressionProblem("unknown_instance", name=str(name)[:40])
    document = compiler.instances[name]
    wanted, column, key = [compiler.convert.text(compiler.part(tree, scope)) for tree in call.arguments[1:]]

    def run(env: Env) -> str:
        rows = document.children[0].children if document.children else []
        env.world.spend(len(rows))
        sought, where = key(env), column(env)
        return next((row.child_text(wanted(env)) for row in rows if row.child_text(where) == sought), "")

    return text_part(run)


GEO_AND_LISTS: dict[str, Function] = {
    "distance": _measure(distance),
    "area": _measure(area),
    "enclosed-area": _measure(area),
    "geofence": Function(_geofence, 2, 2),
    "randomize": Function(_randomize, 1, 2),
    "pulldata": Function(_pulldata, 4, 4),
    "version": Function(
        lambda compiler, scope, call: text_part(lambda env: str(getattr(env.world.form, "version", ""))), 0, 0
    ),
}
