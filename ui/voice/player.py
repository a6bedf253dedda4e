"""Sounds out of the machine: the only miniaudio. A thread of its own makes them ready and the device takes them.

Whatever is asked is dropped the moment something else is asked, or `hush` is called: the device has silence in its
next buffer, and nothing of what was to come is left in memory. A machine without a sound card says so once.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from queue import SimpleQueue
from typing import NamedTuple, Protocol

import miniaudio
import numpy as np

from kiosk import journal
from ui.voice.stretch import Samples, stretched
from ui.voice.strung import Sound, Voices
from ui.voice.synth import Synthesiser

RATE = 16_000
BUFFER_MS = 60
GAINS = (0.0, 0.12, 0.25, 0.45, 0.7, 1.0)  # of the five steps of volume
USUAL_VOLUME = 3
SPEEDS = (0.8, 1.0, 1.25)
MOST_AHEAD_SECONDS = 4.0  # made ready before it is wanted
PAINT_SECONDS = 0.08  # the page is drawn first; and of keys pressed in haste only the last is spoken


class Pace(NamedTuple):
    speed: float = 1.0
    volume: int = USUAL_VOLUME


Script = Callable[[], Sequence[Sound]]


class Mouth(Protocol):
    """What can speak: the player, and in tests an ear that only writes down."""

    def say(self, script: Script, pace: Pace) -> None: ...
    def hush(self) -> None: ...
    def close(self) -> None: ...


class Player:
    """`backends` for tests: miniaudio's null backend takes the samples and makes no sound."""

    def __init__(
        self,
        voices: Voices,
        synthesiser: Synthesiser | None = None,
        *,
        silent: Callable[[], None] = lambda: None,
        backends: list[miniaudio.Backend] | None = None,
    ) -> None:
        self._voices, self._synthesiser = voices, synthesiser or Synthesiser()
        self._told_silent, self._backends = silent, backends
        self._orders: SimpleQueue[tuple[int, Script, Pace] | None] = SimpleQueue()
        self._newest = 0
        self._lock = threading.Lock()
        self._room = threading.Condition(self._lock)
        self._ready: deque[Samples] = deque()
        self._gain = GAINS[USUAL_VOLUME]
        self._device: miniaudio.PlaybackDevice | None = None
        self._dead = False
        self.taken = 0  # samples the device has had that were not silence
        self._thread = threading.Thread(target=self._work, name="voice", daemon=True)

    def start(self) -> None:
        """Open the device on the voice's own thread."""
        self._thread.start()

    @property
    def speaking(self) -> bool:
        with self._lock:
            return bool(self._ready)

    @property
    def waiting(self) -> int:
        """Samples made ready and not taken yet."""
        with self._lock:
            return sum(map(len, self._ready))

    def say(self, script: Script, pace: Pace) -> None:
        """Say this instead of whatever is being said."""
        self.hush()
        self._orders.put((self._newest, script, pace))

    def hush(self) -> None:
        """Silence at once; what was to come is forgotten."""
        with self._room:
            self._newest += 1
            self._ready.clear()
            self._room.notify_all()

    def close(self) -> None:
        """Harmless when called twice, and before `start`."""
        self.hush()
        self._dead = True
        self._orders.put(None)
        if self._thread.is_alive():
            self._thread.join(5.0)

    # The voice's own thread

    def _work(self) -> None:
        self._open()
        while (order := self._orders.get()) is not None:
            number, script, pace = order
            if self._device is not None and self._still_wanted(number):
                self._gain = GAINS[pace.volume]
                for sound in script():
                    if not self._offer(number, self._samples(sound, pace.speed)):
                        break
        if self._device is not None:
            self._device.close()

    def _still_wanted(self, number: int) -> bool:
        """Whether nothing newer was asked while the page was drawn."""
        with self._room:
            self._room.wait_for(lambda: number != self._newest or self._dead, PAINT_SECONDS)
            return number == self._newest

    def _open(self) -> None:
        try:
            device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=BUFFER_MS,
                backends=self._backends,
                app_name="kiosk",
            )
            stream = self._stream()
            next(stream)
            device.start(stream)
        except miniaudio.MiniaudioError:
            journal.note("voice missing", reason="no sound device")
            self._told_silent()
            return
        self._device = device

    def _samples(self, sound: Sound, speed: float) -> Samples:
        made = np.zeros(0, np.float32)
        if sound.clip:
            book = self._voices.books[sound.language]
            made = decoded(book.head + (book.home / "clips" / sound.clip).read_bytes())
        elif wav := self._synthesiser.wav(sound.text, sound.language):
            made = decoded(wav)
        said = stretched(made, RATE, speed)
        return np.concatenate([said, np.zeros(int(sound.pause * RATE / speed), np.float32)])

    def _offer(self, number: int, samples: Samples) -> bool:
        """Lay it behind what waits; False when it is not wanted any more."""
        with self._room:
            while sum(map(len, self._ready)) > MOST_AHEAD_SECONDS * RATE and number == self._newest:
                self._room.wait(0.5)
            if number != self._newest or self._dead:
                return False
            if len(samples):
                self._ready.append(samples)
            return True

    # The device's thread

    def _stream(self) -> Generator[bytes, int, None]:
        wanted = yield b""
        while True:
            wanted = yield self._take(wanted)

    def _take(self, wanted: int) -> bytes:
        out = np.zeros(wanted, np.float32)
        at = 0
        with self._room:
            while at < wanted and self._ready:
                first = self._ready[0]
                part = first[: wanted - at]
                out[at : at + len(part)] = part
                at += len(part)
                if len(part) == len(first):
                    self._ready.popleft()
                else:
                    self._ready[0] = first[len(part) :]
            self.taken += at
            if at:
                self._room.notify_all()
        return (out * self._gain * 32767).astype("<i2").tobytes()


def decoded(data: bytes) -> Samples:
    """A clip or a WAV file as samples of our rate; nothing for what cannot be read."""
    try:
        found = miniaudio.decode(data, miniaudio.SampleFormat.FLOAT32, 1, RATE)
    except miniaudio.MiniaudioError:
        journal.note("clip unreadable")
        return np.zeros(0, np.float32)
    return np.frombuffer(found.samples, np.float32)
