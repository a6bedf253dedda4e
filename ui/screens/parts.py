"""Labels of a known height, so that a layout needs no guess about words that wrap."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from ui.labels import text_label
from ui.screens.measure import wrapped_height
from ui.screens.surroundings import Surroundings
from ui.theme import Role, font_of


def words_height(text: str, role: Role, around: Surroundings, width: int | None = None) -> int:
    return wrapped_height(text, font_of(around.look, role), around.width if width is None else width)


def words_label(text: str, role: Role, around: Surroundings, width: int | None = None) -> QLabel:
    """A label as high as these words are at this width (the page's own, if none is given)."""
    label = text_label(text, role)
    label.setFixedHeight(words_height(text, role, around, width))
    return label
