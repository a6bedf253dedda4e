"""The panel and a field in a window, real fingers on it, the real word file and the real recogniser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import resources
from kiosk.errors import KioskTrouble
from kiosk.wording import Wording, load_wording
from ui.inputs.field import AnswerField
from ui.inputs.handwriting import OnnxRecogniser, ScriptedRecogniser, standard_characters
from ui.inputs.lane import InkLane
from ui.inputs.panel import InputPanel
from ui.inputs.pinyin import WordEngine
from ui.inputs.words_file import open_words
from ui.letters import load_fonts
from ui.look import Look
from ui.theme import dress


@pytest.fixture(scope="session")
def wording() -> Wording:
    return load_wording(resources.folder("wording"))


@pytest.fixture(scope="session")
def words() -> Iterator[WordEngine]:
    """The word file as set-up builds it."""
    try:
        engine = WordEngine(open_words(resources.folder("pinyin")))
    except KioskTrouble as trouble:
        pytest.skip(f"{trouble}: run python -m resources.pinyin.build")
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def standard() -> str:
    return standard_characters(resources.folder("pinyin") / "standard_characters.txt")


@pytest.fixture(scope="session")
def recogniser(standard: str) -> OnnxRecogniser:
    """The model as set-up takes it."""
    found = OnnxRecogniser(resources.folder("handwriting"), frozenset(standard))
    try:
        found.load()
    except KioskTrouble as trouble:
        pytest.skip(f"{trouble}: run python -m resources.handwriting.take_model")
    return found


@pytest.fixture
def lanes() -> Iterator[Callable[..., InkLane]]:
    """Starts lanes and stops them when the test is over."""
    started: list[InkLane] = []

    def start(recogniser: object) -> InkLane:
        lane = InkLane(recogniser)
        started.append(lane)
        lane.start()
        return lane

    yield start
    for lane in started:
        lane.stop()


@pytest.fixture(scope="session")
def glass() -> QPointingDevice:
    return QTest.createTouchDevice()


@dataclass
class Finger:
    """One finger on the real window."""

    window: QWidget
    glass: QPointingDevice
    number: int = 0

    def down(self, widget: QWidget, at: QPoint) -> None:
        touch = QTest.touchEvent(self.window.windowHandle(), self.glass)
        touch.press(self.number, self._in_window(widget, at), self.window.windowHandle())
        touch.commit()

    def move(self, widget: QWidget, at: QPoint) -> None:
        touch = QTest.touchEvent(self.window.windowHandle(), self.glass)
        touch.move(self.number, self._in_window(widget, at), self.window.windowHandle())
        touch.commit()

    def up(self, widget: QWidget, at: QPoint) -> None:
        touch = QTest.touchEvent(self.window.windowHandle(), self.glass)
        touch.release(self.number, self._in_window(widget, at), self.window.windowHandle())
        touch.commit()

    def tap(self, widget: QWidget, at: QPoint | None = None) -> None:
        where = widget.rect().center() if at is None else at
        self.down(widget, where)
        self.up(widget, where)

    def draw(self, widget: QWidget, *points: tuple[int, int]) -> None:
        first, *rest = (QPoint(*point) for point in points)
        self.down(widget, first)
        for point in rest:
            self.move(widget, point)
        self.up(widget, (rest or [first])[-1])

    def _in_window(self, widget: QWidget, at: QPoint) -> QPoint:
        return widget.mapTo(self.window, at)


@dataclass
class Counter:
    """A window with two fields over the panel, as a page has it."""

    window: QWidget
    panel: InputPanel
    field: AnswerField
    long_field: AnswerField
    finger: Finger

    def tap_words(self, *words: str) -> None:
        """Tap the keys in sight that carry these words, one after another."""
        for word in words:
            keys = [key for row in self.panel.rows() for key in row if key.words == word]
            assert keys, f"no key {word} in sight"
            self.finger.tap(keys[0])

    def show_look(self, look: Look) -> None:
        dress(self.window, look)
        self.panel.show_look(look)
        self.window.setFixedSize(self.panel.width(), self.panel.height() + 320)


@pytest.fixture(scope="session")
def fonts(qapp: QApplication) -> None:
    """The shipped letters."""
    load_fonts()


@pytest.fixture
def counter(
    qtbot: QtBot,
    fonts: None,
    wording: Wording,
    words: WordEngine,
    lanes: Callable[..., InkLane],
    glass: QPointingDevice,
) -> Counter:
    window = QWidget()
    window.setObjectName("window")
    window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    panel = InputPanel(wording, window)
    panel.move(0, 320)
    field, long_field = AnswerField(window), AnswerField(window, many_lines=True)
    field.setGeometry(QRect(40, 20, 800, 96))
    long_field.setGeometry(QRect(40, 130, 800, 180))
    panel.use_recogniser(lanes(ScriptedRecogniser({1: "一丨丶", 2: "十二人入乂八儿几乃"})))
    panel.use_pinyin(words)
    found = Counter(window, panel, field, long_field, Finger(window, glass))
    found.show_look(Look())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return found
