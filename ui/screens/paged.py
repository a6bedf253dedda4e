"""Blocks in one or more columns, turned page by page with two buttons, never by flicking.

Every block says how high it is before it is built, so a page holds exactly what fits and builds nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.labels import At, text_label
from ui.screens.surroundings import Surroundings
from ui.theme import Role


class Block(NamedTuple):
    """One thing on a paged column: its height at a width, and the widget once it is its turn."""

    height: int
    build: Callable[[], QWidget]


def pager_height(around: Surroundings) -> int:
    return around.px(112 if around.look.portrait else 96)


def pages_of(heights: Sequence[int], columns: int, gap: int, room: int, pager: int, most: int) -> list[range]:
    """Which blocks stand together. A pager is set aside only when one page is not enough."""
    whole = _fill(heights, columns, gap, room, most)
    return whole if len(whole) <= 1 else _fill(heights, columns, gap, room - pager - gap, most)


def _fill(heights: Sequence[int], columns: int, gap: int, room: int, most: int) -> list[range]:
    pages: list[range] = []
    first, used, at = 0, 0, 0
    while at < len(heights):
        row = heights[at : at + columns]
        wanted = max(row) + (gap if at > first else 0)
        if at > first and (used + wanted > room or at + len(row) - first > most):
            pages.append(range(first, at))
            first, used = at, 0
            continue
        used += wanted
        at += len(row)
    if at > first:
        pages.append(range(first, at))
    return pages


class Paged(QWidget):
    turned = Signal(int)

    def __init__(
        self,
        blocks: Sequence[Block],
        around: Surroundings,
        room: int,
        *,
        columns: int = 1,
        most: int = 1_000,
        at_page: int = 0,
        gap: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._blocks = tuple(blocks)
        self._around = around
        self._columns = columns
        self._gap = around.gap if gap is None else gap
        self._gap = max(around.px(16), self._gap) if columns > 1 or gap is None else self._gap
        heights = [block.height for block in self._blocks]
        self.pages = pages_of(heights, columns, self._gap, room, pager_height(around), most)
        self.at_page = min(at_page, max(0, len(self.pages) - 1))
        self.built: dict[int, QWidget] = {}
        self._grid_holder = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(around.gap)
        self._column.addWidget(self._grid_holder)
        if len(self.pages) > 1:
            self.setFixedHeight(room)
            self._column.addStretch(1)
            self._column.addWidget(self._pager())
        self._show()

    def turn(self, by: int) -> None:
        at = self.at_page + by
        if 0 <= at < len(self.pages):
            self.at_page = at
            self._show()
            self.turned.emit(at)

    def _show(self) -> None:
        old = self._grid_holder
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._gap)
        self.built = {}
        numbers = self.pages[self.at_page] if self.pages else range(0)
        for place, number in enumerate(numbers):
            widget = self._blocks[number].build()
            row_first = place - place % self._columns
            row = [
                self._blocks[numbers[n]].height for n in range(row_first, min(row_first + self._columns, len(numbers)))
            ]
            widget.setFixedHeight(max(row))
            grid.addWidget(widget, place // self._columns, place % self._columns)
            self.built[number] = widget
        for column in range(self._columns):
            grid.setColumnStretch(column, 1)
        self._column.replaceWidget(old, holder)
        old.hide()
        old.setParent(None)
        old.deleteLater()
        self._grid_holder = holder
        holder.show()
        if len(self.pages) > 1:
            self._count.setText(self._counted())
            self._earlier.setEnabled(self.at_page > 0)
            self._later.setEnabled(self.at_page + 1 < len(self.pages))

    def _counted(self) -> str:
        return self._around.say("screen.page_of", page=self.at_page + 1, pages=len(self.pages))

    def _pager(self) -> QWidget:
        around, px = self._around, self._around.px
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(16))
        self._earlier = QPushButton(around.say("screen.earlier"))
        self._later = QPushButton(around.say("screen.later"))
        for button, name, by in ((self._earlier, "pager-back", -1), (self._later, "pager-on", 1)):
            button.setObjectName(name)
            button.setAccessibleName(button.text().strip("‹› "))
            button.setProperty("role", "plain")
            button.setFixedHeight(pager_height(around))
            button.setMinimumWidth(px(200))
            button.clicked.connect(lambda _=False, by=by: self.turn(by))
        self._count = text_label(self._counted(), Role.HINT, wraps=False, at=At.CENTRE)
        row.addWidget(self._earlier, 2)
        row.addWidget(self._count, 3)
        row.addWidget(self._later, 2)
        bar.setFixedHeight(pager_height(around))
        return bar
