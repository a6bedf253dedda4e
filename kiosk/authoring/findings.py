"""What the authoring desk found: where in a file or workbook, and in both languages of the people who write forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kiosk.errors import KioskTrouble
from kiosk.forms.problems import Problem
from kiosk.wording import LANGUAGES, Wording, load_wording
from resources import folder


@dataclass(frozen=True, slots=True)
class At:
    """A cell of a workbook, or a line of a text file; `path` is the place inside the pack."""

    file: str = ""
    line: int = 0
    sheet: str = ""
    row: int = 0
    column: str = ""  # its letter
    header: str = ""
    path: str = ""

    def words(self, language: str) -> str:
        if self.sheet:
            key = "authoring.at_cell" if self.column else "authoring.at_row" if self.row else "authoring.at_sheet"
            said = wording().say(
                key, language, sheet=self.sheet, row=self.row, column=self.column, header=self.header or "?"
            )
            return f"{self.file}: {said}" if self.file else said
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line}" + (f" ({self.path})" if self.path else "")

    def as_json(self) -> dict[str, str | int]:
        found = {name: getattr(self, name) for name in ("file", "line", "sheet", "row", "column", "header", "path")}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Finding:
    at: At
    key: str
    zh: str
    en: str

    def words(self, language: str) -> str:
        return f"{self.at.words(language)}: {self.zh if language == 'zh' else self.en}"

    def as_json(self) -> dict[str, str | int]:
        return {**self.at.as_json(), "key": self.key, "zh": self.words("zh"), "en": self.words("en")}


class AuthoringTrouble(KioskTrouble):
    """A file that becomes no pack, with everything that is wrong with it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("authoring.refused", problems=len(self.findings))


@cache
def wording() -> Wording:
    return load_wording(folder("wording"))


def finding(at: At, key: str, /, **places: str | int) -> Finding:
    """A finding of the desk's own; its sentences stand in `resources/wording/authoring.toml`."""
    zh, en = (wording().say(f"authoring.{key}", language, **places) for language in LANGUAGES)
    return Finding(at, key, zh, en)


def of_problem(problem: Problem, at: At) -> Finding:
    return Finding(at, problem.key, problem.zh, problem.en)
