"""What a screen is built in: the look, the words of the window itself, and the room it may fill."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.wording import Wording
from ui.look import Look


class Surroundings(NamedTuple):
    look: Look
    wording: Wording
    width: int  # between the page's margins
    height: int  # between header and nav, the page's margins above and below left out
    panel_open: bool = False

    def say(self, key: str, **places: str | int) -> str:
        return self.wording.say(key, self.look.language, **places)

    def px(self, length: float) -> int:
        return self.look.px(length)

    def edges(self, start: int, top: int, end: int, bottom: int) -> tuple[int, int, int, int]:
        """Margins as a layout takes them, which never turns them round: left, top, right, bottom."""
        return (end, top, start, bottom) if self.right_to_left else (start, top, end, bottom)

    @property
    def right_to_left(self) -> bool:
        return self.wording.language(self.look.language).right_to_left

    @property
    def gap(self) -> int:
        return self.look.spaces().gap

    def column(self, columns: int) -> Surroundings:
        """The same in one of so many columns beside each other."""
        gap = max(self.gap, self.px(16))
        return self._replace(width=(self.width - (columns - 1) * gap) // columns)

    @property
    def columns(self) -> int:
        """Choices stand in one column upright, in two across the lying panel."""
        return 1 if self.look.portrait or self.panel_open else 2


def surroundings_in(look: Look, wording: Wording, *, panel_open: bool) -> Surroundings:
    """The room a page has in this look, beside or above the input panel when that is open."""
    spaces = look.spaces()
    height = spaces.height - spaces.header - spaces.step - spaces.nav - spaces.low_row
    width, right = spaces.width, spaces.margin
    if panel_open and look.portrait:
        height -= spaces.panel_height
    elif panel_open:
        width, right = spaces.question_width, look.px(24)
    return Surroundings(
        look=look,
        wording=wording,
        width=width - spaces.margin - right,
        height=height - spaces.body_top - spaces.body_bottom,
        panel_open=panel_open,
    )
