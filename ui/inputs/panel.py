"""The input panel at the foot of the window (portrait) or at its right (landscape): 手写 拼音 数字 ABC 收起.

It writes into an `AnswerField` it is attached to, takes no focus and sends no key events, learns nothing, and
keeps nothing after `wipe`. A tab that has no recogniser or no word file is not shown.

How a page uses it: `attach(field)`, then `open(page.keys)`; after a tap on the field (`AnswerField.tapped`) the same
again. The window hands it the look (`show_look`), the recogniser and the word file when they are loaded, and calls
`wipe` when a visit ends.

The style sheet finds the panel by objectName `panel`, keys by role: `tab` (tabs and keys with a word; `chosen`),
`key`, `candidate`; the square by `#ink`, the typed letters by `#spelling`.
It gives no padding and no sizes: those are in `ui/inputs/shape.py`.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.visit.pages import Keys
from kiosk.wording import Wording
from ui.inputs.boards import DigitsBoard, LatinBoard
from ui.inputs.field import AnswerField
from ui.inputs.key import Key
from ui.inputs.lane import InkLane
from ui.inputs.pinyin import PinyinEngine
from ui.inputs.shape import shape_of
from ui.inputs.spelling import PinyinBoard
from ui.inputs.writing import WritingBoard
from ui.look import Look
from ui.theme import color


class Tab(StrEnum):
    WRITING = "writing"
    PINYIN = "pinyin"
    DIGITS = "digits"
    LATIN = "latin"


ORDER = {
    Keys.WRITING: (Tab.WRITING, Tab.PINYIN, Tab.LATIN),
    Keys.NAME: (Tab.WRITING, Tab.PINYIN, Tab.LATIN),
    Keys.DIGITS: (Tab.DIGITS,),
    Keys.LATIN: (Tab.LATIN,),
}
SIGNS = ("，", "。", "、", "：", "；", "？", "（", "）", "《", "》", "！", "·", "—", "…")
NAME_SIGNS = ("·",)  # 买买提·吐尔逊
NEW_LINE_AT = 3


class InputPanel(QWidget):
    typed = Signal(str)  # these characters were written
    erased = Signal()  # the character before the caret goes
    closed = Signal()  # 收起

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._look = Look()
        self._shape = shape_of(self._look)
        self._field: AnswerField | None = None
        self._keys = Keys.NONE
        self._has_writing = False
        self._has_pinyin = False
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.writing = WritingBoard(self._say)
        self.pinyin = PinyinBoard(self._say)
        self.digits = DigitsBoard(self._say)
        self.latin = LatinBoard(self._say)
        self._boards: dict[Tab, WritingBoard | PinyinBoard | DigitsBoard | LatinBoard] = {
            Tab.WRITING: self.writing,
            Tab.PINYIN: self.pinyin,
            Tab.DIGITS: self.digits,
            Tab.LATIN: self.latin,
        }
        self.tabs = {tab: Key("", "tab", parent=self) for tab in Tab}
        self.close_tab = Key("", "tab", parent=self)
        self._tab = Tab.LATIN
        for tab, key in self.tabs.items():
            key.clicked.connect(lambda _=False, tab=tab: self.show_tab(tab))
        for board in self._boards.values():
            board.setParent(self)
            board.typed.connect(self._write)
            board.erased.connect(self._erase)
        self.close_tab.clicked.connect(self._put_away)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # keys stand as on every keyboard of the country
        self.show_look(self._look)
        self.hide()

    # What the window tells it

    def use_recogniser(self, lane: InkLane | None) -> None:
        """手写 is offered from now on, or no longer. Comes after the first frame, when the model is loaded."""
        self._has_writing = lane is not None
        self.writing.use_lane(lane)
        self._show_tabs()

    def use_pinyin(self, engine: PinyinEngine | None) -> None:
        """拼音 is offered from now on, or no longer."""
        self._has_pinyin = engine is not None
        self.pinyin.use_engine(engine)
        self._show_tabs()

    def show_look(self, look: Look) -> None:
        """Turn, scale and speak as the rest of the window does."""
        self._look = look
        self._shape = shape_of(look)
        self.setFixedSize(self._shape.width, self._shape.height)
        self.writing.lay_out(self._shape, color(look, "select"))
        for board in (self.pinyin, self.digits, self.latin):
            board.lay_out(self._shape)
        self.setAccessibleName(self._say("panel.name"))
        for tab, key in self.tabs.items():
            key.say(self._say(f"panel.{tab}"))
        self.close_tab.say(self._say("panel.close"))
        for each in self._boards.values():
            each.say_words(self._say)
        self._place()

    def attach(self, field: AnswerField | None) -> None:
        """Write into this field from now on; the one before loses its caret."""
        if self._field is not None and self._field is not field:
            self._field.set_active(False)
        self._field = field
        if field is not None:
            field.set_active(True)

    def open(self, keys: Keys) -> None:
        """Show the tab these keys begin with; `NONE` hides the panel."""
        self._keys = keys
        if keys is Keys.NONE:
            self.wipe()
            self.hide()
            return
        many_lines = self._field is not None and self._field.many_lines
        signs: tuple[str, ...] = NAME_SIGNS if keys is Keys.NAME else SIGNS
        if many_lines:
            signs = (*signs[:NEW_LINE_AT], "\n", *signs[NEW_LINE_AT:])
        self.writing.start(() if keys is Keys.NAME else signs, for_a_name=keys is Keys.NAME)
        self.pinyin.start(self._surname_wanted, signs)
        self.latin.start(many_lines)
        offered = [tab for tab in ORDER[keys] if self.offers(tab)]
        self.show_tab(offered[0])
        self.show()

    def wipe(self) -> None:
        """No ink, no letters, no candidates, no field: as if nobody had been here."""
        self.attach(None)
        self.writing.start(())
        self.pinyin.start(self._surname_wanted, ())
        self.latin.start(False)

    # What it shows

    def offers(self, tab: Tab) -> bool:
        return {Tab.WRITING: self._has_writing, Tab.PINYIN: self._has_pinyin}.get(tab, True)

    def tabs_offered(self) -> tuple[Tab, ...]:
        """The tabs that this machine can serve at all; 手写 and 拼音 come after their files are read."""
        return tuple(tab for tab in Tab if self.offers(tab))

    def tab(self) -> Tab:
        return self._tab

    def show_tab(self, tab: Tab) -> None:
        if not self.offers(tab):
            return
        if self._tab is not tab:
            self.writing.wipe()
            self.pinyin.wipe()
        self._tab = tab
        self._show_tabs()

    def rows(self) -> tuple[tuple[Key, ...], ...]:
        """Every key now in sight, row by row, for a four-key device."""
        tabs = (*(self.tabs[tab] for tab in Tab if self.offers(tab)), self.close_tab)
        return tuple(tuple(key for key in row if not key.isHidden()) for row in (tabs, *self._boards[self._tab].rows()))

    # Inside

    def _say(self, key: str) -> str:
        return self._wording.say(key, self._look.language)

    def _surname_wanted(self) -> bool:
        """A name begins with its surname; behind the first character ordinary words come first."""
        return self._keys is Keys.NAME and (self._field is None or self._field.caret() == 0)

    def _show_tabs(self) -> None:
        if not self.offers(self._tab):
            self._tab = next(tab for tab in ORDER.get(self._keys, (Tab.LATIN,)) if self.offers(tab))
        for tab, key in self.tabs.items():
            key.setVisible(self.offers(tab))
            key.set_flag("chosen", tab is self._tab)
        for tab, board in self._boards.items():
            board.setVisible(tab is self._tab)
        self._place()

    def _place(self) -> None:
        shape = self._shape
        shown = [*(self.tabs[tab] for tab in Tab if self.offers(tab)), self.close_tab]
        step = (shape.inner_width + shape.tab_gap) / len(shown)
        for number, key in enumerate(shown):
            left = shape.margin_x + round(number * step)
            right = shape.margin_x + round((number + 1) * step) - shape.tab_gap
            key.setGeometry(left, shape.top_edge + shape.margin_y, right - left, shape.tabs)
        for board in self._boards.values():
            board.setGeometry(shape.margin_x, shape.body_top, shape.inner_width, shape.body_height)

    @Slot(str)
    def _write(self, characters: str) -> None:
        if self._field is not None:
            self._field.insert(characters)
        self.typed.emit(characters)

    @Slot()
    def _erase(self) -> None:
        if self._field is not None:
            self._field.erase()
        self.erased.emit()

    @Slot()
    def _put_away(self) -> None:
        self.open(Keys.NONE)
        self.closed.emit()

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch between keys is nothing, and goes no further."""
        event.accept()
