"""From the sheets of a book to cases: what each row answers, where each answer stands, what cannot be read.

One sheet holds a case a row. A sheet called `common` holds what is the same for all, a question a row. A sheet called
as a list of the form (`defendant`, `evidence`) holds one item a row, under the case it belongs to. A sheet called
`notices` says which notices were read. Nothing here checks an answer: the interview does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.bulk.book import Book, Cell, Line, Sheet, Sort
from kiosk.bulk.columns import Columns, Target, Trouble, plain
from kiosk.bulk.faults import Fault, Where
from kiosk.bulk.values import is_unknown, text_of
from kiosk.forms.kinds import Kind
from kiosk.forms.model import Form
from kiosk.ids import Ref

MAIN = ("cases", "案件", "案件表")
COMMON = ("common", "共同", "共同内容", "相同内容")
NOTICES = ("notices", "告知", "告知书")
ASIDE = ("choices", "选项", "guide", "说明")
CASE = ("case", "caseid", "案件", "案件编号", "编号")
LANGUAGE = ("language", "语言")
MATERIALS = ("materials", "材料", "已带材料")
QUESTION = ("question", "问题", "项目", "path")
VALUE = ("value", "answer", "内容", "值", "回答")
VERSION = ("version", "版本")
READ = ("read", "已读", "已阅读")
NAME = re.compile(r"(?![=+@#-])[\w（）().·—/-][\w（）().·—/ -]{0,59}")
SEVERAL = re.compile(r"[\s;；,，、|]+")


@dataclass(slots=True)
class Case:
    name: str
    where: Where
    texts: dict[Target, str] = field(default_factory=dict, repr=False)
    unknown: set[Ref] = field(default_factory=set)
    at: dict[Ref, Where] = field(default_factory=dict)
    language: str = ""
    materials: tuple[str, ...] | None = None
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class Cases:
    cases: list[Case] = field(default_factory=list)
    common: Case = field(default_factory=lambda: Case("", Where()))
    read: dict[str, tuple[str, Where]] = field(default_factory=dict)  # notice → version said to be read, and where
    columns: dict[str, Where] = field(default_factory=dict)  # path of a question → its column in the main sheet
    faults: list[Fault] = field(default_factory=list)  # of the whole file: nothing is filed while there are any


@dataclass(slots=True)
class Reading:
    """One book on its way."""

    form: Form
    book: Book
    columns: Columns = field(init=False)
    found: Cases = field(default_factory=Cases)
    by_name: dict[str, Case] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = Columns(self.form)
        self.found.faults += self.book.faults

    def read(self) -> Cases:
        lists: list[tuple[Sheet, tuple[str, ...]]] = []
        main: Sheet | None = next((one for one in self.book.sheets if plain(one.name) in MAIN), None)
        for sheet in self.book.sheets:
            name = plain(sheet.name)
            if sheet is main or name in ASIDE:
                continue
            if name in COMMON:
                self._common(sheet)
            elif name in NOTICES:
                self._notices(sheet)
            elif path := self.columns.repeat(sheet.name):
                lists.append((sheet, path))
            elif main is None:
                main = sheet
            else:
                self.found.faults.append(Fault(sheet.at(), "sheet_unknown"))
        if main is not None:
            self._main(main)
        for sheet, path in lists:
            self._items(sheet, path)
        return self.found

    # the sheets

    def _main(self, sheet: Sheet) -> None:
        special, targets = self._headers(sheet, ())
        self.found.columns = {target.path: sheet.at(1, at) for at, target in targets.items()}
        for line in sheet.lines:
            name_at = special.get("case", 0)
            name = line.cells[name_at].text if name_at in line.cells else ""
            case = Case(name or str(line.number), sheet.at(line.number))
            self.found.cases.append(case)
            if name_at:
                self._check_name(case, name, sheet.at(line.number, name_at))
            self.by_name.setdefault(case.name, case)
            if cell := line.cells.get(special.get("language", 0)):
                case.language = cell.text
            if cell := line.cells.get(special.get("materials", 0)):
                case.materials = tuple(part for part in SEVERAL.split(cell.text) if part)
            self._answers(case, sheet, line, targets)
            self._strays(case, sheet, line)

    def _check_name(self, case: Case, name: str, where: Where) -> None:
        if not name:
            case.faults.append(Fault(where, "case_missing"))
        elif not NAME.fullmatch(name):
            case.name = str(where.row)
            case.faults.append(Fault(where, "case_odd"))
        elif name in self.by_name:
            case.faults.append(Fault(where, "case_twice", places={"row": self.by_name[name].where.row}))

    def _common(self, sheet: Sheet) -> None:
        headers = {plain(text): at for at, text in sheet.headers.items()}
        question_at = next((headers[name] for name in QUESTION if name in headers), 1)
        value_at = next((headers[name] for name in VALUE if name in headers), 2)
        lines = sheet.lines
        if not set(headers) & {*QUESTION, *VALUE}:  # no headers: the first row is a row
            first = {at: Cell(Sort.TEXT, text) for at, text in sheet.headers.items()}
            lines = [Line(1, first), *lines]
        for line in lines:
            header, cell = line.cells.get(question_at), line.cells.get(value_at)
            if header is None or cell is None:
                continue
            where = sheet.at(line.number, value_at)
            word = plain(header.text)
            if word in LANGUAGE:
                self.found.common.language = cell.text
            elif word in MATERIALS:
                self.found.common.materials = tuple(part for part in SEVERAL.split(cell.text) if part)
            else:
                target = self._target(header.text, (), sheet.at(line.number, question_at))
                if target is not None:
                    self._put(self.found.common, target, cell, where)
        self.found.faults += self.found.common.faults

    def _notices(self, sheet: Sheet) -> None:
        headers = {plain(text): at for at, text in sheet.headers.items()}
        columns = [next((headers[name] for name in names if name in headers), 0) for names in (("id",), VERSION, READ)]
        for line in sheet.lines:
            name, version, read = (line.cells[at].text if at in line.cells else "" for at in columns)
            if name and plain(read) in ("yes", "y", "true", "1", "是", "已读", "√", "☑", "✓"):
                self.found.read[name] = (version, sheet.at(line.number, columns[0]))

    def _items(self, sheet: Sheet, path: tuple[str, ...]) -> None:
        special, targets = self._headers(sheet, path)
        depth = len(path) - 1
        for line in sheet.lines:
            cell = line.cells.get(special.get("case", 0))
            case = self.by_name.get(cell.text) if cell is not None else None
            if case is None:
                self.found.faults.append(Fault(sheet.at(line.number, special.get("case", 1)), "case_unknown"))
                continue
            told = (*self.found.common.texts, *case.texts)
            known = [one.steps[depth].position for one in told if _within(one, path)]
            position = max(known, default=0) + 1
            moved = {at: target.with_position(depth, position) for at, target in targets.items()}
            self._answers(case, sheet, line, moved)
            self._strays(case, sheet, line)

    # headers and cells

    def _headers(self, sheet: Sheet, within: tuple[str, ...]) -> tuple[dict[str, int], dict[int, Target]]:
        special: dict[str, int] = {}
        targets: dict[int, Target] = {}
        for at, header in sheet.headers.items():
            if header.startswith("#"):
                continue
            word = plain(header)
            role = "case" if word in CASE else "language" if word in LANGUAGE else ""
            role = role or ("materials" if word in MATERIALS else "")
            if role and role not in special:
                special[role] = at
                continue
            target = self._target(header, within, sheet.at(1, at))
            if target is None:
                continue
            if any(one.path == target.path for one in targets.values()):
                self.found.faults.append(Fault(sheet.at(1, at), "column_twice", target.path))
            else:
                targets[at] = target
        return special, targets

    def _target(self, header: str, within: tuple[str, ...], where: Where) -> Target | None:
        found = self.columns.target(header, within)
        if isinstance(found, Trouble):
            self.found.faults.append(Fault(where, found.key, places={"header": header[:60], "known": found.known}))
            return None
        if found.question.kind is Kind.SIGNATURE:
            self.found.faults.append(Fault(where, "not_typed", found.path))
            return None
        return found

    def _answers(self, case: Case, sheet: Sheet, line: Line, targets: Mapping[int, Target]) -> None:
        for at, target in targets.items():
            if at in line.cells:
                self._put(case, target, line.cells[at], sheet.at(line.number, at))

    def _put(self, case: Case, target: Target, cell: Cell, where: Where) -> None:
        case.at[target.ref] = where
        label = official(target)
        if cell.sort is Sort.WRONG:
            case.faults.append(Fault(where, cell.text, target.path, label))
        elif is_unknown(cell, target.question):
            case.unknown.add(target.ref)
        elif (text := text_of(cell, target.question, self.form)) is None:
            key = "yes_no" if target.question.kind is Kind.YES_NO else "choice"
            case.faults.append(Fault(where, key, target.path, label))
        else:
            case.texts[target] = text

    def _strays(self, case: Case, sheet: Sheet, line: Line) -> None:
        """A cell under no header at all is more likely a slip than nothing."""
        stray = next((at for at in line.cells if at not in sheet.headers), 0)
        if stray:
            case.faults.append(Fault(sheet.at(line.number, stray), "no_column"))


def _within(target: Target, path: tuple[str, ...]) -> bool:
    return tuple(step.name for step in target.steps[: len(path)]) == path


def official(target: Target) -> str:
    words = target.question.paper or target.question.label
    said = words.get("zh", "")
    return "" if "${" in said else said


def tree_of(base: Mapping[str, Any], texts: Mapping[Target, str]) -> dict[str, Any]:
    """The answers as a tree, over those that are the same for all."""
    tree: dict[str, Any] = _copied(base)
    for target, text in texts.items():
        node = tree
        for step in target.steps[:-1]:
            inner = node.get(step.name)
            if step.position:
                listed = inner if isinstance(inner, list) else []
                listed += [{} for _ in range(step.position - len(listed))]
                if not isinstance(listed[step.position - 1], dict):
                    listed[step.position - 1] = {}
                node[step.name], node = listed, listed[step.position - 1]
            else:
                inner = inner if isinstance(inner, dict) else {}
                node[step.name], node = inner, inner
        node[target.steps[-1].name] = text
    return tree


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copied(inner) for name, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def faults_in(cases: Cases) -> Iterator[Fault]:
    yield from cases.faults
    for case in cases.cases:
        yield from case.faults
