"""Fingers on a keypad, or a switch: the visit walked with nothing but keys, through the guard like any other press.

`Keypad` presses real keys and hears what the window says about the ring. `KeyFinger` is a finger for `ui.demo.hand`:
it brings the ring to what is wanted and chooses it, with the keys somebody has: four of them, or ▼ and ● alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.errors import KioskBug
from kiosk.settings import Accessibility
from ui.focus import Focus
from ui.guard import Guard, allowed_keys
from ui.main import Program
from ui.stops import Stop, StopKind
from ui.walk import WalkKey
from ui.window import KioskWindow

PRESS_MS = 110  # of the keypad's own clock: a little slower than the guard allows
MOST_PRESSES = 400  # to one control
FOUR_KEYS = frozenset({WalkKey.PREVIOUS, WalkKey.NEXT, WalkKey.CHOOSE, WalkKey.BACK})
TWO_SWITCHES = frozenset({WalkKey.NEXT, WalkKey.CHOOSE})
MORE_STOPS = (StopKind.PANEL, StopKind.ROW, StopKind.LINE)


class Keypad(QObject):
    """Keys pressed one after the other, and what the window then says about the ring."""

    def __init__(self, window: KioskWindow) -> None:
        super().__init__()
        self._window = window
        self._keys = {does: key for key, does in allowed_keys(Accessibility().keys()).items()}
        self._clock_ms = 0
        self.heard: Focus | None = None
        self.pressed: Counter[WalkKey] = Counter()
        window.focus_moved.connect(self._hear)

    def now_ms(self) -> int:
        return self._clock_ms

    def press(self, key: WalkKey) -> None:
        self._clock_ms += PRESS_MS
        self.pressed[key] += 1
        QTest.keyClick(self._window.windowHandle(), self._keys[key])
        QApplication.processEvents()

    def presses(self) -> int:
        return self.pressed.total()

    def _hear(self, focus: Focus | None) -> None:
        self.heard = focus


def keypad_on(program: Program) -> Keypad:
    """A keypad plugged into this program, before it is shown; the guard goes by the keypad's clock."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    pad = Keypad(program.window)
    program.guard = Guard(application, allowed_keys(Accessibility().keys()), now_ms=pad.now_ms)
    return pad


class KeyFinger:
    """Walks the ring to a control and chooses it."""

    def __init__(self, pad: Keypad, window: KioskWindow, keys: frozenset[WalkKey]) -> None:
        self._pad, self._window, self._keys = pad, window, keys

    def tap(self, widget: QWidget) -> None:
        for _ in range(MOST_PRESSES):
            key = self._next_key(widget)
            self._pad.press(key or WalkKey.CHOOSE)
            if key is None:
                return
        raise KioskBug(f"the ring never comes to {widget.objectName() or widget.accessibleName()!r}")

    def draw(self, widget: QWidget, strokes: Sequence[Sequence[QPoint]]) -> None:
        raise KioskBug("nobody draws with keys")

    def _next_key(self, widget: QWidget) -> WalkKey | None:
        """The press that brings the ring nearer; nothing when it is there."""
        at = self._window.walk.at()
        if at is None:
            return WalkKey.NEXT
        stops = self._window.walk.stops()
        here = next((number for number, stop in enumerate(stops) if stop.same_place(at)), 0)
        there = next((number for number, stop in enumerate(stops) if _holds(stop, widget)), None)
        if there is None and WalkKey.BACK in self._keys:
            return WalkKey.BACK
        if there is None:  # out by 返回, the last stop of the group
            there = len(stops) - 1
        if here == there:
            return WalkKey.CHOOSE if at.kind in (*MORE_STOPS, StopKind.LEAVE) else None
        onward = (there - here) % len(stops)
        shorter = WalkKey.PREVIOUS in self._keys and len(stops) - onward < onward
        return WalkKey.PREVIOUS if shorter else WalkKey.NEXT


def _holds(stop: Stop, widget: QWidget) -> bool:
    match stop.kind:
        case StopKind.LEAVE:
            return False
        case StopKind.PANEL:
            return stop.widget.isAncestorOf(widget)
        case _:
            return widget in stop.widgets
