"""Only the newest ink is answered, whatever order answers come in and whatever goes wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from kiosk.errors import KioskTrouble
from kiosk.visit.pages import Keys
from ui.inputs.handwriting import ScriptedRecogniser, Strokes
from ui.inputs.lane import InkLane

DOT = (((1, 1),),)
TWO = (((1, 1),), ((2, 2),))


class SlowRecogniser(ScriptedRecogniser):
    """Holds every answer back until told."""

    def __init__(self) -> None:
        super().__init__({1: "一丨", 2: "二十"})
        self.may_answer = threading.Event()
        self.looking = threading.Event()
        self.looked_at: list[int] = []

    def characters(self, strokes: Strokes, k: int = 10) -> list[str]:
        self.looked_at.append(len(strokes))
        self.looking.set()
        self.may_answer.wait(10)
        return super().characters(strokes, k)


def test_an_answer_that_a_newer_question_has_overtaken_is_dropped(qtbot: QtBot, lanes: Callable[..., InkLane]):
    recogniser = SlowRecogniser()
    lane = lanes(recogniser)
    answers: list[tuple[int, tuple[str, ...]]] = []
    lane.answered.connect(lambda number, found: answers.append((number, found)))
    lane.ask(DOT, 8)
    qtbot.waitUntil(recogniser.looking.is_set)
    newest = lane.ask(TWO, 8)
    recogniser.may_answer.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(newest, ("二", "十"))]


def test_a_question_that_was_overtaken_while_it_waited_is_not_even_looked_at(
    qtbot: QtBot, lanes: Callable[..., InkLane]
):
    recogniser = SlowRecogniser()
    lane = lanes(recogniser)
    lane.ask(DOT, 8)
    qtbot.waitUntil(recogniser.looking.is_set)
    for _ in range(5):
        lane.ask(DOT, 8)
    with qtbot.waitSignal(lane.answered):
        lane.ask(TWO, 8)
        recogniser.may_answer.set()
    assert recogniser.looked_at == [1, 2]


def test_after_forget_no_answer_comes(qtbot: QtBot, lanes: Callable[..., InkLane]):
    recogniser = SlowRecogniser()
    lane = lanes(recogniser)
    answers: list[int] = []
    lane.answered.connect(lambda number, found: answers.append(number))
    lane.ask(DOT, 8)
    qtbot.waitUntil(recogniser.looking.is_set)
    lane.forget()
    recogniser.may_answer.set()
    later = lane.ask(TWO, 8)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [later]


def test_candidates_for_one_stroke_never_show_after_the_second_has_begun(counter, qtbot: QtBot, lanes):
    recogniser = SlowRecogniser()
    counter.panel.use_recogniser(lanes(recogniser))
    counter.panel.open(Keys.NAME)
    ink = counter.panel.writing.ink
    counter.finger.draw(ink, (60, 250), (440, 250))
    qtbot.waitUntil(recogniser.looking.is_set)
    counter.finger.down(ink, QPoint(250, 60))
    recogniser.may_answer.set()
    seen: list[tuple[str, ...]] = []
    counter.panel.writing._lane.answered.connect(lambda number, found: seen.append(counter.panel.writing.found()))
    qtbot.waitUntil(lambda: bool(seen))
    assert counter.panel.writing.found() == ()
    counter.finger.up(ink, QPoint(250, 440))
    qtbot.waitUntil(lambda: bool(counter.panel.writing.found()))
    assert counter.panel.writing.found() == ("二", "十")


def test_a_recogniser_that_cannot_load_says_so(qtbot: QtBot):
    class NoModel(ScriptedRecogniser):
        def load(self) -> None:
            raise KioskTrouble("handwriting_missing", file="model")

    lane = InkLane(NoModel({}))
    with qtbot.waitSignal(lane.ready) as signal:
        lane.start()
    assert signal.args == [False]
    lane.stop()


def test_one_scribble_that_breaks_the_recogniser_does_not_end_the_lane(qtbot: QtBot, lanes: Callable[..., InkLane]):
    class Touchy(ScriptedRecogniser):
        def characters(self, strokes: Strokes, k: int = 10) -> list[str]:
            if len(strokes) == 1:
                raise ValueError
            return super().characters(strokes, k)

    lane = lanes(Touchy({2: "二"}))
    with qtbot.waitSignal(lane.answered) as signal:
        lane.ask(DOT, 8)
    assert signal.args[1] == ()
    with qtbot.waitSignal(lane.answered) as signal:
        lane.ask(TWO, 8)
    assert signal.args[1] == ("二",)


def test_a_lane_may_be_stopped_before_it_was_started():
    InkLane(ScriptedRecogniser({})).stop()
