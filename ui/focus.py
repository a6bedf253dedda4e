"""Where the ring stands, as a value: what there is to say about it.

Names, states and descriptions are those of the accessible tree (`ui/accessible.py`), so what is spoken and what an
assistive program reads are the same words. A field's text and the candidates of the panel are the person's own:
they are in no `repr`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from ui.inputs.field import AnswerField
from ui.stops import Stop, StopKind

if TYPE_CHECKING:
    from collections.abc import Callable


class FocusKind(StrEnum):
    BUTTON = "button"
    CHOICE = "choice"  # one of several
    TICK = "tick"  # any of several
    FIELD = "field"
    PANEL = "panel"
    ROW = "row"  # of the panel, or of a grid of tiles
    KEY = "key"
    LEAVE = "leave"  # 返回: out of the group


@dataclass(frozen=True, slots=True)
class Focus:
    kind: FocusKind
    name: str = field(repr=False)
    description: str = field(default="", repr=False)  # an example, a hint, what is wrong; of a row: its keys
    value: str = field(default="", repr=False)  # what a field holds
    checked: bool | None = None  # None: it cannot be
    position: int = 0  # among the stops of its group, from 1; 0 is 返回
    of: int = 0
    group: str = ""  # what it stands in: "" is the page itself
    place: str = ""  # the control's own name, the same in every language


def focus_on(at: Stop, stops: Sequence[Stop], group: str, say: Callable[..., str]) -> Focus:
    """What there is to say about this stop among those it stands with."""
    counted = [stop for stop in stops if stop.kind is not StopKind.LEAVE]
    position = next((number for number, stop in enumerate(counted, 1) if stop.same_place(at)), 0)
    name, description = _words(at, say)
    return Focus(
        kind=_kind(at),
        name=name,
        description=description,
        value=at.widget.text() if isinstance(at.widget, AnswerField) else "",
        checked=_checked(at),
        position=position,
        of=len(counted),
        group=group,
        place=at.name,
    )


def group_name(group: Stop, say: Callable[..., str]) -> str:
    return _words(group, say)[0]


def _words(at: Stop, say: Callable[..., str]) -> tuple[str, str]:
    match at.kind:
        case StopKind.LEAVE:
            return say("keys.leave"), ""
        case StopKind.ROW | StopKind.LINE:
            return say("keys.row", number=at.number), " ".join(one.accessibleName() for one in at.widgets)
        case _:
            return at.widget.accessibleName(), at.widget.accessibleDescription()


def _kind(at: Stop) -> FocusKind:
    if at.kind is StopKind.CONTROL:
        button = at.widget
        if not isinstance(button, QPushButton) or not button.isCheckable():
            return FocusKind.BUTTON
        return FocusKind.CHOICE if button.autoExclusive() else FocusKind.TICK
    return FocusKind.ROW if at.kind is StopKind.LINE else FocusKind(at.kind.value)


def _checked(at: Stop) -> bool | None:
    widget: QWidget = at.widget
    if at.kind in (StopKind.CONTROL, StopKind.KEY) and isinstance(widget, QPushButton) and widget.isCheckable():
        return widget.isChecked()
    return None
