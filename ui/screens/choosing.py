"""From a page to its screen. All but the attract screen are loaded when they are first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.visit.first_page import WelcomePage
from ui.screens.screen import Screen
from ui.screens.surroundings import Surroundings
from ui.screens.welcome import WelcomeScreen

if TYPE_CHECKING:
    from kiosk.visit.pages import Page


def choose_screen(page: Page, around: Surroundings) -> Screen:
    """A new screen of the kind this page needs; it shows nothing yet."""
    if isinstance(page, WelcomePage):
        return WelcomeScreen(around)
    from ui.screens.all import screen_for

    return screen_for(page, around)
