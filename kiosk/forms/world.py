"""What an expression may look at while it runs: answers, rows, hidden places, tables and a held clock.

A `World` belongs to one recalculation; nothing outside it is in reach of an expression, and every
visit of a node is counted against the step budget.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kiosk.forms.plan import Instance, Key, Plan
from kiosk.forms.problems import ExpressionProblem


@dataclass(slots=True)
class Item:
    """One element of a secondary instance: an external list, a table of regions."""

    name: str
    text: str = ""
    children: list[Item] = field(default_factory=list)
    attributes: Mapping[str, str] = field(default_factory=dict)
    parent: Item | None = field(default=None, repr=False)

    def child_text(self, name: str) -> str:
        for child in self.children:
            if child.name == name:
                return child.text
        return ""


class World:
    __slots__ = (
        "facts",
        "form",
        "hidden",
        "language",
        "now",
        "plan",
        "rows",
        "steps",
        "tables",
        "texts",
        "today",
        "tried",
    )

    def __init__(
        self,
        plan: Plan,
        texts: dict[Key, str],
        rows: dict[Key, tuple[int, ...]],
        hidden: set[Key],
        today: date,
        now: datetime,
        facts: Mapping[str, str],
        tables: Any = None,
        form: Any = None,
        language: str = "",
    ) -> None:
        self.plan = plan
        self.texts = texts
        self.rows = rows
        self.hidden = hidden
        self.today = today
        self.now = now
        self.facts = facts
        self.tables = tables
        self.form = form
        self.language = language
        self.steps = plan.limits.steps
        self.tried: tuple[Key, str] | None = None  # in an imported form, what `.` is while an answer is tried

    def spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise ExpressionProblem("steps", limit=self.plan.limits.steps)

    def begin_evaluation(self) -> None:
        self.steps = self.plan.limits.steps

    def visible(self, key: Key) -> bool:
        index, instance = key
        hidden = self.hidden
        for gate, depth in self.plan.nodes[index].gates:  # noqa: SIM110 (any() takes twice as long)
            if (gate, instance[:depth]) in hidden:
                return False
        return True


class Env:
    """Where in the world an expression stands."""

    __slots__ = ("instance", "item", "origin", "position", "size", "world")

    def __init__(
        self,
        world: World,
        instance: Instance,
        origin: Instance | None = None,
        item: Item | None = None,
        position: int = 1,
        size: int = 1,
    ) -> None:
        self.world = world
        self.instance = instance
        self.origin = instance if origin is None else origin
        self.item = item
        self.position = position
        self.size = size

    def at(self, instance: Instance, position: int, size: int) -> Env:
        return Env(self.world, instance, self.origin, self.item, position, size)

    def on(self, item: Item, position: int, size: int) -> Env:
        return Env(self.world, self.instance, self.origin, item, position, size)
