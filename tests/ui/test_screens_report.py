"""What a touch on each page tells the visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from kiosk.visit import events as e
from kiosk.visit import pages as p
from ui.inputs.field import AnswerField
from ui.look import Look, Size, Theme
from ui.samples import sample_pages
from ui.screens.sign import SignPad
from ui.screens.tile import Tile
from ui.window import KioskWindow

PAGES = sample_pages("zh")
Open = Callable[[Look], KioskWindow]


class Heard(list[object]):
    """Everything a window reported, in order."""


@pytest.fixture
def window(open_window: Open) -> KioskWindow:
    return open_window(Look())


@pytest.fixture
def heard(window: KioskWindow) -> Heard:
    heard = Heard()
    window.reported.connect(heard.append)
    return heard


def button(window: KioskWindow, name: str) -> QPushButton:
    found = [one for one in window.findChildren(QPushButton) if one.isVisible() and one.accessibleName() == name]
    assert found, f"no button called {name}"
    return found[0]


def touch(window: KioskWindow, widget: QWidget) -> None:
    """A finger on the glass, not a call of the button."""
    finger = QTest.createTouchDevice()
    at = widget.mapTo(window, widget.rect().center())
    for step in ("press", "release"):
        sequence = QTest.touchEvent(window, finger)
        getattr(sequence, step)(0, at, window)
        sequence.commit()


TOUCHES = [
    ("welcome", "算一算", e.TilePressed("reckon")),
    ("coming-back", "查进度", e.TilePressed("progress")),
    ("reckoned", "再算一个", e.TilePressed("again")),
    ("tasks", "原告信息", e.TilePressed("plaintiff")),
    ("tasks", "先存一下", e.TilePressed("save")),
    ("kept", "离开", e.TilePressed("leave")),
    ("masked", "改", e.ChangeAsked("/data/plaintiff[1]/person/id_number")),
    ("masked", "目录", e.TasksAsked()),
    ("welcome", "我要立案", e.TilePressed("file")),
    ("welcome", "English", e.LanguageChosen("en")),
    ("welcome", "工作人员", e.TilePressed("clerk")),
    ("choice", "公司或单位", e.OptionPressed("org")),
    ("choice", "下一步", e.NextPressed()),
    ("choice", "上一步", e.BackPressed()),
    ("choice", "请工作人员帮忙", e.HelpAsked()),
    ("choice", "退出", e.LeaveAsked()),
    ("choice", "English", e.LanguageChosen("en")),
    ("choice-many", "承担诉讼费", e.OptionPressed("costs")),
    ("signpost", "不是这个，再问一次", e.TilePressed("again")),
    ("signpost", "填这张表", e.NextPressed()),
    ("signpost-hide", "遮住", e.HideAsked()),
    ("signposts", "都不像，再说一遍", e.OptionPressed("tell")),
    ("channels", "残疾人", e.OptionPressed("disabled")),
    ("words", "我不知道全名", e.UnknownPressed()),
    ("words-suggestions", "建国路88号3号楼1201室", e.Typed("建国路88号3号楼1201室")),
    ("date", "今天", e.OptionPressed("today")),
    ("date", "记不清", e.UnknownPressed()),
    ("region", "河北省", e.RegionChosen("河北省")),
    ("region-deep", "北京市", e.RegionChosen("11")),
    ("card-waiting", "没有带，自己填", e.ByHandPressed()),
    ("card-read", "改", e.ChangeAsked("address")),
    ("list", "再加一个被告", e.ItemAdded()),
    ("list", "改", e.ItemChanged(1)),
    ("list", "删", e.ItemRemoved(1)),
    ("materials", "借条、欠条或合同", e.MaterialTicked("2")),
    ("check", "改", e.ChangeAsked("1")),
    ("notice", "我看完了，明白了", e.NoticeTicked()),
    ("sign", "重签", e.SignatureCleared()),
    ("hand-in", "提交", e.NextPressed()),
    ("done", "清除并离开", e.TilePressed("leave")),
    ("done", "满意", e.TilePressed("4")),
    ("ask-leave", "不走，接着填", e.TilePressed("stay")),
    ("help", "不用等了，接着填", e.TilePressed("go on")),
    ("clerk-number", "7", e.Typed("10247")),
    ("clerk-number", "删除", e.Typed("102")),
    ("clerk-filing", "补打", e.TilePressed("reprint")),
    ("clerk-filing", "返回", e.BackPressed()),
    ("clerk-receipt", "打印回执", e.TilePressed("receipt")),
    ("clerk-find", "退出登录", e.LeaveAsked()),
]


@pytest.mark.parametrize(("page", "words", "event"), TOUCHES)
def test_a_touch_is_reported_as_a_fact(
    page: str, words: str, event: e.Event, window: KioskWindow, heard: Heard, application: QApplication
):
    window.show_page(PAGES[page])
    application.processEvents()
    touch(window, button(window, words))
    assert heard == [event]


def test_a_touch_never_chooses_by_itself(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["choice"])
    application.processEvents()
    touch(window, button(window, "我不清楚"))
    assert not button(window, "我不清楚").isChecked()


def test_a_pressed_tile_looks_pressed_at_once(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["choice"])
    application.processEvents()
    tile = button(window, "我不清楚")
    before = tile.grab().toImage()
    tile.setDown(True)
    assert tile.grab().toImage() != before


def test_typing_on_the_panel_reports_the_whole_text(window: KioskWindow, heard: Heard, application: QApplication):
    window.show_page(replace(PAGES["sum"], text="5", echo=()))
    application.processEvents()
    touch(window, button(window, "0"))
    assert heard == [e.Typed("50")]


def test_a_field_keeps_its_caret_when_the_page_answers_with_the_same_text(
    window: KioskWindow, application: QApplication
):
    page = replace(PAGES["words"], text="张三丰")
    window.show_page(page)
    field = window.findChild(AnswerField)
    assert field is not None
    field.move_caret(1)
    field.insert("小")
    window.show_page(replace(page, text="张小三丰"))
    assert (window.findChild(AnswerField), field.text(), field.caret()) == (field, "张小三丰", 2)


def test_a_character_no_font_can_draw_is_named_by_its_number(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["words"])
    window.show_page(replace(PAGES["words"], text="张\U00021750"))
    application.processEvents()
    assert any("U+21750" in words for words in shown_words(window))
    window.show_page(replace(PAGES["words"], text="张"))
    assert not any("U+21750" in words for words in shown_words(window))


def test_a_full_year_leads_on_to_the_month(window: KioskWindow, heard: Heard, application: QApplication):
    window.show_page(replace(PAGES["date"], year="202", month="", day=""))
    application.processEvents()
    for digit in ("6", "4"):
        touch(window, button(window, digit))
    assert heard == [e.DateTyped("2026", "", ""), e.DateTyped("2026", "4", "")]


def draw(pad: SignPad, strokes: list[list[tuple[int, int, int]]]) -> None:
    """Move over the pad; each point is x, y and when, in milliseconds."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for stroke in strokes:
        for place, (x, y, at) in enumerate(stroke):
            kinds = [QEvent.Type.MouseMove if place else QEvent.Type.MouseButtonPress]
            kinds += [QEvent.Type.MouseButtonRelease] if place == len(stroke) - 1 else []
            for kind in kinds:
                point = QPointF(x, y)
                button = none if kind is QEvent.Type.MouseMove else left
                held = none if kind is QEvent.Type.MouseButtonRelease else left
                moved = QMouseEvent(
                    kind, point, point, pad.mapToGlobal(point), button, held, Qt.KeyboardModifier.NoModifier,
                    QPointingDevice.primaryPointingDevice(),
                )  # fmt: skip
                moved.setTimestamp(at)
                QApplication.sendEvent(pad, moved)


def test_a_signature_is_reported_with_its_strokes_and_times(
    window: KioskWindow, heard: Heard, application: QApplication
):
    window.show_page(PAGES["sign"])
    application.processEvents()
    pad = window.findChild(SignPad)
    assert pad is not None
    draw(pad, [[(10, 20, 5000), (30, 40, 5016)], [(50, 60, 5400), (50, 90, 5500)]])
    ink = heard[-1].ink  # type: ignore[attr-defined]
    assert [[(at.x, at.y, at.ms) for at in stroke] for stroke in ink.strokes] == [
        [(10, 20, 0), (30, 40, 16)],
        [(50, 60, 400), (50, 90, 500)],
    ]
    assert (ink.width, ink.height) == (pad.width(), pad.height())


def test_the_page_that_answers_a_stroke_leaves_the_ink_alone(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["sign"])
    pad = window.findChild(SignPad)
    assert pad is not None
    draw(pad, [[(10, 20, 0), (30, 40, 16)]])
    window.show_page(replace(PAGES["sign"], signed=True))
    assert len(pad.ink().strokes) == 1
    window.show_page(replace(PAGES["sign"], signed=False))
    assert pad.ink().strokes == ()


def shown_words(window: KioskWindow) -> set[str]:
    return {label.text() for label in window.findChildren(QLabel) if label.isVisible()}


def test_a_masked_number_shows_only_while_it_is_held(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["check"])
    application.processEvents()
    hold = button(window, "按住显示")
    assert "110105195103080024" not in shown_words(window)
    hold.pressed.emit()
    assert "110105195103080024" in shown_words(window)
    hold.released.emit()
    assert "110105195103080024" not in shown_words(window)


def test_the_check_page_turns_with_two_buttons_and_stays_where_it_was(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["check"])
    application.processEvents()
    button(window, "后面").click()
    assert "第 2 页，共 3 页" in shown_words(window) or "第 2 页，共 4 页" in shown_words(window)
    window.show_page(PAGES["check"])
    assert any(words.startswith("第 2 页") for words in shown_words(window))


def test_every_row_of_a_long_list_is_on_exactly_one_sheet(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["choice-long"])
    seen: list[str] = []
    while True:
        application.processEvents()
        tiles = [tile for tile in window.findChildren(Tile) if tile.isVisible()]
        seen += [tile.accessibleName() for tile in tiles]
        onward = window.findChild(QPushButton, "pager-on")
        assert onward is not None
        if not onward.isEnabled():
            break
        onward.click()
    assert sorted(seen) == sorted(option.label for option in PAGES["choice-long"].options)  # type: ignore[union-attr]


def test_choosing_large_letters_applies_at_once_and_done_leads_back(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["choice"])
    button(window, "大字").click()
    application.processEvents()
    window.findChild(Tile, "look largest standard").click()
    window.findChild(Tile, "look largest dark").click()
    assert (window.look.size, window.look.theme) == (Size.LARGEST, Theme.DARK)
    button(window, "好了").click()
    application.processEvents()
    assert "您要告的是谁？" in shown_words(window)


def test_the_panel_comes_back_after_the_look_was_changed(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["words"])
    button(window, "大字").click()
    assert window.panel.isHidden()
    button(window, "好了").click()
    application.processEvents()
    assert window.panel.isVisible()
    touch(window, button(window, "ABC"))
    field = window.findChild(AnswerField)
    assert field is not None
    assert field.is_active()


def test_news_of_the_same_page_does_not_close_the_look_page(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["done"])
    button(window, "大字").click()
    window.show_page(replace(PAGES["done"], paper="凭条已打印，请取走"))
    application.processEvents()
    assert "选您看得清的样子" in shown_words(window)
    button(window, "好了").click()
    application.processEvents()
    assert "凭条已打印，请取走" in shown_words(window)


def test_begin_again_leaves_no_words_and_the_first_look(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["words"])
    window.set_look(window.look._replace(size=Size.LARGEST, theme=Theme.SOFT))
    window.begin_again()
    application.processEvents()
    assert window.look == Look()
    assert [field.text() for field in window.findChildren(AnswerField)] == []
    assert window.panel.isHidden()


def test_a_clerk_stands_in_an_amber_frame_and_a_citizen_does_not(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["clerk-find"])
    assert window.clerk_frame.isVisible()
    window.show_page(PAGES["welcome"])
    assert not window.clerk_frame.isVisible()


def test_the_pin_keys_change_their_places_and_show_dots_only(window: KioskWindow, heard: Heard):
    orders = set()
    asking = replace(PAGES["clerk-pin"], pin_length=0)
    for _ in range(8):
        window.show_page(PAGES["clerk-number"])
        window.show_page(asking)
        keys = [key for key in window.findChildren(QPushButton, "key") if key.isVisibleTo(window)]
        orders.add("".join(key.text() for key in sorted(keys, key=lambda key: (key.y(), key.x()))))
    assert len(orders) > 1
    for digit in "123":
        button(window, digit).click()
    assert heard == [e.Typed("1"), e.Typed("12"), e.Typed("123")]
    assert "123" not in shown_words(window)


def test_a_second_gone_by_changes_only_the_ring(window: KioskWindow, application: QApplication):
    page = PAGES["ask-still-there"]
    assert isinstance(page, p.AskPage)
    window.show_page(page)
    stay = button(window, "我还在")
    window.show_page(replace(page, seconds_left=46))
    assert button(window, "我还在") is stay


@pytest.mark.parametrize("name", ["words", "sum", "clerk-find"])
def test_a_field_is_called_by_its_question(name: str, window: KioskWindow, application: QApplication):
    window.show_page(PAGES[name])
    application.processEvents()
    field = window.findChild(AnswerField)
    assert field is not None
    told = QAccessible.queryAccessibleInterface(field)
    page = PAGES[name]
    question = page.title if isinstance(page, p.ClerkFindPage) else page.heading.title  # type: ignore[union-attr]
    assert told.text(QAccessible.Text.Name) == question


def test_a_field_is_described_by_its_hint_and_by_what_is_wrong(window: KioskWindow, application: QApplication):
    told = []
    for name in ("words", "words-error"):
        window.show_page(PAGES[name])
        field = window.findChild(AnswerField)
        told.append(QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Description))
    assert told == [PAGES["words"].heading.hint, PAGES["words-error"].frame.objection]  # type: ignore[union-attr]


def test_an_objection_stands_on_top_and_at_the_field(window: KioskWindow, application: QApplication):
    window.show_page(PAGES["words-error"])
    application.processEvents()
    field = window.findChild(AnswerField)
    assert field is not None
    assert field.property("objected")
    assert PAGES["words-error"].frame.objection in shown_words(window)
    assert window.mapFromGlobal(field.mapToGlobal(QPoint(0, 0))).y() > 0
