"""The layout with the answers in it: what stands on the sheets, before anybody knows where on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kiosk.documents import written
from kiosk.documents.asked import Scope
from kiosk.documents.escape import drawable
from kiosk.documents.paper import (
    GAP,
    POSITION,
    Closing,
    Column,
    Line,
    Paper,
    Passage,
    Place,
    Row,
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


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills one paper for one filing."""

    paper: Paper
    whole: Scope
    signatures: Mapping[str, Ink] = field(repr=False)
    tables: Tables = field(repr=False)

    def sheets(self) -> tuple[FilledSheet, ...]:
        wanted = (s for s in self.paper.sheets if not s.when or holds(condition(s.when), self.whole))
        return tuple(map(self._sheet, wanted))

    def _sheet(self, sheet: Sheet) -> FilledSheet:
        return FilledSheet(
            title=sheet.title,
            subtitle=sheet.subtitle,
            preface=sheet.preface,
            sections=tuple(
                FilledSection(section.heading, tuple(filled for row in section.rows for filled in self._row(row)))
                for section in sheet.sections
            ),
            closing=self._closing(sheet.closing) if sheet.closing else None,
        )

    def _row(self, row: Row) -> Iterator[FilledRow | FilledTable]:
        if row.columns:
            yield self._table(row)
            return
        for scope in self._scopes(row):
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
        for line in lines:
            if isinstance(line, str):
                yield self._inline(line, scope)
                continue
            for inner in self._line_scopes(line, scope):
                if line.when and not holds(condition(line.when), inner):
                    continue
                if line.text:
                    yield self._inline(line.text, inner)
                if line.use:
                    yield from self._lines(self.paper.blocks[line.use], inner)

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
            Signatory(self._plain(closing.signer, scope, blanks=False), self._ink(closing, scope)) for scope in scopes
        )
        return FilledClosing(
            lead=closing.lead,
            court=self._plain(closing.court, self.whole),
            signed_by=closing.signed_by,
            signatories=signatories or (Signatory("", None),),
            date=self._plain(closing.date, self.whole),
            after=tuple(self._plain(text, self.whole) for text in closing.after),
        )

    def _ink(self, closing: Closing, scope: Scope) -> Ink | None:
        return self.signatures.get(scope.ref(closing.ink)) if closing.ink else None


def holds(place: Place, scope: Scope) -> bool:
    """Whether `name` is answered, or holds the code of `name=code`."""
    text = scope.text(place.name)
    return place.code in text.split() if place.code else bool(text)
