"""How a visit looks: letter size, colours, which way the panel is turned, low position, language.

A look is a value. Lengths are given in pixels of the 21.5 inch panel of the design and turned into
pixels of the panel at hand by `px`; every screen, key and edge takes its lengths from here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kiosk.errors import KioskTrouble
from kiosk.languages import COURT_LANGUAGE

if TYPE_CHECKING:
    from kiosk.settings import Screen
    from kiosk.wording import Wording

DESIGN_PX_PER_MM = 4.03  # of the 21.5 inch panel all lengths are given for


class Size(StrEnum):
    SMALL = "small"
    STANDARD = "standard"
    LARGE = "large"
    LARGEST = "largest"

    @property
    def factor(self) -> float:
        return {Size.SMALL: 0.875, Size.STANDARD: 1.0, Size.LARGE: 1.25, Size.LARGEST: 1.55}[self]

    @property
    def big(self) -> bool:
        """At 大 and 特大 the second language is not shown and an error takes the place of the hint."""
        return self in (Size.LARGE, Size.LARGEST)


class Theme(StrEnum):
    STANDARD = "standard"
    CONTRAST = "contrast"
    SOFT = "soft"
    DARK = "dark"


class Orientation(StrEnum):
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Spaces(NamedTuple):
    """The skeleton's lengths in pixels of the panel at hand."""

    width: int
    height: int
    header: int
    rule: int
    step: int
    nav: int
    margin: int  # left and right of the page
    body_top: int
    body_bottom: int
    gap: int  # between the parts of a page
    panel_width: int
    panel_height: int
    panel_margin: int  # right of the panel, landscape only
    question_width: int  # what the question keeps beside an open panel, margins included
    low_row: int  # the header's buttons in low position


class Look(NamedTuple):
    """All that decides how a page is drawn."""

    size: Size = Size.STANDARD
    theme: Theme = Theme.STANDARD
    orientation: Orientation = Orientation.PORTRAIT
    low: bool = False
    language: str = COURT_LANGUAGE
    scale: float = 1.0
    low_share: float = 0.6  # of the upright panel, from its foot: where everything stands in low position

    def px(self, length: float) -> int:
        return round(length * self.scale)

    @property
    def portrait(self) -> bool:
        return self.orientation is Orientation.PORTRAIT

    @property
    def lowered(self) -> bool:
        """Low position belongs to the upright panel; a lying one is within reach already."""
        return self.low and self.portrait

    @property
    def low_reach(self) -> int:
        """The height a page's answer may take in low position: up to the reach, over the rows at the foot."""
        spaces = self.spaces()
        return self.px(1920 * self.low_share) - spaces.nav - spaces.low_row - spaces.body_bottom

    def spaces(self) -> Spaces:
        px = self.px
        if self.portrait:
            return Spaces(
                width=px(1080),
                height=px(1920),
                header=px(120),
                rule=px(8),
                step=px(80),
                nav=px(148),
                margin=px(64),
                body_top=px(24),
                body_bottom=px(16),
                gap=px(20),
                panel_width=px(1080),
                panel_height=px(640),
                panel_margin=0,
                question_width=px(1080),
                low_row=px(104) if self.low else 0,
            )
        return Spaces(
            width=px(1920),
            height=px(1080),
            header=px(96),
            rule=px(8),
            step=px(72),
            nav=px(136),
            margin=px(64),
            body_top=px(12),
            body_bottom=px(8),
            gap=px(16),
            panel_width=px(890),
            panel_height=px(580),
            panel_margin=px(32),
            question_width=px(998),
            low_row=0,
        )


def look_of(screen: Screen, wording: Wording) -> Look:
    """The look every visit begins with on this panel."""
    if screen.language not in wording.codes:
        reason = f"screen.language = {screen.language}: there are {', '.join(wording.codes)}"
        raise KioskTrouble("settings.wrong", file="[screen]", reason=reason)
    return Look(
        orientation=Orientation(screen.orientation),
        language=screen.language,
        scale=screen.px_per_mm / DESIGN_PX_PER_MM,
        low_share=screen.low_share,
    )
