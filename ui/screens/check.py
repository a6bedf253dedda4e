"""Everything said, to be checked: rows with 改 under the name of their section, turned by two buttons."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.visit.events import ChangeAsked
from kiosk.visit.pages import CheckPage, Heading, Row
from ui.screens.paged import Block
from ui.screens.parts import words_height, words_label
from ui.screens.rows import row_blocks
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.theme import Role

UNDER_HEAD = 8


class CheckScreen(Screen):
    page: CheckPage

    def heading(self) -> Heading:
        return self.page.heading

    def build(self, column: QVBoxLayout, room: int) -> None:
        columns = self.around.columns
        around = self.around.column(columns)
        blocks: list[Block] = []
        section = ""
        for row in self.page.rows:
            head = section_of(row) if columns == 1 and section_of(row) != section else ""
            section = section_of(row)
            shown = row if columns == 1 or not section else replace(row, label=f"{section} · {row.label}")
            parts = row_blocks((shown,), around, room, self._change)
            if head:
                parts[0] = with_head(head, parts[0], around)
            blocks += parts
        column.addWidget(self.paged("rows", blocks, room, columns=columns))

    def _change(self, ref: str) -> None:
        self.reported.emit(ChangeAsked(ref))


def section_of(row: Row) -> str:
    """The part of the form this row belongs to; pages that have none leave it out."""
    return row.section


def with_head(head: str, block: Block, around: Surroundings) -> Block:
    """The name of a section and its first row, which never stand on two sheets."""
    height = words_height(head, Role.STEP, around) + around.px(UNDER_HEAD) + block.height
    return Block(height, partial(_build_with_head, head, block, around))


def _build_with_head(head: str, block: Block, around: Surroundings) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(around.px(UNDER_HEAD))
    column.addWidget(words_label(head, Role.STEP, around))
    row = block.build()
    row.setFixedHeight(block.height)
    column.addWidget(row)
    return holder
