"""Everything said, to be checked: rows with 改, turned by two buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.events import ChangeAsked
from kiosk.visit.pages import CheckPage, Heading
from ui.screens.rows import row_blocks
from ui.screens.screen import Screen


class CheckScreen(Screen):
    page: CheckPage

    def heading(self) -> Heading:
        return self.page.heading

    def build(self, column: QVBoxLayout, room: int) -> None:
        columns = self.around.columns
        around = self.around.column(columns)
        blocks = row_blocks(self.page.rows, around, room, lambda ref: self.reported.emit(ChangeAsked(ref)))
        column.addWidget(self.paged("rows", blocks, room, columns=columns))
