"""What was found in a sheet, or what became of it: a sentence, and a row a finding, turned page by page."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.pages import ClerkReportPage, Heading
from ui.screens.message import message_card, message_height
from ui.screens.rows import row_blocks
from ui.screens.screen import Screen

ICONS = {"good": "check", "warn": "warn", "plain": "paper"}


class ClerkReportScreen(Screen):
    page: ClerkReportPage
    for_clerks = True
    offers_help = False

    def heading(self) -> Heading:
        return self.page.heading

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        column.addWidget(message_card(page.message, ICONS[page.tone], page.tone, around))
        room -= message_height(page.message, around) + around.gap
        if page.rows:
            blocks = row_blocks(page.rows, around.column(around.columns), room, None)
            column.addWidget(self.paged("rows", blocks, room, columns=around.columns))
