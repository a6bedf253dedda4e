"""The places where the ring may stand, in reading order, and the groups among them.

A page is one list of stops. The input panel is a group: inside it the rows, inside a row its keys, and every group
ends with 返回, so that two switches lead out again. While a page is scanned by itself, a grid of many tiles is
walked line by line too. Nothing here remembers anything: the stops are read off the window each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from ui.inputs.field import AnswerField
from ui.screens.tile import Tile

if TYPE_CHECKING:
    from ui.inputs.key import Key
    from ui.inputs.panel import InputPanel
    from ui.window import KioskWindow

SAME_LINE = 24  # middles no further apart than this stand in one line
MANY_TILES = 9  # from so many on, a scan goes line by line


class StopKind(StrEnum):
    CONTROL = "control"  # a button or a tile
    FIELD = "field"
    PANEL = "panel"
    ROW = "row"  # of the panel
    LINE = "line"  # of a grid of tiles
    KEY = "key"
    LEAVE = "leave"  # 返回, the last of every group


GROUPS = (StopKind.PANEL, StopKind.ROW, StopKind.LINE)


@dataclass(frozen=True, slots=True)
class Stop:
    kind: StopKind
    widgets: tuple[QWidget, ...]  # what the ring goes around
    number: int = 0  # of a row or a line, from 1
    name: str = ""  # the widget's own name, to find it again when the page was drawn anew
    within: tuple[Stop, ...] = field(default=())  # what a line holds

    @property
    def widget(self) -> QWidget:
        return self.widgets[0]

    def same_place(self, other: Stop) -> bool:
        if self.kind is not other.kind:
            return False
        if self.kind in (StopKind.ROW, StopKind.LINE):
            return self.number == other.number
        return self.kind in (StopKind.LEAVE, StopKind.PANEL) or self.widget is other.widget

    def area(self, window: QWidget) -> QRect:
        area = QRect()
        for widget in self.widgets:
            area = area.united(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()))
        return area


def page_stops(window: KioskWindow, *, by_lines: bool = False) -> list[Stop]:
    """Every control in reading order, the panel last."""
    panel = window.open_panel
    found: list[QWidget] = [
        widget
        for widget in cast("list[QWidget]", window.findChildren(QWidget))
        if isinstance(widget, QPushButton | AnswerField)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus  # Qt takes Tab away from tiles beside a chosen one
        and widget.isVisibleTo(window)
        and widget.isEnabled()
        and not (panel is not None and panel.isAncestorOf(widget))
    ]
    lines = _lines(found, window)
    stops = [_stop(widget) for line in lines for widget in line]
    if by_lines:
        stops = _gathered(lines)
    if panel is not None:
        stops.append(panel_stop(panel))
    return stops


def panel_stop(panel: InputPanel) -> Stop:
    return Stop(StopKind.PANEL, (panel,), name=panel.objectName())


def inside(group: Stop) -> list[Stop]:
    """What a group holds, 返回 at the end."""
    match group.kind:
        case StopKind.PANEL:
            held = panel_rows(cast("InputPanel", group.widget))
        case StopKind.ROW:
            held = [Stop(StopKind.KEY, (key,)) for key in group.widgets]
        case _:
            held = list(group.within)
    return [*held, Stop(StopKind.LEAVE, group.widgets, number=group.number)]


def panel_rows(panel: InputPanel) -> list[Stop]:
    """The rows that have a key to press; a row keeps its number while others come and go."""
    rows = [tuple(key for key in row if key.isEnabled()) for row in panel.rows()]
    return [Stop(StopKind.ROW, row, number=number) for number, row in enumerate(rows, 1) if row]


def home_row(panel: InputPanel) -> Stop:
    """Where writing begins: the first row of letters or digits."""
    rows = panel_rows(panel)
    return next((row for row in rows if _types(cast("tuple[Key, ...]", row.widgets))), rows[0])


def beside(at: Stop, stops: Sequence[Stop], window: QWidget, by: int) -> Stop | None:
    """The nearest stop to the left or right in the same line."""
    here = at.area(window)
    there = [
        (abs(area.center().x() - here.center().x()), stop)
        for stop in stops
        if (area := stop.area(window)).top() <= here.center().y() <= area.bottom()
        and (area.left() >= here.right() if by > 0 else area.right() <= here.left())
    ]
    return min(there, key=lambda one: one[0])[1] if there else None


def nearest(at: Stop, stops: Sequence[Stop], window: QWidget) -> Stop:
    """The one right above or below, as far as there is one."""
    middle = at.area(window).center().x()
    return min(stops, key=lambda stop: abs(stop.area(window).center().x() - middle))


def _stop(widget: QWidget) -> Stop:
    kind = StopKind.FIELD if isinstance(widget, AnswerField) else StopKind.CONTROL
    return Stop(kind, (widget,), name=widget.objectName())


def _lines(widgets: list[QWidget], window: QWidget) -> list[list[QWidget]]:
    """Top to bottom; what stands in one line in the direction the page is read."""
    middles = [(widget.mapTo(window, QPoint(0, widget.height() // 2)), widget) for widget in widgets]
    middles.sort(key=lambda one: one[0].y())
    lines: list[list[tuple[QPoint, QWidget]]] = []
    for point, widget in middles:
        if lines and point.y() - lines[-1][0][0].y() < SAME_LINE:
            lines[-1].append((point, widget))
        else:
            lines.append([(point, widget)])
    backwards = window.isRightToLeft()
    return [[widget for _, widget in sorted(line, key=lambda one: one[0].x(), reverse=backwards)] for line in lines]


def _gathered(lines: list[list[QWidget]]) -> list[Stop]:
    tiles = [line for line in lines if len(line) > 1 and all(isinstance(one, Tile) for one in line)]
    if sum(map(len, tiles)) < MANY_TILES:
        return [_stop(widget) for line in lines for widget in line]
    stops: list[Stop] = []
    for number, line in enumerate(lines, 1):
        held = tuple(_stop(widget) for widget in line)
        grouped = line in tiles
        stops += [Stop(StopKind.LINE, tuple(line), number=number, within=held)] if grouped else held
    return stops


def _types(keys: tuple[Key, ...]) -> bool:
    return any(len(key.words) == 1 and key.words.isascii() and key.words.isalnum() for key in keys)
