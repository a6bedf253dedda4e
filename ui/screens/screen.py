"""What every screen is: a page in, facts out.

A screen is handed its surroundings and a page, draws it, and reports what was touched. It remembers nothing
worth saving: only which sheet of a long list is open, and that only while the question stays the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.visit.first_page import Frame, Heading, Keys
from ui.screens.head import Head, HeadWords, fit_head
from ui.screens.paged import Block, Paged
from ui.screens.parts import words_height, words_label
from ui.screens.surroundings import Surroundings
from ui.screens.tile import Tile, TileShape
from ui.theme import Role

if TYPE_CHECKING:
    from kiosk.visit.events import Event
    from ui.inputs.field import AnswerField


class Screen(QWidget):
    """Subclasses give `heading`, `least` and `build`; everything is drawn anew for each page."""

    for_clerks = False  # an amber frame stands round it
    offers_help = True  # 请工作人员帮忙 is there; not where nobody can be called (once more)

    reported = Signal(object)  # a value of kiosk.visit.events
    explained = Signal()  # 解释一下 was pressed: more words are on show
    field_wanted = Signal(object, object)  # AnswerField, Keys: the panel should write there

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self.page: object = None
        self.head: Head | None = None
        self.explaining = False
        self._sheet: QWidget | None = None
        self._turned_to: dict[str, int] = {}
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)

    # What a window does with it

    def show_page(self, page: object) -> None:
        if self.page is not None and self.question_of(page) != self.question_of(self.page):
            self._turned_to = {}
            self.explaining = False
        elif page == self.page and self._sheet is not None and self.first_field() is None:
            return
        self.page = page
        self.refresh()

    def set_surroundings(self, around: Surroundings) -> None:
        if around == self.around:
            return
        self.around = around
        if self.page is not None:
            self.refresh()

    def keys_of(self, page: object) -> Keys:
        """Which tab of the input panel this page begins with."""
        return Keys.NONE

    def back_action(self) -> tuple[str, Event] | None:
        """A button of the page's own where 上一步 stands elsewhere."""
        return None

    def next_action(self) -> tuple[str, Event] | None:
        """The same where 下一步 stands."""
        return None

    def first_field(self) -> AnswerField | None:
        return None

    def show_frame(self, frame: object) -> None:
        """A picture of the camera; only the page that shows one cares."""

    def wipe(self) -> None:
        """Forget what is on show."""
        self._take_away()
        self.page = None

    # What a subclass says

    def heading(self) -> Heading:
        raise NotImplementedError

    def least(self) -> int:
        """How much of the page the answer needs, whatever the heading says."""
        return self.around.px(300)

    def build(self, column: QVBoxLayout, room: int) -> None:
        """Put the answer into the column; `room` is the height it may take."""
        raise NotImplementedError

    def question_of(self, page: object) -> object:
        """Equal for two pages that ask the same thing."""
        heading = getattr(page, "heading", None)
        return heading.title if isinstance(heading, Heading) else getattr(page, "title", "")

    def settle(self) -> None:
        """Put everything in its place now, not one turn of the loop later."""
        self._outer.activate()
        if self._sheet is not None and (layout := self._sheet.layout()) is not None:
            layout.activate()

    # Drawing

    def refresh(self) -> None:
        self._take_away()
        around = self.around
        spaces = around.look.spaces()
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        margins = around.edges(spaces.margin, spaces.body_top, self._end_margin(), spaces.body_bottom)
        column.setContentsMargins(*margins)
        column.setSpacing(around.gap)
        if around.look.lowered:
            column.addStretch(1)
        if self.explaining:
            self._build_explanation(column)
        else:
            room = around.height
            words = self._head_words()
            if words is not None:
                self.head = Head(words, around)
                self.head.explain_asked.connect(self._explain)
                column.addWidget(self.head)
                room -= words.height + around.gap
            if around.look.lowered and not around.panel_open:
                room = min(room, around.look.low_reach)
            self.build(column, room)
            self._name_fields()
        if not around.look.lowered:
            column.addStretch(1)
        self._sheet = sheet
        self._outer.addWidget(sheet)
        sheet.show()  # a layout would show it one turn of the loop later

    def _end_margin(self) -> int:
        look = self.around.look
        beside = not look.portrait and self.around.panel_open
        return look.px(24) if beside else look.spaces().margin

    def _head_words(self) -> HeadWords | None:
        heading = self.heading()
        frame = getattr(self.page, "frame", None)
        objection = frame.objection if isinstance(frame, Frame) else ""
        if not heading.title and not objection:
            return None
        return fit_head(heading, objection, self.around, self.least())

    def objected(self) -> bool:
        frame = getattr(self.page, "frame", None)
        return isinstance(frame, Frame) and bool(frame.objection)

    def paged(self, name: str, blocks: list[Block], room: int, *, columns: int = 1, most: int = 1_000) -> Paged:
        """A paged column that stays on its sheet while the question stays the same."""
        paged = Paged(blocks, self.around, room, columns=columns, most=most, at_page=self._turned_to.get(name, 0))
        paged.turned.connect(lambda at: self._turned_to.__setitem__(name, at))
        return paged

    def _take_away(self) -> None:
        if self._sheet is not None:
            self._outer.removeWidget(self._sheet)
            self._sheet.hide()
            self._sheet.setParent(None)
            self._sheet.deleteLater()
            self._sheet = None
        self.head = None

    def _name_fields(self) -> None:
        """The question belongs to its field, and what is wrong, or the hint, describes it."""
        field, frame = self.first_field(), getattr(self.page, "frame", None)
        if field is None or self.head is None:
            return
        self.head.title.setBuddy(field)
        objection = frame.objection if isinstance(frame, Frame) else ""
        field.setAccessibleDescription(objection or self.heading().hint)

    # 解释一下

    def _explain(self) -> None:
        self.explaining = True
        self.refresh()
        self.explained.emit()

    def stop_explaining(self) -> None:
        self.explaining = False
        self.refresh()

    def _build_explanation(self, column: QVBoxLayout) -> None:
        from ui.screens.reading import reading_blocks

        around, heading = self.around, self.heading()
        words = tuple(text for text in (heading.hint, heading.help) if text)
        shape = TileShape(centered=True, strong=True)
        done = Tile(around.look, around.say("screen.understood"), shape=shape)
        done.setFixedHeight(around.px(112))
        done.setObjectName("understood")
        done.clicked.connect(self.stop_explaining)
        column.addWidget(words_label(heading.title, Role.SECTION, around))
        room = around.height - around.px(112) - 2 * around.gap - words_height(heading.title, Role.SECTION, around)
        column.addWidget(self.paged("explanation", reading_blocks(words, Role.BODY, around, room, around.width), room))
        column.addWidget(done)
