"""Longer words to read, cut into blocks that each fit on a sheet."""

from __future__ import annotations

from functools import partial

from ui.screens.measure import breakable, wrapped_height, wrapped_lines
from ui.screens.paged import Block, pager_height
from ui.screens.parts import words_label
from ui.screens.surroundings import Surroundings
from ui.theme import Role, font_of

PADDING = 28


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
