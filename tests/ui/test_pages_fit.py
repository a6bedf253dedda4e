"""What must hold for every page in every look: nothing is cut, nothing is too small, nothing lies on another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kiosk.errors import KioskTrouble
from kiosk.settings import Screen
from kiosk.visit.pages import ChoicePage
from kiosk.wording import Wording
from ui.inspection import controls_of, cut_words, faults, outside, place, too_close, visible
from ui.look import Look, Orientation, Size, Theme, look_of
from ui.samples import sample_pages
from ui.window import KioskWindow

LANGUAGES = ("zh", "en")
SHAPES = list(product(Size, Orientation, LANGUAGES))
USUAL = [shape for shape in SHAPES if shape[0] in (Size.STANDARD, Size.LARGEST)]
REST = [shape for shape in SHAPES if shape not in USUAL]
Open = Callable[[Look], KioskWindow]


def with_every_tab(window: KioskWindow, application: QApplication) -> Iterator[str]:
    """The page once, and again with each tab of its panel open."""
    yield ""
    if window.panel.isHidden():
        return
    for tab, key in window.panel.tabs.items():
        if key.isVisible():
            key.click()
            application.processEvents()
            yield f" {tab}"


def faults_of(window: KioskWindow, application: QApplication, look: Look) -> list[str]:
    found = []
    next_places: dict[tuple[int, int], str] = {}
    for name, page in sample_pages(look.language).items():
        window.show_page(page)
        application.processEvents()
        for tab in with_every_tab(window, application):
            found += [f"{name}{tab}: {fault}" for fault in faults(window)]
        if (onward := window.nav and window.nav.buttons.get("next")) is not None:
            next_places.setdefault((place(onward, window).x(), onward.width()), name)
        if window.size().width() != look.spaces().width or window.size().height() != look.spaces().height:
            found.append(f"{name}: the window grew")
    if len(next_places) > 1:
        found.append(f"下一步 moves sideways between {list(next_places.values())}")
    return found


@pytest.mark.parametrize(("size", "orientation", "language"), USUAL)
def test_every_page_fits_in_standard_and_in_the_largest_letters(
    size: Size, orientation: Orientation, language: str, open_window: Open, application: QApplication
):
    look = Look(size=size, orientation=orientation, language=language)
    assert faults_of(open_window(look), application, look) == []


@pytest.mark.campaign
@pytest.mark.parametrize(("size", "orientation", "language"), REST)
def test_every_page_fits_in_small_and_in_large_letters(
    size: Size, orientation: Orientation, language: str, open_window: Open, application: QApplication
):
    look = Look(size=size, orientation=orientation, language=language)
    assert faults_of(open_window(look), application, look) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_in_low_position_within_the_lower_part(
    language: str, open_window: Open, application: QApplication
):
    look = Look(language=language, low=True)
    window = open_window(look)
    assert faults_of(window, application, look) == []
    for name, page in sample_pages(language).items():
        window.show_page(page)
        application.processEvents()
        tops = [place(control, window).top() for control in controls_of(window)]
        if window.panel.isHidden() or name in ("words", "date"):
            assert min(tops) >= 768, name


@pytest.mark.campaign
@pytest.mark.parametrize("theme", [theme for theme in Theme if theme is not Theme.STANDARD])
@pytest.mark.parametrize(("size", "orientation", "language"), SHAPES)
def test_every_page_fits_in_every_theme_too(
    size: Size, orientation: Orientation, language: str, theme: Theme, open_window: Open, application: QApplication
):
    look = Look(size=size, orientation=orientation, language=language, theme=theme)
    assert faults_of(open_window(look), application, look) == []


@pytest.mark.parametrize(("size", "orientation", "language"), SHAPES)
def test_the_look_page_fits_at_every_size(
    size: Size, orientation: Orientation, language: str, open_window: Open, application: QApplication
):
    look = Look(size=size, orientation=orientation, language=language)
    window = open_window(look)
    window.show_page(sample_pages(language)["words"])
    window.findChild(QPushButton, "look").click()
    application.processEvents()
    assert faults(window) == []


def test_letters_and_colours_can_be_changed_on_every_page_and_are_as_before_when_the_visit_ends(
    open_window: Open, application: QApplication
):
    window = open_window(Look())
    one_a_kind = {type(page): (name, page) for name, page in sample_pages("zh").items()}
    for name, page in one_a_kind.values():
        window.show_page(page)
        assert [one for one in visible(window, QPushButton) if one.objectName() == "look"], name
    for name in ("welcome", "words", "done", "out-of-service"):
        page = sample_pages("zh")[name]
        window.begin_again()
        window.show_page(page)
        press(window, "look")
        press(window, "look largest standard")
        press(window, "look largest dark")
        application.processEvents()
        assert window.look == Look(size=Size.LARGEST, theme=Theme.DARK), name
        press(window, "next")  # 好了
        assert window.page is page, name
    window.begin_again()
    assert window.look == Look()


def press(window: KioskWindow, name: str) -> None:
    next(one for one in visible(window, QPushButton) if one.objectName() == name).click()


@pytest.mark.parametrize(("size", "orientation", "language"), USUAL)
def test_an_explanation_fits_and_leads_back(
    size: Size, orientation: Orientation, language: str, open_window: Open, application: QApplication
):
    page = sample_pages(language)["choice"]
    assert isinstance(page, ChoicePage)
    window = open_window(Look(size=size, orientation=orientation, language=language))
    window.show_page(replace(page, heading=page.heading._replace(help=page.heading.help * 8)))
    window.findChild(QPushButton, "explain").click()
    application.processEvents()
    assert faults(window) == []
    window.findChild(QPushButton, "understood").click()
    application.processEvents()
    assert window.findChild(QPushButton, "option person").isVisible()


def test_body_letters_have_the_four_sizes(open_window: Open, application: QApplication):
    sizes = []
    for size in Size:
        window = open_window(Look(size=size))
        window.show_page(sample_pages("zh")["note"])
        application.processEvents()
        labels = visible(window, QLabel)
        sizes += [label.font().pixelSize() for label in labels if label.property("role") == "body"][:1]
    assert sizes == [28, 32, 40, 50]


def test_a_wider_panel_of_the_same_kind_scales_everything(open_window: Open, application: QApplication):
    look = Look(scale=1.25)
    window = open_window(look)
    window.show_page(sample_pages("zh")["choice"])
    application.processEvents()
    assert (window.width(), window.height()) == (1350, 2400)
    assert [fault for check in (cut_words, outside, too_close) for fault in check(window)] == []


def test_the_panel_of_the_settings_is_the_one_that_is_drawn(wording: Wording):
    whole = look_of(Screen(), wording)
    assert (whole.spaces().width, whole.spaces().height) == (1080, 1920)
    assert whole._replace(low=True).low_reach == 884
    fine = look_of(Screen(orientation="landscape", px_per_mm=8.06, low_share=0.8, language="en"), wording)
    assert (fine.spaces().width, fine.spaces().height, fine.language) == (3840, 2160, "en")
    assert fine.px(72) / 8.06 == pytest.approx(17.9, abs=0.1)  # mm, on any panel


def test_a_language_the_kiosk_does_not_speak_is_refused_with_those_it_does(wording: Wording):
    with pytest.raises(KioskTrouble) as trouble:
        look_of(Screen(language="tlh"), wording)
    assert trouble.value.places["reason"] == "screen.language = tlh: there are zh, en"


def test_on_a_panel_that_hangs_lower_low_position_takes_more_of_it(open_window: Open, application: QApplication):
    look = Look(low=True, low_share=0.75)
    window = open_window(look)
    assert faults_of(window, application, look) == []
    tops = []
    for name in ("choice-long", "check"):
        window.show_page(sample_pages("zh")[name])
        application.processEvents()
        tops.append(min(place(control, window).top() for control in controls_of(window)))
    assert all(480 <= top < 768 for top in tops)


def test_the_language_of_a_page_turns_the_whole_window(open_window: Open, application: QApplication):
    window = open_window(Look(language="zh"))
    window.show_page(sample_pages("zh")["choice"])
    window.show_page(replace(sample_pages("en")["choice"]))
    application.processEvents()
    words = {label.text() for label in visible(window, QLabel)}
    assert "Who are you suing?" in words
    assert window.findChild(QPushButton, "nav").text() == "‹ Back"
