"""What is drawn, measured on the pixels: words and edges stand out, no colour is foreign to its theme, and whatever a
colour says is said by a shape or a word as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, product

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton

from kiosk.visit import pages as p
from ui.drawn import colour_faults, colours_of, contrast, known, light, pale_edges, pale_words, strange_colours
from ui.inputs.field import AnswerField
from ui.inspection import place, visible
from ui.look import Look, Orientation, Size, Theme
from ui.samples import sample_pages
from ui.screens.tile import Sign, Tile, TileShape
from ui.theme import Role, palette_of
from ui.window import KioskWindow

Open = Callable[[Look], KioskWindow]
LANGUAGES = ("zh", "en")
EVERY_LOOK = list(product(Theme, Size, Orientation, LANGUAGES))
COVERING = [  # every pair of a theme with a size, an orientation and a language at least once
    (theme, size, Orientation.PORTRAIT if (n + m) % 2 else Orientation.LANDSCAPE, LANGUAGES[(n + m // 2) % 2])
    for (n, theme), (m, size) in product(enumerate(Theme), enumerate(Size))
]
AMONG_GREY = 200  # pixels that two shapes differ in at the least


def faults_of(window: KioskWindow, names: list[str], application: QApplication) -> list[str]:
    pages = sample_pages(window.look.language)
    found = []
    for name in names:
        window.show_page(pages[name])
        application.processEvents()
        found += [f"{name}: {fault}" for fault in colour_faults(window)]
    return found


def shared_out() -> list[tuple[tuple[Theme, Size, Orientation, str], list[str]]]:
    """Every kind of page once, the looks of the covering set in turn."""
    pages = sample_pages("zh")
    kinds: dict[type, str] = {}
    for name, page in pages.items():
        kinds.setdefault(type(page), name)
    hands: dict[tuple[Theme, Size, Orientation, str], list[str]] = {look: [] for look in COVERING}
    for name, look in zip([*kinds.values(), "words-error", "note-warn"], cycle(COVERING), strict=False):
        hands[look].append(name)
    return list(hands.items())


@pytest.mark.parametrize(("look", "names"), shared_out())
def test_every_kind_of_page_stands_out_as_it_is_drawn(
    look: tuple[Theme, Size, Orientation, str], names: list[str], open_window: Open, application: QApplication
):
    theme, size, orientation, language = look
    window = open_window(Look(size=size, theme=theme, orientation=orientation, language=language))
    assert faults_of(window, names, application) == []


@pytest.mark.campaign
@pytest.mark.parametrize(("theme", "size", "orientation", "language"), EVERY_LOOK)
def test_every_page_stands_out_in_every_look(
    theme: Theme, size: Size, orientation: Orientation, language: str, open_window: Open, application: QApplication
):
    window = open_window(Look(size=size, theme=theme, orientation=orientation, language=language))
    assert faults_of(window, list(sample_pages(language)), application) == []


@pytest.mark.parametrize("theme", Theme)
def test_the_look_page_draws_each_tile_in_its_own_look(theme: Theme, open_window: Open, application: QApplication):
    window = open_window(Look(theme=theme))
    window.show_page(sample_pages("zh")["note"])
    window.findChild(QPushButton, "look").click()
    application.processEvents()
    image = window.grab().toImage()
    own = [tile for tile in visible(window, Tile) if tile.look.theme is not theme]
    assert len(own) == 3
    for tile in own:
        found = colours_of(image.copy(place(tile, window)))
        ground, words = found.most_common(1)[0][0], palette_of(tile.look).text
        assert ground == palette_of(tile.look).surface
        assert found[words] >= 12
        assert contrast(words, ground) >= 10


# The measuring itself


def test_white_on_black_is_21_and_a_colour_on_itself_1():
    assert (light("#000000"), light("#FFFFFF")) == (0, 1)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#123B66", "#123B66") == 1


def test_pale_words_a_pale_edge_and_a_foreign_colour_are_all_found(open_window: Open, application: QApplication):
    """A measure that never finds anything would pass every page."""
    window = open_window(Look())
    window.show_page(sample_pages("zh")["choice"])
    application.processEvents()
    image = window.grab().toImage()
    assert colour_faults(window) == []
    palette = palette_of(window.look)
    title = next(label for label in visible(window, QLabel) if label.text() == "您要告的是谁？")
    washed = QImage(image)
    area = place(title, window)
    for x, y in product(range(area.left(), area.right()), range(area.top(), area.bottom())):
        if washed.pixelColor(x, y).name().upper() != palette.bg:
            washed.setPixelColor(x, y, palette.border)
    assert any("您要告的是谁？" in fault for fault in pale_words(window, washed))
    tile = next(one for one in visible(window, Tile) if one.objectName() == "option ?")
    edgeless = QImage(image)
    at = place(tile, window)
    for x, y in product(range(at.left(), at.left() + 8), range(at.top(), at.bottom())):
        edgeless.setPixelColor(x, y, palette.surface)
    assert any("我不清楚" in fault for fault in pale_edges(window, edgeless))
    foreign = QImage(image)
    for x, y in product(range(40), range(200, 240)):
        foreign.setPixelColor(x, y, "#FF00FF")
    assert list(strange_colours(window, foreign)) == ["1600 pixels of no token, such as #FF00FF"]


def test_a_rim_between_two_tokens_is_known_and_a_colour_beside_it_is_not():
    assert known(Theme.STANDARD, "#888F98")  # halfway from the words to the white below
    assert not known(Theme.STANDARD, "#00FF00")


# Nothing by colour alone


def shape_of(image: QImage) -> bytes:
    """Where something is drawn, whatever its colour: all that a person who sees no colour has to go by."""
    ground = colours_of(image).most_common(1)[0][0]
    grey = image.convertToFormat(QImage.Format.Format_RGB32)
    return bytes(
        grey.pixelColor(x, y).name().upper() != ground for y in range(grey.height()) for x in range(grey.width())
    )


def differ(one: QImage, other: QImage) -> int:
    return sum(here != there for here, there in zip(shape_of(one), shape_of(other), strict=True))


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("sign", [Sign.ONE, Sign.MANY])
def test_what_is_chosen_has_another_shape(theme: Theme, sign: Sign, application: QApplication):
    drawn = []
    for chosen in (False, True):
        tile = Tile(Look(theme=theme), "一个人", chosen=chosen, shape=TileShape(sign=sign))
        tile.resize(400, 96)
        drawn.append(tile.grab().toImage())
    assert differ(*drawn) >= AMONG_GREY


def test_a_rating_and_a_tab_that_are_chosen_have_another_shape(open_window: Open, application: QApplication):
    window = open_window(Look())
    done = sample_pages("zh")["done"]
    assert isinstance(done, p.DonePage)
    seen = []
    for chosen in (False, True):
        window.show_page(replace(done, ratings=tuple(one._replace(chosen=chosen) for one in done.ratings)))
        application.processEvents()
        tile = next(one for one in visible(window, Tile) if one.label == done.ratings[-1].label)
        seen.append(window.grab(place(tile, window)).toImage())
    assert differ(*seen) >= AMONG_GREY
    window.show_page(sample_pages("zh")["words"])
    application.processEvents()
    tab = next(key for key in window.panel.tabs.values() if key.isVisible())
    before = tab.grab().toImage()
    tab.set_flag("chosen", not tab.property("chosen"))
    application.processEvents()
    assert differ(before, tab.grab().toImage()) >= AMONG_GREY


@pytest.mark.parametrize("theme", Theme)
def test_a_refused_answer_has_words_a_sign_and_a_thicker_edge(
    theme: Theme, open_window: Open, application: QApplication
):
    window = open_window(Look(theme=theme))
    edges = []
    for name in ("words", "words-error"):
        window.show_page(sample_pages("zh")[name])
        application.processEvents()
        field = visible(window, AnswerField)[0]
        field.set_active(False)
        application.processEvents()
        image = window.grab().toImage()
        edges.append(edge_of(image, place(field, window)))
    assert edges[1] > edges[0]
    said = [label.text() for label in visible(window, QLabel)]
    assert any("还没有填被告的姓名" in text for text in said)
    assert "×" in said


def edge_of(image: QImage, area: QRect) -> int:
    """How many pixels thick the edge at the left is drawn."""
    middle = area.center().y()
    inside = image.pixelColor(area.left() + 12, middle)
    return next(n for n in range(12) if image.pixelColor(area.left() + n, middle) == inside)


def test_a_warning_and_what_staff_changed_are_told_by_a_sign_or_a_word(open_window: Open, application: QApplication):
    window = open_window(Look())
    note = sample_pages("zh")["note-warn"]
    assert isinstance(note, p.NotePage)
    signs = []
    for tone in ("plain", "warn", "good"):
        window.show_page(replace(note, tone=tone))
        application.processEvents()
        card = next(frame for frame in visible(window, QFrame) if frame.property("card"))
        signs.append(shape_of(card.grab(QRect(12, 12, 180, card.height() - 24)).toImage()))
    assert len(set(signs)) == 3
    window.show_page(sample_pages("zh")["check"])
    application.processEvents()
    labels = {label.text() for label in visible(window, QLabel) if label.property("role") == Role.HINT}
    assert any("工作人员" in text for text in labels)
