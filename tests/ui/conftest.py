"""One application and one window a look for all tests of screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

import resources
from kiosk.wording import Wording, load_wording
from ui.inputs.handwriting import ScriptedRecogniser
from ui.inputs.lane import InkLane
from ui.inputs.pinyin import Candidate, PinyinEngine
from ui.look import Look
from ui.samples import COURT
from ui.theme import load_fonts
from ui.window import KioskWindow


@pytest.fixture(scope="session")
def application(qapp: QApplication) -> QApplication:
    qapp.setStyle("Fusion")
    load_fonts()
    return qapp


@pytest.fixture(scope="session")
def wording() -> Wording:
    return load_wording(resources.folder("wording"))


@pytest.fixture(scope="session")
def lane(application: QApplication) -> InkLane:
    """Handwriting is offered; nobody writes in these tests, so its thread is never started."""
    return InkLane(ScriptedRecogniser({}))


class FewWords:
    """Pinyin with a handful of candidates, one of them long."""

    def candidates(self, typed: str, *, name: bool = False) -> tuple[Candidate, ...]:
        return tuple(Candidate(words, len(typed)) for words in ("张", "章", "民间借贷纠纷", "掌", "涨"))

    def forget(self) -> None:
        """Keeps nothing."""


@pytest.fixture(scope="session")
def few_words() -> PinyinEngine:
    return FewWords()


@pytest.fixture(scope="session")
def windows(application: QApplication) -> Iterator[dict[Look, KioskWindow]]:
    """Windows are the dear part of these tests; one a look is enough, as in a lobby."""
    windows: dict[Look, KioskWindow] = {}
    yield windows
    for window in windows.values():
        window.close()
        window.deleteLater()
    application.processEvents()


@pytest.fixture
def open_window(
    windows: dict[Look, KioskWindow],
    application: QApplication,
    wording: Wording,
    lane: InkLane,
    few_words: PinyinEngine,
) -> Iterator[Callable[[Look], KioskWindow]]:
    """Open a window in a look, as before its first visitor; it is put away when the test ends."""
    opened: list[KioskWindow] = []

    def open_(look: Look) -> KioskWindow:
        if look not in windows:
            windows[look] = KioskWindow(look, COURT[look.language], wording)
            windows[look].panel.use_recogniser(lane)
            windows[look].panel.use_pinyin(few_words)
        window = windows[look]
        window.show()
        opened.append(window)
        return window

    yield open_
    for window in opened:
        window.begin_again()
        window.walk.touched()
        window.hide()
    application.processEvents()
