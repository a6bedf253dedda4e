"""A sheet of made-up cases, made from the demonstration's answers, and a practice court to file them with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kiosk.bulk.checked import Checker
from kiosk.bulk.commands import SheetFiling
from kiosk.bulk.filing import read_cases, read_common
from kiosk.clock import StillClock
from kiosk.desk import Desk
from kiosk.forms.model import Form
from kiosk.ids import PackId
from kiosk.practice import enrol_for_practice, practice_settings
from kiosk.settings import Settings
from kiosk.shelf import Shelf, open_shelf
from resources import folder

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def flat(node: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in node.items():
        here = f"{path}/{name}" if path else name
        if isinstance(value, Mapping):
            yield from flat(value, here)
        elif isinstance(value, list):
            for at, inner in enumerate(value, 1):
                yield from flat(inner, f"{here}[{at}]")
        elif not here.endswith("signature"):
            yield here, value


@pytest.fixture(scope="session")
def flatten() -> Callable[..., Iterator[tuple[str, str]]]:
    """Every answer of a tree by its path, without signatures."""
    return flat


@pytest.fixture(scope="session")
def demo() -> dict[str, Any]:
    return dict(json.loads((folder("demo") / "minimal.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def answers(demo: dict[str, Any]) -> dict[str, str]:
    """One good case: path → what is written in the cell."""
    return dict(flat(demo["answers"]))


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return open_shelf(folder("."))


@pytest.fixture(scope="session")
def form(shelf: Shelf) -> Form:
    return shelf.forms[PackId("private_lending")]


@pytest.fixture(scope="session")
def read_notices(form: Form) -> list[list[object]]:
    return [["id", "version", "read"], *([one.id, one.version, "是"] for one in form.notices)]


Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path, read_notices: list[list[object]]) -> Save:
    """A workbook: the cases (dicts by header), and other sheets as rows."""

    def saved(cases: list[Mapping[str, object]], name: str = "cases.xlsx", **others: list[list[object]]) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "cases"
        headers = list(dict.fromkeys(header for case in cases for header in case))
        sheet.append(headers)
        for case in cases:
            sheet.append([case.get(header) for header in headers])
        for title, rows in {"notices": read_notices, **others}.items():
            other = book.create_sheet(title)
            for row in rows:
                other.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return saved


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = practice_settings(tmp_path / "state")
    enrol_for_practice(made)
    return made


class Told:
    def __init__(self) -> None:
        self.good: list[str] = []
        self.wrong: list[str] = []

    def __call__(self, line: str, wrong: bool) -> None:
        (self.wrong if wrong else self.good).append(line)

    @property
    def everything(self) -> str:
        return "\n".join((*self.good, *self.wrong))


@pytest.fixture
def file_sheet(tmp_path: Path, shelf: Shelf, settings: Settings) -> Callable[..., tuple[bool, Told]]:
    """Run the whole of it over a file, into a real store."""

    def run(path: Path, out: str = "out", common: Path | None = None, check: bool = False, language: str = "zh"):
        folder_out = tmp_path / out
        folder_out.mkdir(exist_ok=True)
        told = Told()
        filing = SheetFiling(path, "private_lending", common, folder_out, shelf, settings, language, NOW)
        desk = None if check else lambda: Desk.open(settings, StillClock(NOW, elapsed_ms=600_000), shelf)
        good = filing.run(desk, lambda it: lambda number, filed, submission, drawn: number, told)
        return good, told

    return run


@pytest.fixture
def check(shelf: Shelf, form: Form, settings: Settings) -> Callable[..., list[Any]]:
    """What becomes of each case of a file, without filing it."""

    def checked(path: Path, common: Path | None = None) -> list[Any]:
        cases = read_cases(path, form)
        assert cases.faults == []
        checker = Checker(form, settings, shelf.wording, NOW, cases, read_common(common))
        return [checker.check(case) for case in cases.cases]

    return checked
