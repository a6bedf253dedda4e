"""A row of something said: its label, its value, 改 at the right, a masked value behind 按住显示."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from kiosk.visit.pages import Row
from ui.labels import text_label
from ui.letters import drawn
from ui.screens.measure import breakable, line_width, wrapped_height, wrapped_lines
from ui.screens.paged import Block, pager_height
from ui.screens.surroundings import Surroundings
from ui.theme import Role, font_of

PADDING_X = 24
PADDING_Y = 16
CHANGE_WIDTH = 112
BUTTON_HEIGHT = 72
EDGE = 3

Change = Callable[[str], None]


def row_blocks(rows: tuple[Row, ...], around: Surroundings, room: int, change: Change | None) -> list[Block]:
    """A block a row; a value too long for one sheet goes on in rows of its own."""
    blocks: list[Block] = []
    for row in rows:
        for part in _parts(row, around, room):
            blocks.append(Block(_height(part, around), partial(RowCard, part, around, change)))
    return blocks


class RowCard(QFrame):
    """One row. Holding the button, or ● once on and once off, shows what is masked."""

    def __init__(self, row: Row, around: Surroundings, change: Change | None) -> None:
        super().__init__()
        self._row = row
        self.setProperty("card", "warn" if row.by_clerk else "plain")
        look, px = around.look, around.px
        line = QHBoxLayout(self)
        line.setContentsMargins(*around.edges(px(PADDING_X), px(PADDING_Y), px(PADDING_Y), px(PADDING_Y)))
        line.setSpacing(px(16))
        texts = QVBoxLayout()
        texts.setSpacing(px(4))
        width = _room(row, around)
        label = _label_of(row, around)
        name = text_label(label, Role.HINT)
        name.setFixedHeight(wrapped_height(label, font_of(look, Role.HINT), width))
        texts.addWidget(name)
        self._values = []
        for shown in _shown(row):
            value = text_label(shown, Role.SECTION)
            value.setFixedHeight(_value_height(shown, around, width))
            texts.addWidget(value)
            self._values.append(value)
        texts.addStretch(1)
        line.addLayout(texts, 1)
        buttons = QHBoxLayout() if _abreast(row, around) else QVBoxLayout()
        buttons.setSpacing(px(16))
        self.hold: QPushButton | None = None
        self.change: QPushButton | None = None
        if row.masked:
            self.hold = _button(around.say("screen.hold_to_show"), _hold_width(around), px(BUTTON_HEIGHT))
            self.hold.setObjectName(f"hold {row.ref}")
            self.hold.setProperty("hold", True)
            self.hold.pressed.connect(lambda: self._reveal(True))
            self.hold.released.connect(lambda: self._reveal(False))
            self.hold.setAccessibleDescription(row.label)
            buttons.addWidget(self.hold, 0, Qt.AlignmentFlag.AlignRight)
        if row.ref and change is not None:
            self.change = _button(around.say("screen.change"), _change_width(around), px(BUTTON_HEIGHT))
            self.change.setObjectName(f"change {row.ref}")
            self.change.setAccessibleDescription(row.label)
            self.change.clicked.connect(lambda: change(row.ref))
            buttons.addWidget(self.change, 0, Qt.AlignmentFlag.AlignRight)
        if self.hold or self.change:
            line.addLayout(buttons)

    def toggle(self) -> None:
        """The way of the four keys: on, and off again."""
        self._reveal(not self._revealed())

    def _revealed(self) -> bool:
        return bool(self._values) and self._values[0].text() == drawn(breakable(self._row.lines[0]))

    def _reveal(self, open_: bool) -> None:
        lines = self._row.lines if open_ else self._row.masked
        for value, text in zip(self._values, lines, strict=False):
            value.setText(drawn(breakable(text)))


def _button(words: str, width: int, height: int) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", "plain")
    button.setAccessibleName(words)
    button.setFixedSize(width, height)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _shown(row: Row) -> tuple[str, ...]:
    return tuple(breakable(text) for text in (row.masked or row.lines))


def _label_of(row: Row, around: Surroundings) -> str:
    return around.say("screen.by_clerk", label=row.label) if row.by_clerk else row.label


def _hold_width(around: Surroundings) -> int:
    words = line_width(around.say("screen.hold_to_show"), font_of(around.look, Role.NAV))
    return max(around.px(CHANGE_WIDTH), words + around.px(40))


def _change_width(around: Surroundings) -> int:
    words = line_width(around.say("screen.change"), font_of(around.look, Role.NAV))
    return max(around.px(CHANGE_WIDTH), words + around.px(40))


def _abreast(row: Row, around: Surroundings) -> bool:
    """Both buttons stand in one line where that leaves the value its own."""
    if not (row.masked and row.ref):
        return False
    px = around.px
    room = around.width - 2 * px(EDGE) - px(PADDING_X) - px(PADDING_Y) - 2 * px(16)
    room -= _hold_width(around) + _change_width(around)
    font = font_of(around.look, Role.SECTION)
    return all(line_width(text, font) <= room for text in (*row.masked, *row.lines))


def _buttons_width(row: Row, around: Surroundings) -> int:
    hold = _hold_width(around) if row.masked else 0
    change = _change_width(around) if row.ref else 0
    return hold + around.px(16) + change if _abreast(row, around) else max(hold, change)


def _room(row: Row, around: Surroundings) -> int:
    px, buttons = around.px, _buttons_width(row, around)
    beside = buttons + px(16) if buttons else 0
    return around.width - 2 * px(EDGE) - px(PADDING_X) - px(PADDING_Y) - beside


def _value_height(text: str, around: Surroundings, width: int) -> int:
    return wrapped_height(text, font_of(around.look, Role.SECTION), width)


def _height(row: Row, around: Surroundings) -> int:
    px, width = around.px, _room(row, around)
    texts = wrapped_height(_label_of(row, around), font_of(around.look, Role.HINT), width)
    longest = tuple(max(pair, key=len) for pair in zip(_shown(row), row.lines, strict=False))
    texts += sum(px(4) + _value_height(text, around, width) for text in longest)
    count = 1 if _abreast(row, around) else bool(row.masked) + bool(row.ref)
    buttons = count * px(BUTTON_HEIGHT) + max(0, count - 1) * px(16)
    return max(texts, buttons) + 2 * px(PADDING_Y) + 2 * px(EDGE)


def _parts(row: Row, around: Surroundings, room: int) -> list[Row]:
    most = room - pager_height(around) - around.gap
    if row.masked or _height(row, around) <= most:
        return [row]
    font, width = font_of(around.look, Role.SECTION), _room(row, around)
    lines = [line for text in row.lines for line in wrapped_lines(breakable(text), font, width)]
    label = wrapped_height(_label_of(row, around), font_of(around.look, Role.HINT), width)
    fixed = label + 2 * around.px(PADDING_Y) + 2 * around.px(EDGE)
    each = wrapped_height("字", font, width) + around.px(4)
    take = max(1, (most - fixed) // each)
    parts = []
    for first in range(0, len(lines), take):
        label_here = row.label if first == 0 else around.say("screen.continued", label=row.label)
        parts.append(Row(label_here, tuple(lines[first : first + take]), row.ref, row.by_clerk))
    return parts
