"""What one person has said so far, as a frozen value, and the workbench on which the next value is made.

An answer does again only the tasks that read what changed, in the order of the form's plan; `Work` is the
only thing here that changes, and it never outlives the call that made it.

Between a person's finger and the next page stands this: what looks laboured here (a set copied only when it
changes, one `Env` for all that stands outside repeats) is there because it was measured (`make bench`).
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from kiosk.forms.model import Action, Form, Repeat, Start
from kiosk.forms.numbers import is_nan
from kiosk.forms.plan import Code, Instance, Key, Property, Shape, Task
from kiosk.forms.problems import ExpressionProblem
from kiosk.forms.values import Value, number_of
from kiosk.forms.world import Env, World
from kiosk.interview.answers import odk_text, stored, stored_as_odk

RELEVANT, VALUE = Property.RELEVANT, Property.VALUE  # a member of an enum is looked up slowly
KEPT_UNDOS = 12
MOST_ROWS = 500  # of any one repeat, whatever the pack or a count says


@dataclass(frozen=True, slots=True)
class Context:
    """What the kiosk itself knows: the day, and facts such as the court's code, by question id or name."""

    today: date
    facts: Mapping[str, str] = field(default_factory=dict, repr=False)
    now: datetime | None = None

    @property
    def moment(self) -> datetime:
        return self.now or _noon(self.today)


@lru_cache(maxsize=4)
def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


class Past(NamedTuple):
    """What an interview held before a change."""

    texts: Mapping[Key, str]
    rows: Mapping[Key, tuple[int, ...]]
    hidden: frozenset[Key] | set[Key]
    seeded: frozenset[Key] | set[Key]
    unknown: frozenset[Key] | set[Key]
    next_row: int

    def __repr__(self) -> str:
        return "Past()"  # never what was said


class Interview(msgspec.Struct, frozen=True, eq=False):  # one is made of every answer: a dataclass takes 2 µs for it
    form: Form
    context: Context
    texts: Mapping[Key, str]
    rows: Mapping[Key, tuple[int, ...]]  # (repeat, instance around it) → instance ids
    hidden: frozenset[Key] | set[Key]  # places whose own relevance says no
    seeded: frozenset[Key] | set[Key]  # places whose default is done with
    unknown: frozenset[Key] | set[Key]  # 我不知道
    next_row: int = 1
    before: tuple[Past, ...] = ()  # the latest last
    # What was worked out from this value, once for all who ask; it goes when the value goes.
    memo: dict[str, Any] = msgspec.field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        """The same form with the same things said, however it came about."""
        if not isinstance(other, Interview):
            return NotImplemented
        return (self.form, self.context, past_of(self)) == (other.form, other.context, past_of(other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Interview({self.form.pack})"  # never what was said

    def world(self, language: str = "") -> World:
        """A look at the interview; the caller promises not to write."""
        return World(
            self.form.plan,
            self.texts,  # type: ignore[arg-type]
            self.rows,  # type: ignore[arg-type]
            self.hidden,  # type: ignore[arg-type]
            self.context.today,
            self.context.moment,
            self.context.facts,
            self.form.tables,
            self.form,
            language or self.form.languages[0],
        )

    def visible(self, key: Key) -> bool:
        index, instance = key
        hidden = self.hidden
        for gate, depth in self.form.plan.nodes[index].gates:  # noqa: SIM110 (any() takes twice as long)
            if (gate, instance[:depth]) in hidden:
                return False
        return True


class Work:
    """The copies being changed, the world over them, and the tasks still to be done."""

    def __init__(self, form: Form, context: Context, base: Interview | None = None) -> None:
        self.form = form
        self.plan = form.plan
        self.context = context
        self.base = base
        self.texts: dict[Key, str] = dict(base.texts) if base else {}
        self.rows: dict[Key, tuple[int, ...]] = dict(base.rows) if base else {}
        # The marks are the base's own until one of them changes: see `changing`.
        self.hidden = base.hidden if base else set()
        self.seeded = base.seeded if base else set()
        self.unknown = base.unknown if base else set()
        self.next_row = base.next_row if base else 1
        self.world = World(
            self.plan,
            self.texts,
            self.rows,
            self.hidden,  # type: ignore[arg-type]
            context.today,
            context.moment,
            context.facts,
            form.tables,
            form,
            form.languages[0],
        )
        self.outside = Env(self.world, ())  # where everything stands that is in no repeat
        self.heap: list[tuple[int, Instance]] = []
        self.waiting: set[tuple[int, Instance]] = set()
        self.counting: dict[
            Key, bool
        ] = {}  # repeats whose instances are being made → whether their count is asked again
        self.done = 0  # tasks done, for whoever measures

    def finished(self, undoable: bool = True) -> Interview:
        """Do all that waits and freeze the outcome."""
        self.run()
        before = (*self.base.before[-(KEPT_UNDOS - 1) :], past_of(self.base)) if self.base and undoable else ()
        return Interview(
            self.form,
            self.context,
            self.texts,
            self.rows,
            self.hidden,
            self.seeded,
            self.unknown,
            self.next_row,
            before,
        )

    # changes

    def changing(self, marks: str) -> set[Key]:
        """`hidden`, `seeded` or `unknown`, to be changed: the base's own is copied first."""
        held: set[Key] = getattr(self, marks)
        if self.base is not None and held is getattr(self.base, marks):
            held = set(held)
            setattr(self, marks, held)
            if marks == "hidden":
                self.world.hidden = held
        return held

    def said(self, key: Key, unknown: bool = False) -> None:
        """A person decided what stands here: its default is done with; 我不知道 is a decision too."""
        if key not in self.seeded:
            self.changing("seeded").add(key)
        if (key in self.unknown) is not unknown:
            self.changing("unknown").symmetric_difference_update((key,))

    def put(self, key: Key, text: str) -> None:
        """Write a text and note who reads it."""
        if self.texts.get(key, "") == text:
            return
        if text:
            self.texts[key] = text
        else:
            del self.texts[key]
        self.read_anew(key)

    def read_anew(self, key: Key) -> None:
        """Call whoever reads this place."""
        for reader in self.plan.readers.get(key[0], ()):
            self.call(reader.rank, key[1][: reader.shared])

    def add_row(self, repeat: int, around: Instance) -> Key:
        """A new last instance, with the instances that must be inside it."""
        row = self.next_row
        self.next_row += 1
        key = (repeat, around)
        self.rows[key] = (*self.rows.get(key, ()), row)
        instance = (*around, row)
        for index in self.plan.under[repeat]:
            self._call_own(index, instance, around)
        if self.form.start is not None:
            self._copy_template(self.form.start, repeat, instance)
        else:
            self.first_rows(repeat, instance)
        self.stir(repeat, around)
        if self.form.actions:
            self.happen("odk-new-repeat", (repeat, instance))
        return (repeat, instance)

    def _copy_template(self, start: Start, repeat: int, instance: Instance) -> None:
        depth = len(instance)
        for index in self.plan.under[repeat]:
            node = self.plan.nodes[index]
            if node.depth == depth and index in start.new:
                self.texts[index, instance] = start.new[index]
            if node.shape is Shape.REPEAT and node.depth == depth + 1:
                for _ in range(start.new_rows.get(index, 0)):
                    self.add_row(index, instance)

    def happen(self, event: str, key: Key) -> None:
        """Do what an imported form does at this event, with everything computed so far."""
        for action in self.form.actions.get(event, ()):
            if action.at == key[0]:
                self.act(action, key[1])

    def act(self, action: Action, instance: Instance) -> None:
        self.run()
        node = self.plan.nodes[action.index]
        instances = [instance[: node.depth]]
        for repeat in node.repeats[len(instance) :]:
            instances = [(*one, row) for one in instances for row in self.rows.get((repeat, one), ())]
        for one in instances:
            value = self.evaluate(action.code, one)
            text = odk_text(node.kind, stored_as_odk(node.kind, value, self.plan.arithmetic))
            self.put((action.index, one), text)

    def _call_own(self, index: int, instance: Instance, around: Instance) -> None:
        for rank in self.plan.tasks_at.get(index, ()):
            self.call(rank, instance if self.plan.tasks[rank].depth >= len(instance) else around)

    def first_rows(self, inside: int, instance: Instance) -> None:
        for child in self.plan.nodes[inside].children:
            node = self.plan.nodes[child]
            if node.shape is Shape.REPEAT:
                element = self.form.at.get(child)
                least = element.least if isinstance(element, Repeat) else 0
                for _ in range(least - len(self.rows.get((child, instance), ()))):
                    self.add_row(child, instance)
            elif node.shape is Shape.GROUP:
                self.first_rows(child, instance)

    def remove_row(self, key: Key) -> None:
        repeat, instance = key
        around = (repeat, instance[:-1])
        self.rows[around] = tuple(row for row in self.rows.get(around, ()) if row != instance[-1])
        depth, inside = len(instance), frozenset(self.plan.under[repeat])
        for store in (self.texts, self.rows):
            for other in [other for other in store if other[0] in inside and other[1][:depth] == instance]:
                del store[other]
        for name in ("hidden", "seeded", "unknown"):
            marks = self.changing(name)
            marks.difference_update([other for other in marks if other[0] in inside and other[1][:depth] == instance])
        self.stir(repeat, instance[:-1])

    def stir(self, index: int, instance: Instance) -> None:
        """A gate opened or closed, or a repeat grew or shrank."""
        for reader in self.plan.stirred.get(index, ()):
            self.call(reader.rank, instance[: reader.shared])

    # tasks

    def call(self, rank: int, prefix: Instance) -> None:
        """Put a task in line for every instance that begins with this prefix."""
        task = self.plan.tasks[rank]
        instances = [prefix[: task.depth]]
        if task.depth > len(prefix):
            for repeat in self.plan.nodes[task.index].repeats[len(prefix) : task.depth]:
                instances = [(*around, row) for around in instances for row in self.rows.get((repeat, around), ())]
        for instance in instances:
            entry = (rank, instance)
            if entry not in self.waiting:
                self.waiting.add(entry)
                heapq.heappush(self.heap, entry)

    def call_everything(self) -> None:
        for task in self.plan.tasks:
            self.call(task.rank, ())

    def run(self) -> None:
        while self.heap:
            entry = heapq.heappop(self.heap)
            self.waiting.discard(entry)
            rank, instance = entry
            task = self.plan.tasks[rank]
            if instance and not self._stands(task, instance):
                continue
            self.done += 1
            self._do(task, instance)

    def _stands(self, task: Task, instance: Instance) -> bool:
        repeats = self.plan.nodes[task.index].repeats
        return all(
            row in self.rows.get((repeat, instance[:depth]), ())
            for depth, (repeat, row) in enumerate(zip(repeats, instance, strict=False))
        )

    def evaluate(self, code: Code, instance: Instance, otherwise: Value = "") -> Value:
        """The value of an expression here. One that runs out of steps is `otherwise`: it never stops a person."""
        self.world.begin_evaluation()
        try:
            value: Value = (code.made or code.run)(Env(self.world, instance) if instance else self.outside)
        except ExpressionProblem:
            return otherwise
        return value

    def _do(self, task: Task, instance: Instance) -> None:
        what = task.property
        if what is VALUE:
            value = self.evaluate(task.code, instance)
            keep = stored if self.form.start is None else stored_as_odk
            self.put((task.index, instance), keep(self.plan.nodes[task.index].kind, value, self.plan.arithmetic))
        elif what is RELEVANT:
            key = (task.index, instance)
            if (key in self.hidden) == bool(self.evaluate(task.code, instance, True)):  # in doubt it is asked
                self.changing("hidden").symmetric_difference_update((key,))
                self.stir(task.index, instance)
        elif what is Property.ROWS:
            self._count_rows(task, instance)
        else:
            self._seed(task, instance)

    def _seed(self, task: Task, instance: Instance) -> None:
        key = (task.index, instance)
        if key in self.seeded or self.texts.get(key) or not self.world.visible(key):
            return
        value = stored(self.plan.nodes[task.index].kind, self.evaluate(task.code, instance), self.plan.arithmetic)
        if value:
            self.changing("seeded").add(key)
            self.put(key, value)

    def _count_rows(self, task: Task, around: Instance) -> None:
        """As many as the count says. What a new instance sets off may ask for the count again: it waits for the rest."""
        place = (task.index, around)
        if place in self.counting:
            self.counting[place] = True
            return
        self.counting[place] = False
        self._set_rows(task.index, around, self.evaluate(task.code, around))
        if self.counting.pop(place):
            self.call(task.rank, around)

    def _set_rows(self, repeat: int, around: Instance, value: Value) -> None:
        if value == "":
            return  # an empty count leaves what is there
        number = number_of(value, self.plan.arithmetic)
        wanted = 0 if is_nan(number) else int(max(0, min(number, MOST_ROWS)))
        have = self.rows.get((repeat, around), ())
        for _ in range(wanted - len(have)):
            self.add_row(repeat, around)
        for row in reversed(have[wanted:]):
            if self.form.start is not None and self._keeps(self.form.start, repeat, (*around, row)):
                break
            self.remove_row((repeat, (*around, row)))

    def _keeps(self, start: Start, repeat: int, instance: Instance) -> bool:
        """Like JavaRosa: what the document brought, or a person answered, stays when a count shrinks."""
        depth, inside = len(instance), self.plan.under[repeat]
        from_document = instance[-1] <= len(start.rows)
        return from_document or any(index in inside and other[:depth] == instance for index, other in self.seeded)


def past_of(interview: Interview) -> Past:
    return Past(
        interview.texts,
        interview.rows,
        interview.hidden,
        interview.seeded,
        interview.unknown,
        interview.next_row,
    )
