"""The shipped pack, and a made-up person who answers it page by page."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

import resources
from kiosk.authoring.conversation import Conversation, ask_for
from kiosk.forms import Form
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
        now, then = text.split(), path.read_text(encoding="utf-8").split()
        at = next((at for at, (one, other) in enumerate(zip_longest(now, then)) if one != other), None)
        if at is not None:  # said here in a line: pytest would compare the whole papers for minutes
            around = slice(max(at - 5, 0), at + 10)
            pytest.fail(f"{path.name}: printed {' '.join(now[around])} where {' '.join(then[around])} was looked at")

    return compare


@pytest.fixture
def said() -> Callable[[str], dict[str, Any]]:
    """The answers of one of the made-up filings, as a copy to change."""

    def read(name: str = "minimal") -> dict[str, Any]:
        found = json.loads((resources.folder("demo") / f"{name}.json").read_text(encoding="utf-8"))
        return copy.deepcopy(found["answers"])

    return read


@pytest.fixture
def talk(form: Form) -> Callable[[Mapping[str, Any]], Conversation]:
    def start(known: Mapping[str, Any]) -> Conversation:
        return ask_for(form, today=TODAY, facts=FACTS).tell(known)

    return start


@pytest.fixture(scope="session")
def tell_of(packs: Mapping[str, Form]) -> Callable[..., Conversation]:
    """The made-up filing of a pack, answered page by page, with answers changed: `facts__prior_ended="2026-09-01"`."""

    def tell(name: str, **changes: Any) -> Conversation:
        path = Path(__file__).parent / "answers" / f"{name}.json"
        known = json.loads(path.read_text(encoding="utf-8"))["answers"]
        for way, value in changes.items():
            *around, last = way.split("__")
            node: Any = known
            for part in around:
                node = node[int(part)] if part.isdigit() else node.setdefault(part, {})
            node[last] = value
        return ask_for(packs[name], today=TODAY, facts=FACTS).tell(known)

    return tell
