"""大字, 高对比, 低位, 朗读: what a person asked for on the page of needs, carried out on the window."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.visit.guide import Guide
from kiosk.visit.needs import NEEDS
from ui.look import Size, Theme
from ui.window import KioskWindow


class Needs(QObject):
    """Most needs are a look; whoever speaks hears of the voice by `voice_wanted`, and says so by `heed_voice`."""

    voice_wanted = Signal(bool)

    def __init__(self, window: KioskWindow) -> None:
        super().__init__()
        self._window = window
        self._speaks = False  # this kiosk can
        self._speaking = False

    def offer_voice(self) -> None:
        """This kiosk can speak: 朗读 stands among the needs."""
        self._speaks = True

    @Slot(bool)
    def heed_voice(self, on: bool) -> None:
        """The voice was switched on or off, on the page of needs or in the header."""
        self._speaking = on

    def heed(self, code: str, on: bool) -> None:
        first, look = self._window.first_look, self._window.look
        if code == "voice":
            self.voice_wanted.emit(on)
            return
        looks = {
            "large": look._replace(size=Size.LARGEST if on else first.size),
            "contrast": look._replace(theme=Theme.CONTRAST if on else first.theme),
            "low": look._replace(low=on),
        }
        self._window.set_look(looks[code])

    def largest(self) -> None:
        self._window.set_look(self._window.look._replace(size=Size.LARGEST))

    def told(self, guide: Guide) -> Guide:
        """The guide with what the window looks like now, for pages that say so."""
        look = self._window.look
        heeded = {
            "large": look.size.big,
            "contrast": look.theme is Theme.CONTRAST,
            "low": look.low,
            "voice": self._speaking,
        }
        cannot = {"low": not look.portrait, "voice": not self._speaks}
        return replace(
            guide,
            large_letters=look.size.big,
            needs=frozenset(name for name, on in heeded.items() if on),
            offered_needs=tuple(name for name in NEEDS if not cannot.get(name)),
        )
