"""What the field promises: exactly the characters that were put in, and nothing else happens to it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.inputs.field import AnswerField, fitting

RARE = "张三䶮𬭊𫍯𬱖𪨶𠮷"


@pytest.fixture
def field(qtbot: QtBot, fonts: None) -> AnswerField:
    field = AnswerField()
    field.setStyleSheet("font-family: 'Noto Sans SC'; font-size: 44px;")
    field.setFixedSize(600, 96)
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.fixture
def long_field(qtbot: QtBot, fonts: None) -> AnswerField:
    field = AnswerField(many_lines=True)
    field.setStyleSheet("font-family: 'Noto Sans SC'; font-size: 44px;")
    field.setFixedSize(600, 260)
    qtbot.addWidget(field)
    field.show()
    return field


def tap(field: AnswerField, x: int, y: int = 48) -> None:
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(x, y))


def test_what_is_inserted_is_reported_whole(field: AnswerField, qtbot: QtBot):
    field.insert("张")
    with qtbot.waitSignal(field.edited) as signal:
        field.insert("三")
    assert signal.args == ["张三"]


def test_a_rare_character_counts_as_one_and_goes_as_one(field: AnswerField):
    field.insert(RARE)
    assert (field.caret(), len(field.text())) == (len(RARE), len(RARE))
    field.erase()
    assert field.text() == RARE[:-1]


def test_set_text_shows_but_does_not_report(field: AnswerField):
    said: list[str] = []
    field.edited.connect(said.append)
    field.set_text(RARE)
    assert (field.text(), said) == (RARE, [])


def test_erasing_an_empty_field_says_nothing(field: AnswerField):
    said: list[str] = []
    field.edited.connect(said.append)
    field.erase()
    assert said == []


def test_a_tap_moves_the_caret_between_characters_even_rare_ones(field: AnswerField):
    field.set_text("𬭊𫍯𬱖")
    tap(field, 24 + 44 + 2)
    assert field.caret() == 1
    field.insert("中")
    assert field.text() == "𬭊中𫍯𬱖"
    field.erase()
    field.erase()
    assert field.text() == "𫍯𬱖"


def test_a_tap_beyond_the_words_puts_the_caret_behind_them(field: AnswerField):
    field.set_text("张三")
    tap(field, 30)
    tap(field, 590)
    assert field.caret() == 2


def test_a_tap_on_another_line_goes_there(long_field: AnswerField):
    long_field.set_text("第一行\n第二行")
    tap(long_field, 24 + 44 + 3, 30)
    assert long_field.caret() == 1
    tap(long_field, 24 + 44 + 3, 100)
    assert long_field.caret() == 5


def test_one_line_takes_no_line_breaks_and_many_lines_do(field: AnswerField, long_field: AnswerField):
    field.insert("甲\r\n乙")
    long_field.insert("甲\r\n乙")
    assert (field.text(), long_field.text()) == ("甲乙", "甲\n乙")


def test_the_field_holds_no_more_than_its_limit_of_characters(qtbot: QtBot):
    field = AnswerField(max_characters=4)
    qtbot.addWidget(field)
    field.insert("𠮷𠮷𠮷")
    field.insert("甲乙丙")
    assert field.text() == "𠮷𠮷𠮷甲"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_no_control_character_surrogate_or_direction_mark_gets_in(text: str):
    kept = fitting(text, many_lines=False)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) <= 0xDFFF for c in kept)
    assert not set(kept) & set("\u202e\u2066\u200f\u2028")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(st.sampled_from(["erase"]), st.text(alphabet="张𬭊a ，", max_size=3), st.integers(-2, 30)),
        max_size=30,
    )
)
def test_whatever_is_done_the_field_says_what_a_list_of_characters_would(
    long_field: AnswerField, deeds: list[str | int]
):
    long_field.wipe()
    expected: list[str] = []
    caret = 0
    for deed in deeds:
        if deed == "erase":
            long_field.erase()
            if caret:
                caret -= 1
                del expected[caret]
        elif isinstance(deed, int):
            long_field.move_caret(deed)
            caret = max(0, min(deed, len(expected)))
        else:
            long_field.insert(deed)
            expected[caret:caret] = deed
            caret += len(deed)
    assert (long_field.text(), long_field.caret()) == ("".join(expected), caret)


def test_a_lone_surrogate_is_left_out(field: AnswerField):
    field.insert("甲\ud842乙")
    assert field.text() == "甲乙"


def test_a_character_in_no_font_keeps_its_place_and_is_named(field: AnswerField):
    field.set_text("张\U0003ffaa三")
    field.grab()
    assert (field.text(), field.in_no_font()) == ("张\U0003ffaa三", ("\U0003ffaa",))


def test_the_end_of_a_long_name_stays_in_sight(field: AnswerField):
    field.set_active(True)
    field.set_text("买买提" * 12)
    caret = field._caret_rect().translated(field._origin().toPoint())
    assert field._area().adjusted(-4, 0, 4, 0).contains(caret)


def test_a_text_set_before_the_field_had_its_width_is_shown_from_its_beginning(field: AnswerField):
    field.setFixedSize(60, 96)
    field.set_text("50000.00")
    field.setFixedSize(600, 96)
    assert field._scroll == QPointF(0, 0)


def test_erasing_the_end_of_a_long_name_brings_its_beginning_back(field: AnswerField):
    field.set_text("买买提" * 12)
    for _ in range(30):
        field.erase()
    assert field._scroll == QPointF(0, 0)


def test_the_line_being_written_stays_in_sight_and_lines_are_shown_whole(long_field: AnswerField):
    long_field.set_text("去年五月一日，被告向我借款五万元。" * 12)
    assert long_field.line_count() > 10
    tops = {long_field._layout.lineAt(n).y() for n in range(long_field.line_count())}
    assert long_field._scroll.y() in tops
    long_field.scroll_lines(-100)
    assert long_field._scroll == QPointF(0, 0)


def test_an_input_method_may_commit_but_learns_nothing(field: AnswerField):
    event = QInputMethodEvent()
    event.setCommitString("𬱖")
    QApplication.sendEvent(field, event)
    assert field.text() == "𬱖"
    for query in (Qt.InputMethodQuery.ImSurroundingText, Qt.InputMethodQuery.ImTextBeforeCursor):
        assert field.inputMethodQuery(query) is None
    hints = field.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhSensitiveData
    assert hints & Qt.InputMethodHint.ImhNoPredictiveText


def test_real_keys_menus_drags_and_the_clipboard_do_nothing(field: AnswerField, qtbot: QtBot):
    field.set_text("张三")
    field.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z):
        QTest.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "hello")
    QTest.mousePress(field, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(30, 40))
    QTest.mouseMove(field, QPoint(300, 40))
    QTest.mouseRelease(field, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(300, 40))
    QApplication.sendEvent(field, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5)))
    assert field.text() == "张三"
    assert QApplication.activePopupWidget() is None
    assert not field.acceptDrops()
    assert QGuiApplication.clipboard().text() == ""


def test_wiping_leaves_nothing_of_the_words_anywhere_in_the_field(field: AnswerField):
    field.set_text(RARE)
    field.grab()
    field.wipe()
    assert field.text() == ""
    assert RARE not in repr(vars(field))
    assert field._layout.text() == ""
