"""No expression text makes the engine hang, recurse out or reach outside."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.forms.binding import FUNCTIONS
from kiosk.forms.compiler import Compiler
from kiosk.forms.kinds import Kind
from kiosk.forms.numbers import BINARY, EXACT
from kiosk.forms.plan import Node, Plan, Shape
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.syntax import PACK_LIMITS, read
from kiosk.forms.world import Env, World

WORDS = [
    *sorted(FUNCTIONS), "/data/a", "/data/r/b", "${b}", "${r}", ".", "..", "*", "//", "/", "[", "]", "(", ")", ",", "+", "-",
    "div", "mod", "and", "or", "=", "!=", "<", ">=", "|", "'x'", "'2026-01-01'", "1", "9e9", "99999999999999999999", "0.5",
    "current()", "position()", "true()", "@x", "::", "child::", "$", "🙂", "\x00",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
VALUES = st.recursive(
    st.sampled_from(
        ["1", "0", "-1", "'x'", "''", "/data/a", "/data/r/b", "'2026-01-01'", "today()", "99999999999999", ".5"]
    ),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), st.lists(inner, max_size=4)).map(
            lambda call: f"{call[0]}({', '.join(call[1])})"
        ),
        st.tuples(inner, st.sampled_from(["+", "-", "*", "div", "mod", "=", "<", "and", "or"]), inner).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
        ),
        inner.map(lambda predicate: f"/data/r[{predicate}]/b"),
    ),
    max_leaves=12,
)


def nodes() -> list[Node]:
    return [
        Node(0, "data", "/data", -1, Shape.GROUP, Kind.TEXT, (), (1, 2)),
        Node(1, "a", "/data/a", 0, Shape.LEAF, Kind.MONEY, ()),
        Node(2, "r", "/data/r", 0, Shape.REPEAT, Kind.TEXT, (2,), (3,)),
        Node(3, "b", "/data/r/b", 2, Shape.LEAF, Kind.INT, (2,)),
    ]


@dataclass(frozen=True)
class Quiet:
    """The tables, without their hundreds of lines in the report of a failed example."""

    tables: object = field(repr=False)


@pytest.fixture(scope="session")
def quiet(tables: object) -> Quiet:
    return Quiet(tables)


def run(text: str, tables: object, exact: bool) -> None:
    arithmetic = EXACT if exact else BINARY
    compiler = Compiler(
        nodes(), (0,), arithmetic, PACK_LIMITS, FUNCTIONS, name_of=lambda name, here: 3 if name == "b" else 2
    )
    plan = Plan(tuple(nodes()), (), {}, {}, {}, {}, arithmetic, PACK_LIMITS)
    world = World(
        plan,
        {(1, ()): "12.50", **{(3, (row,)): str(row) for row in range(40)}},
        {(2, ()): tuple(range(40))},
        set(),
        date(2026, 11, 23),
        datetime(2026, 11, 23, tzinfo=UTC),
        {},
        tables,
    )
    with contextlib.suppress(ExpressionProblem):
        compiler.compile(text, 1).run(Env(world, ()))


@settings(max_examples=400)
@given(SOUP, st.booleans())
def test_any_words_in_any_order_end_well(quiet: Quiet, text: str, exact: bool):
    run(text, quiet.tables, exact)


@settings(max_examples=400, deadline=2000)
@given(VALUES, st.booleans())
def test_any_well_formed_expression_ends_well(quiet: Quiet, text: str, exact: bool):
    run(text, quiet.tables, exact)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str):
    with contextlib.suppress(ExpressionProblem):
        read(text)


def test_the_step_budget_ends_what_would_take_too_long(tables: object):
    start = time.perf_counter()
    run("count(/data/r[count(/data/r[count(/data/r[count(/data/r) > 1]) > 1]) > 1])", tables, True)
    assert time.perf_counter() - start < 1
