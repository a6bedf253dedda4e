"""The sizes of the input panel, one set an orientation, in pixels of the panel at hand.

They are set on the widgets and not by the style sheet, because a style sheet's `min-height` leaves out padding and
edge. The style sheet gives colours, edges, corners and letters.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui.look import Look


@dataclass(frozen=True, slots=True)
class PanelShape:
    width: int
    height: int
    ink_width: int
    ink_height: int
    ink_line: int  # how wide a stroke is drawn
    least: int  # no key is smaller, either way
    key_gap: int
    gap: int
    tab_gap: int
    tabs: int  # height
    candidates: int  # height
    turn: int  # width of ‹ and ›
    beside: int  # left and right of the words of a candidate, together
    margin_x: int
    margin_y: int
    top_edge: int

    @property
    def inner_width(self) -> int:
        return self.width - 2 * self.margin_x

    @property
    def body_top(self) -> int:
        return self.top_edge + self.margin_y + self.tabs + self.gap

    @property
    def body_height(self) -> int:
        return self.height - self.body_top - self.margin_y


def shape_of(look: Look) -> PanelShape:
    """640 high for every tab when upright; 890 × 580 beside the question when lying."""
    px = look.px
    ink = (508, 500) if look.portrait else (430, 458)
    return PanelShape(
        width=look.spaces().panel_width,
        height=look.spaces().panel_height,
        ink_width=px(ink[0]),
        ink_height=px(ink[1]),
        ink_line=px(14),
        least=px(72),
        key_gap=px(8),
        gap=px(12),
        tab_gap=px(16),
        tabs=px(72),
        candidates=px(84),
        turn=px(112) if look.portrait else px(80),
        beside=px(24),
        margin_x=px(24),
        margin_y=px(16),
        top_edge=px(4),
    )


UPRIGHT = shape_of(Look())
