"""Walking a page with four keys: next, previous, choose, back.

Stops stand in reading order and wrap. The input panel is one stop; choose enters it, then a row of it, and every
group ends with itself as a last stop, so that next and choose alone reach everything and lead out again. The ring
shows only while somebody walks: a touch takes it away.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, cast

from PySide6 import QtCore
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

if TYPE_CHECKING:  # nobody walks before the first frame
    from ui.inputs.field import AnswerField
    from ui.inputs.panel import InputPanel
    from ui.window import KioskWindow


class WalkKey(StrEnum):
    PREVIOUS = "previous"
    NEXT = "next"
    CHOOSE = "choose"
    BACK = "back"


class Walk:
    def __init__(self, window: KioskWindow) -> None:
        self._window = window
        self._at: QWidget | None = None
        self._in_panel = False
        self._row: int | None = None  # inside this row of the panel

    # What the window tells it

    def press(self, key: WalkKey) -> None:
        match key:
            case WalkKey.NEXT:
                self._move(1)
            case WalkKey.PREVIOUS:
                self._move(-1)
            case WalkKey.CHOOSE:
                self._choose()
            case WalkKey.BACK:
                self._back()
        self.show_ring()

    def touched(self) -> None:
        self._leave_panel()
        self._at = None
        self._window.ring.put(None)

    def name_of_place(self) -> str:
        return self._at.objectName() if self._at is not None else ""

    def page_changed(self, turned: bool, held: str, *, objected: bool) -> None:
        """Stay at the same control while the page is the same; a new page begins before its first answer."""
        walking = self._at is not None
        if not walking and not self._in_panel:
            return
        stops = self._stops()
        if self._in_panel and not turned:
            self._fix_panel_place()
        elif turned or self._at not in stops:
            self._leave_panel()
            same = None if turned else next((stop for stop in stops if held and stop.objectName() == held), None)
            self._at = same or (self._first_answer() if walking else None)
        if objected and walking and not self._in_panel:
            self._at = self._first_answer()
        self.show_ring()

    def field_taken(self, field: AnswerField) -> None:
        if self._at is not None and not self._in_panel:
            self._at = field
            self.show_ring()

    def panel_closed(self) -> None:
        walking = self._in_panel
        self._leave_panel()
        if walking:
            self._at = self._first_answer()
            self.show_ring()

    def show_ring(self) -> None:
        self._window.ring.put(self._at, inside=self._in_panel and isinstance(self._at, QAbstractButton))

    def place(self) -> QWidget | None:
        return self._at

    def stops(self) -> list[QWidget]:
        """Where next and previous lead, in their order."""
        return self._stops()

    # Inside

    def _stops(self) -> list[QWidget]:
        panel = self._window.open_panel
        if self._in_panel and panel is not None:
            rows = _enabled_rows(panel)
            if self._row is not None and self._row < len(rows):
                return [*rows[self._row], panel]
            return [*(row[0] for row in rows), panel]
        return self._page_stops()

    def _page_stops(self) -> list[QWidget]:
        from ui.inputs.field import AnswerField

        window, panel = self._window, self._window.open_panel
        found: list[QWidget] = [
            widget
            for widget in _widgets(window)
            if widget.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus
            and isinstance(widget, QPushButton | AnswerField)
            and widget.isVisibleTo(window)
            and widget.isEnabled()
            and not (panel is not None and panel.isAncestorOf(widget))
        ]
        found.sort(key=lambda widget: _place_of(widget, window))
        if panel is not None:
            found.append(panel)
        return found

    def _first_answer(self) -> QWidget | None:
        stops = self._page_stops()
        screen = self._window.shown_screen()
        inside = [stop for stop in stops if screen is not None and screen.isAncestorOf(stop)]
        inside = [stop for stop in inside if stop.objectName() != "explain"] or inside
        nav = self._window.nav
        return next(iter(inside or [stop for stop in stops if nav is not None and nav.isAncestorOf(stop)]), None)

    def _move(self, by: int) -> None:
        stops = self._stops()
        if not stops:
            self._at = None
        elif self._at is None:
            self._at = self._first_answer() or stops[0]
        elif self._at in stops:
            self._at = stops[(stops.index(self._at) + by) % len(stops)]
        else:
            self._at = self._first_answer() or stops[0]

    def _choose(self) -> None:
        from ui.inputs.field import AnswerField
        from ui.screens.rows import RowCard

        at = self._at
        if at is None:
            return
        if at is self._window.open_panel:
            if not self._in_panel:
                self._in_panel, self._row = True, None
                self._at = self._stops()[0]
            else:
                self._back()
        elif self._in_panel and self._row is None:
            rows = _enabled_rows(self._window.panel)
            self._row = next(number for number, row in enumerate(rows) if row[0] is at)
        elif isinstance(at, AnswerField):
            at.tapped.emit()
            if self._window.open_panel is not None:
                self._in_panel, self._row = True, None
                self._at = self._stops()[0]
        elif isinstance(at, QPushButton) and at.property("hold"):
            card = at.parentWidget()
            if isinstance(card, RowCard):
                card.toggle()
        elif isinstance(at, QAbstractButton):
            at.click()
            self._fix_panel_place()

    def _back(self) -> None:
        panel = self._window.panel
        if not self._in_panel:
            self._window.go_back()
        elif self._row is not None:
            rows = _enabled_rows(panel)
            self._at = rows[min(self._row, len(rows) - 1)][0] if rows else panel
            self._row = None
        else:
            self._leave_panel()
            self._at = self._window.open_panel or self._first_answer()

    def _fix_panel_place(self) -> None:
        """After a key changed the board, stay as near as may be."""
        if not self._in_panel:
            return
        if self._window.open_panel is None:
            self._leave_panel()
            self._at = self._first_answer()
            return
        stops = self._stops()
        if self._at not in stops:
            self._row = None
            self._at = self._stops()[0]

    def _leave_panel(self) -> None:
        self._in_panel, self._row = False, None


def _enabled_rows(panel: InputPanel) -> list[list[QWidget]]:
    rows = ([key for key in row if key.isEnabled()] for row in panel.rows())
    return [list(row) for row in rows if row]


def _place_of(widget: QWidget, window: QWidget) -> tuple[int, int]:
    """Top to bottom, then left to right; things whose middles are near each other stand in one line."""
    middle = widget.mapTo(window, QPoint(0, widget.height() // 2))
    return middle.y() // 24, middle.x()


def _widgets(window: QWidget) -> list[QWidget]:
    return cast("list[QWidget]", window.findChildren(QWidget))
