"""How a pack's answers stand on official paper: the layout as data.

A layout (`resources/packs/<pack>.paper.yaml`, compiled into the pack as its `paper`) is a list of *sheets*; each
starts on a new page and has its own page numbers.

    sheets:
      - name: complaint
        title: 民事起诉状                  subtitle: （民间借贷纠纷）
        preface: [{heading: 说明, lines: [...]}]
        sections:
          - heading: 诉讼请求
            rows:
              - {number: "1", label: 本金, lines: ["截至{principal_asof}止，尚欠本金{principal_owed}元"]}
              - {label: "原告{#}（自然人）", each: plaintiff, where: kind=person, lines: [{use: natural_person, at: person}]}
              - {label: 证据清单, each: evidence, columns: [{head: 名称, text: "{name}", share: 3}], blank_rows: 3}
        closing: {lead: 此致, court: "{court_name}", signed_by: 具状人（签名、盖章）, each: plaintiff, ink: signing/signature,
                  signer: "{party_name}", date: "{sign_date}", after: ["附：起诉状副本{copies}份"]}
    blocks:
      natural_person: ["姓名：{name}", "性别：{gender:boxes}"]

A line is text with *places*:

    {name}           the answer as people read it; unanswered, the blank of its kind (a date: 年 月 日)
    {name:boxes}     every choice of the question, each with its box: 男☑ 女□
    {name:capitals}  a sum of money in capitals
    {name=code}      one box, ticked when the answer is (or holds) that code: 有{has_agent=yes}
    {[]}             an empty box, to be ticked by hand
    {#}              which one of several this is; nothing when there is one only
    " | "            a gap between two fields; the second starts a line when it does not fit on this one

A line may also be a mapping: `text`, or `use` (a block) `at` (a group), `each` (once an instance, once blank when
there is none), `when` (`name` is answered, or `name=code`). A row may have `each`, `where` (as `when`, of the
instance) and `blank: false` (print nothing rather than an empty row); a sheet may have `when`, which may also name a
repeat (it has an instance), `borrow` (sections of the pack's first sheet, by heading) and a `code` (QR, top right).
Names are found as in the form: in the same instance first, then outwards; `group/name` says which. A name the form
does not ask is a problem, named with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from kiosk.documents.asked import Catalogue, Scope


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    text: str = ""
    use: str = ""
    at: str = ""
    each: str = ""
    when: str = ""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    head: str
    text: str
    share: int = 1  # of the width, against the other columns


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    label: str = ""
    number: str = ""
    lines: tuple[str | Line, ...] = ()
    each: str = ""
    where: str = ""
    blank: bool = True
    columns: tuple[Column, ...] = ()  # a table over the whole width, one row an instance of `each`
    blank_rows: int = 1  # the table's least number of rows
    wide: bool = False  # the lines take the whole width, under the label


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    heading: str
    rows: tuple[Row, ...]


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    heading: str
    lines: tuple[str, ...]


class Closing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    signed_by: str
    date: str
    lead: str = ""
    court: str = ""
    each: str = ""  # the signatories' repeat; empty: one signature
    signer: str = ""  # printed under the line, for example "{party_name}"
    ink: str = ""  # the question that was signed; empty: a line to sign on paper
    after: tuple[str, ...] = ()  # lines at the left, under the date


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: str
    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    preface: tuple[Passage, ...] = ()
    when: str = ""  # the sheet is printed only if so
    closing: Closing | None = None
    borrow: tuple[str, ...] = ()  # headings of the pack's first sheet whose sections follow this sheet's own
    code: str = ""  # what the QR code at the top right holds


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    sheets: tuple[Sheet, ...]
    blocks: Mapping[str, tuple[str | Line, ...]] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """One `{…}` of a line."""

    name: str
    style: str = ""  # boxes, capitals or nothing
    code: str = ""  # of `{name=code}`


POSITION = Place("#")
EMPTY_BOX = Place("[]")
GAP = " | "
_PLACE = re.compile(r"\{([^{}]*)\}")
_INSIDE = re.compile(r"(?P<name>[a-z_][a-z0-9_/]*)(?::(?P<style>boxes|capitals)|=(?P<code>[A-Za-z0-9_.]+))?|#|\[\]")
_CONDITION = re.compile(r"(?P<name>[a-z_][a-z0-9_/]*)(?:=(?P<code>[A-Za-z0-9_.]+))?")


class PaperWrong(ValueError):
    """The layout says something that cannot be printed. Holds no answer of anybody."""


def read_paper(source: object) -> Paper:
    """The layout of a compiled pack, every template in it well formed."""
    try:
        paper = msgspec.convert(source, Paper)
    except msgspec.ValidationError as error:
        raise PaperWrong(str(error)) from error
    problems = [problem for sheet in paper.sheets for problem in _malformed(paper, sheet)]
    if problems:
        raise PaperWrong("; ".join(problems))
    return paper


@lru_cache(maxsize=4096)
def template(text: str) -> tuple[str | Place, ...]:
    """Words and places of a line, in order."""
    parts: list[str | Place] = []
    for position, piece in enumerate(_PLACE.split(text)):
        if position % 2 == 0:
            if "{" in piece or "}" in piece:
                raise PaperWrong(f"a bracket without its partner in {text!r}")
            parts += [piece] if piece else []
        elif found := _INSIDE.fullmatch(piece):
            named = found["name"]
            parts.append(Place(named, found["style"] or "", found["code"] or "") if named else Place(piece))
        else:
            raise PaperWrong(f"not a place: {{{piece}}}")
    return tuple(parts)


def condition(text: str) -> Place:
    """`name` or `name=code`."""
    found = _CONDITION.fullmatch(text)
    if not found:
        raise PaperWrong(f"not a condition: {text!r}")
    return Place(found["name"], "", found["code"] or "")


def problems(paper: Paper, catalogue: Catalogue) -> tuple[str, ...]:
    """What the layout asks of a form that does not have it; empty is good."""
    found: list[str] = []
    for sheet in paper.sheets:
        for section in sheet.sections:
            for row in section.rows:
                place = f"{sheet.name}, {section.heading}, {row.label or row.number}"
                found += [f"{place}: {problem}" for problem in _row_problems(paper, row, Scope.whole(catalogue, {}))]
        whole = Scope.whole(catalogue, {})
        if sheet.when:
            found += [f"{sheet.name}: {problem}" for problem in _condition_problems(sheet.when, whole)]
        if sheet.closing:
            found += [f"{sheet.name}, closing: {problem}" for problem in _closing_problems(sheet.closing, whole)]
    return tuple(found)


def _row_problems(paper: Paper, row: Row, scope: Scope) -> Iterator[str]:
    if row.each:
        inner = scope.blank(row.each)
        if inner is None:
            yield f"no list called {row.each}"
            return
        scope = inner
    if row.where:
        yield from _place_problems(condition(row.where), scope)
    yield from _text_problems(row.label, scope)
    yield from _lines_problems(paper, row.lines, scope)
    for column in row.columns:
        yield from _text_problems(column.text, scope)


def _lines_problems(paper: Paper, lines: tuple[str | Line, ...], scope: Scope) -> Iterator[str]:
    for line in lines:
        if isinstance(line, str):
            yield from _text_problems(line, scope)
            continue
        inner = scope.blank(line.each) if line.each else scope
        inner = inner.group(line.at) if inner is not None and line.at else inner
        if inner is None:
            yield f"no list or group called {line.each or line.at}"
            continue
        if line.when:
            yield from _place_problems(condition(line.when), inner)
        yield from _text_problems(line.text, inner)
        if line.use:
            yield from _lines_problems(paper, paper.blocks[line.use], inner)


def _closing_problems(closing: Closing, scope: Scope) -> Iterator[str]:
    for text in (closing.court, closing.date, *closing.after):
        yield from _text_problems(text, scope)
    inner = scope.blank(closing.each) if closing.each else scope
    if inner is None:
        yield f"no list called {closing.each}"
    else:
        yield from _text_problems(closing.signer, inner)
        path = inner.path(closing.ink) if closing.ink else None
        if closing.ink and (path is None or scope.catalogue.questions[path].kind != "signature"):
            yield f"{closing.ink} is not a signature of this form"


def _text_problems(text: str, scope: Scope) -> Iterator[str]:
    for part in template(text):
        if isinstance(part, Place) and part not in (POSITION, EMPTY_BOX):
            yield from _place_problems(part, scope)


def _condition_problems(text: str, scope: Scope) -> Iterator[str]:
    place = condition(text)
    if place.code or scope.blank(place.name) is None:
        yield from _place_problems(place, scope)


def _place_problems(place: Place, scope: Scope) -> Iterator[str]:
    path = scope.path(place.name)
    if path is None:
        yield f"the form asks nothing called {place.name}, or more than one"
        return
    asked = scope.catalogue.questions[path]
    codes = [code for code, _ in asked.choices]
    if place.code and place.code not in codes:
        yield f"{place.name} has no choice {place.code}"
    if place.style == "boxes" and not codes:
        yield f"{place.name} has no choices to draw boxes for"
    if place.style == "capitals" and asked.kind != "money":
        yield f"{place.name} is not money"


def _malformed(paper: Paper, sheet: Sheet) -> Iterator[str]:
    """Every template once, so that a broken one is a load problem; unknown blocks and blocks that use themselves."""
    closing = sheet.closing
    for text in (sheet.code, *((closing.court, closing.date, closing.signer, *closing.after) if closing else ())):
        template(text)
    for named in (sheet.when, *(row.where for section in sheet.sections for row in section.rows)):
        if named:
            condition(named)
    for row in (row for section in sheet.sections for row in section.rows):
        for text in _texts(paper, row.lines, ()):
            template(text)
        for text in (row.label, *(column.text for column in row.columns)):
            template(text)
        if row.columns and not row.each:
            yield f"{row.label}: columns without each"


def _texts(paper: Paper, lines: tuple[str | Line, ...], inside: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        if isinstance(line, str):
            yield line
            continue
        yield line.text
        if line.when:
            condition(line.when)
        if line.use in inside or (line.use and line.use not in paper.blocks):
            raise PaperWrong(f"block {line.use} is unknown or uses itself")
        if line.use:
            yield from _texts(paper, paper.blocks[line.use], (*inside, line.use))
