"""An ear in place of a sound card: it writes down which clips were played, and how long each takes."""

from __future__ import annotations

from collections.abc import Sequence

from ui.voice.player import Pace, Script
from ui.voice.strung import Sound, Voices


class Ear:
    """A mouth for `Program.mouth_of`. What it hears is the clips; a sound without a clip is not heard."""

    def __init__(self, voices: Voices) -> None:
        self.voices = voices
        self.heard: list[Sound] = []  # of what is being said; something new cuts it off
        self.seconds = 0.0  # of all that was listened to, pauses included
        self.said = 0  # scripts
        self.hushed = 0
        self._speed = 1.0

    def say(self, script: Script, pace: Pace) -> None:
        self.said += 1
        self.heard = [sound for sound in script() if sound.clip]
        self._speed = pace.speed

    def hush(self) -> None:
        self.hushed += 1
        self.heard = []

    def close(self) -> None:
        self.heard.clear()

    def listen(self) -> Sequence[str]:
        """Hear it to its end: what each clip says, by the list of clips alone."""
        self.seconds += sum(self._seconds(sound) + sound.pause for sound in self.heard) / self._speed
        words = [self.voices.books[sound.language].clips[sound.clip].phrase for sound in self.heard]
        self.heard.clear()
        return words

    def _seconds(self, sound: Sound) -> float:
        return self.voices.books[sound.language].clips[sound.clip].seconds
