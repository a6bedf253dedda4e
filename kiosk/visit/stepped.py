"""What one step of a visit answers."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit.visit import Visit
from kiosk.visit.wishes import Wish


@dataclass(frozen=True, slots=True)
class Stepped:
    visit: Visit
    wishes: tuple[Wish, ...] = ()
