"""The shipped voices, and a reader on a window whose mouth is an ear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from kiosk.settings import Voice
from resources import folder
from ui.demo.ear import Ear as ListeningEar
from ui.look import Look
from ui.voice.book import VoiceBook, has_voice
from ui.voice.jack import Jack
from ui.voice.reader import Reader
from ui.voice.strung import Voices
from ui.window import KioskWindow

PUBLIC = ("北京市朝阳区人民法院", "1号窗口")


@pytest.fixture(scope="session")
def voices() -> Voices:
    homes = [(folder("voice") / language, language) for language in ("zh", "en")]
    return Voices([VoiceBook(home, language) for home, language in homes if has_voice(home)], PUBLIC)


class Listening(QObject):
    """A window that is read aloud to somebody whose headphones are a file."""

    def __init__(self, window: KioskWindow, voices: Voices, jack_file: Path) -> None:
        super().__init__()
        self.window = window
        self.ear = ListeningEar(voices)
        self.jack_file = jack_file
        self.jack = Jack(Voice(output="jack", jack_file=str(jack_file)))
        self.reader = Reader(window, self.ear, voices, self.jack, 3)

    def plug(self, text: str) -> None:
        self.jack_file.write_text(text, encoding="ascii")
        self.jack.look()

    def heard(self) -> str:
        return "".join(self.ear.listen())


@pytest.fixture
def listening(open_window: Callable[[Look], KioskWindow], voices: Voices, tmp_path: Path) -> Iterator[Listening]:
    window = open_window(Look())
    made = Listening(window, voices, tmp_path / "jack")
    yield made
    delete(made.reader)
