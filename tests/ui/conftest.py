"""One application and one window a look for all tests of screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

import resources
from kiosk.wording import Wording, load_wording
from ui.look import Look
from ui.sample_pages import COURT
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


@pytest.fixture
def open_window(application: QApplication, wording: Wording) -> Iterator[Callable[[Look], KioskWindow]]:
    """Open a window in a look; it is closed when the test ends."""
    opened: list[KioskWindow] = []

    def open_(look: Look) -> KioskWindow:
        window = KioskWindow(look, COURT[look.language], wording)
        window.show()
        opened.append(window)
        return window

    yield open_
    for window in opened:
        window.close()
        window.deleteLater()
    application.processEvents()
