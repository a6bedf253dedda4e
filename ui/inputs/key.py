"""One key of the panel, and rows of keys placed to the pixel.

A key takes no focus, so touching it leaves the field where it is, and it sends no key events: it reports that it
was touched. Its size comes from its row, never from its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import mirrored

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.inputs.shape import UPRIGHT, PanelShape


class Key(QPushButton):
    """`role` is what the style sheet goes by: key, candidate, or tab for keys with a word on them."""

    def __init__(self, words: str, role: str = "key", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setAutoRepeat(False)
        self.words = ""
        self.say(words, name)

    def say(self, words: str, name: str = "") -> None:
        """Show these words; `name` is what is read out where the sign alone says nothing."""
        self.words = words
        shown = words.replace("&", "&&")
        if len(words) == 1 and mirrored(words):  # a bracket stays itself where the page is read from the right
            shown = f"\u200e{shown}\u200e"
        self.setText(shown)
        self.setAccessibleName(name or words)

    def set_flag(self, name: str, value: bool) -> None:
        """Set a property the style sheet looks at."""
        if bool(self.property(name)) == value:
            return
        self.setProperty(name, value)
        if name == "chosen":  # the tab that is open, capitals: told in the accessible tree as well
            self.setCheckable(True)
            self.setChecked(value)
        self.style().unpolish(self)
        self.style().polish(self)

    def nextCheckState(self) -> None:
        """Nothing: the board says what is chosen."""

    def sizeHint(self) -> QSize:
        return QSize(UPRIGHT.least, UPRIGHT.least)

    def minimumSizeHint(self) -> QSize:
        return QSize(UPRIGHT.least, UPRIGHT.least)


@dataclass(frozen=True, slots=True)
class Place:
    """A key and how wide it is beside the others of its row."""

    key: Key
    units: float = 2.0


class KeyRows(QWidget):
    """Rows of equal height; a row narrower than the widest stands in the middle."""

    def __init__(self, rows: Sequence[Sequence[Place]], units: float) -> None:
        super().__init__()
        self._rows = tuple(tuple(row) for row in rows)
        self._units = units
        self._gap = UPRIGHT.key_gap
        for row in self._rows:
            for place in row:
                place.key.setParent(self)

    def lay_out(self, shape: PanelShape) -> None:
        self._gap = shape.key_gap
        self._place()

    def keys(self) -> tuple[tuple[Key, ...], ...]:
        return tuple(tuple(place.key for place in row) for row in self._rows)

    def _place(self) -> None:
        count = len(self._rows)
        unit = (self.width() + self._gap) / self._units
        step = (self.height() + self._gap) / count
        for number, row in enumerate(self._rows):
            top, bottom = round(number * step), round((number + 1) * step) - self._gap
            reached = (self._units - sum(place.units for place in row)) / 2
            for place in row:
                left = round(reached * unit)
                reached += place.units
                right = round(reached * unit) - self._gap
                place.key.setGeometry(left, top, right - left, bottom - top)

    # Qt's own

    def minimumSizeHint(self) -> QSize:
        count = len(self._rows)
        return QSize(UPRIGHT.least, count * UPRIGHT.least + (count - 1) * self._gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
