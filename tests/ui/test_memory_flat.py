"""Page after page and visit after visit the window keeps nothing: not a widget more, not a byte that adds up.

In a lobby the program even replaces its own image after each visit; this is the window without that help.
"""

from __future__ import annotations

import ctypes
import gc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ui.look import Look, Size
from ui.samples import sample_pages
from ui.window import KioskWindow

Open = Callable[[Look], KioskWindow]
WITHIN = 0.05
PAGE = 4096
WARM, VISITS = 50, 500


def visit(window: KioskWindow, application: QApplication, names: list[str]) -> None:
    """Somebody comes, sees these pages, makes the letters large, and goes."""
    pages = sample_pages(window.look.language)
    for number, name in enumerate(names):
        window.show_page(pages[name])
        if number == len(names) // 2:
            window.set_look(window.look._replace(size=Size.LARGE))
        application.processEvents()
    window.begin_again()
    application.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def living(application: QApplication) -> Counter[str]:
    gc.collect()
    return Counter(type(widget).__name__ for widget in application.allWidgets())


def resident_bytes() -> int:
    """What the process holds, once everything freed went back to the machine."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE


def one_of_each_kind() -> list[str]:
    kinds = {type(page): name for name, page in sample_pages("zh").items()}
    return list(kinds.values())


def test_after_a_visit_there_is_not_a_widget_more_than_before(open_window: Open, application: QApplication):
    window = open_window(Look())
    names = one_of_each_kind()
    visit(window, application, names)
    before = living(application)
    for _ in range(3):
        visit(window, application, names)
    assert living(application) == before
    assert window.look == Look()  # the letters are as they were, too


@pytest.mark.campaign
def test_memory_is_flat_over_five_hundred_visits(open_window: Open, application: QApplication):
    window = open_window(Look())
    names = one_of_each_kind()
    held = []
    for number in range(1, VISITS + 1):
        visit(window, application, names)
        if number >= WARM and number % WARM == 0:
            held.append(resident_bytes())
            print(f"visit {number}: {held[-1] / 1e6:.1f} MB, {sum(living(application).values())} widgets", flush=True)
    assert max(held) <= held[0] * (1 + WITHIN)
    assert min(held) >= held[0] * (1 - WITHIN)
