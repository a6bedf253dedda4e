"""The tokens hold their contrast in all four themes; what is drawn of them is measured in `test_drawn_pixels`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from ui.drawn import contrast
from ui.look import Look, Theme
from ui.theme import LETTERS, PALETTES, Role, font_of, letter_px
from ui.window import KioskWindow

FLOORS = (
    ("text", "bg", 10), ("text", "surface", 10), ("text", "select", 10),
    ("text2", "bg", 10), ("text2", "surface", 10),
    ("border", "surface", 4.5), ("border", "bg", 4.5), ("border", "select", 4.5),
    ("on_primary", "primary", 10), ("primary", "surface", 4.5), ("primary", "select", 4.5),
    ("on_primary", "pressed", 10), ("on_header", "header", 10), ("on_accent", "accent", 8.5),
    ("error", "error_bg", 7), ("error", "surface", 7), ("warn", "warn_bg", 7), ("warn", "surface", 7),
    ("success", "success_bg", 6.5), ("success", "surface", 7),
    ("text", "error_bg", 10), ("text", "warn_bg", 10), ("text", "success_bg", 10),
    ("focus", "focus_ink", 4.5),
)  # fmt: skip
LIE_BESIDE_THE_RING = ("bg", "surface", "select", "primary", "header", "error_bg", "warn_bg", "success_bg")


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(("ink", "ground", "floor"), FLOORS)
def test_every_pair_of_colours_holds_its_floor(theme: Theme, ink: str, ground: str, floor: float):
    palette = PALETTES[theme]
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= floor


def test_high_contrast_has_21_to_1_on_page_and_surface():
    palette = PALETTES[Theme.CONTRAST]
    for ink, ground in (("text", "bg"), ("text", "surface"), ("text2", "bg"), ("on_primary", "primary")):
        assert contrast(getattr(palette, ink), getattr(palette, ground)) == pytest.approx(21)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("ground", LIE_BESIDE_THE_RING)
def test_one_colour_of_the_focus_ring_always_stands_out(theme: Theme, ground: str):
    palette = PALETTES[theme]
    beside = getattr(palette, ground)
    assert max(contrast(palette.focus, beside), contrast(palette.focus_ink, beside)) >= 3


def test_no_letters_are_smaller_than_28():
    from ui.look import Size

    assert min(letter_px(Look(size=size), role) for size in Size for role in Role) >= 28


def test_the_style_sheet_and_the_measured_font_say_the_same(
    open_window: Callable[[Look], KioskWindow], application: QApplication
):
    from ui.labels import text_label

    look = Look()
    window = open_window(look)
    for role in LETTERS:
        label = text_label("字", role, window)
        label.ensurePolished()
        wanted = font_of(look, role)
        assert (label.font().pixelSize(), label.font().weight()) == (wanted.pixelSize(), wanted.weight())
        label.deleteLater()
