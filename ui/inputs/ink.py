"""The square, or the wide strip, a finger writes in: strokes of points in memory, one finger at a time, no file, no times.

The style sheet finds it by objectName `ink`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QTouchEvent
from PySide6.QtWidgets import QStyle, QStyleOption, QWidget

from ui.inputs.handwriting import Strokes
from ui.inputs.shape import UPRIGHT, PanelShape

MOST_STROKES = 64
MOST_POINTS = 4096  # of one character; a hand that rests on the glass ends here
IN_A_STRIP = 4  # characters there is room for


class InkPad(QWidget):
    pen_down = Signal()
    pen_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[list[QPoint]] = []
        self._finger: int | None = None
        self._writing = False
        self._hint = ""
        self._room = 1  # characters side by side
        self._line = UPRIGHT.ink_line
        self._guides = QColor(Qt.GlobalColor.lightGray)
        self.setObjectName("ink")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def strokes(self) -> Strokes:
        return tuple(tuple((point.x(), point.y()) for point in stroke) for stroke in self._strokes)

    def is_blank(self) -> bool:
        return not self._strokes

    def wipe(self) -> None:
        self._strokes = []
        self._writing = False
        self._finger = None
        self.update()

    def lay_out(self, shape: PanelShape, guides: QColor) -> None:
        self._line = shape.ink_line
        self._guides = guides
        self.update()

    def make_room(self, characters: int) -> None:
        """For one character, or for so many side by side."""
        self._room = characters
        self.wipe()

    def show_hint(self, hint: str) -> None:
        """What stands in the empty square, and what is read out for it."""
        self._hint = hint
        self.setAccessibleName(hint)
        self.update()

    # One finger

    def _begin(self, at: QPointF) -> None:
        if len(self._strokes) >= MOST_STROKES * self._room:
            return
        self._writing = True
        self._strokes.append([self._inside(at)])
        self.pen_down.emit()
        self.update()

    def _go_on(self, at: QPointF) -> None:
        point = self._inside(at)
        if not self._writing or point == self._strokes[-1][-1]:
            return
        if sum(len(stroke) for stroke in self._strokes) < MOST_POINTS * self._room:
            self._strokes[-1].append(point)
            self.update()

    def _end(self) -> None:
        if not self._writing:
            return
        self._writing = False
        self.pen_up.emit()

    def _inside(self, at: QPointF) -> QPoint:
        return QPoint(max(0, min(round(at.x()), self.width() - 1)), max(0, min(round(at.y()), self.height() - 1)))

    def _touched(self, event: QTouchEvent) -> None:
        for point in event.points():
            if point.state() == point.State.Pressed and self._finger is None:
                self._finger = point.id()
                self._begin(point.position())
            elif point.id() != self._finger:
                continue
            elif point.state() == point.State.Released:
                self._finger = None
                self._end()
            elif point.state() == point.State.Updated:
                self._go_on(point.position())

    # Qt's own

    def sizeHint(self) -> QSize:
        return QSize(430, 458)

    def event(self, event: QEvent) -> bool:
        kinds = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd)
        if isinstance(event, QTouchEvent) and event.type() in kinds:
            self._touched(event)
            event.accept()
            return True
        if event.type() == QEvent.Type.TouchCancel:
            self._finger = None
            self._end()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._finger is None:
            self._begin(event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._finger is None:
            self._go_on(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._finger is None:
            self._end()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._guides, 3, Qt.PenStyle.DashLine))
        middle = self.rect().center()
        painter.drawLine(4, middle.y(), self.width() - 5, middle.y())
        for place in range(1, max(2, self._room)):
            x = self.width() * place // max(2, self._room)
            painter.drawLine(x, 4, x, self.height() - 5)
        if not self._strokes:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            area = self.rect().adjusted(self._line, self._line, -self._line, -self._line)
            painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._hint)
        ink = QPen(self.palette().color(QPalette.ColorRole.WindowText), self._line)
        ink.setCapStyle(Qt.PenCapStyle.RoundCap)
        ink.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(ink)
        for stroke in self._strokes:
            if len(stroke) == 1:
                painter.drawPoint(stroke[0])
            else:
                painter.drawPolyline(stroke)
        painter.end()
