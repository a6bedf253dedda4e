"""When it speaks and when it is silent: pages, objections, the ring, touches, headphones, the end of a visit."""

from __future__ import annotations

import time

import pytest

from kiosk.visit import pages as p
from ui.samples import sample_pages
from ui.voice.jack import headphones_in
from ui.voice.strung import Ear
from ui.walk import WalkKey

PAGES = sample_pages("zh")
QUESTION = PAGES["choice"]
SUM = PAGES["sum"]
HELD = next(page for page in PAGES.values() if isinstance(page, p.AskPage) and page.seconds_left)


def test_nothing_is_said_before_somebody_asks(listening):
    listening.window.show_page(QUESTION)
    assert listening.heard() == ""
    listening.window.voice_asked.emit()
    assert "一个人" in listening.heard()


def test_each_new_page_is_read_and_the_same_page_is_not_read_again(listening):
    listening.window.show_page(QUESTION)
    listening.window.voice_asked.emit()
    listening.heard()
    said = listening.ear.said
    listening.window.show_page(SUM)
    assert listening.ear.said == said + 1
    listening.window.show_page(SUM)
    assert listening.ear.said == said + 1


def test_seconds_that_pass_are_not_read_one_by_one(listening):
    listening.window.voice_asked.emit()
    listening.window.show_page(HELD)
    said = listening.ear.said
    listening.window.show_page(p.AskPage(HELD.frame, HELD.title, HELD.hint, HELD.options, HELD.seconds_left - 1))
    assert listening.ear.said == said


def test_a_new_objection_is_said_at_once(listening):
    listening.window.voice_asked.emit()
    listening.window.show_page(QUESTION)
    listening.heard()
    objecting = p.ChoicePage(
        QUESTION.frame._replace(objection="还没有选。请点一个最像的。"), QUESTION.heading, QUESTION.options
    )
    listening.window.show_page(objecting)
    assert listening.heard().startswith("请注意。还没有选。请点一个最像的。")


def test_the_ring_is_spoken_with_its_state_and_its_place(listening):
    listening.window.show_page(QUESTION)
    listening.window.voice_asked.emit()
    listening.heard()
    listening.window.walk.press(WalkKey.NEXT)
    words = listening.heard()
    assert "一个人" in words
    assert "个，共" in words


def test_a_page_turned_by_keys_is_read_and_then_where_the_ring_stands(listening):
    listening.window.voice_asked.emit()
    listening.window.show_page(QUESTION)
    listening.window.walk.press(WalkKey.NEXT)
    listening.heard()
    listening.window.show_page(HELD)
    words = listening.heard()
    assert "您还在吗？" in words
    assert words.rindex("我还在") > words.index("您还在吗？")


def test_a_touch_silences_it(listening, qapp):
    from ui.guard import Guard

    guard = Guard(qapp)
    try:
        listening.reader.watch(guard)
        before = listening.ear.hushed
        guard.touched.emit()
        assert listening.ear.hushed == before + 1
    finally:
        qapp.removeEventFilter(guard)
        guard.setParent(None)


def test_headphones_turn_it_on_and_open_what_is_personal(listening):
    listening.window.show_page(SUM)
    assert listening.heard() == ""
    listening.plug("1")
    assert listening.jack.ear is Ear.HEADPHONES
    words = listening.heard()
    assert words.startswith("耳机插好了。")
    assert "wu3wan4" in words
    listening.plug("0")
    assert "不再读出来" in listening.heard()
    listening.reader.read_page()
    words = listening.heard()
    assert "wu3wan4" not in words
    assert "请看屏幕" in words


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("1", True), ("in\n", True), ("HEADPHONE=1\nMICROPHONE=0\n", True), ("0", False), ("", False),
        ("HEADPHONE=0\nUSB=1\n", False), ("banana 1", False), ("\x00" * 5000, False),
    ],
)  # fmt: skip
def test_what_a_jack_file_says(text: str, known: bool):
    assert headphones_in(text) is known


def test_the_attract_screen_forgets_who_listened(listening):
    listening.window.show_page(QUESTION)
    listening.window.voice_asked.emit()
    listening.reader.choose(listening.reader.choice._replace(speed=0.8, volume=5))
    listening.window.show_page(PAGES["welcome"])
    assert listening.reader.choice == (False, 1.0, 3)
    listening.heard()
    listening.window.show_page(QUESTION)
    assert listening.heard() == ""


def test_a_clerks_page_silences_it(listening):
    listening.window.show_page(QUESTION)
    listening.window.voice_asked.emit()
    listening.heard()
    before = listening.ear.hushed
    listening.window.show_page(PAGES["clerk-find"])
    assert listening.ear.hushed > before
    assert listening.heard() == ""


def test_a_page_turn_is_not_kept_waiting_by_the_voice(listening):
    """The window only says what is to be said; stringing and playing are the voice's own thread's."""
    from ui.voice.speak import page_sayings

    worst = 0.0
    for page in PAGES.values():
        began = time.perf_counter()
        page_sayings(page, listening.window.say)
        worst = max(worst, time.perf_counter() - began)
    assert worst < 0.005


def test_explaining_reads_the_explanation(listening):
    page = p.ChoicePage(QUESTION.frame, p.Heading("您要告的是谁？", "一个人", help="公司或单位"), QUESTION.options)
    listening.window.voice_asked.emit()
    listening.window.show_page(page)
    listening.heard()
    screen = listening.window.screen_now
    screen.head.explain_asked.emit()
    assert listening.heard() == "一个人公司或单位"
