"""The loop that looks for a card while somebody is asked for one, on a thread of its own.

A card counts only for the question that asked: it is told together with that question's nonce. When nobody asks,
no card is read at all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from kiosk import journal
from kiosk.idcards.card import CardFields, CardReader, CardTrouble
from kiosk.idcards.serial_reader import SerialCardReader
from kiosk.settings import CardReader as CardReaderSettings

LOOK_SECONDS = 0.3

OnCard = Callable[[CardFields, int], None]
OnTrouble = Callable[[str, int], None]


def reader_from(settings: CardReaderSettings) -> CardReader | None:
    """The reader of the settings (`serial:/dev/…`); None when none is set up."""
    kind, _, path = settings.link.partition(":")
    return SerialCardReader(path, settings.baud) if kind == "serial" and path else None


class CardWatch:
    """`ask` and `stop_asking` from any thread; the callbacks come from the watch's own."""

    def __init__(
        self, reader: CardReader | None, on_card: OnCard, on_trouble: OnTrouble, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._reader = reader
        self._on_card = on_card
        self._on_trouble = on_trouble
        self._look_seconds = look_seconds
        self._nonce: int | None = None
        self._told: CardTrouble | None = None
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="card-reader", daemon=True)

    @property
    def available(self) -> bool:
        return self._reader is not None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()
        self._thread.join()

    def ask(self, nonce: int) -> None:
        """From now on a card is wanted, for this question only."""
        self._told = None
        self._nonce = nonce
        self._wake.set()

    def stop_asking(self) -> None:
        self._nonce = None

    def _work(self) -> None:
        while not self._stopping.is_set():
            nonce = self._nonce
            if nonce is None or self._reader is None:
                self._wake.wait()
                self._wake.clear()
                continue
            try:
                self._look(self._reader, nonce)
            except Exception as error:  # noqa: BLE001  a bug of ours must not end the reader
                journal.note_exception("card reader stumbled", error)
            self._stopping.wait(self._look_seconds)
        if self._reader is not None:
            self._reader.close()

    def _look(self, reader: CardReader, nonce: int) -> None:
        outcome = reader.look()
        if outcome is None:
            self._told = None
        elif nonce != self._nonce:
            pass  # it was read for somebody who has gone: nobody else may have it
        elif isinstance(outcome, CardTrouble):
            if outcome is not self._told:
                self._told = outcome
                journal.note("card not read", trouble=str(outcome))
                self._on_trouble(f"card.{outcome}", nonce)
        else:
            self._nonce = None
            self._on_card(outcome, nonce)
