"""Which real keys may pass: the four of an accessibility keypad, each doing one harmless thing.

Everything else that comes from a real keyboard is dropped by `ui/guard.py`. Letters, digits and modifiers can never
be among the four, so a stick that poses as the keypad has nothing to type. Pure: the time is handed in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Qt

from kiosk.errors import KioskTrouble

MOST_A_SECOND = 10


class KeypadAction(StrEnum):
    PREVIOUS = "previous"  # ▲
    NEXT = "next"  # ▼
    CHOOSE = "choose"  # ●
    BACK = "back"  # ■
    HELP = "help"


ALLOWED = {
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "Return": Qt.Key.Key_Return,
    "Enter": Qt.Key.Key_Enter,
    "Escape": Qt.Key.Key_Escape,
    **{f"F{number}": Qt.Key(Qt.Key.Key_F1.value + number - 1) for number in range(1, 25)},
}
USUAL = {"Up": "previous", "Down": "next", "Return": "choose", "Escape": "back"}
MOST_KEYS = 4


class Keypad:
    def __init__(self, keys: Mapping[str, str] = USUAL) -> None:
        """`keys`: name of a key → action. A name or action that may not be is a trouble when settings load."""
        if len(keys) > MOST_KEYS:
            raise KioskTrouble("keypad_too_many_keys", most=MOST_KEYS)
        self._actions: dict[int, KeypadAction] = {}
        for name, action in keys.items():
            if name not in ALLOWED or action not in list(KeypadAction):
                raise KioskTrouble("keypad_key_refused", name=name)
            self._actions[ALLOWED[name].value] = KeypadAction(action)
        self._passed: deque[int] = deque(maxlen=MOST_A_SECOND)

    def hears(self, key: int, *, modified: bool, repeated: bool, at_ms: int) -> KeypadAction | None:
        """What this key press does, or nothing: not one of the four, held down, with a modifier, or too fast."""
        action = self._actions.get(key)
        if action is None or modified or repeated:
            return None
        if len(self._passed) == MOST_A_SECOND and at_ms - self._passed[0] < 1000:
            return None
        self._passed.append(at_ms)
        return action
