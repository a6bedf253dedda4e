"""Finding an answer by name: what the form asks, and where in the tree of answers a name leads.

The tree is that of `CompletedForm.answers`: groups are mappings, repeats lists of mappings, leaves texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kiosk.forms.kinds import Kind
from kiosk.forms.model import Choice, Computed, Form, Question, Repeat
from kiosk.languages import COURT_LANGUAGE as COURT_LANGUAGE

YES_NO = (("yes", "是"), ("no", "否"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the paper must know of one question. Choices are (code, Chinese label)."""

    kind: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every question and every repeat of a form by path without positions: plaintiff/person/name."""

    questions: Mapping[str, Asked]
    repeats: frozenset[str]
    _found: dict[tuple[str, str, bool], str | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def question(self, prefix: str, name: str) -> str | None:
        """The one question of this name under the prefix that stands in no further repeat."""
        return self._reach(prefix, name, is_repeat=False)

    def repeat(self, prefix: str, name: str) -> str | None:
        """The one repeat of this name under the prefix that stands in no further repeat."""
        return self._reach(prefix, name, is_repeat=True)

    def _reach(self, prefix: str, name: str, *, is_repeat: bool) -> str | None:
        asked = prefix, name, is_repeat
        if asked not in self._found:
            self._found[asked] = self._search(prefix, name, self.repeats if is_repeat else self.questions)
        return self._found[asked]

    def _search(self, prefix: str, name: str, candidates: frozenset[str] | Mapping[str, Asked]) -> str | None:
        if prefix + name in candidates:
            return prefix + name
        fitting = [
            path
            for path in candidates
            if path.startswith(prefix) and path.endswith("/" + name) and not self._enters_repeat(prefix, path)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _enters_repeat(self, prefix: str, path: str) -> bool:
        steps = path[len(prefix) :].split("/")[:-1]
        return any(prefix + "/".join(steps[: n + 1]) in self.repeats for n in range(len(steps)))


def catalogue(form: Form) -> Catalogue:
    """What this form asks. Labels of choices are the court's: Chinese whatever language the interview was held in."""
    questions: dict[str, Asked] = {}
    for element in form.elements.values():
        match element:
            case Question(kind=Kind.YES_NO) | Computed(kind=Kind.YES_NO):
                questions[element.id] = Asked(Kind.YES_NO, YES_NO)
            case Question() | Computed():
                listed = form.lists.get(element.choices, ())
                questions[element.id] = Asked(
                    element.kind, tuple((choice.code, _on_paper(choice)) for choice in listed)
                )
    return Catalogue(questions, frozenset(e.id for e in form.elements.values() if isinstance(e, Repeat)))


def _on_paper(choice: Choice) -> str:
    """A choice may have official words of its own, in its column `paper`."""
    return choice.columns.get("paper") or choice.label.get(COURT_LANGUAGE, choice.code)


@dataclass(frozen=True, slots=True)
class Frame:
    """One place to look: the whole tree, an instance of a repeat, or a group in it."""

    prefix: str  # "" or "plaintiff/"
    node: Mapping[str, Any] = field(repr=False)
    ref: str = "/data"
    number: int = 1
    of: int = 1

    def ref_of(self, path: str) -> str:
        """Where this path stands, with positions: /data/plaintiff[1]/person/name."""
        return f"{self.ref}/{path[len(self.prefix) :]}"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a name is looked up: the innermost frame first, then outwards."""

    catalogue: Catalogue
    frames: tuple[Frame, ...]

    @classmethod
    def whole(cls, catalogue: Catalogue, answers: Mapping[str, Any]) -> Scope:
        return cls(catalogue, (Frame("", answers),))

    def path(self, name: str) -> str | None:
        """The question this name means here."""
        found = self._find(name, self.catalogue.question)
        return found[1] if found else None

    def text(self, name: str) -> str:
        """The answer as it is stored; empty when there is none."""
        found = self._find(name, self.catalogue.question)
        if not found:
            return ""
        frame, path = found
        value = _dig(frame.node, path[len(frame.prefix) :])
        return value if isinstance(value, str) else ""

    def ref(self, name: str) -> str:
        """Where the answer to this name stands; empty when the form asks no such thing here."""
        found = self._find(name, self.catalogue.question)
        return found[0].ref_of(found[1]) if found else ""

    def instances(self, name: str) -> tuple[Scope, ...]:
        """One scope for each instance of the repeat with this name."""
        found = self._find(name, self.catalogue.repeat)
        if not found:
            return ()
        frame, path = found
        nodes = _dig(frame.node, path[len(frame.prefix) :])
        nodes = nodes if isinstance(nodes, list | tuple) else ()
        return tuple(
            self._within(Frame(path + "/", node, f"{frame.ref_of(path)}[{number}]", number, len(nodes)))
            for number, node in enumerate(nodes, start=1)
            if isinstance(node, Mapping)
        )

    def blank(self, name: str) -> Scope | None:
        """An instance of the repeat in which nothing is answered."""
        found = self._find(name, self.catalogue.repeat)
        return self._within(Frame(found[1] + "/", {})) if found else None

    def group(self, name: str) -> Scope | None:
        """The same place, with the names of a group nearest."""
        for frame in reversed(self.frames):
            prefix = f"{frame.prefix}{name}/"
            if any(path.startswith(prefix) for path in self.catalogue.questions):
                node = _dig(frame.node, name)
                node = node if isinstance(node, Mapping) else {}
                return self._within(replace(frame, prefix=prefix, node=node, ref=f"{frame.ref}/{name}"))
        return None

    def _within(self, frame: Frame) -> Scope:
        return replace(self, frames=(*self.frames, frame))

    def _find(self, name: str, reach: Callable[[str, str], str | None]) -> tuple[Frame, str] | None:
        for frame in reversed(self.frames):
            path = reach(frame.prefix, name)
            if path is not None:
                return frame, path
        return None


def _dig(node: Any, path: str) -> Any:
    for step in path.split("/"):
        if not isinstance(node, Mapping):
            return None
        node = node.get(step)
    return node
