"""Waiting for a member of staff: nothing of the form is on show until somebody goes on."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.events import TilePressed
from kiosk.visit.pages import Heading, HelpPage
from ui.screens.message import message_card
from ui.screens.screen import Screen
from ui.screens.tile import Tile, TileShape

GO_ON = TileShape(centered=True, strong=True, least=112)


class HelpScreen(Screen):
    page: HelpPage
    offers_help = False

    def heading(self) -> Heading:
        return Heading(self.page.title)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        column.addWidget(message_card(page.message, "staff", "good", around, large=True))
        go_on = Tile(around.look, page.go_on_label, shape=GO_ON)
        go_on.setObjectName("go on")
        go_on.setFixedHeight(Tile.height_of(around.look, page.go_on_label, "", GO_ON, around.width))
        go_on.clicked.connect(lambda: self.reported.emit(TilePressed("go on")))
        column.addWidget(go_on)
