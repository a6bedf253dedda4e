"""What a finger finds on the panel, in every tab, both orientations and both languages."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk.visit.pages import Keys
from kiosk.wording import Wording
from ui.inputs.handwriting import ScriptedRecogniser
from ui.inputs.key import Key
from ui.inputs.panel import Tab
from ui.inputs.pinyin import WordEngine
from ui.look import Look, Orientation, Size, Theme
from ui.theme import PALETTES

LOOKS = [Look(orientation=turned, language=language) for turned in Orientation for language in ("zh", "en")]


def in_panel(panel: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(panel, QPoint(0, 0)), widget.size())


def gap(one: QRect, other: QRect) -> int:
    across = max(other.left() - one.right(), one.left() - other.right()) - 1
    down = max(other.top() - one.bottom(), one.top() - other.bottom()) - 1
    return max(across, down)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.orientation}-{look.language}")
@pytest.mark.parametrize("tab", list(Tab))
def test_every_key_is_large_enough_inside_the_panel_and_clear_of_its_neighbours(counter, tab, look):
    counter.show_look(look)
    counter.panel.attach(counter.long_field)
    counter.panel.open(Keys.WRITING)
    counter.panel.show_tab(tab)
    signs = "符号" if look.language == "zh" else "?#+"
    for touched in ([], {Tab.PINYIN: [*"jiekuan"], Tab.LATIN: [signs]}.get(tab, [])):
        counter.tap_words(*touched)
        keys = [key for row in counter.panel.rows() for key in row]
        places = [in_panel(counter.panel, key) for key in keys]
        for key, place in zip(keys, places, strict=True):
            assert min(place.width(), place.height()) >= 72, (key.words, place)
            assert counter.panel.rect().contains(place), (key.words, place)
            metrics = QFontMetrics(key.font())
            assert metrics.horizontalAdvance(key.words) + 8 <= place.width(), (key.words, place)
            assert metrics.height() <= place.height() + 8, key.words
        for (one, first), (other, second) in combinations(zip(keys, places, strict=True), 2):
            assert gap(first, second) >= 8, (one.words, other.words)


@pytest.mark.parametrize(("turned", "size"), [(Orientation.PORTRAIT, (1080, 640)), (Orientation.LANDSCAPE, (890, 580))])
def test_the_panel_has_one_size_for_all_tabs(counter, turned, size):
    counter.show_look(Look(orientation=turned))
    for tab in Tab:
        counter.panel.open(Keys.WRITING)
        counter.panel.show_tab(tab)
        assert (counter.panel.width(), counter.panel.height()) == size


@pytest.mark.parametrize(("turned", "size"), [(Orientation.PORTRAIT, (508, 500)), (Orientation.LANDSCAPE, (430, 458))])
def test_the_square_to_write_in_has_its_size_and_eight_candidates_beside_it(counter, turned, size):
    counter.show_look(Look(orientation=turned))
    counter.panel.open(Keys.WRITING)
    ink = counter.panel.writing.ink
    assert (ink.width(), ink.height()) == size
    assert len([key for row in counter.panel.writing.rows()[:4] for key in row]) == 8


@pytest.mark.parametrize(
    ("keys", "tab"),
    [(Keys.WRITING, Tab.WRITING), (Keys.NAME, Tab.WRITING), (Keys.DIGITS, Tab.DIGITS), (Keys.LATIN, Tab.LATIN)],
)
def test_the_panel_opens_with_the_tab_the_question_wants(counter, keys, tab):
    counter.panel.open(keys)
    assert (counter.panel.isVisible(), counter.panel.tab()) == (True, tab)


def test_no_keys_means_no_panel(counter):
    counter.panel.open(Keys.WRITING)
    counter.panel.open(Keys.NONE)
    assert counter.panel.isHidden()


def test_without_a_recogniser_pinyin_comes_first_and_without_words_abc(counter):
    counter.panel.use_recogniser(None)
    counter.panel.open(Keys.WRITING)
    assert (counter.panel.tab(), counter.panel.tabs[Tab.WRITING].isVisible()) == (Tab.PINYIN, False)
    counter.panel.use_pinyin(None)
    assert (counter.panel.tab(), counter.panel.tabs[Tab.PINYIN].isVisible()) == (Tab.LATIN, False)
    counter.tap_words("1", "数字", "2")


def test_a_recogniser_that_comes_late_is_offered_without_moving_the_tab(counter, lanes):
    counter.panel.use_recogniser(None)
    counter.panel.open(Keys.WRITING)
    counter.panel.use_recogniser(lanes(ScriptedRecogniser({})))
    assert (counter.panel.tab(), counter.panel.offers(Tab.WRITING)) == (Tab.PINYIN, True)


def test_digits_go_into_the_field_by_touch_and_one_is_taken_back(counter):
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.DIGITS)
    counter.tap_words("1", "1", "0", "1", "X", ".", "删除")
    assert counter.field.text() == "1101X"


def test_letters_capitals_signs_and_spaces_go_into_the_field_by_touch(counter):
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.LATIN)
    counter.tap_words("a", "大写", "B", "大写", "空格", "c", "@", "符号", "&", "，", "_", "字母", "7")
    assert counter.field.text() == "aB c@&，_7"


def test_a_new_line_is_only_for_a_text_of_many_lines(counter):
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.LATIN)
    counter.tap_words("a", "换行", "b")
    counter.panel.attach(counter.long_field)
    counter.panel.open(Keys.LATIN)
    counter.tap_words("a", "换行", "b")
    assert (counter.field.text(), counter.long_field.text()) == ("ab", "a\nb")


def test_signs_and_a_new_line_are_at_hand_before_anything_is_written(counter):
    counter.panel.attach(counter.long_field)
    counter.panel.open(Keys.WRITING)
    counter.tap_words("，", "换行", "›", "》", "拼音", "。", "换行")
    assert counter.long_field.text() == "，\n》。\n"
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.NAME)
    assert [key.words for key in counter.panel.writing.candidates] == [""] * 8


def test_pinyin_letters_become_words_and_the_rest_waits(counter):
    counter.panel.attach(counter.long_field)
    counter.panel.open(Keys.WRITING)
    counter.tap_words("拼音", *"beigaojiekuan")
    assert counter.panel.pinyin.letters() == "beigaojiekuan"
    counter.tap_words("被告借款")
    counter.tap_words("，", *"wuwanyuan", "五万元", "。")
    assert (counter.long_field.text(), counter.panel.pinyin.letters()) == ("被告借款，五万元。", "")


def test_a_word_for_the_first_letters_leaves_the_others(counter):
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.NAME)
    counter.tap_words("拼音", *"zhangsan", "章")
    assert (counter.field.text(), counter.panel.pinyin.letters()) == ("章", "san")


def test_delete_takes_letters_first_and_then_characters(counter):
    counter.panel.attach(counter.field)
    counter.field.set_text("张三")
    counter.panel.open(Keys.WRITING)
    counter.tap_words("拼音", "a", "删除", "删除")
    assert counter.field.text() == "张"


def test_surnames_come_first_only_where_a_name_begins(counter):
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.NAME)
    counter.tap_words("拼音", *"shan")
    assert counter.panel.pinyin.candidates[0].words == "单"
    counter.tap_words("单", *"shan")
    assert counter.panel.pinyin.candidates[0].words != "单"


def test_more_candidates_are_behind_the_turning_keys_and_none_is_lost(counter):
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.WRITING)
    counter.tap_words("拼音", *"jiekuan")
    found = [candidate.words for candidate in counter.panel.pinyin.found()]
    seen: list[str] = []
    while len(seen) < 40:
        seen += [key.words for key in counter.panel.pinyin.candidates if not key.isHidden() and key.words]
        counter.tap_words("›")
    assert seen == found[: len(seen)]
    for _ in range(20):
        counter.tap_words("‹")
    assert counter.panel.pinyin.candidates[0].words == found[0]


def test_a_written_character_is_offered_and_goes_into_the_field(counter, qtbot: QtBot):
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.NAME)
    ink = counter.panel.writing.ink
    counter.finger.draw(ink, (60, 250), (250, 245), (440, 250))
    counter.finger.draw(ink, (250, 60), (250, 250), (250, 440))
    qtbot.waitUntil(lambda: bool(counter.panel.writing.found()))
    assert [key.words for key in counter.panel.writing.candidates] == list("十二人入乂八儿几")
    counter.tap_words("›", "乃")
    assert counter.field.text() == "乃"
    assert ink.is_blank()
    assert counter.panel.writing.found() == ()


def test_writing_again_clears_the_square_and_the_field_stays(counter, qtbot: QtBot):
    counter.panel.attach(counter.field)
    counter.field.set_text("张")
    counter.panel.open(Keys.WRITING)
    counter.finger.draw(counter.panel.writing.ink, (60, 250), (440, 250))
    qtbot.waitUntil(lambda: bool(counter.panel.writing.found()))
    counter.tap_words("重写")
    assert counter.panel.writing.ink.is_blank()
    assert counter.field.text() == "张"
    counter.tap_words("删字")
    assert counter.field.text() == ""


def test_a_second_finger_on_the_square_draws_nothing(counter):
    counter.panel.open(Keys.WRITING)
    ink = counter.panel.writing.ink
    counter.finger.down(ink, QPoint(50, 50))
    palm = ink.mapTo(counter.window, QPoint(300, 300))
    handle = counter.window.windowHandle()
    QTest.touchEvent(handle, counter.finger.glass).stationary(0).press(1, palm, handle).commit()
    QTest.touchEvent(handle, counter.finger.glass).stationary(0).move(1, palm + QPoint(20, 0), handle).commit()
    QTest.touchEvent(handle, counter.finger.glass).stationary(0).release(1, palm + QPoint(20, 0), handle).commit()
    counter.finger.move(ink, QPoint(90, 50))
    counter.finger.up(ink, QPoint(90, 50))
    assert ink.strokes() == (((50, 50), (90, 50)),)


def test_a_touch_that_slides_out_of_the_square_stays_inside_it(counter):
    counter.panel.open(Keys.WRITING)
    ink = counter.panel.writing.ink
    counter.finger.draw(ink, (50, 50), (900, -30))
    assert ink.strokes() == (((50, 50), (ink.width() - 1, 0)),)


def test_putting_the_panel_away_says_so_and_forgets_the_ink(counter, qtbot: QtBot):
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.WRITING)
    counter.finger.draw(counter.panel.writing.ink, (50, 50), (300, 300))
    with qtbot.waitSignal(counter.panel.closed):
        counter.tap_words("收起")
    assert counter.panel.isHidden()
    assert counter.panel.writing.ink.is_blank()
    assert not counter.field.is_active()


def test_the_panel_never_takes_the_focus(counter, qtbot: QtBot):
    counter.window.activateWindow()
    counter.field.setFocus()
    qtbot.waitUntil(counter.field.hasFocus)
    counter.panel.attach(counter.field)
    for keys in (Keys.WRITING, Keys.DIGITS, Keys.LATIN):
        counter.panel.open(keys)
        for tab in Tab:
            counter.panel.show_tab(tab)
            for row in counter.panel.rows():
                for key in row:
                    if key is not counter.panel.close_tab:
                        counter.finger.tap(key)
                        counter.panel.show_tab(tab)
                        assert QApplication.focusWidget() is counter.field
    for child in counter.panel.findChildren(QWidget):
        assert child.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert counter.panel.findChildren(QLineEdit) == []


def test_after_a_visit_nothing_of_it_is_left_in_the_panel(counter, qtbot: QtBot, words: WordEngine):
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.NAME)
    counter.finger.draw(counter.panel.writing.ink, (50, 50), (300, 300))
    qtbot.waitUntil(lambda: bool(counter.panel.writing.found()))
    counter.tap_words("拼音", *"zhangsan")
    counter.panel.wipe()
    shown = [key.words for key in counter.panel.findChildren(Key) if key.property("role") == "candidate"]
    assert set(shown) == {""}
    assert counter.panel.pinyin.letters() == ""
    assert counter.panel.pinyin.typed_line.letters == ""
    assert counter.panel.writing.ink.strokes() == ()
    assert words._kept == {}


def test_every_key_has_a_name_to_be_read_out(counter):
    for language in ("zh", "en"):
        counter.show_look(Look(language=language))
        for tab in Tab:
            counter.panel.open(Keys.WRITING)
            counter.panel.show_tab(tab)
            for row in counter.panel.rows():
                for key in row:
                    assert key.accessibleName() or not key.isEnabled()
    assert counter.panel.writing.later.accessibleName() == "More words"


def test_the_panel_speaks_the_language_of_the_visit(counter, wording: Wording):
    counter.show_look(Look(language="en"))
    assert [key.words for key in counter.panel.rows()[0]] == ["Write", "Pinyin", "Digits", "ABC", "Hide"]
    counter.show_look(Look(language="zh"))
    assert [key.words for key in counter.panel.rows()[0]] == ["手写", "拼音", "数字", "ABC", "收起"]


@pytest.mark.parametrize("theme", list(Theme))
def test_a_key_looks_pressed_while_the_finger_is_on_it(counter, theme):
    counter.show_look(Look(theme=theme))
    counter.panel.open(Keys.DIGITS)
    key = counter.panel.rows()[1][0]
    corner = key.mapTo(counter.window, QPoint(30, 30))
    counter.finger.down(key, key.rect().center())
    assert counter.window.grab().toImage().pixelColor(corner).name().upper() == PALETTES[theme].pressed
    counter.finger.up(key, key.rect().center())
    assert counter.window.grab().toImage().pixelColor(corner).name().upper() == PALETTES[theme].surface


def test_a_finger_that_slides_off_a_key_types_nothing(counter):
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.DIGITS)
    first, second = counter.panel.rows()[1][:2]
    counter.finger.down(first, first.rect().center())
    counter.finger.move(second, second.rect().center())
    counter.finger.up(second, second.rect().center())
    assert counter.field.text() == ""


@pytest.mark.parametrize("theme", list(Theme))
def test_ink_and_caret_are_drawn_in_the_colours_of_the_theme(counter, theme):
    counter.show_look(Look(theme=theme, size=Size.LARGEST))
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.WRITING)
    counter.finger.draw(counter.panel.writing.ink, (100, 100), (300, 100))
    picture = counter.window.grab().toImage()
    stroke = counter.panel.writing.ink.mapTo(counter.window, QPoint(200, 100))
    caret = counter.field.mapTo(counter.window, QPoint(26, 48))
    for at in (stroke, caret):
        assert picture.pixelColor(at).name().upper() == PALETTES[theme].text


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.orientation}-{look.language}")
def test_a_whole_name_is_written_in_one_strip_and_taken_with_one_touch(counter, lanes, qtbot: QtBot, look):
    counter.panel.use_recogniser(lanes(ScriptedRecogniser({3: "张三丰"})))
    counter.show_look(look)
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.NAME)
    board = counter.panel.writing
    square = board.ink.size()
    counter.finger.tap(board.other_way)
    assert board.ink.width() > 1.8 * square.width()
    keys = [board.other_way, *(key for row in counter.panel.rows() for key in row)]
    places = [in_panel(counter.panel, key) for key in keys if not key.isHidden()]
    assert all(counter.panel.rect().contains(place) and min(place.width(), place.height()) >= 72 for place in places)
    assert board.ink.geometry().bottom() < min(key.geometry().top() for row in board.rows() for key in row)
    for left in (40, 240, 440):
        counter.finger.draw(board.ink, (left, 60), (left + 80, 160))
    qtbot.waitUntil(lambda: bool(board.found()))
    counter.finger.tap(board.candidates[0])
    assert counter.field.text() == "张三丰"
    assert board.is_wide()
    counter.finger.tap(board.other_way)
    assert board.ink.size() == square


def test_the_strip_is_for_names_only_and_every_question_begins_with_the_square(counter):
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.WRITING)
    assert counter.panel.writing.other_way.isHidden()
    counter.panel.open(Keys.NAME)
    counter.finger.tap(counter.panel.writing.other_way)
    counter.panel.open(Keys.NAME)
    assert not counter.panel.writing.is_wide()
    assert not counter.panel.writing.other_way.isHidden()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.orientation}-{look.language}")
@pytest.mark.parametrize("name", ["欧阳修远", "买买提·吐尔逊·艾合买提"])
def test_a_long_name_is_never_cut_below_the_strip(counter, lanes, qtbot: QtBot, look, name):
    counter.panel.use_recogniser(lanes(ScriptedRecogniser({1: name})))
    counter.show_look(look)
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.NAME)
    board = counter.panel.writing
    counter.finger.tap(board.other_way)
    counter.finger.draw(board.ink, (40, 60), (140, 60))
    qtbot.waitUntil(lambda: bool(board.found()))
    [first, *_] = board.rows()[0]
    assert first.words == name
    assert QFontMetrics(first.font()).horizontalAdvance(name) + 8 <= first.width()


def test_while_a_name_is_being_written_its_readings_have_the_room_of_the_other_way(counter, qtbot: QtBot):
    counter.panel.attach(counter.field)
    counter.panel.open(Keys.NAME)
    board = counter.panel.writing
    counter.finger.draw(board.ink, (40, 60), (140, 60))
    assert board.other_way.isHidden()
    qtbot.waitUntil(lambda: bool(board.found()))
    assert [key.words for row in board.rows()[:4] for key in row][:3] == ["一", "丨", "丶"]
    counter.panel.wipe()
    assert board.found() == ()
