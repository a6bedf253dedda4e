"""The last page before 提交: what will be handed in, and that nothing is handed in yet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.pages import HandInPage, Heading
from ui.screens.reading import reading_blocks
from ui.screens.rows import row_blocks
from ui.screens.screen import Screen
from ui.theme import Role


class HandInScreen(Screen):
    page: HandInPage

    def heading(self) -> Heading:
        return self.page.heading

    def build(self, column: QVBoxLayout, room: int) -> None:
        around = self.around
        rows = row_blocks(self.page.rows, around, room, None)
        reminder = reading_blocks((self.page.reminder,), Role.BODY, around, room, around.width)
        column.addWidget(self.paged("rows", [*rows, *reminder], room))
