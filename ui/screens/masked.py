"""A number said before: masked, shown while a button is held, changed only when asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.events import ChangeAsked
from kiosk.visit.pages import Heading, MaskedPage
from ui.screens.rows import row_blocks
from ui.screens.screen import Screen


class MaskedScreen(Screen):
    page: MaskedPage

    def heading(self) -> Heading:
        return self.page.heading

    def build(self, column: QVBoxLayout, room: int) -> None:
        blocks = row_blocks((self.page.row,), self.around, room, lambda ref: self.reported.emit(ChangeAsked(ref)))
        column.addWidget(self.paged("number", blocks, room))
