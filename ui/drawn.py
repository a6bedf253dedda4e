"""What is wrong with a page's colours as they were drawn, measured on its pixels and not on its tokens.

Words too pale on what really lies behind them, edges that cannot be told from the page, colours of no token. For
tests and for `python -m ui.gallery --check`; no visit loads this.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from ui.inputs.field import AnswerField
from ui.inspection import named, place, visible
from ui.look import Look, Theme
from ui.screens.scan import FrameView
from ui.screens.tile import Tile, words_room
from ui.theme import color, palette_of
from ui.window import KioskWindow

TEXT, TONED, EDGE = 10.0, 6.5, 4.5  # the floors of the design; tones are dark words on their own pale ground
HIGH = 16.0  # words in 黑白分明: 21 on the page, 16 on what is chosen
LEAST_INK = 12  # pixels of the full colour; thinner words are their own fault
BLEND = 10  # how far a pixel between two colours may lie beside the line between them
STRAY = 0.0002  # of all pixels: where three colours meet in one pixel
INNER = 8  # inside the thickest edge


def colours_of(image: QImage) -> Counter[str]:
    """How many pixels have which colour."""
    return Counter({_named(value): count for value, count in Counter(_pixels(image)).items()})


def _pixels(image: QImage) -> array[int]:
    return array("I", bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits()))


def _named(value: int) -> str:
    return f"#{value & 0xFFFFFF:06X}"


@cache
def light(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [channel / 255 for channel in _channels(color)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def pale_words(window: KioskWindow, image: QImage) -> Iterator[str]:
    """Words whose own colour does not stand out from what is drawn behind them."""
    for widget, area, floor in _worded(window):
        found = colours_of(image.copy(area))
        tokens = [colour for colour, _ in found.most_common() if colour in palette_of(window.look)]
        if not tokens:
            yield f"{named(widget)} lies on no colour of the theme"
            continue
        ground = tokens[0]
        ink = next((colour for colour in tokens[1:] if found[colour] >= LEAST_INK), "")
        if not ink:
            yield f"{named(widget)} draws no words"
        elif contrast(ink, ground) < floor:
            yield f"{named(widget)}: {ink} on {ground} is {contrast(ink, ground):.1f}, wanted {floor}"


def pale_edges(window: KioskWindow, image: QImage) -> Iterator[str]:
    """Controls whose edge, or whose fill where they have none, does not stand out from what lies around them."""
    for control in [*visible(window, QPushButton), *visible(window, AnswerField)]:
        if not control.isEnabled():
            continue
        area = place(control, window)
        middle = area.center().y()
        around = image.pixelColor(max(0, area.left() - 3), middle).name()
        edge = [image.pixelColor(area.left() + n, middle).name() for n in range(INNER)]
        best = max(contrast(around, colour) for colour in edge)
        if best < EDGE:
            yield f"{named(control)}: its edge is {best:.1f} to what lies around it"


def _without_photographs(window: KioskWindow, image: QImage) -> QImage:
    """Somebody's paper before the camera has its own colours."""
    views = cast("list[FrameView]", window.findChildren(FrameView))
    shown = [one for one in views if one.isVisible() and not one.is_empty]
    if shown:
        image = image.copy()
        painter = QPainter(image)
        for one in shown:
            painter.fillRect(place(one, window), color(window.look, "surface"))
        painter.end()
    return image


def strange_colours(window: KioskWindow, image: QImage) -> Iterator[str]:
    """Colours that are neither a token of the theme nor on the way from one token to another."""
    pixels = _pixels(_without_photographs(window, image))
    foreign = {value for value in set(pixels) if not known(window.look.theme, _named(value))}
    if not foreign:  # mostly; to count is the dear part
        return
    strange = Counter(_named(value) for value in pixels if value in foreign)
    if sum(strange.values()) > STRAY * image.width() * image.height():
        worst = sorted(strange, key=lambda colour: -strange[colour])[:3]
        yield f"{sum(strange.values())} pixels of no token, such as {', '.join(worst)}"


COLOUR_CHECKS = (pale_words, pale_edges, strange_colours)


def colour_faults(window: KioskWindow) -> list[str]:
    """Everything wrong with the colours the window shows right now."""
    image = window.grab().toImage()
    return [fault for check in COLOUR_CHECKS for fault in check(window, image)]


@cache
def known(theme: Theme, colour: str) -> bool:
    """Whether a theme may draw this: one of its colours, or the smoothed rim between two of them."""
    palette = set(palette_of(Look(theme=theme)))
    if colour in palette:
        return True
    here = _channels(colour)
    return any(_between(here, _channels(one), _channels(other)) for one, other in combinations(sorted(palette), 2))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _between(here: tuple[int, int, int], one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    way = [there - begun for begun, there in zip(one, other, strict=True)]
    long = sum(step * step for step in way)
    at = sum(step * (now - begun) for step, now, begun in zip(way, here, one, strict=True)) / long
    if not -0.02 <= at <= 1.02:
        return False
    return all(abs(begun + at * step - now) <= BLEND for begun, step, now in zip(one, way, here, strict=True))


def _worded(window: KioskWindow) -> Iterator[tuple[QWidget, QRect, float]]:
    """What shows words, where in the window it shows them, and how much they must stand out."""
    high = window.look.theme is Theme.CONTRAST
    inner = window.look.px(INNER)
    bare = window.rect().adjusted(12, 12, -12, -12)  # within the clerk's frame
    for label in visible(window, QLabel):
        if label.text().strip():
            edge = inner if label.property("field") else 0
            yield (
                label,
                place(label, window).adjusted(edge, edge, -edge, -edge).intersected(bare),
                HIGH if high else TONED if label.property("tone") else TEXT,
            )
    for button in visible(window, QAbstractButton):
        area = place(button, window).adjusted(inner, inner, -inner, -inner)
        if isinstance(button, Tile):
            room = words_room(button.look, button.shape_of, button.width())
            left = button.width() - room - button.look.px(button.shape_of.padding)
            if button.isRightToLeft():
                left = button.look.px(button.shape_of.padding)
            area = QRect(area.left() - inner + left, area.top(), room, area.height())
        elif not button.text().strip():
            continue
        toned = button.property("role") == "help"
        yield button, area, HIGH if high else TONED if toned else TEXT
    for field in visible(window, AnswerField):
        if field.text().strip():
            yield field, place(field, window).adjusted(inner, inner, -inner, -inner), HIGH if high else TEXT
