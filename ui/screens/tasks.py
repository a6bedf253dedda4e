"""What is done and what is left, each part with its sign and its words; a touch goes there."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from kiosk.visit.events import TilePressed
from kiosk.visit.pages import Heading, Task, TasksPage
from ui.screens.paged import Block
from ui.screens.screen import Screen
from ui.screens.tile import Tile, TileShape
from ui.theme import Role

# Sign and words say the same; nothing hangs on a colour.
SIGNS = {"done": "check", "here": "pen", "missing": "warn", "todo": "list", "later": "wait"}
SAVE = TileShape(centered=True, least=96)
ICON = 56


class TasksScreen(Screen):
    page: TasksPage

    def heading(self) -> Heading:
        return self.page.heading

    def least(self) -> int:
        return self.around.px(420)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        width = around.column(around.columns).width
        tall = Tile.height_of(around.look, page.save_label, "", SAVE, width) if page.save_label else 0
        below = bool(tall) and around.look.portrait
        if below:
            room -= tall + around.gap
        blocks = [self._block(task, width) for task in page.tasks]
        if tall and not below:
            blocks.append(Block(tall, self._save))
        column.addWidget(self.paged("tasks", blocks, room, columns=around.columns))
        if below:
            save = self._save()
            save.setFixedHeight(tall)
            column.addWidget(save)

    def _save(self) -> Tile:
        save = Tile(self.around.look, self.page.save_label, shape=SAVE)
        save.setObjectName("tile save")
        save.clicked.connect(lambda: self.reported.emit(TilePressed("save")))
        return save

    def _block(self, task: Task, width: int) -> Block:
        shape = TileShape(icon=SIGNS[task.tone], icon_size=ICON, role=Role.BODY)
        return Block(
            Tile.height_of(self.around.look, task.label, task.state, shape, width), partial(self._tile, task, shape)
        )

    def _tile(self, task: Task, shape: TileShape) -> Tile:
        tile = Tile(self.around.look, task.label, task.state, shape=shape)
        tile.setObjectName(f"tile {task.code}")
        tile.clicked.connect(lambda: self.reported.emit(TilePressed(task.code)))
        return tile
