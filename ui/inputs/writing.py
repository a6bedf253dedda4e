"""The 手写 tab: the ink square, eight candidates, 重写 and 删字.

The strokes go to the lane 300 ms after the pen is lifted; an answer counts only while no newer stroke has begun.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.inputs.boards import Say
from ui.inputs.handwriting import MOST_CANDIDATES
from ui.inputs.ink import InkPad
from ui.inputs.key import Key
from ui.inputs.lane import InkLane
from ui.inputs.shape import UPRIGHT, PanelShape

SHOWN = 8
SETTLE_MS = 300


class WritingBoard(QWidget):
    typed = Signal(str)
    erased = Signal()

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._lane: InkLane | None = None
        self._asked = 0
        self._found: tuple[str, ...] = ()
        self._first = 0
        self._idle_signs: tuple[str, ...] = ()
        self._shape = UPRIGHT
        self.ink = InkPad()
        self.ink.setParent(self)
        self.candidates = [Key("", "candidate", parent=self) for _ in range(SHOWN)]
        for number, key in enumerate(self.candidates):
            key.clicked.connect(lambda _=False, number=number: self._take(number))
        self.earlier, self.later = Key("‹", parent=self), Key("›", parent=self)
        self.write_again, self.erase = Key("", "tab", parent=self), Key("", "tab", parent=self)
        self.earlier.clicked.connect(lambda: self._turn(-SHOWN))
        self.later.clicked.connect(lambda: self._turn(SHOWN))
        self.write_again.clicked.connect(self.wipe)
        self.erase.clicked.connect(self.erased)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self.ink.pen_down.connect(self._pen_down)
        self.ink.pen_up.connect(self._settle.start)
        self.say_words(say)
        self._show()

    def use_lane(self, lane: InkLane | None) -> None:
        if self._lane is not None:
            self._lane.answered.disconnect(self._answered)
        self._lane = lane
        if lane is not None:
            lane.answered.connect(self._answered)

    def start(self, idle_signs: tuple[str, ...]) -> None:
        """A clean square; before anything is written the cells offer these signs."""
        self._idle_signs = idle_signs
        self.wipe()

    def found(self) -> tuple[str, ...]:
        return self._found

    @Slot()
    def wipe(self) -> None:
        """Take away ink and candidates; an answer still on its way will not count."""
        self._settle.stop()
        self._asked = 0
        self._found = ()
        self._first = 0
        if self._lane is not None:
            self._lane.forget()
        self.ink.wipe()
        self._show()

    def say_words(self, say: Say) -> None:
        self.write_again.say(say("panel.write_again"))
        self.erase.say(say("panel.erase"))
        self.earlier.say("‹", say("panel.earlier"))
        self.later.say("›", say("panel.later"))
        self.ink.show_hint(say("panel.write_here"))
        self._new_line = say("panel.new_line")

    def rows(self) -> tuple[tuple[Key, ...], ...]:
        pairs = tuple((self.candidates[n], self.candidates[n + 1]) for n in range(0, SHOWN, 2))
        return (*pairs, (self.earlier, self.later, self.write_again, self.erase))

    def lay_out(self, shape: PanelShape, guides: QColor) -> None:
        self._shape = shape
        self.ink.lay_out(shape, guides)
        self._place()

    def _place(self) -> None:
        shape = self._shape
        gap = shape.gap
        top = (self.height() - shape.ink_height) // 2
        self.ink.setGeometry(0, top, shape.ink_width, shape.ink_height)
        left = shape.ink_width + gap
        room = self.width() - left
        width, step = (room - gap) // 2, (shape.ink_height + gap) / 5
        for number, key in enumerate(self.candidates):
            row, column = divmod(number, 2)
            y, below = top + round(row * step), top + round((row + 1) * step) - gap
            key.setGeometry(left + column * (width + gap), y, width, below - y)
        y = top + round(4 * step)
        turn = shape.least
        word = (room - 2 * turn - 3 * gap) // 2
        for key, wide in ((self.earlier, turn), (self.later, turn), (self.write_again, word), (self.erase, word)):
            key.setGeometry(left, y, wide, top + shape.ink_height - y)
            left += wide + gap

    @Slot()
    def _pen_down(self) -> None:
        """A newer stroke: whatever is still being looked at is out of date."""
        self._settle.stop()
        self._asked = 0

    @Slot()
    def _ask(self) -> None:
        if self._lane is not None and not self.ink.is_blank():
            self._asked = self._lane.ask(self.ink.strokes(), MOST_CANDIDATES)

    @Slot(int, tuple)
    def _answered(self, number: int, found: tuple[str, ...]) -> None:
        if number != self._asked:
            return
        self._found = found
        self._first = 0
        self._show()

    def _turn(self, by: int) -> None:
        if 0 <= self._first + by < len(self._shown()):
            self._first += by
            self._show()

    def _label(self, words: str) -> str:
        return self._new_line if words == "\n" else words

    def _shown(self) -> tuple[str, ...]:
        return self._found if self._found or not self.ink.is_blank() else self._idle_signs

    def _show(self) -> None:
        page = self._shown()[self._first : self._first + SHOWN]
        for number, key in enumerate(self.candidates):
            key.say(self._label(page[number]) if number < len(page) else "")
            key.setEnabled(number < len(page))

    def _take(self, number: int) -> None:
        at = self._first + number
        if at < len(self._shown()):
            words = self._shown()[at]
            self.wipe()
            self.typed.emit(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
