"""A card reader that follows a script, for journeys and for desks without hardware. It misbehaves when told."""

from __future__ import annotations

from collections import deque

from kiosk.idcards import layouts
from kiosk.idcards.card import CardFields, CardTrouble
from kiosk.idcards.samples import CARDS


class ScriptedCardReader:
    """Fills `kiosk.idcards.card.CardReader`."""

    def __init__(self) -> None:
        self._next: deque[CardFields | CardTrouble] = deque()
        self._gone = False

    def put_card(self, name: str = "resident") -> CardFields:
        """Lay a pretend card on the reader; gives back what it says."""
        card = layouts.decode(CARDS[name])
        assert isinstance(card, CardFields)
        self._next.append(card)
        return card

    def fail_once(self, trouble: CardTrouble) -> None:
        self._next.append(trouble)

    def pull_the_cable(self) -> None:
        self._gone = True

    def plug_in(self) -> None:
        self._gone = False

    def look(self) -> CardFields | CardTrouble | None:
        if self._gone:
            return CardTrouble.GONE
        return self._next.popleft() if self._next else None

    def close(self) -> None:
        self._next.clear()
