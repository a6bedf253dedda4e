"""Everything that is wrong with a file an author hands in: as written, as loaded, as a form people walk through."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from kiosk.authoring.drafts import line_of, read_draft
from kiosk.authoring.entries import Draft, plain
from kiosk.authoring.findings import At, AuthoringTrouble, Finding, finding, of_problem
from kiosk.authoring.lint import lint_form
from kiosk.authoring.mend import load_mended
from kiosk.authoring.workbook import Book, Row, read_book, stripped
from kiosk.authoring.xform_pack import read_xform
from kiosk.forms.built import pack_bytes
from kiosk.forms.load import build_pack
from kiosk.forms.model import Form, Question
from kiosk.forms.problems import PackTrouble
from kiosk.forms.source import compile_pack
from kiosk.forms.xform import import_xform
from kiosk.law.tables import Tables, read_tables
from resources import folder

LARGEST_XML = 8 * 1024 * 1024
ROW = re.compile(r"\[row : (\d+)\]\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file looked at: what is wrong, what would be left behind, and the pack when there is one."""

    findings: tuple[Finding, ...]
    remarks: tuple[Finding, ...] = ()
    pack: dict[str, Any] = field(default_factory=dict, repr=False)
    questions: int = 0


@cache
def tables() -> Tables:
    return read_tables(folder("tables"))


def check_file(path: Path) -> Checked:
    """Look at a pack (YAML or JSON), an .xlsx or an XForm, and tell everything at once."""
    try:
        if path.suffix.lower() == ".xml":
            return _check_xml(path)
        draft = read_draft(path)
    except AuthoringTrouble as trouble:
        return Checked(trouble.findings)
    except PackTrouble as trouble:
        return Checked(tuple(of_problem(one, line_of(one.place)) for one in trouble.problems))
    checked = check_draft(draft)
    if not checked.findings and draft.foreign:
        said = pyxform_says(path.read_bytes(), path.name)
        checked = Checked(said, checked.remarks, checked.pack, checked.questions)
    return checked


def check_draft(draft: Draft) -> Checked:
    form, pack, loading = load_mended(draft, tables())
    findings = [*draft.findings, *loading]
    told = {(one.at, one.key) for one in findings}
    spoilt = {one.at for one in findings}
    for one in lint_form(form, pack, draft) if form is not None else ():
        if (one.at, one.key) not in told and one.at not in spoilt:
            told.add((one.at, one.key))
            findings.append(one)
    findings.sort(key=_in_file)
    questions = sum(1 for one in form.elements.values() if isinstance(one, Question)) if form is not None else 0
    return Checked(tuple(findings), tuple(draft.remarks), plain(draft.pack), questions)


SHEETS = {"survey": 0, "choices": 1, "settings": 2}


def _in_file(one: Finding) -> tuple[int, int, int, str]:
    return one.at.line, SHEETS.get(one.at.sheet, 3), one.at.row, one.at.column.rjust(3)


def _check_xml(path: Path) -> Checked:
    if path.stat().st_size > LARGEST_XML:
        raise AuthoringTrouble([finding(At(path.name), "file_too_large", limit=LARGEST_XML // 1024 // 1024)])
    data = path.read_bytes()
    try:
        form: Form = import_xform(data, path.name)
    except PackTrouble as trouble:
        return Checked(tuple(of_problem(one, line_of(one.place)) for one in trouble.problems))
    draft = read_xform(data, path.name)
    checked = check_draft(draft)
    return Checked(checked.findings, checked.remarks, checked.pack, len(form.questions))


def pyxform_says(data: bytes, file: str) -> tuple[Finding, ...]:
    """What pyxform itself refuses in a workbook that has no mistake of ours; nothing when it is content."""
    book = stripped(read_book(data, file))
    sheets = {
        sheet.name: [{header: row.text(header) for header in row.values} for row in _in_place(book, sheet.name)]
        for sheet in book.sheets.values()
    }
    try:
        convert(sheets, validate=False, form_name="data")
    except PyXFormError as error:
        match = ROW.match(str(error))
        row = int(match[1]) if match else 0
        said = " ".join((match[2] if match else str(error)).split())[:200]
        return (finding(book.sheet("survey").at(row, "type" if row else ""), "pyxform", said=said),)
    return ()


def _in_place(book: Book, name: str) -> list[Any]:
    """The rows with empty ones between them, so that pyxform counts as the author does."""
    sheet = book.sheet(name)
    by_number = {row.number: row for row in sheet.rows}
    return [by_number.get(number, Row(sheet, number, {})) for number in range(2, max(by_number, default=1) + 1)]


def compiled(path: Path) -> bytes:
    """The JSON a kiosk loads, from whatever the author has."""
    if path.suffix.lower() in (".yaml", ".yml"):
        try:
            return compile_pack(path, tables())
        except PackTrouble as trouble:
            raise AuthoringTrouble(of_problem(one, line_of(one.place)) for one in trouble.problems) from None
    checked = check_file(path)
    serious = [one for one in checked.findings if one.key not in LATER]
    if serious:
        raise AuthoringTrouble(serious)
    return build_pack(_without_nothing(checked.pack), tables())


# Found by walking the form in thought: it may be imported and mended afterwards.
LATER = {"purpose_to_write", "no_fee_rule", "no_paper", "paper_problem", "not_on_paper", "row_without_question"}
LATER |= {"row_unknown", "never", "constraint_never", "code_unknown", "default_constraint", "default_kind"}
LATER |= {"table_unused", "no_such_column"}


def as_json(pack: dict[str, Any]) -> bytes:
    """The source of a pack, as the pack compiler writes it."""
    return pack_bytes(_without_nothing(pack))


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nothing(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nothing(inner) for inner in value]
    return value
