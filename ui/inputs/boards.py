"""The two tabs that need no dictionary: 数字 and ABC.

A board reports what was touched and holds nothing. There is no Tab, Ctrl or Alt: nobody needs them here.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from ui.inputs.key import Key, KeyRows, Place
from ui.inputs.shape import PanelShape

Say = Callable[[str], str]  # a wording key of `resources/wording/inputs.toml` → the words

DIGIT_ROWS = ("123", "456", "789")
LETTER_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
SIGN_ROWS = ("1234567890", "，。、：；？！（）", "@#%&*+=/'\"", "《》·—()<>")


class DigitsBoard(QWidget):
    """3 × 4 keys; the last row also has the point of a sum and the X of an identity number."""

    typed = Signal(str)
    erased = Signal()

    def __init__(self, say: Say) -> None:
        super().__init__()
        rows = [[self._typing(character, 2) for character in row] for row in DIGIT_ROWS]
        self._erase = _word_key(say("panel.delete"))
        self._erase.clicked.connect(self.erased)
        last = [self._typing(".", 1), self._typing("X", 1), self._typing("0", 2), Place(self._erase, 2)]
        self._keys = KeyRows([*rows, last], units=6)
        layout = QStackedLayout(self)
        layout.addWidget(self._keys)

    def lay_out(self, shape: PanelShape) -> None:
        self._keys.lay_out(shape)

    def rows(self) -> tuple[tuple[Key, ...], ...]:
        return self._keys.keys()

    def say_words(self, say: Say) -> None:
        self._erase.say(say("panel.delete"))

    def _typing(self, character: str, units: float) -> Place:
        key = Key(character)
        key.clicked.connect(lambda: self.typed.emit(character))
        return Place(key, units)


class LatinBoard(QWidget):
    """Letters with a row of digits, capitals by 大写, signs by 符号."""

    typed = Signal(str)
    erased = Signal()

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._layers = QStackedLayout(self)
        self._letters: list[Key] = []
        self._capitals = _word_key("")
        self._capitals.clicked.connect(lambda: self._set_capitals(not self.in_capitals()))
        self._erases = [_word_key(""), _word_key("")]
        self._spaces = [_word_key(""), _word_key("")]
        self._new_lines = [_word_key(""), _word_key("")]
        self._to_signs, self._to_letters = _word_key(""), _word_key("")
        for erase, space, new_line in zip(self._erases, self._spaces, self._new_lines, strict=True):
            erase.clicked.connect(self.erased)
            space.clicked.connect(lambda: self.typed.emit(" "))
            new_line.clicked.connect(lambda: self.typed.emit("\n"))
        self._to_signs.clicked.connect(lambda: self._layers.setCurrentIndex(1))
        self._to_letters.clicked.connect(lambda: self._layers.setCurrentIndex(0))
        self.letters, self.signs = self._letter_rows(), self._sign_rows()
        self._layers.addWidget(self.letters)
        self._layers.addWidget(self.signs)
        self.say_words(say)

    def start(self, many_lines: bool) -> None:
        """Letters, small, as every question begins; 换行 only where a text may have lines."""
        self._layers.setCurrentIndex(0)
        self._set_capitals(False)
        for key in self._new_lines:
            key.setEnabled(many_lines)

    def in_capitals(self) -> bool:
        return bool(self._capitals.property("chosen"))

    def lay_out(self, shape: PanelShape) -> None:
        self.letters.lay_out(shape)
        self.signs.lay_out(shape)

    def rows(self) -> tuple[tuple[Key, ...], ...]:
        return (self.letters if self._layers.currentIndex() == 0 else self.signs).keys()

    def say_words(self, say: Say) -> None:
        self._capitals.say(say("panel.capitals"))
        self._to_signs.say(say("panel.signs"))
        self._to_letters.say(say("panel.letters"))
        for keys, word in (
            (self._erases, "panel.delete"),
            (self._spaces, "panel.space"),
            (self._new_lines, "panel.new_line"),
        ):
            for key in keys:
                key.say(say(word))

    def _letter_rows(self) -> KeyRows:
        digits, first, second, third = ([self._letter(c) for c in row] for row in LETTER_ROWS)
        third = [Place(self._capitals, 3), *third, Place(self._erases[0], 3)]
        return KeyRows([digits, first, second, third, self._bottom(self._to_signs, "@.-", 0)], units=20)

    def _sign_rows(self) -> KeyRows:
        digits, first, second, third = ([self._sign(c) for c in row] for row in SIGN_ROWS)
        third = [*third, Place(self._erases[1], 4)]
        return KeyRows([digits, first, second, third, self._bottom(self._to_letters, "_:.", 1)], units=20)

    def _bottom(self, other_layer: Key, signs: str, layer: int) -> list[Place]:
        between = [self._sign(character) for character in signs]
        return [Place(other_layer, 3), *between, Place(self._spaces[layer], 8), Place(self._new_lines[layer], 3)]

    def _letter(self, letter: str) -> Place:
        key = Key(letter)
        key.clicked.connect(lambda: self.typed.emit(key.words))
        if letter.isalpha():
            self._letters.append(key)
        return Place(key)

    def _sign(self, sign: str) -> Place:
        key = Key(sign)
        key.clicked.connect(lambda: self.typed.emit(sign))
        return Place(key)

    def _set_capitals(self, capitals: bool) -> None:
        self._capitals.set_flag("chosen", capitals)
        for key in self._letters:
            key.say(key.words.upper() if capitals else key.words.lower())


def _word_key(words: str) -> Key:
    return Key(words, "tab")
