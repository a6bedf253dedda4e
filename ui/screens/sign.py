"""Signing on glass: 900 by 400, strokes kept with their times, never filled in beforehand."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.filings.ink import Ink, InkPoint
from kiosk.visit.events import SignatureCleared, SignatureDrawn, WitnessAsked
from kiosk.visit.pages import Heading, SignPage
from ui.labels import text_label
from ui.look import Look
from ui.screens.measure import wrapped_height
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Tile, TileShape
from ui.theme import Role, color, font_of

WIDTH, HEIGHT = 900, 400
PEN = 7
MOST_POINTS = 8_000  # a hand that lies on the glass does not fill the memory
AGAIN = TileShape(centered=True)


class SignPad(QWidget):
    """The surface. It holds the strokes of this signature only, and forgets them when told."""

    drawn = Signal(object)  # the whole ink so far, each time the finger is lifted

    def __init__(self, look: Look, width: int) -> None:
        super().__init__()
        self.look = look
        self._strokes: list[list[InkPoint]] = []
        self._began = 0
        self._writing = False
        self.empty_words = ""
        self.witnessed = ""  # who vouched for somebody that cannot write here
        self.setProperty("signature", True)
        self.setFixedSize(width, width * HEIGHT // WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def ink(self) -> Ink:
        return Ink(self.width(), self.height(), tuple(tuple(stroke) for stroke in self._strokes))

    def wipe(self) -> None:
        self._strokes = []
        self._writing = False
        self.update()

    def _add(self, event: QMouseEvent) -> None:
        if sum(len(stroke) for stroke in self._strokes) >= MOST_POINTS:
            return
        at = event.position()
        x = min(max(0, round(at.x())), self.width() - 1)
        y = min(max(0, round(at.y())), self.height() - 1)
        point = InkPoint(x, y, max(0, event.timestamp() - self._began))
        stroke = self._strokes[-1]
        if not stroke or (stroke[-1].x, stroke[-1].y) != (x, y):
            stroke.append(point)
            self.update()

    # Qt's own

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if not self._strokes:
            self._began = event.timestamp()
        self._writing = True
        self._strokes.append([])
        self._add(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._writing:
            self._add(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._writing:
            self._add(event)
            self._writing = False
            self._strokes = [stroke for stroke in self._strokes if stroke]
            self.drawn.emit(self.ink())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, px = self.look, self.look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color(look, "surface"))
        painter.setPen(QPen(color(look, "primary"), px(4)))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(px(2), px(2), -px(2), -px(2)), px(12), px(12))
        line = self.height() - px(96)
        painter.setPen(QPen(color(look, "border"), px(3), Qt.PenStyle.DashLine))
        painter.drawLine(px(48), line, self.width() - px(48), line)
        if self.witnessed:
            painter.setPen(color(look, "text"))
            painter.setFont(font_of(look, Role.BODY))
            above = self.rect().adjusted(px(48), px(16), -px(48), line - self.height() - px(8))
            painter.drawText(above, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self.witnessed)
        elif not self._strokes:
            painter.setPen(color(look, "text2"))
            painter.setFont(font_of(look, Role.HINT))
            below = self.rect().adjusted(px(24), line + px(8), -px(24), 0)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), self.empty_words)
        pen = QPen(color(look, "text"), px(PEN), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self._strokes:
            if len(stroke) == 1:
                painter.drawPoint(stroke[0].x, stroke[0].y)
            elif stroke:
                painter.drawPolyline(QPolygonF([QPointF(point.x, point.y) for point in stroke]))
        painter.end()


def pad_width(around: Surroundings) -> int:
    """900 by 400; upright it takes the page's whole width."""
    return max(around.px(WIDTH), around.width) if around.look.portrait else around.px(WIDTH)


class SignScreen(Screen):
    page: SignPage

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.pad: SignPad | None = None

    def show_page(self, page: object) -> None:
        """While somebody writes, a page that says the same must not take the surface away."""
        if self.pad is not None and isinstance(self.page, SignPage) and isinstance(page, SignPage):
            if self.question_of(page) != self.question_of(self.page):
                self._drop_pad()
            elif self.page.signed and not page.signed:
                self.pad.wipe()
            elif page.frame == self.page.frame:
                self.page = page
                return
        super().show_page(page)

    def set_surroundings(self, around: Surroundings) -> None:
        if around.look != self.around.look and self.pad is not None:
            self.pad.look = around.look
        super().set_surroundings(around)

    def question_of(self, page: object) -> object:
        assert isinstance(page, SignPage)
        return page.heading.title, page.signatory

    def heading(self) -> Heading:
        return self.page.heading

    def least(self) -> int:
        around = self.around
        again = self._tiles_height() + around.gap if around.look.portrait else 0
        return pad_width(around) * HEIGHT // WIDTH + around.gap + self._name_height() + again

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around, px = self.page, self.around, self.around.px
        if self.pad is None:
            self.pad = SignPad(around.look, pad_width(around))
            self.pad.drawn.connect(lambda ink: self.reported.emit(SignatureDrawn(ink)))
        self.pad.setAccessibleName(page.heading.title)
        self.pad.empty_words = around.say("screen.sign_here")
        self.pad.witnessed = page.witnessed
        self.pad.setAccessibleDescription(page.witnessed)
        if page.signatory:
            name = text_label(around.say("screen.signatory", name=page.signatory), Role.SECTION)
            name.setFixedHeight(self._name_height() - around.gap)
            column.addWidget(name)
        beside = QHBoxLayout() if not around.look.portrait else QVBoxLayout()
        beside.setSpacing(px(20))
        beside.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignLeft)
        self.pad.show()
        tiles = QHBoxLayout() if around.look.portrait else QVBoxLayout()
        tiles.setSpacing(px(20))
        for place, words, width in self._tiles():
            tile = Tile(around.look, words, shape=AGAIN)
            tile.setObjectName(place)
            tile.setFixedSize(width, Tile.height_of(around.look, words, "", AGAIN, width))
            tile.clicked.connect(self._again if place == "again" else lambda: self.reported.emit(WitnessAsked()))
            tiles.addWidget(tile, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        tiles.addStretch(1)
        beside.addLayout(tiles)
        if not around.look.portrait:
            beside.addStretch(1)
        column.addLayout(beside)

    def _tiles(self) -> list[tuple[str, str, int]]:
        """重签, and for who cannot write, a clerk's witness: name, words and width."""
        page, px, upright = self.page, self.around.px, self.around.look.portrait
        again = page.again_label or self.around.say("screen.sign_again")
        tiles = [("again", again, px(320))]
        if page.witness_label:
            tiles.append(("witness", page.witness_label, px(560 if upright else 480)))
        return tiles

    def _tiles_height(self) -> int:
        look = self.around.look
        return max(Tile.height_of(look, words, "", AGAIN, width) for _, words, width in self._tiles())

    def wipe(self) -> None:
        self._drop_pad()
        super().wipe()

    def _again(self) -> None:
        if self.pad is not None:
            self.pad.wipe()
        self.reported.emit(SignatureCleared())

    def _drop_pad(self) -> None:
        if self.pad is not None:
            self.pad.wipe()
            self.pad.setParent(None)
            self.pad.deleteLater()
            self.pad = None

    def _name_height(self) -> int:
        if not self.page.signatory:
            return 0
        around = self.around
        words = around.say("screen.signatory", name=self.page.signatory)
        return wrapped_height(words, font_of(around.look, Role.SECTION), around.width) + around.gap

    def _take_away(self) -> None:
        if self.pad is not None and self.pad.parent() is not self:
            self.pad.hide()
            self.pad.setParent(self)
        super()._take_away()
