"""Longer words to read, cut into blocks that each fit on a sheet."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screens.measure import breakable, wrapped_height, wrapped_lines
from ui.screens.paged import Block, pager_height
from ui.screens.parts import words_label
from ui.screens.surroundings import Surroundings
from ui.theme import Role, font_of

PADDING = 28
MOST_LETTERS = 90  # Chinese characters on one sheet in the largest letters: more is not taken in


def reading_blocks(paragraphs: tuple[str, ...], role: Role, around: Surroundings, room: int, width: int) -> list[Block]:
    font = font_of(around.look, role)
    most = max(1, (room - pager_height(around) - around.gap) // wrapped_height("字", font, width))
    blocks: list[Block] = []
    for paragraph in map(breakable, paragraphs):
        lines = wrapped_lines(paragraph, font, width)
        parts = (
            [paragraph] if len(lines) <= most else ["".join(lines[n : n + most]) for n in range(0, len(lines), most)]
        )
        for part in parts:
            blocks.append(Block(wrapped_height(part, font, width), partial(words_label, part, role, around, width)))
    return blocks


def sheets_of(paragraphs: tuple[str, ...], role: Role, around: Surroundings, room: int, width: int) -> list[Block]:
    """The same as whole sheets, a block each, none with more words than `MOST_LETTERS`."""
    most = room - pager_height(around) - around.gap
    sheets: list[list[Block]] = []
    letters, height = 0.0, 0
    for paragraph in paragraphs:
        parts = reading_blocks((paragraph,), role, around, room, width)
        for part in parts:
            longer, higher = letters + weight(paragraph) / len(parts), height + around.gap + part.height
            if not sheets or longer > MOST_LETTERS or higher > most:
                sheets.append([part])
                letters, height = weight(paragraph) / len(parts), part.height
            else:
                sheets[-1].append(part)
                letters, height = longer, higher
    return [
        Block(sum(one.height for one in sheet) + around.gap * (len(sheet) - 1), partial(_sheet, sheet, around))
        for sheet in sheets
    ]


def weight(text: str) -> float:
    """How much there is to read, in Chinese characters."""
    return sum(1 if letter > "\u2e7f" else 0.45 for letter in text)


def _sheet(blocks: list[Block], around: Surroundings) -> QWidget:
    sheet = QWidget()
    column = QVBoxLayout(sheet)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(around.gap)
    for block in blocks:
        words = block.build()
        words.setFixedHeight(block.height)
        column.addWidget(words)
    return sheet
