"""The field a person's words appear in: text and a caret, and nothing else.

It is painted here rather than taken from Qt's editors because those bring what a lobby must not have:
a menu, drags out of and into the field, an undo stack, the clipboard and the primary selection. It holds code
points, so a rare character counts, moves and goes as one. Real keys do nothing here (`ui/guard.py`): words come
from the input panel, a scanner or a suggestion through `insert`.

The style sheet finds it by `field="true"` and `role="answer"`; `active` is set while the panel writes into it,
`objected` while its answer stands refused.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QInputMethodEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOption, QWidget

from ui.letters import IN_NO_FONT, can_draw

PADDING = 24
LEAST_HEIGHT = 96
CARET_WIDTH = 4

_LINE_SEPARATOR = "\u2028"
_UNSEEN = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


def fitting(text: str, *, many_lines: bool) -> str:
    """What a field takes of this text: no control characters, lone surrogates or direction marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if (c == "\n" and many_lines) or _admissible(c))


def _admissible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") and character not in _UNSEEN


class AnswerField(QWidget):
    edited = Signal(str)  # the whole text after a change made by the person; never after `set_text`
    tapped = Signal()  # a finger came down on it: the page opens the panel again

    def __init__(self, parent: QWidget | None = None, *, many_lines: bool = False, max_characters: int = 2000) -> None:
        super().__init__(parent)
        self.many_lines = many_lines
        self.max_characters = max_characters
        self._text = ""
        self._caret = 0
        self._scroll = QPointF(0, 0)
        self._layout = QTextLayout()
        self._laid_out_for: tuple[str, str, int] | None = None
        self.setProperty("role", "answer")
        self.setProperty("field", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAcceptDrops(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        upright = QSizePolicy.Policy.Expanding if many_lines else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, upright)

    # What it holds

    def text(self) -> str:
        return self._text

    def caret(self) -> int:
        """How many characters stand before the caret."""
        return self._caret

    def set_text(self, text: str) -> None:
        """Show this text with the caret behind it. Says nothing: the person did not do it."""
        self._text = fitting(text, many_lines=self.many_lines)[: self.max_characters]
        self._caret = len(self._text)
        self._changed()

    def wipe(self) -> None:
        """Forget the text and everything drawn from it."""
        self._text = ""
        self._caret = 0
        self._scroll = QPointF(0, 0)
        self._layout = QTextLayout()
        self._laid_out_for = None
        self.update()

    # What the panel does to it

    def insert(self, text: str) -> None:
        """Put these characters at the caret; what does not fit is left out."""
        room = self.max_characters - len(self._text)
        added = fitting(text, many_lines=self.many_lines)[:room]
        if not added:
            return
        self._text = self._text[: self._caret] + added + self._text[self._caret :]
        self._caret += len(added)
        self._changed()
        self.edited.emit(self._text)

    def erase(self) -> None:
        """Take away the one character before the caret."""
        if self._caret == 0:
            return
        self._text = self._text[: self._caret - 1] + self._text[self._caret :]
        self._caret -= 1
        self._changed()
        self.edited.emit(self._text)

    def move_caret(self, position: int) -> None:
        self._caret = max(0, min(position, len(self._text)))
        self._changed()

    def scroll_lines(self, lines: int) -> None:
        """Move the caret up or down by lines, for the two buttons beside a long text."""
        self._lay_out()
        at = self._units(self._caret)
        line = self._layout.lineForTextPosition(at)
        if not line.isValid():
            return
        aim = max(0, min(line.lineNumber() + lines, self._layout.lineCount() - 1))
        x = line.cursorToX(at)[0]  # type: ignore[index]
        self.move_caret(self._characters(self._layout.lineAt(aim).xToCursor(x)))

    def set_active(self, active: bool) -> None:
        """Draw the caret, because the panel now writes here."""
        self._set_flag("active", active)

    def set_objected(self, objected: bool) -> None:
        """Draw the edge of a field whose answer was refused."""
        self._set_flag("objected", objected)

    def is_active(self) -> bool:
        return bool(self.property("active"))

    def in_no_font(self) -> tuple[str, ...]:
        """The characters that can only be shown as 〓 on this machine."""
        metrics = QFontMetrics(self.font())
        return tuple(c for c in dict.fromkeys(self._text) if not can_draw(metrics, c))

    def line_count(self) -> int:
        self._lay_out()
        return self._layout.lineCount()

    # Inside

    def _set_flag(self, name: str, value: bool) -> None:
        if bool(self.property(name)) == value:
            return
        self.setProperty(name, value)
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()

    def _changed(self) -> None:
        self._lay_out()
        self._keep_caret_in_sight()
        self.update()

    def _shown(self) -> str:
        metrics = QFontMetrics(self.font())
        return "".join(_LINE_SEPARATOR if c == "\n" else c if can_draw(metrics, c) else IN_NO_FONT for c in self._text)

    def _units(self, characters: int) -> int:
        """Where that many characters end in what Qt lays out, which counts UTF-16."""
        return len(self._shown()[:characters].encode("utf-16-le")) // 2

    def _characters(self, units: int) -> int:
        return len(self._shown().encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))

    def _area(self) -> QRect:
        return self.rect().adjusted(PADDING, PADDING // 2, -PADDING, -PADDING // 2)

    def _lay_out(self) -> None:
        shown, width = self._shown(), self._area().width()
        key = (shown, self.font().key(), width)
        if key == self._laid_out_for:
            return
        self._laid_out_for = key
        option = QTextOption()
        wrapping = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if self.many_lines else QTextOption.WrapMode.NoWrap
        option.setWrapMode(wrapping)
        option.setAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        )  # answers are Chinese or digits
        self._layout = QTextLayout(shown, self.font())
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.beginLayout()
        y = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width if self.many_lines else 1_000_000)
            line.setPosition(QPointF(0, y))
            y += line.height()
        self._layout.endLayout()

    def _keep_caret_in_sight(self) -> None:
        caret, area = self._caret_rect(), self._area()
        x, y = self._scroll.x(), self._scroll.y()
        widest = max(self._layout.lineAt(number).naturalTextWidth() for number in range(self._layout.lineCount()))
        x = min(x, caret.x(), max(0.0, widest + CARET_WIDTH - area.width()))
        x = max(x, caret.x() + CARET_WIDTH - area.width())
        y = min(y, caret.y())
        y = max(y, caret.bottom() - area.height())
        tops = [self._layout.lineAt(number).y() for number in range(self._layout.lineCount())]
        y = next((top for top in tops if top >= y), 0.0)  # no half lines at the top
        self._scroll = QPointF(max(0.0, x), max(0.0, y))

    def _caret_rect(self) -> QRect:
        units = self._units(self._caret)
        line = self._layout.lineForTextPosition(units)
        if not line.isValid():
            return QRect(0, 0, CARET_WIDTH, QFontMetrics(self.font()).height())
        return QRect(int(line.cursorToX(units)[0]), int(line.y()), CARET_WIDTH, int(line.height()))  # type: ignore[index]

    def _origin(self) -> QPointF:
        """Where the first line begins, in the widget."""
        area = self._area()
        if self.many_lines:
            return QPointF(area.left(), area.top()) - self._scroll
        line = self._layout.lineAt(0)
        return QPointF(area.left() - self._scroll.x(), area.center().y() - line.height() / 2)

    # Qt's own

    def sizeHint(self) -> QSize:
        lines = 4 if self.many_lines else 1
        return QSize(480, max(LEAST_HEIGHT, QFontMetrics(self.font()).height() * lines + PADDING))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, max(LEAST_HEIGHT, QFontMetrics(self.font()).height() + PADDING))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._changed()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
            self._changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay_out()
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.setClipRect(self._area().adjusted(-CARET_WIDTH, 0, CARET_WIDTH, 0))
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        self._layout.draw(painter, self._origin())
        if self.is_active():
            caret = self._caret_rect().translated(self._origin().toPoint())
            painter.fillRect(caret, self.palette().color(QPalette.ColorRole.WindowText))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tap moves the caret to the nearest gap. Dragging does nothing."""
        self._lay_out()
        at = event.position() - self._origin()
        aim = None
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if aim is None or at.y() >= line.y():
                aim = line
        if aim is not None:
            self.move_caret(self._characters(aim.xToCursor(at.x())))
        event.accept()
        self.tapped.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString():
            self.insert(event.commitString())
        event.accept()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """An input method learns where the caret is, and nothing of the text."""
        if query == Qt.InputMethodQuery.ImEnabled:
            return True
        if query == Qt.InputMethodQuery.ImHints:
            return self.inputMethodHints().value
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return self._caret_rect().translated(self._origin().toPoint())
        return None
