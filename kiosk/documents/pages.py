"""Where everything stands: sheets become pages of marks, in points from the lower left corner of an A4 page.

Tables have two columns, what is asked and what is answered, under a shaded heading. A row that does not fit moves
to the next page, or breaks between two lines when it is long; heading and label are then repeated with （续）.
Nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk.documents.breaks import Atom, wrap
from kiosk.documents.filled import (
    Box,
    FilledClosing,
    FilledRow,
    FilledSection,
    FilledSheet,
    FilledTable,
    Inline,
    Signatory,
)
from kiosk.documents.font_runs import Face, width
from kiosk.documents.paper import Passage
from kiosk.filings.ink import Ink

WIDE, HIGH = 595.276, 841.89
LEFT, RIGHT, TOP, BOTTOM = 62.0, WIDE - 62.0, HIGH - 62.0, 62.0
LABEL = 122.0  # the width of the left column
PAD = 6.0
SIZE, LEADING = 10.5, 16.5
SMALL, SMALL_LEADING = 9.5, 14.0
HEAD_SIZE = 12.0
CONTINUED = "（续）"
KEEP_LINES = 12  # a row up to here is moved whole rather than broken


@dataclass(frozen=True, slots=True)
class Words:
    x: float
    y: float
    text: str = field(repr=False)
    size: float = SIZE
    face: Face = Face.BODY


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    y: float  # the base line of the text around it
    size: float
    ticked: bool


@dataclass(frozen=True, slots=True)
class Frame:
    x: float
    y: float
    wide: float
    high: float
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """Ink inside a frame of this size."""

    x: float
    y: float
    wide: float
    high: float
    ink: Ink = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    x: float
    y: float
    wide: float


Mark = Words | Tick | Frame | Drawn | Rule


@dataclass(slots=True)
class Pages:
    """The one thing here that changes: pages filling up from the top. It never leaves `lay_out`."""

    pages: list[list[Mark]] = field(default_factory=lambda: [[]])
    y: float = TOP

    @property
    def room(self) -> float:
        return self.y - BOTTOM

    def turn(self) -> None:
        self.pages.append([])
        self.y = TOP

    def add(self, *marks: Mark) -> None:
        self.pages[-1].extend(marks)

    def line(self, inline: Inline, x: float, base: float, size: float = SIZE, face: Face = Face.BODY) -> None:
        for piece in inline:
            if isinstance(piece, Box):
                self.add(Tick(x, base, size, piece.ticked))
            elif piece:
                self.add(Words(x, base, piece, size, face))
            x += _width((piece,), size, face)


def lay_out(sheet: FilledSheet) -> tuple[tuple[Mark, ...], ...]:
    """The pages of one sheet, with their numbers."""
    pages = Pages()
    _title(pages, sheet)
    for passage in sheet.preface:
        _passage(pages, passage)
    for section in sheet.sections:
        _section(pages, section)
    if sheet.closing:
        _closing(pages, sheet.closing)
    for number, page in enumerate(pages.pages, start=1):
        text = f"第{number}页　共{len(pages.pages)}页"
        page.append(Words((WIDE - _width((text,), 9)) / 2, BOTTOM - 30, text, 9))
    return tuple(tuple(page) for page in pages.pages)


def _width(inline: Inline, size: float, face: Face = Face.BODY) -> float:
    return sum(size * 1.05 if isinstance(piece, Box) else width(piece, size, face) for piece in inline)


def _wrapped(lines: Sequence[Inline], wide: float, size: float = SIZE, face: Face = Face.BODY) -> list[Inline]:
    def measure(atom: Atom) -> float:
        return _width((atom,), size, face)

    return [part for line in lines for part in wrap(line, wide, measure)]


def _title(pages: Pages, sheet: FilledSheet) -> None:
    for text, size, drop in ((sheet.title, 22.0, 22.0), (sheet.subtitle, 15.0, 26.0)):
        if text:
            pages.y -= drop
            pages.line((text,), (WIDE - _width((text,), size, Face.HEAD)) / 2, pages.y, size, Face.HEAD)
    pages.y -= 18


def _passage(pages: Pages, passage: Passage) -> None:
    lines = _wrapped([(line,) for line in passage.lines], RIGHT - LEFT - 2 * PAD, SMALL)
    high = SMALL_LEADING * (len(lines) + 1) + 2 * PAD
    pages.add(Frame(LEFT, pages.y - high, RIGHT - LEFT, high))
    base = pages.y - PAD - SMALL
    pages.line((passage.heading,), LEFT + PAD, base, SMALL, Face.HEAD)
    for line in lines:
        base -= SMALL_LEADING
        pages.line(line, LEFT + PAD, base, SMALL)
    pages.y -= high


def _heading(pages: Pages, text: str) -> None:
    high = HEAD_SIZE + 2 * PAD
    pages.add(Frame(LEFT, pages.y - high, RIGHT - LEFT, high, shaded=True))
    x = (WIDE - _width((text,), HEAD_SIZE, Face.HEAD)) / 2
    pages.line((text,), x, pages.y - PAD - HEAD_SIZE + 1.5, HEAD_SIZE, Face.HEAD)
    pages.y -= high


def _section(pages: Pages, section: FilledSection) -> None:
    if pages.room < HEAD_SIZE + 4 * PAD + 4 * LEADING:
        pages.turn()
    _heading(pages, section.heading)
    for row in section.rows:
        if isinstance(row, FilledTable):
            _table(pages, section.heading, row)
        else:
            _row(pages, section.heading, row)


def _row(pages: Pages, heading: str, row: FilledRow) -> None:
    wide = RIGHT - LEFT if row.wide else RIGHT - LEFT - LABEL
    lines = _wrapped(row.lines, wide - 2 * PAD)
    label = row.label
    if row.wide and label:
        lines = [*_wrapped([(label,)], wide - 2 * PAD), *lines]
    first = True
    while lines or first:
        shown = "" if row.wide else (label if first else label + CONTINUED)
        label_lines = _wrapped([(shown,)], LABEL - 2 * PAD)
        fit = int((pages.room - 2 * PAD) // LEADING)
        needed = max(len(lines), len(label_lines))
        fresh = pages.y > TOP - HEAD_SIZE - 3 * PAD
        if needed > fit and not fresh and (needed <= KEEP_LINES or fit < max(3, len(label_lines))):
            _next_page(pages, heading)
            continue
        here, lines = lines[:fit], lines[fit:]
        _cells(pages, label_lines, here, row.wide)
        first = False
        if lines:
            _next_page(pages, heading)


def _next_page(pages: Pages, heading: str) -> None:
    pages.turn()
    _heading(pages, heading + CONTINUED)


def _cells(pages: Pages, label: Sequence[Inline], lines: Sequence[Inline], wide: bool) -> None:
    high = LEADING * max(len(label), len(lines), 1) + 2 * PAD
    if wide:
        pages.add(Frame(LEFT, pages.y - high, RIGHT - LEFT, high))
    else:
        pages.add(Frame(LEFT, pages.y - high, LABEL, high), Frame(LEFT + LABEL, pages.y - high, RIGHT - LEFT - LABEL, high))
        _column(pages, label, LEFT + PAD, high)
    _column(pages, lines, LEFT + PAD + (0 if wide else LABEL), high)
    pages.y -= high


def _column(pages: Pages, lines: Sequence[Inline], x: float, high: float, size: float = SIZE) -> None:
    """Lines of one cell, in the middle of its height."""
    leading = LEADING if size == SIZE else SMALL_LEADING
    base = pages.y - (high - leading * len(lines)) / 2 - size - (leading - size) / 2 + 1.5
    for line in lines:
        pages.line(line, x, base, size)
        base -= leading


def _table(pages: Pages, heading: str, table: FilledTable) -> None:
    shares = sum(column.share for column in table.columns)
    widths = [(RIGHT - LEFT) * column.share / shares for column in table.columns]
    heads = [_wrapped([(column.head,)], w - PAD, SMALL) for column, w in zip(table.columns, widths, strict=True)]
    pending: list[list[list[Inline]]] = [
        [_wrapped([cell], w - PAD, SMALL) for cell, w in zip(row, widths, strict=True)] for row in table.rows
    ]
    _table_head(pages, heading, table.label, heads, widths, turn=pages.room < 6 * LEADING)
    for cells in pending:
        while cells:
            fit = int((pages.room - PAD) // SMALL_LEADING)
            needed = max(map(len, cells))
            if needed > fit and (needed <= KEEP_LINES or fit < 3):
                _table_head(pages, heading, table.label + CONTINUED, heads, widths, turn=True)
                fit = int((pages.room - PAD) // SMALL_LEADING)
            _table_cells(pages, [cell[:fit] for cell in cells], widths)
            cells = [cell[fit:] for cell in cells]
            cells = cells if any(cells) else []


def _table_head(
    pages: Pages, heading: str, label: str, heads: Sequence[Sequence[Inline]], widths: Sequence[float], turn: bool
) -> None:
    if turn:
        _next_page(pages, heading)
    if label:
        _cells(pages, [], _wrapped([(label,)], RIGHT - LEFT - 2 * PAD), wide=True)
    _table_cells(pages, heads, widths)


def _table_cells(pages: Pages, cells: Sequence[Sequence[Inline]], widths: Sequence[float]) -> None:
    high = SMALL_LEADING * max(1, *map(len, cells)) + PAD
    x = LEFT
    for cell, wide in zip(cells, widths, strict=True):
        pages.add(Frame(x, pages.y - high, wide, high))
        _column(pages, cell, x + PAD / 2, high, SMALL)
        x += wide
    pages.y -= high


SIGNATURE_WIDE, SIGNATURE_HIGH = 150.0, 48.0


def _closing(pages: Pages, closing: FilledClosing) -> None:
    head = 3 * LEADING if closing.lead else LEADING
    if pages.room < head + SIGNATURE_HIGH + 4 * LEADING:
        pages.turn()
    pages.y -= 1.5 * LEADING
    if closing.lead:
        pages.line((closing.lead,), LEFT + 2 * 12, pages.y, 12)
        pages.y -= 1.5 * LEADING
        pages.line((closing.court,), LEFT, pages.y, 12)
        pages.y -= LEADING
    for signatory in closing.signatories:
        if pages.room < SIGNATURE_HIGH + 2 * LEADING:
            pages.turn()
        _signature(pages, closing.signed_by, signatory)
    if pages.room < LEADING:
        pages.turn()
    text = f"日期：{closing.date}"
    pages.y -= LEADING
    pages.line((text,), RIGHT - SIGNATURE_WIDE - _width(("日期：",), 12), pages.y, 12)


def _signature(pages: Pages, signed_by: str, signatory: Signatory) -> None:
    pages.y -= SIGNATURE_HIGH
    label = f"{signed_by}："
    left = RIGHT - SIGNATURE_WIDE
    pages.line((label,), left - _width((label,), 12), pages.y + 8, 12)
    if signatory.ink and signatory.ink.strokes:
        pages.add(Drawn(left, pages.y + 2, SIGNATURE_WIDE, SIGNATURE_HIGH - 6, signatory.ink))
    pages.add(Rule(left, pages.y, SIGNATURE_WIDE))
    if signatory.name:
        pages.y -= SMALL_LEADING
        pages.line((f"（{signatory.name}）",), left, pages.y + 2, SMALL)
