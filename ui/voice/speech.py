"""The voice assembled: books, mouth, jack, reader, and the two things over the page, 朗读 and the dark screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.settings import Settings
from resources import folder
from ui.guard import Guard
from ui.screens.surroundings import Surroundings
from ui.voice.book import VoiceBook, has_voice
from ui.voice.dark import DarkCover
from ui.voice.jack import Jack
from ui.voice.page import VoiceScreen
from ui.voice.player import Mouth, Player
from ui.voice.reader import Choice, Reader
from ui.voice.strung import Voices
from ui.voice.synth import Synthesiser
from ui.window import KioskWindow


def open_voices(settings: Settings, languages: tuple[str, ...]) -> Voices:
    """The books of all these languages that have one. What the court calls itself is no secret."""
    homes = [(folder("voice") / language, language) for language in languages]
    court = settings.court
    public = (court.name, court.hall, court.window, court.hotline)
    return Voices([VoiceBook(home, language) for home, language in homes if has_voice(home)], public)


class Speech(QObject):
    _silent = Signal()

    def __init__(
        self,
        window: KioskWindow,
        settings: Settings,
        languages: tuple[str, ...],
        guard: Guard,
        mouth_of: Callable[[Voices], Mouth] | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._synthesiser = Synthesiser()
        self.voices = open_voices(settings, languages)
        self._silent.connect(self._no_sound, Qt.ConnectionType.QueuedConnection)
        self.mouth: Mouth = mouth_of(self.voices) if mouth_of else self._player()
        self.jack = Jack(settings.voice, self)
        self.reader = Reader(window, self.mouth, self.voices, self.jack, settings.voice.volume)
        self.reader.speaks = self._speaks
        self.reader.watch(guard)
        self.reader.asked.connect(self._ask)
        self.silent = False
        self._page: VoiceScreen | None = None
        self._dark: DarkCover | None = None
        window.page_shown.connect(self._light)
        self.jack.start()

    def _speaks(self, language: str) -> bool:
        book = self.voices.books.get(language)
        return book is not None and (book.has_clips or self._synthesiser.present)

    def _player(self) -> Player:
        player = Player(self.voices, self._synthesiser, silent=self._silent.emit)
        player.start()
        return player

    def stop(self) -> None:
        """Silence, and no thread any more."""
        self.jack.stop()
        self.mouth.close()

    @Slot()
    def _no_sound(self) -> None:
        """No sound card: 朗读 says so, and all goes on."""
        self.silent = self.reader.silent = True

    @Slot()
    def _ask(self) -> None:
        self._window.lay_over(self._make_page)

    def _make_page(self, around: Surroundings) -> VoiceScreen:
        mute = "voice.silent" if self.silent else "" if self._speaks(self.reader.language) else "voice.not_spoken"
        page = VoiceScreen(around, self.reader.choice, mute=mute)
        page.chosen.connect(self._chosen)
        page.again.connect(self._again)
        page.dark.connect(self._darken)
        self.reader.changed.connect(page.show_choice)
        page.destroyed.connect(partial(self._page_gone, page))
        self._page = page
        return page

    def _page_gone(self, page: VoiceScreen) -> None:
        if self._page is page:
            self._page = None

    @Slot(object, str)
    def _chosen(self, choice: Choice, word: str) -> None:
        self.reader.choose(choice, word)
        if not choice.on:
            self._window.take_off()

    @Slot()
    def _again(self) -> None:
        self._window.take_off()
        self.reader.read_page()

    @Slot()
    def _darken(self) -> None:
        self._window.take_off()
        if self._dark is None:
            self._dark = DarkCover(self._window, self._window.look, self._window.say("voice.light"))
            self._dark.lit.connect(self._lighten)
            self._dark.show()
        self._dark.raise_()
        self.reader.read_page()

    @Slot()
    def _lighten(self) -> None:
        if self._dark is not None:
            self._dark.hide()
            self._dark.deleteLater()
            self._dark = None

    @Slot(object)
    def _light(self, page: object) -> None:
        """A new page does not light the screen, but nothing may lie over the dark."""
        if self._dark is not None:
            if not self.reader.choice.on:
                self._lighten()
            else:
                self._dark.raise_()
