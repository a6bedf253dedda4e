"""Where everything stands: one filled sheet becomes pages of marks.

Tables have two columns, what is asked and what is answered, under a shaded heading. A row that does not fit moves
to the next page, or breaks between two lines when it is long; heading and label are then repeated with （续）.
"""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.documents.filled import (
    FilledClosing,
    FilledRow,
    FilledSection,
    FilledSheet,
    FilledTable,
    Inline,
    Signatory,
)
from kiosk.documents.font_runs import Face, Fonts
from kiosk.documents.pages import BOTTOM, LEFT, RIGHT, SIZE, TOP, Code, Digest, Drawn, Frame, Mark, Pages, Rule
from kiosk.documents.paper import Passage

ACROSS = RIGHT - LEFT
LABEL = 122.0  # the width of the left column
PAD = 6.0
LEADING = 16.5
SMALL, SMALL_LEADING = 9.5, 14.0
HEAD_SIZE, HEAD_HIGH = 12.0, 24.0
CLOSING_SIZE = 12.0
SIGNATURE_WIDE, SIGNATURE_HIGH = 150.0, 48.0
DIGEST_LABEL, DIGEST_SIZE = "签署内容摘要：", 8.0
WITNESSED = "本人不能书写，工作人员{number}当面见证，在上方捺印"
CODE_SIDE, CODE_ABOVE = 70.0, 14.0
CONTINUED = "（续）"
KEEP_LINES = 12  # a row of up to this many lines is moved whole rather than broken


def lay_out(sheet: FilledSheet, fonts: Fonts) -> tuple[tuple[Mark, ...], ...]:
    """The pages of one sheet, with their numbers. Nobody signs on a page where nothing else stands."""
    pages = Pages(fonts)
    if not _all_of(pages, sheet, keep_last=False):
        pages = Pages(fonts)
        _all_of(pages, sheet, keep_last=True)
    done = pages.pages
    for number, page in enumerate(done, start=1):
        pages.pages = [page]
        pages.centred(f"第{number}页　共{len(done)}页", BOTTOM - 30, 9, Face.BODY)
    return tuple(tuple(page) for page in done)


def _all_of(pages: Pages, sheet: FilledSheet, *, keep_last: bool) -> bool:
    """Everything in its order; False when the signatures would have to begin a page of their own.

    `keep_last` takes the last row over to them.
    """
    if sheet.code:
        pages.add(Code(RIGHT - CODE_SIDE, TOP - CODE_SIDE + CODE_ABOVE, CODE_SIDE, sheet.code))
    _title(pages, sheet)
    if sheet.code:
        pages.y = min(pages.y, TOP - CODE_SIDE + CODE_ABOVE - PAD)
    for passage in sheet.preface:
        _passage(pages, passage)
    for section in sheet.sections[:-1]:
        _section(pages, section)
    for section in sheet.sections[-1:]:
        _section(pages, section, _least_room(sheet.closing) if sheet.closing and keep_last else 0.0)
    if not sheet.closing:
        return True
    together = keep_last or not sheet.sections or pages.room >= _least_room(sheet.closing)
    if together:
        _closing(pages, sheet.closing)
    return together


def _title(pages: Pages, sheet: FilledSheet) -> None:
    for text, size, drop in ((sheet.title, 22.0, 22.0), (sheet.subtitle, 15.0, 26.0)):
        if text:
            pages.y -= drop
            pages.centred(text, pages.y, size, Face.HEAD)
    pages.y -= 18


def _passage(pages: Pages, passage: Passage) -> None:
    lines = pages.wrapped([(line,) for line in passage.lines], ACROSS - 2 * PAD, SMALL)
    high = SMALL_LEADING * (len(lines) + 1) + 2 * PAD
    pages.add(Frame(LEFT, pages.y - high, ACROSS, high))
    base = pages.y - PAD - SMALL
    pages.line((passage.heading,), LEFT + PAD, base, SMALL, Face.HEAD)
    for line in lines:
        base -= SMALL_LEADING
        pages.line(line, LEFT + PAD, base, SMALL)
    pages.y -= high


def _heading(pages: Pages, text: str) -> None:
    pages.add(Frame(LEFT, pages.y - HEAD_HIGH, ACROSS, HEAD_HIGH, shaded=True))
    pages.centred(text, pages.y - HEAD_HIGH + PAD + 1.5, HEAD_SIZE, Face.HEAD)
    pages.y -= HEAD_HIGH


def _next_page(pages: Pages, heading: str) -> None:
    pages.turn()
    _heading(pages, heading + CONTINUED)


def _section(pages: Pages, section: FilledSection, reserve: float = 0.0) -> None:
    """`reserve`: the room that signatures want after the last row; where there is none it goes over to them."""
    if pages.room < HEAD_HIGH + 2 * PAD + 4 * LEADING:
        pages.turn()
    _heading(pages, section.heading)
    for position, row in enumerate(section.rows, start=1):
        wanted = reserve if position == len(section.rows) else 0.0
        if isinstance(row, FilledTable):
            _table(pages, section.heading, row, keep_last=bool(wanted))
        else:
            _row(pages, section.heading, row, wanted, alone=position == 1)


def _take_heading_along(pages: Pages, heading: str) -> None:
    """A section of one row moves whole: its heading goes from this page to the next."""
    del pages.pages[-1][-2:]  # its frame and its words
    pages.turn()
    _heading(pages, heading)


def _row(pages: Pages, heading: str, row: FilledRow, reserve: float, *, alone: bool) -> None:
    lines = pages.wrapped(row.lines, (ACROSS if row.wide else ACROSS - LABEL) - 2 * PAD)
    label = "" if row.wide else row.label
    if row.wide and row.label:
        lines = [*pages.wrapped([(row.label,)], ACROSS - 2 * PAD), *lines]
    if reserve and len(lines) <= KEEP_LINES:
        if alone:
            _take_heading_along(pages, heading)
        else:
            _next_page(pages, heading)
    first = True
    while lines or first:
        label_lines = pages.wrapped([(label,)], LABEL - 2 * PAD)
        fit = int((pages.room - 2 * PAD) // LEADING)
        needed = max(len(lines), len(label_lines))
        used = pages.y < TOP - HEAD_HIGH - 1  # something stands on this page already
        if needed > fit and used and (needed <= KEEP_LINES or fit < max(3, len(label_lines))):
            _next_page(pages, heading)
            continue
        if reserve and KEEP_LINES < len(lines) <= fit and pages.room - 2 * PAD - LEADING * needed < reserve:
            fit = len(lines) - 2  # a long row breaks so that its end stands above the signatures
        here, lines = lines[:fit], lines[fit:]
        _cells(pages, label_lines, here, row.wide)
        if lines:
            _next_page(pages, heading)
        label = label if label.endswith(CONTINUED) or not label else label + CONTINUED
        first = False


def _cells(pages: Pages, label: Sequence[Inline], lines: Sequence[Inline], wide: bool) -> None:
    high = LEADING * max(len(label), len(lines), 1) + 2 * PAD
    start = LEFT if wide else LEFT + LABEL
    if not wide:
        pages.add(Frame(LEFT, pages.y - high, LABEL, high))
        _column(pages, label, LEFT + PAD, high)
    pages.add(Frame(start, pages.y - high, RIGHT - start, high))
    _column(pages, lines, start + PAD, high)
    pages.y -= high


def _column(pages: Pages, lines: Sequence[Inline], x: float, high: float, small: bool = False) -> None:
    """The lines of one cell, in the middle of its height."""
    size, leading = (SMALL, SMALL_LEADING) if small else (SIZE, LEADING)
    base = pages.y - (high - leading * len(lines)) / 2 - (leading + size) / 2 + 1.5
    for line in lines:
        pages.line(line, x, base, size)
        base -= leading


def _table(pages: Pages, heading: str, table: FilledTable, keep_last: bool) -> None:
    shares = sum(column.share for column in table.columns)
    widths = [ACROSS * column.share / shares for column in table.columns]
    heads = [pages.wrapped([(c.head,)], wide - PAD, SMALL) for c, wide in zip(table.columns, widths, strict=True)]

    def begin(label: str, turn: bool) -> None:
        if turn:
            _next_page(pages, heading)
        if label:
            _cells(pages, [], pages.wrapped([(label,)], ACROSS - 2 * PAD), wide=True)
        _table_cells(pages, heads, widths)

    begin(table.label, turn=pages.room < 2 * PAD + LEADING + 5 * SMALL_LEADING)
    for position, row in enumerate(table.rows, start=1):
        if keep_last and position == len(table.rows):
            begin(table.label and table.label + CONTINUED, turn=True)
        cells = [pages.wrapped([cell], wide - PAD, SMALL) for cell, wide in zip(row, widths, strict=True)]
        while any(cells):
            fit = int((pages.room - PAD) // SMALL_LEADING)
            needed = max(map(len, cells))
            if needed > fit and (needed <= KEEP_LINES or fit < 3):
                begin(table.label and table.label + CONTINUED, turn=True)
                fit = int((pages.room - PAD) // SMALL_LEADING)
            _table_cells(pages, [cell[:fit] for cell in cells], widths)
            cells = [cell[fit:] for cell in cells]


def _table_cells(pages: Pages, cells: Sequence[Sequence[Inline]], widths: Sequence[float]) -> None:
    high = SMALL_LEADING * max(1, *map(len, cells)) + PAD
    x = LEFT
    for cell, wide in zip(cells, widths, strict=True):
        pages.add(Frame(x, pages.y - high, wide, high))
        _column(pages, cell, x + PAD / 2, high, small=True)
        x += wide
    pages.y -= high


def _least_room(closing: FilledClosing) -> float:
    """With one signature all of the closing stays together, with several at least the first one and its head."""
    head = (4.5 if closing.lead else 1.5) * LEADING
    first = SIGNATURE_HIGH + SMALL_LEADING * (1 + bool(closing.signatories[0].ink))
    tail = 1.5 * LEADING * (1 + len(closing.after)) if len(closing.signatories) == 1 else 0.0
    return head + first + tail


def _closing(pages: Pages, closing: FilledClosing) -> None:
    pages.y -= 1.5 * LEADING
    if closing.lead:
        pages.line((closing.lead,), LEFT + 2 * CLOSING_SIZE, pages.y, CLOSING_SIZE)
        pages.y -= 1.5 * LEADING
        for line in pages.wrapped([(closing.court,)], ACROSS, CLOSING_SIZE):
            pages.line(line, LEFT, pages.y, CLOSING_SIZE)
            pages.y -= LEADING
    for signatory in closing.signatories:
        _signature(pages, f"{closing.signed_by}：", signatory)
    if pages.room < 1.5 * LEADING:
        pages.turn()
    pages.y -= 1.5 * LEADING
    label = "日期："
    pages.line((label + closing.date,), _left_of_signature(pages, label), pages.y, CLOSING_SIZE)
    for line in pages.wrapped([(text,) for text in closing.after], ACROSS):
        if pages.room < 1.5 * LEADING:
            pages.turn()
        pages.y -= 1.5 * LEADING
        pages.line(line, LEFT, pages.y)


def _signature(pages: Pages, label: str, signatory: Signatory) -> None:
    said = [f"（{signatory.name}）"] if signatory.name else []
    if signatory.ink and signatory.ink.witness:  # nobody wrote: seal or fingerprint come onto this line at the window
        said.append(WITNESSED.format(number=signatory.ink.witness))
    names = pages.wrapped([("".join(said),)] if said else [], SIGNATURE_WIDE, SMALL)
    if pages.room < SIGNATURE_HIGH + SMALL_LEADING * (len(names) + bool(signatory.ink)):
        pages.turn()
    pages.y -= SIGNATURE_HIGH
    left = RIGHT - SIGNATURE_WIDE
    pages.line((label,), _left_of_signature(pages, label), pages.y + 8, CLOSING_SIZE)
    if signatory.ink:
        pages.add(Drawn(left, pages.y + 2, SIGNATURE_WIDE, SIGNATURE_HIGH - 6, signatory.ink))
    pages.add(Rule(left, pages.y, SIGNATURE_WIDE))
    for name in names:
        pages.y -= SMALL_LEADING
        pages.line(name, left, pages.y + 2, SMALL)
    if signatory.ink:
        pages.y -= SMALL_LEADING
        pages.line((DIGEST_LABEL,), left, pages.y + 2, DIGEST_SIZE)
        pages.add(Digest(left + pages.width(DIGEST_LABEL, DIGEST_SIZE), pages.y + 2, DIGEST_SIZE))


def _left_of_signature(pages: Pages, label: str) -> float:
    return RIGHT - SIGNATURE_WIDE - pages.width(label, CLOSING_SIZE)
