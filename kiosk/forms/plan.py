"""The skeleton of a form: every place an answer may stand in, and the work that keeps the places true.

A `Node` is one place (`/data/plaintiff/name`). Inside repeats a place exists once for each instance, so a
running place is the pair (node index, instance ids of the repeats around it); a `Key` is that pair.
A `Task` is one expression that writes into the interview by itself: a value, a relevance, a default,
a number of rows. `Plan.tasks` stand in an order in which none needs a later one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import force_setattr

from kiosk.errors import KioskBug
from kiosk.forms.kinds import Kind

if TYPE_CHECKING:
    from kiosk.forms.numbers import Arithmetic
    from kiosk.forms.syntax import Limits
    from kiosk.forms.world import Env

Instance = tuple[int, ...]
Key = tuple[int, Instance]
Run = Callable[["Env"], Any]


class Shape(StrEnum):
    GROUP = "group"
    REPEAT = "repeat"
    LEAF = "leaf"


class Property(StrEnum):
    RELEVANT = "relevant"
    ROWS = "rows"
    VALUE = "value"
    DEFAULT = "default"


class Node(
    msgspec.Struct, frozen=True, array_like=True
):  # thousands are made while loading: four times as fast as a dataclass
    index: int
    name: str
    path: str  # /data/plaintiff/person/name
    parent: int  # -1 above the root
    shape: Shape
    kind: Kind
    repeats: tuple[int, ...]  # the repeats around it, outermost first; a repeat counts itself
    children: tuple[int, ...] = ()
    gates: tuple[tuple[int, int], ...] = ()  # (node with a relevance, its depth), itself and above

    @property
    def depth(self) -> int:
        return len(self.repeats)


class Use(msgspec.Struct, frozen=True, gc=False, array_like=True, order=True):
    """An expression reads a node: those instances that share its first `shared` repeats with the reader."""

    index: int
    shared: int


class Code(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An expression with what it reads. Its closures are made by whoever checked it, or when it first runs."""

    text: str
    here: int = 0  # the node it stands at
    depth: int = 0  # the repeats around it that it may tell apart
    want: str = "value"
    uses: tuple[Use, ...] = ()
    made: Any = None  # a Run

    def run(self, env: Env) -> Any:
        made = self.made
        if made is None:
            made = env.world.plan.compile(self)
            force_setattr(self, "made", made)
        return made(env)


class Task(msgspec.Struct, frozen=True, gc=False, array_like=True):
    rank: int
    index: int
    property: Property
    depth: int  # repeats around the place it writes to
    code: Code


class Reader(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A task to do again when a node changed; only instances sharing `shared` repeats are touched."""

    rank: int
    shared: int


def compiled_already(code: Code) -> Run:
    raise KioskBug(f"{code.text} was never compiled")


@dataclass(frozen=True, slots=True)
class Plan:
    nodes: tuple[Node, ...]
    tasks: tuple[Task, ...]
    readers: Mapping[int, tuple[Reader, ...]]  # node index → tasks that read it
    stirred: Mapping[int, tuple[Reader, ...]]  # gate or repeat → tasks to do again when it opens, closes, grows
    under: Mapping[int, tuple[int, ...]]  # group or repeat → every node below it, itself first
    tasks_at: Mapping[int, tuple[int, ...]]  # node index → ranks of its own tasks
    arithmetic: Arithmetic
    limits: Limits
    by_path: Mapping[str, int] = field(default_factory=dict)
    compile: Callable[[Code], Run] = field(default=compiled_already, compare=False)  # of codes that were not yet

    def node_at(self, path: str) -> Node | None:
        index = self.by_path.get(path)
        return None if index is None else self.nodes[index]
