"""What every page with a field does the same: its height, its name, its objection, 我不知道."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.inputs.field import AnswerField
from ui.screens.measure import wrapped_height
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Tile, TileShape
from ui.theme import Role, font_of

EDGES_AND_PADDING = 24


def field_height(around: Surroundings, lines: int) -> int:
    line = wrapped_height("字", font_of(around.look, Role.ANSWER), around.px(500))
    return max(around.px(96), line * lines + around.px(EDGES_AND_PADDING))


def place_field(field: AnswerField, text: str, question: str, objected: bool, height: int) -> None:
    """Bring a field up to what its page says."""
    keep_field(field, text)
    field.setAccessibleName(question)
    field.set_objected(objected)
    field.setFixedHeight(height)
    field.show()


def keep_field(field: AnswerField, text: str) -> None:
    """Leave the caret where it is when the field already says so."""
    if field.text() != text:
        field.set_text(text)


def take_field_out(field: AnswerField | None, screen: QWidget) -> None:
    """Keep a field alive while the page around it is drawn anew."""
    if field is not None and field.parent() is not screen:
        field.hide()
        field.setParent(screen)


def unknown_tile(around: Surroundings, label: str) -> Tile:
    tile = Tile(around.look, label, shape=TileShape())
    tile.setFixedHeight(Tile.height_of(around.look, label, "", TileShape(), around.width))
    return tile
