"""What may come in from outside while a citizen stands here: touches, and the keys of a keypad or of switches.

Every key event of a real keyboard is dropped, except the named keys of the accessibility device (`[accessibility]` of
the settings), without modifiers, without auto-repeat, at most ten a second; each does one thing of `ui.walk.WalkKey`.
Five blocked chords within a minute freeze all input for half a minute. A storm of touches is thinned.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from kiosk.errors import KioskTrouble
from kiosk.settings import KEYPAD_KEYS, Accessibility
from ui.inputs.wedge import Wedge
from ui.walk import WalkKey

MOST_KEYS_A_SECOND = 10
MOST_TOUCHES_A_SECOND = 200
CHORDS, CHORD_WINDOW_MS, FREEZE_MS = 5, 60_000, 30_000

_KEY_EVENTS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut)
_TOUCHES = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.TouchBegin,
)
_POINTER = (
    *_TOUCHES,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseMove,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TouchEnd,
    QEvent.Type.Wheel,
)
_NEVER = (QEvent.Type.ContextMenu, QEvent.Type.DragEnter, QEvent.Type.Drop, QEvent.Type.WhatsThis, QEvent.Type.Wheel)


def allowed_keys(names: Mapping[str, str]) -> dict[Qt.Key, WalkKey]:
    """The keys of a setting such as `Up = "previous"`; letters, digits and modifiers are refused."""
    allowed: dict[Qt.Key, WalkKey] = {}
    for name, does in names.items():
        if name not in KEYPAD_KEYS or does not in set(WalkKey):
            raise KioskTrouble("settings.wrong", file="accessibility keys", reason=f"{name} cannot be used")
        allowed[getattr(Qt.Key, f"Key_{name}")] = WalkKey(does)
    return allowed


class Guard(QObject):
    pressed = Signal(object)  # WalkKey
    touched = Signal()  # a finger came down: somebody is here
    scanned = Signal(str)  # what a scanner typed, while somebody listens
    tampered = Signal()  # five chords in a minute; for the audit

    def __init__(
        self,
        application: QApplication,
        keys: Mapping[Qt.Key, WalkKey] | None = None,
        now_ms: Callable[[], int] | None = None,
        tremor_ms: int = 0,
    ) -> None:
        super().__init__(application)
        self._keys = dict(keys) if keys is not None else allowed_keys(Accessibility().keys())
        self._timer = QElapsedTimer()
        self._timer.start()
        self._now = now_ms or self._timer.elapsed
        self._tremor_ms = tremor_ms
        self._last_key: tuple[WalkKey | None, int] = (None, 0)
        self._key_times: deque[int] = deque(maxlen=MOST_KEYS_A_SECOND)
        self._touch_times: deque[int] = deque(maxlen=MOST_TOUCHES_A_SECOND)
        self._chords: deque[int] = deque(maxlen=CHORDS)
        self._frozen_until = 0
        self.blocked = 0
        self._wedge: Wedge | None = None
        application.installEventFilter(self)

    def listen_for_scans(self, listen: bool) -> None:
        """Whether a scanner that types may be heard: only while a clerk looks for a ticket."""
        if listen != (self._wedge is not None):
            self._wedge = Wedge() if listen else None

    def hear_scanner(self, text: str) -> None:
        """A scanner with a line of its own; the same pages listen."""
        if self._wedge is not None:
            self.scanned.emit(text)

    def _hear_scan(self, event: QKeyEvent) -> bool:
        """Whether this key belongs to a scan."""
        if self._wedge is None or not event.text() or event.isAutoRepeat():
            return False
        now = self._now()
        in_haste = self._wedge.busy(now)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        scan = self._wedge.hears(event.text(), now, modified=not plain)
        if scan:
            self.scanned.emit(scan)
        return in_haste or self._wedge.busy(now)

    def is_frozen(self) -> bool:
        return self._now() < self._frozen_until

    def _take_key(self, event: QKeyEvent) -> None:
        if event.type() != QEvent.Type.KeyPress or self.is_frozen() or self._hear_scan(event):
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        does = self._keys.get(Qt.Key(event.key())) if plain else None
        if does is None:
            self._block(event)
            return
        now = self._now()
        full = len(self._key_times) == MOST_KEYS_A_SECOND and now - self._key_times[0] < 1000
        if event.isAutoRepeat() or full or self._trembled(does, now):
            return
        self._key_times.append(now)
        self.pressed.emit(does)

    def _trembled(self, does: WalkKey, now: int) -> bool:
        """Whether this is the same key again, sooner than this person can mean it."""
        last, at = self._last_key
        self._last_key = (does, now)
        return does is last and now - at < self._tremor_ms

    def _block(self, event: QKeyEvent) -> None:
        self.blocked += 1
        alone = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
        strong = (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        )
        if event.key() in alone or not (event.modifiers() & strong or event.key() >= Qt.Key.Key_Escape):
            return
        now = self._now()
        self._chords.append(now)
        if len(self._chords) == CHORDS and now - self._chords[0] <= CHORD_WINDOW_MS:
            self._chords.clear()
            self._frozen_until = now + FREEZE_MS
            self.tampered.emit()

    def _take_touch(self) -> bool:
        """Whether this touch is one too many."""
        now = self._now()
        if len(self._touch_times) == MOST_TOUCHES_A_SECOND and now - self._touch_times[0] < 1000:
            return True
        self._touch_times.append(now)
        self.touched.emit()
        return False

    # Qt's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _KEY_EVENTS:
            if not event.spontaneous():
                return False
            # An event travels from window to widget to parents; the window is where it is counted.
            if watched.isWindowType() and isinstance(event, QKeyEvent):
                self._take_key(event)
            return True
        if kind in _NEVER:
            return True
        if kind in _POINTER and event.spontaneous():
            if self.is_frozen():
                return True
            if kind in _TOUCHES and watched.isWindowType():
                return self._take_touch()
        return False
