"""A compiled piece of an expression, and how a piece of one sort is read as another.

Every piece is a closure over an `Env`. What can be decided while compiling (which node, how deep in
which repeats, number or text) is decided there, so that running is a few dictionary look-ups.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kiosk.forms.numbers import Arithmetic, Number
from kiosk.forms.plan import Node, Run
from kiosk.forms.values import Sort, Value, number_of, reader_for, text_of, truth_of
from kiosk.forms.world import Env, Item, World


@dataclass(slots=True)
class Part:
    sort: Sort
    run: Run  # for NODES: the nodes, as a list of keys or of items
    inner: Sort = Sort.TEXT  # for NODES: what one of them reads as
    literal: Value | None = None
    single: bool = False  # NODES that is at most one place of the interview
    items: bool = False  # NODES of a secondary instance
    first: Run | None = None  # NODES: the value of the first one, read quickly
    first_text: Run | None = None
    first_number: Callable[[Number], Run] | None = None  # the same as a number, or this one where there is none
    index: int = -1  # the node, when there is only one it can be


class Conversions:
    """Pieces read as text, number, truth or any value, in one arithmetic."""

    def __init__(self, arithmetic: Arithmetic, nodes: Sequence[Node]) -> None:
        self.arithmetic = arithmetic
        self.nodes = nodes
        self._readers: list[Callable[[str], Value]] = []

    def reader(self, index: int) -> Callable[[str], Value]:
        if len(self._readers) != len(self.nodes):
            self._readers = [reader_for(node.kind, self.arithmetic) for node in self.nodes]
        return self._readers[index]

    def node_text(self, world: World, node: Any) -> str:
        if isinstance(node, Item):
            return node.text
        if self.arithmetic.rewrites:
            return text_of(self.reader(node[0])(world.texts.get(node, "")), self.arithmetic)
        return world.texts.get(node, "")

    def node_value(self, world: World, node: Any) -> Value:
        if isinstance(node, Item):
            return node.text
        return self.reader(node[0])(world.texts.get(node, ""))

    def value(self, part: Part) -> Run:
        """The piece as a plain value; of several nodes, the first."""
        if part.sort is not Sort.NODES:
            return part.run
        if part.first is not None:
            return part.first
        run, node_value = part.run, self.node_value

        def first(env: Env) -> Value:
            nodes = run(env)
            return node_value(env.world, nodes[0]) if nodes else ""

        return first

    def text(self, part: Part) -> Run:
        arithmetic = self.arithmetic
        if part.sort is Sort.TEXT:
            return part.run
        if part.sort is Sort.NODES:
            if part.first_text is not None:
                return part.first_text
            run, node_text = part.run, self.node_text

            def first(env: Env) -> str:
                nodes = run(env)
                return node_text(env.world, nodes[0]) if nodes else ""

            return first
        run = part.run
        return lambda env: text_of(run(env), arithmetic)

    def number(self, part: Part) -> Run:
        arithmetic = self.arithmetic
        if part.sort is Sort.NUMBER:
            return part.run
        if part.literal is not None:
            constant = number_of(part.literal, arithmetic)
            return lambda env: constant
        if part.first_number is not None:
            return part.first_number(arithmetic.nan)
        value = self.value(part)

        def number(env: Env) -> Number:
            found: Value = value(env)
            return found if type(found) is Decimal else number_of(found, arithmetic)

        return number

    def truth(self, part: Part) -> Run:
        if part.sort is Sort.TRUTH:
            return part.run
        value = self.value(part)
        return lambda env: truth_of(value(env))

    def list_of_nodes(self, part: Part) -> Run | None:
        return part.run if part.sort is Sort.NODES else None

    def texts(self, part: Part) -> Run:
        """The texts of every node, or the one text of a value."""
        if part.sort is not Sort.NODES:
            one = self.text(part)
            return lambda env: [one(env)]
        run, node_text = part.run, self.node_text
        return lambda env: [node_text(env.world, node) for node in run(env)]

    def numbers(self, part: Part) -> Run:
        """The numbers of every node, or the one number of a value."""
        arithmetic = self.arithmetic
        if part.sort is not Sort.NODES:
            one = self.number(part)
            return lambda env: [one(env)]
        if part.single and part.first is not None:
            only = self.number(part)
            return lambda env: [only(env)]
        run, node_value = part.run, self.node_value

        def numbers(env: Env) -> list[Number]:
            world = env.world
            return [number_of(node_value(world, node), arithmetic) for node in run(env)]

        return numbers

    def values(self, part: Part) -> Run:
        if part.sort is not Sort.NODES:
            one = part.run
            return lambda env: [one(env)]
        if part.single and part.first is not None:
            first = part.first
            return lambda env: [first(env)]
        run, node_value = part.run, self.node_value
        return lambda env: [node_value(env.world, node) for node in run(env)]


def literal(value: Value) -> Part:
    sort = Sort.TEXT if isinstance(value, str) else Sort.TRUTH if isinstance(value, bool) else Sort.NUMBER
    return Part(sort, lambda env: value, literal=value)


def text_part(run: Run) -> Part:
    return Part(Sort.TEXT, run)


def number_part(run: Run) -> Part:
    return Part(Sort.NUMBER, run)


def truth_part(run: Run) -> Part:
    return Part(Sort.TRUTH, run)
