"""What can be touched on the attract screen and around every page.

Apart from the other events because a start must not wait for them; everybody imports these from `kiosk.visit.events`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TilePressed:
    """A tile of the welcome, ask, done or clerk page. `code` is the Option's."""

    code: str


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: str


@dataclass(frozen=True, slots=True)
class NextPressed:
    pass


@dataclass(frozen=True, slots=True)
class BackPressed:
    pass


@dataclass(frozen=True, slots=True)
class HelpAsked:
    pass


@dataclass(frozen=True, slots=True)
class LeaveAsked:
    pass
