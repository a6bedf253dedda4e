"""An ear in place of a sound card: it writes down which clips were played, and how long each takes."""

from __future__ import annotations

from collections.abc import Sequence

from ui.voice.player import Pace, Script
from ui.voice.strung import Sound, Voices


class Ear:
    """A mouth for `Program.mouth_of`. What it hears is the clips; a sound without a clip is not heard."""

    def __init__(self, voices: Voices) -> None:
        self.voices = voices
        self.heard: list[Sound] = []  # since the last `listen`
        self.seconds = 0.0  # of all speech so far, pauses included
        self.said = 0  # scripts
        self.hushed = 0

    def say(self, script: Script, pace: Pace) -> None:
        self.said += 1
        sounds = [sound for sound in script() if sound.clip]
        self.seconds += sum(self._seconds(sound) + sound.pause for sound in sounds) / pace.speed
        self.heard += sounds

    def hush(self) -> None:
        self.hushed += 1

    def close(self) -> None:
        self.heard.clear()

    def listen(self) -> Sequence[str]:
        """What each clip heard since the last time says, by the list of clips alone."""
        words = [self.voices.books[sound.language].clips[sound.clip].phrase for sound in self.heard]
        self.heard.clear()
        return words

    def _seconds(self, sound: Sound) -> float:
        return self.voices.books[sound.language].clips[sound.clip].seconds
