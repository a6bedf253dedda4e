"""Where a line of mixed Chinese and Latin text may end.

Han text breaks between any two characters, except before closing and after opening punctuation; words and numbers
stay whole while they fit a line. A box stays with the word before it, a labelled box with its label. A gap parts
two fields: the second starts a line of its own when it does not fit on this one. Nothing is lost: the lines put
together are the text, less the blanks at which it broke.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.documents.filled import Box, Gap, Inline, Piece

NOT_FIRST = frozenset("，。、；：！？）》」』】〉”’…％%,.;:!?)]}·—～°℃元年月日")
NOT_LAST = frozenset("（《「『【〈“‘¥￥([{")
BLANKS = frozenset(" 　")

Measure = Callable[[Piece], float]


def wrap(inline: Inline, width: float, measure: Measure) -> tuple[Inline, ...]:
    """The lines of this text; always at least one, empty for no text."""
    if not any(isinstance(piece, str) and "\n" in piece for piece in inline) and sum(map(measure, inline)) <= width:
        return (_whole(inline),)
    return tuple(_joined(line) for paragraph in _paragraphs(inline) for line in _lines(paragraph, width, measure))


def _lines(paragraph: list[Piece], width: float, measure: Measure) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    used = 0.0
    for number, fields in enumerate(_fields(paragraph)):
        units = list(_units(fields, width, measure))
        if number and line:
            gap = measure(Gap())
            if used + gap + sum(need for _, need in units) <= width:
                line.append(Gap())
                used += gap
            else:
                yield line
                line, used = [], 0.0
        for unit, need in units:
            if line and used + need > width:
                yield line
                line, used = [], 0.0
                if unit[0] in BLANKS:
                    continue
            line += unit
            used += need
    yield line


def _paragraphs(inline: Inline) -> Iterator[list[Piece]]:
    """The text as single characters, boxes and gaps, parted at line ends."""
    atoms: list[Piece] = []
    for piece in inline:
        if not isinstance(piece, str):
            atoms.append(piece)
            continue
        for character in piece:
            if character == "\n":
                yield atoms
                atoms = []
            else:
                atoms.append(character)
    yield atoms


def _fields(atoms: list[Piece]) -> Iterator[list[Piece]]:
    field: list[Piece] = []
    for atom in atoms:
        if isinstance(atom, Gap):
            yield field
            field = []
        else:
            field.append(atom)
    yield field


def _units(atoms: list[Piece], width: float, measure: Measure) -> Iterator[tuple[list[Piece], float]]:
    """Runs that stay together, with their widths; one wider than the line is cut where it must be. A blank is a run."""
    unit: list[Piece] = []
    used = 0.0
    for atom in atoms:
        need = measure(atom)
        if unit and (used + need > width or _may_part(unit[-1], atom)):
            yield unit, used
            unit, used = [], 0.0
        unit.append(atom)
        used += need
    if unit:
        yield unit, used


def _may_part(before: Piece, after: Piece) -> bool:
    if isinstance(after, Box):
        return bool(after.label)
    if before in BLANKS or after in BLANKS:
        return True
    if before in NOT_LAST or after in NOT_FIRST:
        return False
    return not (_latin(before) and _latin(after))


def _latin(piece: Piece) -> bool:
    return isinstance(piece, str) and piece.isascii()


def _whole(inline: Inline) -> Inline:
    """All of it on one line; a gap parts two fields, so none stands first."""
    pieces: list[Piece] = []
    for piece in inline:
        if isinstance(piece, str):
            if pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            elif piece:
                pieces.append(piece)
        elif pieces or isinstance(piece, Box):
            pieces.append(piece)
    while pieces and isinstance(last := pieces[-1], str):
        pieces[-1] = last.rstrip(" 　")
        if pieces[-1]:
            break
        pieces.pop()
    return tuple(pieces)


def _joined(line: list[Piece]) -> Inline:
    """Characters put together again, without the blanks at the end."""
    while line and line[-1] in BLANKS:
        line = line[:-1]
    pieces: list[Piece] = []
    for atom in line:
        if isinstance(atom, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += atom
        else:
            pieces.append(atom)
    return tuple(pieces)
