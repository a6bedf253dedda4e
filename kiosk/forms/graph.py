"""The order of work: which task must be done before which, and what to do again when something changes.

The graph is between tasks of the form, not of one interview, so it is built once at load; a circle is a
problem of the pack and is named there.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace as node_with

from kiosk.forms.numbers import Arithmetic
from kiosk.forms.plan import Code, Node, Plan, Property, Reader, Shape, Task
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.syntax import Limits

Ranked = tuple[Task, int]


@dataclass(frozen=True, slots=True)
class Duty:
    """A task before it has its rank."""

    index: int
    property: Property
    depth: int
    code: Code


class Circle(ExpressionProblem):
    def __init__(self, indexes: Sequence[int], names: str) -> None:
        self.indexes = tuple(indexes)
        super().__init__("circle", names=names)


def weave(nodes: list[Node], duties: list[Duty], arithmetic: Arithmetic, limits: Limits) -> Plan:
    """The finished plan; raises `Circle` when tasks need each other."""
    under = _under(nodes)
    needs = _needs(nodes, duties)
    order = _order(nodes, duties, needs)
    rank_of = {number: rank for rank, number in enumerate(order)}
    tasks = tuple(
        Task(rank, duties[number].index, duties[number].property, duties[number].depth, duties[number].code)
        for rank, number in enumerate(order)
    )
    tasks_at: dict[int, list[int]] = defaultdict(list)
    for task in tasks:
        tasks_at[task.index].append(task.rank)
    readers = _readers(duties, rank_of)
    return Plan(
        nodes=tuple(nodes),
        tasks=tasks,
        readers=readers,
        stirred=_stirred(nodes, tasks, readers, under),
        under={index: below for index, below in under.items() if nodes[index].shape is not Shape.LEAF},
        tasks_at={index: tuple(ranks) for index, ranks in tasks_at.items()},
        arithmetic=arithmetic,
        limits=limits,
        by_path={node.path: node.index for node in nodes},
    )


def _under(nodes: list[Node]) -> dict[int, tuple[int, ...]]:
    under: dict[int, tuple[int, ...]] = {}
    for node in reversed(nodes):  # children stand after their parents
        under[node.index] = (node.index, *(below for child in node.children for below in under[child]))
    return under


def _needs(nodes: list[Node], duties: list[Duty]) -> list[set[int]]:
    """For each duty, the duties that come before it."""
    writers: dict[int, list[int]] = defaultdict(list)
    gatekeepers: dict[int, int] = {}
    counters: dict[int, int] = {}
    for number, duty in enumerate(duties):
        if duty.property is Property.RELEVANT:
            gatekeepers[duty.index] = number
        elif duty.property is Property.ROWS:
            counters[duty.index] = number
        else:
            writers[duty.index].append(number)
    needs: list[set[int]] = []
    for number, duty in enumerate(duties):
        mine: set[int] = set()
        for use in duty.code.uses:
            mine.update(writers[use.index])
            mine.update(gatekeepers[gate] for gate, _ in nodes[use.index].gates if gate in gatekeepers)
            if nodes[use.index].shape is Shape.REPEAT and use.index in counters:
                mine.add(counters[use.index])
        node = nodes[duty.index]
        if duty.property is Property.DEFAULT:
            mine.update(gatekeepers[gate] for gate, _ in node.gates if gate in gatekeepers)
        for repeat in node.repeats[: duty.depth]:
            if repeat in counters and counters[repeat] != number:
                mine.add(counters[repeat])
        needs.append(mine)
    return needs


def _order(nodes: list[Node], duties: list[Duty], needs: list[set[int]]) -> list[int]:
    waiting = [len(mine) for mine in needs]
    after: dict[int, list[int]] = defaultdict(list)
    for number, mine in enumerate(needs):
        for other in mine:
            after[other].append(number)
    ready = [number for number, count in enumerate(waiting) if count == 0]
    heapq.heapify(ready)
    order: list[int] = []
    while ready:
        number = heapq.heappop(ready)
        order.append(number)
        for following in after[number]:
            waiting[following] -= 1
            if waiting[following] == 0:
                heapq.heappush(ready, following)
    if len(order) < len(duties):
        raise _circle(nodes, duties, needs, set(range(len(duties))) - set(order))
    return order


def _circle(nodes: list[Node], duties: list[Duty], needs: list[set[int]], stuck: set[int]) -> Circle:
    """One circle among the duties that never became ready."""
    at, seen = min(stuck), list[int]()
    while at not in seen:
        seen.append(at)
        at = min(needs[at] & stuck)
    ring = seen[seen.index(at) :]
    indexes = [duties[number].index for number in ring]
    return Circle(indexes, " → ".join(nodes[index].path for index in [*indexes, indexes[0]])[:300])


def _readers(duties: list[Duty], rank_of: Mapping[int, int]) -> dict[int, tuple[Reader, ...]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for number, duty in enumerate(duties):
        rank = rank_of[number]
        for use in duty.code.uses:
            shared = min(use.shared, duty.depth)
            found[use.index][rank] = min(shared, found[use.index].get(rank, shared))
    return {index: tuple(Reader(rank, shared) for rank, shared in mine.items()) for index, mine in found.items()}


def _stirred(
    nodes: list[Node],
    tasks: tuple[Task, ...],
    readers: Mapping[int, tuple[Reader, ...]],
    under: Mapping[int, tuple[int, ...]],
) -> dict[int, tuple[Reader, ...]]:
    gates = {task.index for task in tasks if task.property is Property.RELEVANT}
    turning = gates | {node.index for node in nodes if node.shape is Shape.REPEAT}
    stirred: dict[int, tuple[Reader, ...]] = {}
    defaults: dict[int, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.property is Property.DEFAULT:
            defaults[task.index].append(task)
    for index in sorted(turning):
        limit = nodes[index].depth - (nodes[index].shape is Shape.REPEAT)
        found: dict[int, int] = {}
        for below in under[index]:
            for reader in readers.get(below, ()):
                shared = min(reader.shared, limit)
                found[reader.rank] = min(shared, found.get(reader.rank, shared))
            if index in gates:
                for task in defaults.get(below, ()):
                    found[task.rank] = min(limit, found.get(task.rank, limit))
        stirred[index] = tuple(Reader(rank, shared) for rank, shared in found.items())
    return stirred


def with_gates(nodes: list[Node], gated: Mapping[int, int]) -> list[Node]:
    """Every node with the relevances that decide whether it is there. `gated`: node → depth of its relevance."""
    finished: list[Node] = []
    for node in nodes:
        above = finished[node.parent].gates if node.parent >= 0 else ()
        own = ((node.index, gated[node.index]),) if node.index in gated else ()
        finished.append(node_with(node, gates=(*above, *own)))
    return finished
