"""朗读: its page fits every look, each tile does what it says, a machine without sound says so, the dark hides all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from shiboken6 import delete

from kiosk.settings import Court, Settings, Voice
from kiosk.wording import Wording
from ui.demo.ear import Ear
from ui.guard import Guard
from ui.look import Look, Orientation, Size
from ui.samples import sample_pages
from ui.voice.page import VoiceScreen
from ui.voice.reader import Choice
from ui.voice.speech import Speech
from ui.window import KioskWindow

PAGE = {language: sample_pages(language)["choice"] for language in ("zh", "en")}
SETTINGS = Settings("110105-001", "", Court("北京市朝阳区人民法院", "110105"), voice=Voice(output="headphones"))


def button(window: KioskWindow, name: str) -> QPushButton:
    return next(one for one in window.findChildren(QPushButton) if one.objectName() == name and one.isVisible())


@pytest.fixture
def speech(open_window: Callable[[Look], KioskWindow], qapp: QApplication):
    window = open_window(Look())
    guard = Guard(qapp)
    made = Speech(window, SETTINGS, ("zh", "en"), guard, Ear)
    window.show_page(PAGE["zh"])
    yield window, made
    made.stop()
    window.take_off()
    qapp.removeEventFilter(guard)
    delete(made.reader)
    delete(made)


@pytest.mark.parametrize("language", PAGE)
@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("size", Size)
def test_its_page_fits_every_size(
    open_window: Callable[[Look], KioskWindow], language: str, orientation: Orientation, size: Size
):
    window = open_window(Look(size=size, orientation=orientation, language=language))
    window.show_page(PAGE[language])
    window.lay_over(lambda around: VoiceScreen(around, Choice(on=True)))
    least = window.layout().minimumSize()
    assert (least.width(), least.height()) <= (window.width(), window.height())
    assert least.height() <= window.height()
    for tile in window.findChildren(QPushButton):
        if tile.isVisible():
            assert tile.height() >= 72
            assert window.rect().contains(tile.mapTo(window, QPoint(0, 0)))
            assert window.rect().contains(tile.mapTo(window, tile.rect().bottomRight()))
    window.take_off()


def test_each_tile_does_what_it_says(speech):
    window, made = speech
    ear: Ear = made.mouth
    assert made.reader.choice.on
    window.voice_asked.emit()
    button(window, "voice voice.slow").click()
    assert made.reader.choice.speed == 0.8
    assert "".join(ear.listen()) == "慢"
    button(window, "voice.louder").click()
    assert made.reader.choice.volume == 4
    button(window, "voice again").click()
    assert "请选一项。" in ear.listen()
    window.voice_asked.emit()
    button(window, "voice off").click()
    assert not made.reader.choice.on
    window.show_page(sample_pages("zh")["sum"])
    assert ear.listen() == []


def test_a_machine_without_sound_says_so_and_offers_nothing_else(speech, wording: Wording):
    window, made = speech
    made._no_sound()
    window.voice_asked.emit()
    screen = window.shown_screen()
    assert isinstance(screen, VoiceScreen)
    assert screen.heading().hint == wording.say("voice.silent", "zh")
    assert screen.findChildren(QPushButton) == []


def test_the_dark_hides_the_page_until_a_touch(speech):
    window, made = speech
    window.voice_asked.emit()
    button(window, "voice dark").click()
    cover = made._dark
    assert cover is not None
    assert cover.geometry() == window.rect()
    QApplication.processEvents()
    shown = window.grab().toImage()
    colours = {shown.pixelColor(x, y).name() for x in range(40, 1040, 100) for y in range(40, 800, 60)}
    assert colours == {"#000000"}
    window.show_page(sample_pages("zh")["sum"])
    assert made._dark is cover
    QTest.mouseClick(cover, Qt.MouseButton.LeftButton)
    assert made._dark is None


def test_where_no_voice_is_wanted_none_is_offered(wording: Wording):
    from ui.main import _voice_here

    assert _voice_here(SETTINGS._replace(voice=Voice(output="none"))) is False
