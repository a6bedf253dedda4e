"""A clerk signs in: the number, then the PIN on keys that stand elsewhere each time, shown as dots only."""

from __future__ import annotations

import secrets

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from kiosk.visit.events import Typed
from kiosk.visit.pages import ClerkSignInPage, Heading
from ui.labels import At, text_label
from ui.look import Look
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.theme import Role, color, letter_px

KEY_HEIGHT = 112
ERASE = "erase"
PAD_WIDTH = 640


class Dots(QWidget):
    """How many digits were typed, and nothing about which."""

    def __init__(self, look: Look, count: int, height: int) -> None:
        super().__init__()
        self._look, self.count = look, count
        self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, px = self._look, self._look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color(look, "surface"))
        painter.setPen(QPen(color(look, "primary"), px(4)))
        painter.drawRoundedRect(self.rect().adjusted(px(2), px(2), -px(2), -px(2)), px(12), px(12))
        painter.setBrush(color(look, "text"))
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(self.count):
            painter.drawEllipse(QPointF(px(48) + number * px(48), self.height() / 2), px(12), px(12))
        painter.end()


class ClerkSignInScreen(Screen):
    page: ClerkSignInPage
    for_clerks = True
    offers_help = False

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._shuffled = _shuffle()
        self._pin = ""  # only while it is typed; the page knows its length, not its digits

    def show_page(self, page: object) -> None:
        """The keys change their places for every new PIN, and stand still while one is typed."""
        old = self.page
        if isinstance(page, ClerkSignInPage) and page.pin_length == 0:
            self._pin = ""
            if page.asking_pin and (not isinstance(old, ClerkSignInPage) or not old.asking_pin or old.pin_length):
                self._shuffled = _shuffle()
        super().show_page(page)

    def wipe(self) -> None:
        self._pin = ""
        super().wipe()

    def question_of(self, page: object) -> object:
        assert isinstance(page, ClerkSignInPage)
        return page.title, page.asking_pin

    def heading(self) -> Heading:
        return Heading(self.page.title, self.page.message)

    def build(self, column: QVBoxLayout, room: int) -> None:
        page, around, px = self.page, self.around, self.around.px
        pad = QWidget()
        pad.setFixedWidth(min(around.width, px(PAD_WIDTH)))
        grid = QGridLayout(pad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(16))
        grid.addWidget(self._typed(), 0, 0, 1, 3)
        digits = self._shuffled if page.asking_pin else "1234567890"
        tall = px(KEY_HEIGHT if around.look.portrait else 84)
        for place, digit in enumerate(digits):
            row, at = divmod(place, 3)
            grid.addWidget(self._key(digit, digit, tall), row + 1, 1 if place == 9 else at)
        grid.addWidget(self._key(around.say("screen.erase"), ERASE, tall), 4, 2)
        column.addWidget(pad, 0, Qt.AlignmentFlag.AlignHCenter)

    def _type(self, key: str) -> None:
        if self.page.asking_pin:
            self._pin = _typed(self._pin, key)
            self.reported.emit(Typed(self._pin))
        else:
            self.reported.emit(Typed(_typed(self.page.number, key)))

    def _typed(self) -> QWidget:
        around, px = self.around, self.around.px
        tall = max(px(96), round(letter_px(around.look, Role.ANSWER) * 1.5) + px(24))
        if self.page.asking_pin:
            dots = Dots(around.look, self.page.pin_length, tall)
            dots.setAccessibleName(around.say("screen.pin_length", count=self.page.pin_length))
            return dots
        number = text_label(self.page.number, Role.ANSWER, wraps=False, at=At.START_MIDDLE)
        number.setProperty("field", "true")
        number.setIndent(px(24))
        number.setFixedHeight(tall)
        return number

    def _key(self, words: str, name: str, tall: int) -> QPushButton:
        key = QPushButton(words)
        key.setProperty("role", "key")
        key.setAccessibleName(words)
        if name == ERASE:
            key.setProperty("words", True)
        key.setObjectName(f"key {name}" if name == ERASE else "key")
        key.setFixedHeight(tall)
        key.clicked.connect(lambda: self._type(name))
        return key


def _typed(text: str, key: str) -> str:
    return text[:-1] if key == ERASE else text + key


def _shuffle() -> str:
    digits = list("0123456789")
    secrets.SystemRandom().shuffle(digits)
    return "".join(digits)
