"""What can be touched on the attract screen and around every page.

Apart from the other events because a start must not wait for them; everybody imports these from `kiosk.visit.events`.
"""

from __future__ import annotations

from dataclasses import dataclass


class _Press:
    """A touch that says no more than its name. Not a dataclass: those cost a start half a millisecond each."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


@dataclass(frozen=True, slots=True)
class TilePressed:
    """A tile of the welcome, ask, done or clerk page. `code` is the Option's."""

    code: str


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """By its tile, or in the header."""

    language: str


class NextPressed(_Press):
    __slots__ = ()


class BackPressed(_Press):
    __slots__ = ()


class HelpAsked(_Press):
    __slots__ = ()


class LeaveAsked(_Press):
    __slots__ = ()
