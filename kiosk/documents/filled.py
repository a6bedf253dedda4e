"""The layout with the answers in it: what stands on the sheets, before anybody knows where on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kiosk.documents import written
from kiosk.documents.asked import Scope
from kiosk.documents.escape import drawable
from kiosk.documents.paper import (
    EMPTY_BOX,
    GAP,
    POSITION,
    Closing,
    Column,
    Line,
    Paper,
    Passage,
    Place,
    Row,
    Section,
    Sheet,
    condition,
    template,
)
from kiosk.filings.ink import Ink
from kiosk.law.tables import Tables


@dataclass(frozen=True, slots=True)
class Box:
    ticked: bool
    label: str = ""  # kept on one line with its box


@dataclass(frozen=True, slots=True)
class Gap:
    """Two blanks between fields of one line, or the end of that line when the next field does not fit."""


Piece = str | Box | Gap
Inline = tuple[Piece, ...]
LONGEST_LABEL = 18  # a longer one may break


@dataclass(frozen=True, slots=True)
class FilledRow:
    label: str
    lines: tuple[Inline, ...] = field(repr=False)
    wide: bool = False


@dataclass(frozen=True, slots=True)
class FilledTable:
    label: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Inline, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class FilledSection:
    heading: str
    rows: tuple[FilledRow | FilledTable, ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    name: str = field(repr=False)
    ink: Ink | None = field(repr=False)
    ref: str = ""  # where the form asked for this signature


@dataclass(frozen=True, slots=True)
class FilledClosing:
    lead: str
    court: str
    signed_by: str
    signatories: tuple[Signatory, ...]
    date: str
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledSheet:
    title: str
    subtitle: str
    preface: tuple[Passage, ...]
    sections: tuple[FilledSection, ...]
    closing: FilledClosing | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills one paper for one filing."""

    paper: Paper
    whole: Scope
    signatures: Mapping[str, Ink] = field(repr=False)
    tables: Tables = field(repr=False)
    answered_only: bool = False  # leave out lines and rows nobody answered

    def sheets(self) -> tuple[FilledSheet, ...]:
        return tuple(map(self.sheet, filter(self.wants, self.paper.sheets)))

    def wants(self, sheet: Sheet) -> bool:
        """Whether what was said calls for this sheet."""
        if not sheet.when:
            return True
        asked = condition(sheet.when)
        return holds(asked, self.whole) or (not asked.code and bool(self.whole.instances(asked.name)))

    def sheet(self, sheet: Sheet) -> FilledSheet:
        lent = {section.heading: section for section in self.paper.sheets[0].sections} if sheet.borrow else {}
        borrowed = [replace(self, answered_only=True)._section(lent[one]) for one in sheet.borrow if one in lent]
        own = [self._section(section) for section in sheet.sections]
        return FilledSheet(
            title=sheet.title,
            subtitle=sheet.subtitle,
            preface=sheet.preface,
            sections=(*own[:1], *borrowed, *own[1:]),
            closing=self._closing(sheet.closing) if sheet.closing else None,
            code=self._plain(sheet.code, self.whole, blanks=False),
        )

    def _section(self, section: Section) -> FilledSection:
        return FilledSection(section.heading, tuple(filled for row in section.rows for filled in self._row(row)))

    def _row(self, row: Row) -> Iterator[FilledRow | FilledTable]:
        if row.columns:
            if not self.answered_only or self.whole.instances(row.each):
                yield self._table(row)
            return
        for scope in self._scopes(row):
            if self.answered_only and not any(
                self._answers(text, inner) for text, inner in self._said(row.lines, scope)
            ):
                continue
            label = self._plain(row.label, scope)
            label = f"{row.number}.{label}" if row.number else label
            yield FilledRow(label, tuple(self._lines(row.lines, scope)), row.wide)

    def _table(self, row: Row) -> FilledTable:
        scopes = self.whole.instances(row.each)
        blanks = (self.whole.blank(row.each),) * max(0, row.blank_rows - len(scopes))
        return FilledTable(
            label=f"{row.number}.{row.label}" if row.number else row.label,
            columns=row.columns,
            rows=tuple(
                tuple(self._inline(column.text, scope, blanks=False) for column in row.columns)
                for scope in (*scopes, *blanks)
                if scope is not None
            ),
        )

    def _scopes(self, row: Row) -> tuple[Scope, ...]:
        if not row.each:
            return (self.whole,)
        scopes = [s for s in self.whole.instances(row.each) if not row.where or holds(condition(row.where), s)]
        empty = self.whole.blank(row.each)
        return tuple(scopes) or ((empty,) if row.blank and empty else ())

    def _lines(self, lines: tuple[str | Line, ...], scope: Scope) -> Iterator[Inline]:
        for text, inner in self._said(lines, scope):
            if not self.answered_only or self._answers(text, inner) or not _named(text):
                yield self._inline(text, inner)

    def _said(self, lines: tuple[str | Line, ...], scope: Scope) -> Iterator[tuple[str, Scope]]:
        """The templates of these lines, each with the place where its names are looked up."""
        for line in lines:
            if isinstance(line, str):
                yield line, scope
                continue
            for inner in self._line_scopes(line, scope):
                if line.when and not holds(condition(line.when), inner):
                    continue
                if line.text:
                    yield line.text, inner
                if line.use:
                    yield from self._said(self.paper.blocks[line.use], inner)

    def _answers(self, text: str, scope: Scope) -> bool:
        return any(holds(place, scope) for place in _named(text))

    def _line_scopes(self, line: Line, scope: Scope) -> Iterator[Scope]:
        places: tuple[Scope | None, ...] = (scope,)
        if line.each:
            places = scope.instances(line.each) or (scope.blank(line.each),)
        for place in places:
            inner = place.group(line.at) if place and line.at else place
            if inner:
                yield inner

    def _inline(self, text: str, scope: Scope, blanks: bool = True) -> Inline:
        """The line with its answers; without blanks, what was not answered leaves no room."""
        return tuple(piece for part in template(text) for piece in self._pieces(part, scope, blanks))

    def _plain(self, text: str, scope: Scope, blanks: bool = True) -> str:
        return "".join(piece for piece in self._inline(text, scope, blanks) if isinstance(piece, str))

    def _pieces(self, part: str | Place, scope: Scope, blanks: bool) -> Iterator[Piece]:
        if isinstance(part, str):
            for position, words in enumerate(part.split(GAP)):
                if position:
                    yield Gap()
                if words:
                    yield words
        elif part == POSITION:
            frame = scope.frames[-1]
            yield str(frame.number) if frame.of > 1 else ""
        elif part == EMPTY_BOX:
            yield Box(False)
        elif part.code:
            yield Box(holds(part, scope))
        else:
            yield from self._answer(part, scope, blanks)

    def _answer(self, place: Place, scope: Scope, blanks: bool) -> Iterator[Piece]:
        asked = scope.catalogue.questions[scope.path(place.name) or ""]
        text = scope.text(place.name)
        match place.style:
            case "boxes":
                for position, (code, label) in enumerate(asked.choices):
                    if position:
                        yield "　"
                    ticked = code in text.split()
                    if len(label) <= LONGEST_LABEL:
                        yield Box(ticked, label)
                    else:
                        yield label
                        yield Box(ticked)
            case "capitals":
                yield written.capitals(text)
            case _ if text:
                yield drawable(written.written(asked, text, self.tables)).strip("\n")
            case _ if blanks:
                yield written.blank(asked)

    def _closing(self, closing: Closing) -> FilledClosing:
        scopes = self.whole.instances(closing.each) if closing.each else (self.whole,)
        signatories = tuple(
            Signatory(self._plain(closing.signer, scope, blanks=False), *self._ink(closing, scope)) for scope in scopes
        )
        return FilledClosing(
            lead=closing.lead,
            court=self._plain(closing.court, self.whole),
            signed_by=closing.signed_by,
            signatories=signatories or (Signatory("", None),),
            date=self._plain(closing.date, self.whole),
            after=tuple(self._plain(text, self.whole) for text in closing.after),
        )

    def _ink(self, closing: Closing, scope: Scope) -> tuple[Ink | None, str]:
        ref = scope.ref(closing.ink) if closing.ink else ""
        return self.signatures.get(ref), ref


def _named(text: str) -> tuple[Place, ...]:
    """The places of a template that a question answers."""
    return tuple(part for part in template(text) if isinstance(part, Place) and part not in (POSITION, EMPTY_BOX))


def holds(place: Place, scope: Scope) -> bool:
    """Whether `name` is answered, or holds the code of `name=code`."""
    text = scope.text(place.name)
    return place.code in text.split() if place.code else bool(text)
