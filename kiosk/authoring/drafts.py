"""Whatever an author hands in (YAML, compiled JSON, a spreadsheet) as one draft that can be checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kiosk.authoring.entries import Draft
from kiosk.authoring.findings import At, AuthoringTrouble, Finding, finding, of_problem
from kiosk.authoring.review_in import is_review, read_review
from kiosk.authoring.workbook import read_book, stripped
from kiosk.authoring.xlsform import read_xlsform
from kiosk.forms.problems import PackTrouble
from kiosk.forms.reading import LARGEST_PACK, decode
from kiosk.forms.source import Compilation

LINE = re.compile(r"(?P<file>[^:]+):(?P<line>\d+)(?: \((?P<path>.*)\))?")


def read_draft(path: Path) -> Draft:
    """The draft of a file; `AuthoringTrouble` when there is no reading it at all."""
    match path.suffix.lower():
        case ".xlsx":
            return read_workbook(path)
        case ".json":
            return _read_json(path)
        case _:
            return _read_yaml(path)


def read_workbook(path: Path) -> Draft:
    data = _bytes(path)
    book = read_book(data, path.name)
    return read_review(book) if is_review(book) else read_xlsform(stripped(book))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise AuthoringTrouble([finding(At(path.name), "not_readable")]) from None


def _read_json(path: Path) -> Draft:
    if path.stat().st_size > LARGEST_PACK:
        decode(b" " * (LARGEST_PACK + 1))
    try:
        pack: dict[str, Any] = dict(decode(_bytes(path)))
    except PackTrouble as trouble:
        raise AuthoringTrouble(of_problem(one, At(path.name)) for one in trouble.problems) from None
    return Draft(pack, lambda place: At(path.name, path=place))


def _read_yaml(path: Path) -> Draft:
    compilation = Compilation(path)
    findings: list[Finding] = []
    try:
        pack = dict(decode(compilation.compile()))
    except PackTrouble as trouble:
        raise AuthoringTrouble(of_problem(one, line_of(one.place)) for one in trouble.problems) from None

    def where(place: str) -> At:
        found = line_of(compilation.lines.of(place))
        return At(found.file or path.name, found.line, path=place)

    return Draft(pack, where, findings)


def line_of(place: str) -> At:
    """`file:12 (form/2)` as a place."""
    match = LINE.fullmatch(place)
    if match is None:
        return At(place)
    return At(match["file"], int(match["line"]), path=match["path"] or "")
