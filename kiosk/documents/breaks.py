"""Where a line of mixed Chinese and Latin text may end.

Han text breaks between any two characters, except before closing and after opening punctuation; words and numbers
stay whole while they fit a line. A box stays with the word before it. Nothing is lost: the lines put together are
the text, less the blanks at which it broke.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.documents.filled import Box, Inline

NOT_FIRST = frozenset("，。、；：！？）》」』】〉”’…％%,.;:!?)]}·—～°℃元年月日")
NOT_LAST = frozenset("（《「『【〈“‘¥￥([{")

Atom = str | Box
Measure = Callable[[Atom], float]


def wrap(inline: Inline, width: float, measure: Measure) -> tuple[Inline, ...]:
    """The lines of this text; always at least one, empty for no text."""
    lines: list[Inline] = []
    for paragraph in _paragraphs(inline):
        line: list[Atom] = []
        used = 0.0
        for unit in _units(paragraph, width, measure):
            need = sum(map(measure, unit))
            if line and used + need > width:
                lines.append(_joined(line))
                line, used = [], 0.0
                if all(atom == " " for atom in unit):
                    continue
            line += unit
            used += need
        lines.append(_joined(line))
    return tuple(lines)


def _paragraphs(inline: Inline) -> Iterator[list[Atom]]:
    atoms: list[Atom] = []
    for piece in inline:
        if isinstance(piece, Box):
            atoms.append(piece)
            continue
        for character in piece:
            if character == "\n":
                yield atoms
                atoms = []
            else:
                atoms.append(character)
    yield atoms


def _units(atoms: list[Atom], width: float, measure: Measure) -> Iterator[list[Atom]]:
    """Runs that stay together; one wider than the line is cut where it must be."""
    unit: list[Atom] = []
    for atom in atoms:
        if unit and _may_part(unit[-1], atom):
            yield from _cut(unit, width, measure)
            unit = []
        unit.append(atom)
    if unit:
        yield from _cut(unit, width, measure)


def _cut(unit: list[Atom], width: float, measure: Measure) -> Iterator[list[Atom]]:
    part: list[Atom] = []
    used = 0.0
    for atom in unit:
        need = measure(atom)
        if part and used + need > width:
            yield part
            part, used = [], 0.0
        part.append(atom)
        used += need
    yield part


def _may_part(before: Atom, after: Atom) -> bool:
    if isinstance(after, Box):
        return False
    if isinstance(before, Box):
        return after not in NOT_FIRST
    if " " in (before, after):
        return True
    if before in NOT_LAST or after in NOT_FIRST:
        return False
    return not (_latin(before) and _latin(after))


def _latin(character: str) -> bool:
    return character.isascii() or character in "·"


def _joined(line: list[Atom]) -> Inline:
    """Characters put together again, without the blanks at the end."""
    while line and line[-1] == " ":
        line = line[:-1]
    pieces: list[str | Box] = []
    for atom in line:
        if isinstance(atom, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += atom
        else:
            pieces.append(atom)
    return tuple(pieces)
