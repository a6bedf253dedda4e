"""Photographing a material: the live picture and 拍, then the page as it was taken and what may be done with it.

The picture gives way, the words and the buttons do not: it takes whatever height they leave it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.visit.capture_events import CapturePress
from kiosk.visit.events import CapturePressed
from kiosk.visit.pages import CapturePage, Heading, Option
from ui.icons import draw_icon
from ui.look import Look
from ui.screens.message import message_card, message_height
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Tile, TileShape
from ui.theme import color

MAIN = TileShape(centered=True, strong=True)
TOOL = TileShape(centered=True)
LEAF = (CapturePress.EARLIER, CapturePress.LATER)
SIGNS = {"plain": "wait", "warn": "warn", "good": "check"}
LEAST_VIEW = 300
LYING_VIEW = 0.38  # of the page's width, beside the buttons
LIVE_VIEW = 0.6  # while there is little beside it


class FrameView(QWidget):
    """A picture, whole, in the middle of its place. It keeps the last one and forgets it when told."""

    def __init__(self, look: Look, size: QSize, empty_icon: str) -> None:
        super().__init__()
        self.look = look
        self._icon = empty_icon
        self._image: QImage | None = None
        self.setFixedSize(size)

    def show_pixels(self, width: int, height: int, pixels: bytes, turned: int = 0) -> None:
        image = QImage(pixels, width, height, width * 3, QImage.Format.Format_RGB888)
        # `transformed` and `copy` both own their memory; the bytes may go
        self._image = image.transformed(QTransform().rotate(turned)) if turned else image.copy()
        self.update()

    def forget(self) -> None:
        self._image = None
        self.update()

    @property
    def is_empty(self) -> bool:
        return self._image is None

    def paintEvent(self, event: QPaintEvent) -> None:
        look, px = self.look, self.look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color(look, "select"))
        painter.setPen(QPen(color(look, "border"), px(3)))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), px(12), px(12))
        room = QRectF(self.rect()).adjusted(px(8), px(8), -px(8), -px(8))
        if self._image is not None:
            size = QSize(self._image.size()).scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            spot = QRectF(0, 0, size.width(), size.height())
            spot.moveCenter(room.center())
            painter.drawImage(spot, self._image)
        else:
            side = min(px(120), room.height())
            spot = QRectF(0, 0, side, side)
            spot.moveCenter(room.center())
            draw_icon(painter, self._icon, color(look, "primary"), spot)
        painter.end()


class ScanScreen(Screen):
    page: CapturePage

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.view: FrameView | None = None
        self._last: tuple[int, int, bytes] | None = None  # of the live picture, while it is live

    def heading(self) -> Heading:
        return self.page.heading

    def question_of(self, page: object) -> object:
        assert isinstance(page, CapturePage)
        return page.heading.title, page.live, page.counted

    def least(self) -> int:
        around, px = self.around, self.around.px
        if around.look.portrait:
            return self._message_height() + self._controls(around.width) + px(LEAST_VIEW) + around.gap
        return self._message_height() + max(self._controls(self._beside()), px(LEAST_VIEW))

    def show_frame(self, frame: object) -> None:
        """One more live picture; while a taken page is on show there is none."""
        if self.view is None or not isinstance(self.page, CapturePage) or not self.page.live or not self.page.main:
            return
        self._last = frame.width, frame.height, frame.pixels  # type: ignore[attr-defined]
        self.view.show_pixels(*self._last)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around = self.page, self.around
        standing = around.look.portrait
        width = around.width if standing else self._beside()
        tall = room - self._message_height() - (self._controls(width) + around.gap if standing else 0)
        across = width if standing else around.width - width - max(around.gap, around.px(16))
        self.view = FrameView(around.look, QSize(across, max(around.px(96), tall)), "card" if page.live else "paper")
        self.view.setAccessibleName(page.heading.title)
        self.view.setAccessibleDescription(self._message())
        if page.picture is not None:
            self._last = None
            self.view.show_pixels(page.picture.width, page.picture.height, page.picture.pixels, page.turned)
        elif self._last is not None and page.live:
            self.view.show_pixels(*self._last)
        if standing:
            column.addWidget(self.view)
        if page.message:
            column.addWidget(message_card(self._message(), SIGNS[page.tone], page.tone, around))
        if standing:
            self._add_controls(column, width)
            return
        line = QHBoxLayout()
        line.setSpacing(max(around.gap, around.px(16)))
        line.addWidget(self.view)
        controls = QVBoxLayout()
        controls.setSpacing(around.gap)
        self._add_controls(controls, width)
        controls.addStretch(1)
        line.addLayout(controls)
        column.addLayout(line)

    def wipe(self) -> None:
        self._last = None
        if self.view is not None:
            self.view.forget()
        super().wipe()

    def _take_away(self) -> None:
        self.view = None
        super()._take_away()

    # Words and buttons

    def _message(self) -> str:
        return " · ".join(part for part in (self.page.counted, self.page.message) if part)

    def _message_height(self) -> int:
        return message_height(self._message(), self.around) + self.around.gap if self.page.message else 0

    def _beside(self) -> int:
        return round(self.around.width * (1 - (LIVE_VIEW if self.page.live else LYING_VIEW)))

    def _controls(self, width: int) -> int:
        """How high the buttons are at this width."""
        heights = [self._first_height(width)] if self._first() else []
        heights += [self._row_height(row, width) for row in _pairs(self._tools())]
        return sum(heights) + max(0, len(heights) - 1) * max(self.around.gap, self.around.px(16))

    def _add_controls(self, column: QVBoxLayout, width: int) -> None:
        around = self.around
        if self._first():
            column.addLayout(self._first_line(width))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(around.px(16))
        grid.setVerticalSpacing(max(around.gap, around.px(16)))
        for number, row in enumerate(_pairs(self._tools())):
            tall = self._row_height(row, width)
            for place, one in enumerate(row):
                grid.addWidget(self._tile(one, TOOL, tall), number, place)
        for place in (0, 1):
            grid.setColumnStretch(place, 1)
        if self._tools():
            column.addLayout(grid)

    def _first(self) -> tuple[Option, ...]:
        """The one thing to do, between the way to the page before and the page after."""
        leaves = {one.code: one for one in self.page.tools if one.code in LEAF}
        line = (leaves.get(LEAF[0]), self.page.main, leaves.get(LEAF[1]))
        return tuple(one for one in line if one is not None)

    def _first_line(self, width: int) -> QHBoxLayout:
        tall, first = self._first_height(width), self._first()
        line = QHBoxLayout()
        line.setSpacing(self.around.px(16))
        for one in first:
            tile = self._tile(one, MAIN if one is self.page.main else TOOL, tall)
            tile.setFixedWidth(self._share(width, len(first)))
            line.addWidget(tile)
        line.addStretch(1)
        return line

    def _first_height(self, width: int) -> int:
        first = self._first()
        return max(self._tile_height(one, MAIN, self._share(width, len(first))) for one in first)

    def _row_height(self, row: tuple[Option, ...], width: int) -> int:
        return max(self._tile_height(one, TOOL, self._share(width, 2)) for one in row)

    def _share(self, width: int, of: int) -> int:
        return (width - (of - 1) * self.around.px(16)) // of

    def _tools(self) -> tuple[Option, ...]:
        return tuple(one for one in self.page.tools if one.code not in LEAF)

    def _tile_height(self, one: Option, shape: TileShape, width: int) -> int:
        return Tile.height_of(self.around.look, one.label, "", shape, width)

    def _tile(self, one: Option, shape: TileShape, tall: int) -> Tile:
        tile = Tile(self.around.look, one.label, shape=shape)
        tile.setObjectName(f"capture {one.code}")
        tile.setFixedHeight(tall)
        tile.clicked.connect(partial(self._press, CapturePress(one.code)))
        return tile

    def _press(self, what: CapturePress, checked: bool = False) -> None:
        self.reported.emit(CapturePressed(what))


def _pairs(tools: tuple[Option, ...]) -> list[tuple[Option, ...]]:
    return [tools[n : n + 2] for n in range(0, len(tools), 2)]
