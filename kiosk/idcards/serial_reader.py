"""A card reader on a serial line (GA 450 readers): find, select, read, then wait until the card is lifted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from kiosk.idcards import frames, layouts
from kiosk.idcards.card import CardFields, CardTrouble
from kiosk.idcards.frames import BadFrame, FrameReader, Reply
from kiosk.serial_line import LineLost, SerialLine

READ_SECONDS = 3.0  # from finding a card to its text, tries included
ANSWER_SECONDS = 0.6
GAP_SECONDS = 0.1  # between two bytes of one answer
NEWEST_ADDRESS_SECONDS = 0.4
TRIES = 2
CHUNK = 4096

_BAD_STATUS = {
    frames.NOT_SELECTED: CardTrouble.SELECT_FAILED,
    0x31: CardTrouble.REFUSED,
    0x32: CardTrouble.REFUSED,
    0x33: CardTrouble.REFUSED,
}


class SerialCardReader:
    """Fills `kiosk.idcards.card.CardReader`. Belongs to one thread."""

    def __init__(self, path: str, baud: int = 115200, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._line = SerialLine(path, baud, seconds=seconds)
        self._frames = FrameReader()
        self._must_be_lifted = False

    def look(self) -> CardFields | CardTrouble | None:
        """A card just read, what went wrong, or None when no new card lies there."""
        try:
            self._line.open()
            found = self._exchange(frames.FIND, ANSWER_SECONDS)
            if isinstance(found, CardTrouble):
                return found
            if found.status != frames.FOUND:
                # After a read many modules say "no card" until it is lifted; either way the next one found is new.
                self._must_be_lifted = False
                return None
            if self._must_be_lifted:
                return None
            outcome = self._read(self._seconds() + READ_SECONDS)
        except LineLost:
            self.close()
            return CardTrouble.GONE
        self._must_be_lifted = isinstance(outcome, CardFields)
        return outcome

    def answers(self) -> bool:
        """A whole frame came back when it was asked for its status; the line is let go of again."""
        try:
            self._line.open()
            return isinstance(self._exchange(frames.ASK_STATUS, ANSWER_SECONDS), Reply)
        except LineLost:
            return False
        finally:
            self.close()

    def close(self) -> None:
        self._line.close()
        self._frames.reset()
        self._must_be_lifted = False

    def _read(self, deadline: float) -> CardFields | CardTrouble:
        outcome: CardFields | CardTrouble = CardTrouble.SELECT_FAILED
        for _ in range(TRIES):
            selected = self._exchange(frames.SELECT, self._left(deadline, ANSWER_SECONDS))
            if isinstance(selected, Reply) and selected.status == frames.OK:
                outcome = self._text(deadline)
                if isinstance(outcome, CardFields):
                    return self._with_newest_address(outcome, deadline)
            else:
                outcome = selected if isinstance(selected, CardTrouble) else _trouble(selected.status)
            if self._seconds() >= deadline:
                break
            # A card must be found again before it can be selected again.
            self._exchange(frames.FIND, self._left(deadline, ANSWER_SECONDS))
        return outcome

    def _text(self, deadline: float) -> CardFields | CardTrouble:
        reply = self._exchange(frames.READ, self._left(deadline, READ_SECONDS))
        if isinstance(reply, CardTrouble):
            return reply
        if reply.status != frames.OK:
            return _trouble(reply.status)
        data = frames.card_data(reply.data)
        return CardTrouble.READ_FAILED if data is None else layouts.decode(data.text)

    def _with_newest_address(self, card: CardFields, deadline: float) -> CardFields:
        reply = self._exchange(frames.NEWEST_ADDRESS, self._left(deadline, NEWEST_ADDRESS_SECONDS))
        if isinstance(reply, Reply) and reply.status == frames.OK and (moved := layouts.newest_address(reply.data)):
            return replace(card, address=moved)
        return card

    def _exchange(self, command: bytes, seconds: float) -> Reply | CardTrouble:
        """One question and its answer; a broken answer ends with the first gap in it."""
        self._frames.reset()
        while self._line.read(CHUNK, self._seconds()):
            pass  # what is left of an earlier answer belongs to nobody
        deadline = self._seconds() + seconds
        rest = memoryview(command)
        while rest:
            rest = rest[self._line.write_some(rest, deadline) :]
            if rest and self._seconds() >= deadline:
                return CardTrouble.SILENT
        heard, until = False, deadline
        while True:
            data = self._line.read(CHUNK, until)
            if not data:
                return CardTrouble.NOISE if heard else CardTrouble.SILENT
            heard = True
            for found in self._frames.feed(data):
                if isinstance(found, Reply):
                    return found
                if isinstance(found, BadFrame):
                    until = min(deadline, self._seconds() + GAP_SECONDS)
            if self._seconds() >= deadline:
                return CardTrouble.NOISE
            until = min(deadline, self._seconds() + GAP_SECONDS)

    def _left(self, deadline: float, most: float) -> float:
        return max(0.0, min(most, deadline - self._seconds()))


def _trouble(status: int) -> CardTrouble:
    return _BAD_STATUS.get(status, CardTrouble.READ_FAILED)


def is_reader(path: str, baud: int) -> bool:
    """Whether a card reader answers on this port: asked for its status only, as a technician's tool does."""
    reader = SerialCardReader(path, baud)
    return reader.answers()
