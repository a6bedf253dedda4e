"""The shipped pack, and a made-up person who answers it page by page."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import resources
from kiosk.forms import Form
from kiosk.interview import (
    AskStep,
    CardStep,
    Context,
    Interview,
    ListStep,
    NoteStep,
    Objection,
    Step,
    add,
    answer,
    begin,
    check,
    declare_unknown,
    look,
    look_note,
    materials,
    notices,
    steps,
    tree,
)
from kiosk.shelf import open_shelf

TODAY = date(2026, 11, 23)
FACTS = {"court_code": "110105", "court_name": "北京市朝阳区人民法院"}
ON_CARD = ("name", "id_type", "id_number", "ethnicity", "domicile", "gender_said", "birth_said")


GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="session")
def packs() -> Mapping[str, Form]:
    """The shipped packs by name, each loaded when it is first asked for."""
    forms = open_shelf(resources.folder(".")).forms
    return {str(name): forms[name] for name in forms}


@pytest.fixture(scope="session")
def form(packs: Mapping[str, Form]) -> Form:
    return packs["private_lending"]


@pytest.fixture
def made_up() -> Callable[[str], dict[str, Any]]:
    """The answers of a pack's made-up filing, as a copy to change."""

    def read(name: str) -> dict[str, Any]:
        path = resources.folder("demo") / "answers.json"
        if name != "private_lending":
            path = Path(__file__).parent / "answers" / f"{name}.json"
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["answers"]
        return found

    return read


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """The text of a paper that was looked at once. Take the file away to have it written anew, and look again."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if not path.is_file():
            path.write_text(text, encoding="utf-8")
            pytest.fail(f"{path.name} is new: look at it")
        assert text.split() == path.read_text(encoding="utf-8").split()

    return compare


@pytest.fixture
def said() -> Callable[[str], dict[str, Any]]:
    """The answers of one of the made-up filings, as a copy to change."""

    def read(name: str = "minimal") -> dict[str, Any]:
        found = json.loads((resources.folder("demo") / f"{name}.json").read_text(encoding="utf-8"))
        return copy.deepcopy(found["answers"])

    return read


@dataclass(frozen=True)
class Talk:
    """A conversation: every page in its order, each answered with what the person knows."""

    interview: Interview
    known: Mapping[str, Any] = field(default_factory=dict, repr=False)
    pages: tuple[str, ...] = ()  # every page that was shown, in order
    stopped: Objection | None = None  # the first page that could not be left

    def to_the_end(self) -> Talk:
        talk = self
        while (step := talk._next()) is not None and talk.stopped is None:
            talk = talk._through(step)
        return talk

    def _next(self) -> Step | None:
        return next((step for step in steps(self.interview) if str(step.ref) not in self.pages), None)

    def _through(self, step: Step) -> Talk:
        talk = replace(self, pages=(*self.pages, str(step.ref)))
        match step:
            case AskStep(ref=ref):
                talk = talk._answered(str(ref))
            case ListStep(ref=ref):
                have = sum(1 for page in _instances(talk.interview, str(ref)))
                if have < len(_at(self.known, str(ref)) or ()):
                    grown, _ = add(talk.interview, str(ref))
                    return replace(self, interview=grown)
            case NoteStep() | CardStep():
                pass
        return talk if talk.stopped else replace(talk, stopped=check(talk.interview, step))

    def _answered(self, ref: str) -> Talk:
        wanted = _at(self.known, ref)
        if isinstance(wanted, str):
            found = answer(self.interview, ref, wanted)
            return replace(self, stopped=found) if isinstance(found, Objection) else replace(self, interview=found)
        shown = look(self.interview, ref, "zh")
        if shown.unknown_allowed and not shown.value:
            return replace(self, interview=declare_unknown(self.interview, ref))
        return self

    # what came of it

    @property
    def answers(self) -> dict[str, Any]:
        return tree(self.interview)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(page.removeprefix("/data/") for page in self.pages)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(str(one.ref).rpartition("/")[2] for one in steps(self.interview) if isinstance(one, NoteStep))

    def note(self, name: str, language: str = "zh") -> tuple[str, ...]:
        ref = next(one.ref for one in steps(self.interview) if str(one.ref).endswith("/" + name))
        return look_note(self.interview, ref, language).paragraphs

    @property
    def materials(self) -> dict[str, str]:
        return {one.id: one.copies for one in materials(self.interview, "zh")}

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(one.id for one in notices(self.interview, "zh"))


def _at(known: Any, ref: str) -> Any:
    node = known
    for part in ref.split("/")[2:]:
        name, _, position = part.partition("[")
        node = node.get(name) if isinstance(node, Mapping) else None
        if position and isinstance(node, list):
            number = int(position.rstrip("]"))
            node = node[number - 1] if number <= len(node) else None
    return node


def _instances(interview: Interview, ref: str) -> list[Any]:
    node: Any = tree(interview)
    for part in ref.split("/")[2:]:
        name, _, position = part.partition("[")
        node = node.get(name, {} if position else [])
        if position:
            node = node[int(position.rstrip("]")) - 1]
    return list(node)


@pytest.fixture
def talk(form: Form) -> Callable[[Mapping[str, Any]], Talk]:
    def start(known: Mapping[str, Any]) -> Talk:
        return Talk(begin(form, Context(today=TODAY, facts=FACTS)), known).to_the_end()

    return start


@pytest.fixture(scope="session")
def tell_of(packs: Mapping[str, Form]) -> Callable[..., Talk]:
    """The made-up filing of a pack, answered page by page, with answers changed: `facts__prior_ended="2026-09-01"`."""

    def tell(name: str, **changes: Any) -> Talk:
        path = Path(__file__).parent / "answers" / f"{name}.json"
        known = json.loads(path.read_text(encoding="utf-8"))["answers"]
        for way, value in changes.items():
            *around, last = way.split("__")
            node: Any = known
            for part in around:
                node = node[int(part)] if part.isdigit() else node.setdefault(part, {})
            node[last] = value
        return Talk(begin(packs[name], Context(today=TODAY, facts=FACTS)), known).to_the_end()

    return tell
