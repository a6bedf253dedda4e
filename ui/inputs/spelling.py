"""The 拼音 tab: what is typed, six candidates with ‹ ›, and three rows of letters.

Before anything is typed the candidates are the signs a sentence needs. A candidate that stands for a part of the
letters leaves the rest to go on with.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOption, QWidget

from ui.inputs.boards import Say
from ui.inputs.key import Key, KeyRows, Place
from ui.inputs.pinyin import Candidate, PinyinEngine
from ui.inputs.shape import UPRIGHT, PanelShape

SHOWN = 6
MOST_LETTERS = 60
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Typed(QWidget):
    """The letters typed so far, as far as they fit, their end in sight. The style sheet finds it by objectName `spelling`."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("spelling")
        self.letters = ""

    def show_letters(self, letters: str, name: str) -> None:
        self.letters = letters
        self.setAccessibleName(f"{name} {letters}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        area = self.rect().adjusted(UPRIGHT.key_gap, 0, -UPRIGHT.key_gap, 0)
        fits = QFontMetrics(self.font()).horizontalAdvance(self.letters) <= area.width()
        side = Qt.AlignmentFlag.AlignLeft if fits else Qt.AlignmentFlag.AlignRight
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, self.letters)
        painter.end()


class PinyinBoard(QWidget):
    typed = Signal(str)
    erased = Signal()

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._shape = UPRIGHT
        self._engine: PinyinEngine | None = None
        self._name: Callable[[], bool] = lambda: False
        self._idle_signs: tuple[str, ...] = ()
        self._letters = ""
        self._found: tuple[Candidate, ...] = ()
        self._pages: list[int] = [0]  # where each page turned so far begins
        self._shown = 0
        self._typed_name = ""
        self._new_line = ""
        self.typed_line = Typed()
        self.typed_line.setParent(self)
        self.earlier, self.later = Key("‹", parent=self), Key("›", parent=self)
        self.earlier.clicked.connect(self._turn_back)
        self.later.clicked.connect(self._turn_on)
        self.candidates = [Key("", "candidate", parent=self) for _ in range(SHOWN)]
        for number, key in enumerate(self.candidates):
            key.clicked.connect(lambda _=False, number=number: self._take(number))
        self._split, self._delete = Key("", "tab"), Key("", "tab")
        self._split.clicked.connect(lambda: self._type("'"))
        self._delete.clicked.connect(self._erase)
        first, second, third = ([self._letter(letter) for letter in row] for row in ROWS)
        self.keys = KeyRows([first, second, [Place(self._split, 3), *third, Place(self._delete, 3)]], units=20)
        self.keys.setParent(self)
        self.say_words(say)

    def use_engine(self, engine: PinyinEngine | None) -> None:
        self._engine = engine

    def start(self, name: Callable[[], bool], idle_signs: tuple[str, ...]) -> None:
        """`name` says at each letter whether a surname is wanted here; the signs are offered before any letter."""
        self._name = name
        self._idle_signs = idle_signs
        self.wipe()

    def wipe(self) -> None:
        """Forget the letters and their candidates, here and in the engine."""
        if self._engine is not None:
            self._engine.forget()
        self._set_letters("")

    def letters(self) -> str:
        return self._letters

    def found(self) -> tuple[Candidate, ...]:
        return self._found

    def say_words(self, say: Say) -> None:
        self._split.say(say("panel.split"))
        self._delete.say(say("panel.delete"))
        self.earlier.say("‹", say("panel.earlier"))
        self.later.say("›", say("panel.later"))
        self._typed_name = say("panel.typed")
        self._new_line = say("panel.new_line")
        self.typed_line.show_letters(self._letters, self._typed_name)

    def lay_out(self, shape: PanelShape) -> None:
        self._shape = shape
        self.keys.lay_out(shape)
        self._place()

    def rows(self) -> tuple[tuple[Key, ...], ...]:
        return ((self.earlier, self.later), tuple(self.candidates), *self.keys.keys())

    # Letters

    def _letter(self, letter: str) -> Place:
        key = Key(letter)
        key.clicked.connect(lambda: self._type(letter))
        return Place(key)

    def _type(self, letter: str) -> None:
        if len(self._letters) < MOST_LETTERS and not (
            letter == "'" and (not self._letters or self._letters[-1] == "'")
        ):
            self._set_letters(self._letters + letter)

    def _erase(self) -> None:
        if self._letters:
            self._set_letters(self._letters[:-1])
        else:
            self.erased.emit()

    def _set_letters(self, letters: str) -> None:
        self._letters = letters
        if not letters:
            self._found = tuple(Candidate(sign, 0) for sign in self._idle_signs)
        elif self._engine is not None:
            self._found = self._engine.candidates(letters, name=self._name())
        self._pages = [0]
        self.typed_line.show_letters(letters, self._typed_name)
        self._place_candidates()

    # Candidates

    def _take(self, number: int) -> None:
        at = self._pages[-1] + number
        if at >= len(self._found):
            return
        taken = self._found[at]
        rest = self._letters[taken.letters :].lstrip("'")
        self.typed.emit(taken.words)
        self._set_letters(rest)

    def _turn_on(self) -> None:
        following = self._pages[-1] + self._shown
        if self._shown and following < len(self._found):
            self._pages.append(following)
            self._place_candidates()

    def _turn_back(self) -> None:
        if len(self._pages) > 1:
            self._pages.pop()
            self._place_candidates()

    def _place_candidates(self) -> None:
        """Up to six beside each other, fewer where long words need the room."""
        shape = self._shape
        found = self._found[self._pages[-1] :][:SHOWN]
        page = [self._new_line if candidate.words == "\n" else candidate.words for candidate in found]
        widths = self._widths(page)
        self._shown = len(widths)
        left = 0
        for number, key in enumerate(self.candidates):
            shown = number < self._shown
            key.say(page[number] if shown else "")
            key.setVisible(shown)
            key.setEnabled(shown)
            if shown:
                key.setGeometry(left, shape.least + shape.key_gap, widths[number], shape.candidates)
                left += widths[number] + shape.key_gap

    def _widths(self, words: list[str]) -> list[int]:
        """What each needs, for as many as fit; a full row shares out the room that is left."""
        first, gap = self.candidates[0], self._shape.key_gap
        first.ensurePolished()
        metrics = QFontMetrics(first.font())
        wanted = [metrics.horizontalAdvance(each) + self._shape.beside for each in words]
        widths = [min(self.width(), max(self._shape.least, each)) for each in wanted]
        while len(widths) > 1 and sum(widths) + gap * (len(widths) - 1) > self.width():
            widths.pop()
        spare = self.width() - sum(widths) - gap * (SHOWN - 1)
        if len(widths) == len(words) < SHOWN:  # the last few: as wide as in a full row, where they can be
            return [each + max(0, spare) // SHOWN for each in widths]
        spare = self.width() - sum(widths) - gap * (len(widths) - 1)
        stretched = [each + spare // len(widths) for each in widths]
        return [*stretched[:-1], stretched[-1] + spare % len(widths)]

    def _place(self) -> None:
        shape = self._shape
        gap = shape.key_gap
        self.later.setGeometry(self.width() - shape.turn, 0, shape.turn, shape.least)
        self.earlier.setGeometry(self.width() - 2 * shape.turn - gap, 0, shape.turn, shape.least)
        self.typed_line.setGeometry(0, 0, self.width() - 2 * (shape.turn + gap), shape.least)
        top = shape.least + shape.candidates + 2 * gap
        self.keys.setGeometry(0, top, self.width(), self.height() - top)
        self._place_candidates()

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
