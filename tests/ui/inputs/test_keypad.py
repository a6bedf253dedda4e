"""Four harmless keys, and nothing a stick could type with."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from kiosk.errors import KioskTrouble
from ui.inputs.keypad import Keypad, KeypadAction


def press(keypad: Keypad, key: Qt.Key, at_ms: int = 0, *, modified: bool = False, repeated: bool = False):
    return keypad.hears(key.value, modified=modified, repeated=repeated, at_ms=at_ms)


def test_the_usual_four_keys_do_their_four_things():
    keypad = Keypad()
    keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert [press(keypad, key) for key in keys] == [
        KeypadAction.PREVIOUS,
        KeypadAction.NEXT,
        KeypadAction.CHOOSE,
        KeypadAction.BACK,
    ]


def test_no_other_key_does_anything():
    four = {"Key_Up", "Key_Down", "Key_Return", "Key_Escape"}
    assert {key.name for key in Qt.Key if press(Keypad(), key)} == four


def test_a_modifier_or_a_held_key_is_not_a_press():
    assert press(Keypad(), Qt.Key.Key_Up, modified=True) is None
    assert press(Keypad(), Qt.Key.Key_Up, repeated=True) is None


def test_more_than_ten_a_second_are_dropped():
    keypad = Keypad()
    done = [press(keypad, Qt.Key.Key_Down, at_ms) for at_ms in range(0, 2000, 20)]
    assert sum(action is not None for action in done) == 20


@pytest.mark.parametrize("name", ["A", "1", "Shift", "Ctrl", "Tab", "Space", "Print", "Meta", "F25", ""])
def test_a_key_that_could_type_is_refused_when_settings_load(name: str):
    with pytest.raises(KioskTrouble, match="keypad_key_refused"):
        Keypad({name: "next"})


def test_an_action_that_is_none_and_a_fifth_key_are_refused():
    with pytest.raises(KioskTrouble, match="keypad_key_refused"):
        Keypad({"F1": "format disk"})
    with pytest.raises(KioskTrouble, match="keypad_too_many_keys"):
        Keypad({f"F{n}": "next" for n in range(1, 6)})


def test_two_switches_are_enough():
    keypad = Keypad({"F1": "next", "F2": "choose"})
    assert press(keypad, Qt.Key.Key_F1) is KeypadAction.NEXT
    assert press(keypad, Qt.Key.Key_Up) is None
