"""What can be touched on the attract screen and around every page.

Apart from the other events because a start must not wait for them; everybody imports these from `kiosk.visit.events`.
That is also why they are no dataclasses: making one takes as long as drawing a tile.
"""

from __future__ import annotations


class _Press:
    """A value like a frozen dataclass: equal to one of its kind that says the same."""

    __slots__: tuple[str, ...] = ()

    def _said(self) -> tuple[str, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Press) and type(other) is type(self) and other._said() == self._said()

    def __hash__(self) -> int:
        return hash((type(self), self._said()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._said()))})"


class TilePressed(_Press):
    """A tile of the welcome, ask, done or clerk page. `code` is the Option's."""

    __slots__ = __match_args__ = ("code",)

    def __init__(self, code: str) -> None:
        self.code = code


class LanguageChosen(_Press):
    __slots__ = __match_args__ = ("language",)

    def __init__(self, language: str) -> None:
        self.language = language


class NextPressed(_Press):
    __slots__ = ()


class BackPressed(_Press):
    __slots__ = ()


class HelpAsked(_Press):
    __slots__ = ()


class LeaveAsked(_Press):
    __slots__ = ()


class TasksAsked(_Press):
    """What is done, and what is left?"""

    __slots__ = ()


class HideAsked(_Press):
    """遮住: somebody came near who must not see this."""

    __slots__ = ()
