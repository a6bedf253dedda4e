"""The 手写 tab: the ink square, eight candidates, 重写 and 删字. In a name field also a wide strip for the whole name:
写全名 leads to it and 一个一个写 back; either is offered only while nothing is written, in the place of the candidates.

The strokes go to the lane as soon as the pen is lifted, and what comes back is shown when the hand has rested for 300 ms:
the reading is done while the hand may still go on. An answer counts only while no newer stroke has begun.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.inputs.boards import Say
from ui.inputs.handwriting import MOST_CANDIDATES
from ui.inputs.ink import IN_A_STRIP, InkPad
from ui.inputs.key import Key
from ui.inputs.lane import InkLane
from ui.inputs.shape import UPRIGHT, PanelShape

SHOWN = 8
SHOWN_BELOW_STRIP = 4
SETTLE_MS = 300


class WritingBoard(QWidget):
    typed = Signal(str)
    erased = Signal()

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._lane: InkLane | None = None
        self._asked = 0
        self._answer: tuple[str, ...] | None = None  # come while the hand rested
        self._found: tuple[str, ...] = ()
        self._first = 0
        self._idle_signs: tuple[str, ...] = ()
        self._for_a_name = False
        self._wide = False
        self._shape = UPRIGHT
        self.ink = InkPad()
        self.ink.setParent(self)
        self.candidates = [Key("", "candidate", parent=self) for _ in range(SHOWN)]
        for number, key in enumerate(self.candidates):
            key.clicked.connect(lambda _=False, number=number: self._take(number))
        self.earlier, self.later = Key("‹", parent=self), Key("›", parent=self)
        self.write_again, self.erase = Key("", "tab", parent=self), Key("", "tab", parent=self)
        self.other_way = Key("", "tab", parent=self)
        self.other_way.clicked.connect(lambda: self._go_wide(not self._wide))
        self.earlier.clicked.connect(lambda: self._turn(-self._count()))
        self.later.clicked.connect(lambda: self._turn(self._count()))
        self.write_again.clicked.connect(self.wipe)
        self.erase.clicked.connect(self.erased)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one may come 15 ms late
        self._settle.timeout.connect(self._settled)
        self.ink.pen_down.connect(self._pen_down)
        self.ink.pen_up.connect(self._ask)
        self.say_words(say)
        self._show()

    def use_lane(self, lane: InkLane | None) -> None:
        if self._lane is not None:
            self._lane.answered.disconnect(self._answered)
        self._lane = lane
        if lane is not None:
            lane.answered.connect(self._answered)

    def start(self, idle_signs: tuple[str, ...], *, for_a_name: bool = False) -> None:
        """A clean square; before anything is written the cells offer these signs, or the strip for a name."""
        self._idle_signs = idle_signs
        self._for_a_name = for_a_name
        self._go_wide(False)

    def is_wide(self) -> bool:
        return self._wide

    def _go_wide(self, wide: bool) -> None:
        self._wide = wide
        self.ink.make_room(IN_A_STRIP if wide else 1)
        self._say_way()
        self.wipe()
        self._place()

    def _say_way(self) -> None:
        self.other_way.say(self._way_words[self._wide])
        self.ink.show_hint(self._hints[self._wide])

    def _count(self) -> int:
        """How many candidates there are on a page: below the strip as many as their names leave room for."""
        if not self._wide:
            return SHOWN
        longest = max((len(name) for name in self._found), default=0)
        if longest <= 3:  # most names
            return SHOWN_BELOW_STRIP
        letter = self.candidates[0].fontMetrics().horizontalAdvance("国")
        shape = self._shape
        room = (self.width() + shape.gap) // (longest * letter + shape.beside + shape.gap)
        return max(1, min(SHOWN_BELOW_STRIP, room))

    def found(self) -> tuple[str, ...]:
        return self._found

    @Slot()
    def wipe(self) -> None:
        """Take away ink and candidates; an answer still on its way will not count."""
        self._settle.stop()
        self._asked = 0
        self._answer = None
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
        self._hints = (say("panel.write_here"), say("panel.write_name_here"))
        self._way_words = (say("panel.whole_name"), say("panel.one_by_one"))
        self._new_line = say("panel.new_line")
        self._say_way()

    def rows(self) -> tuple[tuple[Key, ...], ...]:
        beside = self._count() if self._wide else 2
        pairs: tuple[tuple[Key, ...], ...] = tuple(
            tuple(self.candidates[n : n + beside]) for n in range(0, self._count(), beside)
        )
        if not self.other_way.isHidden():
            pairs = ((self.other_way,), *pairs[self._covered() // beside :])
        return (*pairs, (self.earlier, self.later, self.write_again, self.erase))

    def lay_out(self, shape: PanelShape, guides: QColor) -> None:
        self._shape = shape
        self.ink.lay_out(shape, guides)
        self._place()

    def _place(self) -> None:
        if self._wide:
            self._place_strip()
            return
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
        self.other_way.setGeometry(left, top, room, round(step) - gap)
        y = top + round(4 * step)
        self._place_last_row(left, y, room, top + shape.ink_height - y)

    def _place_strip(self) -> None:
        """The strip over the whole width, four candidates below it, the last row below them."""
        shape, gap = self._shape, self._shape.gap
        top = (self.height() - shape.ink_height) // 2
        last = top + shape.ink_height - shape.candidates
        below = last - gap - shape.candidates
        self.ink.setGeometry(0, top, self.width(), below - gap - top)
        step = (self.width() + gap) / self._count()
        for number, key in enumerate(self.candidates[: self._count()]):
            left, right = round(number * step), round((number + 1) * step) - gap
            key.setGeometry(left, below, right - left, shape.candidates)
        self.other_way.setGeometry(0, below, self.width(), shape.candidates)
        self._place_last_row(0, last, self.width(), shape.candidates)

    def _place_last_row(self, left: int, top: int, room: int, height: int) -> None:
        gap, turn = self._shape.gap, self._shape.least
        word = (room - 2 * turn - 3 * gap) // 2
        for key, wide in ((self.earlier, turn), (self.later, turn), (self.write_again, word), (self.erase, word)):
            key.setGeometry(left, top, wide, height)
            left += wide + gap

    @Slot()
    def _pen_down(self) -> None:
        """A newer stroke: whatever is still being looked at is out of date."""
        self._settle.stop()
        self._asked = 0
        self._answer = None
        self._show()

    @Slot()
    def _ask(self) -> None:
        if self._lane is not None and not self.ink.is_blank():
            self._settle.start()
            self._asked = self._lane.ask(self.ink.strokes(), MOST_CANDIDATES, names=self._wide)

    @Slot(int, tuple)
    def _answered(self, number: int, found: tuple[str, ...]) -> None:
        if number != self._asked:
            return
        self._answer = found
        if not self._settle.isActive():
            self._settled()

    @Slot()
    def _settled(self) -> None:
        if self._answer is None:
            return  # shown as soon as it comes
        self._found, self._answer = self._answer, None
        self._first = 0
        self._place()
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
        page = self._shown()[self._first : self._first + self._count()]
        offers = self._for_a_name and self.ink.is_blank()
        self.other_way.setVisible(offers)
        hidden = self._covered() if offers else 0
        for number, key in enumerate(self.candidates):
            key.say(self._label(page[number]) if number < len(page) else "")
            key.setEnabled(number < len(page))
            key.setVisible(hidden <= number < self._count())

    def _covered(self) -> int:
        """How many candidates stand where the other way to write is offered."""
        return self._count() if self._wide else 2

    def _take(self, number: int) -> None:
        at = self._first + number
        if at < len(self._shown()):
            words = self._shown()[at]
            self.wipe()
            self.typed.emit(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
