"""Reads the window aloud: each new page, each objection, and where the ring stands, once somebody asked for it.

A touch, a page turn and the end of a visit silence it at once. Headphones that are put in turn it on; taken out, what
is personal is said no more. Speed, volume and whether it reads are of one visit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.visit.pages import Page, WelcomePage
from ui.focus import Focus
from ui.guard import Guard
from ui.screens.screen import Screen
from ui.voice.jack import Jack
from ui.voice.player import GAINS, SPEEDS, USUAL_VOLUME, Mouth, Pace
from ui.voice.speak import CLERKS, Saying, focus_sayings, page_sayings
from ui.voice.strung import Ear, Sound, Voices
from ui.window import KioskWindow


class Choice(NamedTuple):
    """What a person chose of the voice."""

    on: bool = False
    speed: float = 1.0
    volume: int = USUAL_VOLUME

    @property
    def pace(self) -> Pace:
        return Pace(self.speed, self.volume)


class _Told(NamedTuple):
    """Which page was read last: its kind, its question and what was wrong on it."""

    kind: str
    question: object
    objection: str


class Reader(QObject):
    changed = Signal(object)  # Choice
    asked = Signal()  # 朗读 was pressed while it reads already: its page is wanted

    def __init__(self, window: KioskWindow, mouth: Mouth, voices: Voices, jack: Jack, volume: int) -> None:
        super().__init__(window)
        self._window, self._mouth, self._voices, self._jack = window, mouth, voices, jack
        self.silent = False  # there is no sound card
        self.speaks: Callable[[str], bool] = lambda language: True  # by clips, or by a synthesiser that is there
        self._first = Choice(volume=volume)
        self.choice = self._first
        self._told: _Told | None = None
        self._focus: Focus | None = None
        self._screen: Screen | None = None
        window.page_shown.connect(self._page_shown)
        window.focus_moved.connect(self._focus_moved)
        window.voice_asked.connect(self._button)
        window.volume_asked.connect(self._volume)
        window.help_key_pressed.connect(self.read_page)
        jack.changed.connect(self._ear_changed)
        if jack.ear is Ear.HEADPHONES:
            self.choice = self._first._replace(on=True)

    def watch(self, guard: Guard) -> None:
        """A finger on the glass silences it; a key does not, because a key is answered by speech."""
        guard.touched.connect(self.hush)

    @property
    def language(self) -> str:
        return self._window.look.language

    # What a person asks for

    @Slot()
    def read_page(self) -> None:
        """The page from its beginning, then where the ring stands."""
        page = self._window.page
        if page is not None and self.choice.on:
            said = page_sayings(page, self._window.say)
            self._say((*said, *self._focus_said()))

    @Slot(bool)
    def turn(self, on: bool) -> None:
        """朗读 on the page of needs."""
        if on != self.choice.on:
            self.choose(self.choice._replace(on=on))
            self.read_page()

    def choose(self, choice: Choice, say: str = "") -> None:
        """Take over a speed, a volume, or that it reads no more; `say` is a word to try it with."""
        before, self.choice = self.choice, choice
        if before.on and not choice.on:
            self.hush()
        elif choice.on and say:
            self._say((Saying(say),))
        self.changed.emit(choice)

    @Slot()
    def hush(self) -> None:
        self._mouth.hush()

    def begin_again(self) -> None:
        """As before the first visitor."""
        self.hush()
        self._told = None
        self._focus = None
        self.choice = self._first._replace(on=self._jack.ear is Ear.HEADPHONES)
        self.changed.emit(self.choice)

    # What the window tells

    @Slot(object)
    def _page_shown(self, page: Page) -> None:
        screen = self._window.screen_now
        question = screen.question_of(page) if screen is not None else None
        now = _Told(type(page).__name__, question, page.frame.objection)
        if screen is not None and screen is not self._screen:
            self._screen = screen
            screen.explained.connect(self._explained)
        before, self._told = self._told, now
        if isinstance(page, CLERKS):
            self.hush()
            return
        if before is None or (before.kind, before.question) != (now.kind, now.question):
            if isinstance(page, WelcomePage) and before is not None:
                self.begin_again()
                self._told = now
            self.hush()
            self.read_page()
        elif now.objection and now.objection != before.objection and self.choice.on:
            attention = Saying(self._window.say("voice.attention"))
            self._say((attention, Saying(now.objection), *self._focus_said()))

    @Slot()
    def _explained(self) -> None:
        if self.choice.on and self._screen is not None:
            heading = self._screen.heading()
            self._say(tuple(Saying(text) for text in (heading.hint, heading.help) if text))

    @Slot(object)
    def _focus_moved(self, focus: Focus | None) -> None:
        before, self._focus = self._focus, focus
        if self.choice.on and focus is not None and focus != before and not isinstance(self._window.page, CLERKS):
            self._say(self._focus_said())

    def _focus_said(self) -> tuple[Saying, ...]:
        return () if self._focus is None else focus_sayings(self._focus, self._window.say)

    @Slot()
    def _button(self) -> None:
        """朗读 reads at once; pressed again it shows its page."""
        if self.choice.on or self.silent or not self.speaks(self.language):
            self.asked.emit()
            return
        self.choose(self.choice._replace(on=True))
        self.read_page()

    @Slot(int)
    def _volume(self, by: int) -> None:
        volume = min(max(self.choice.volume + by, 1), len(GAINS) - 1)
        self.choose(self.choice._replace(volume=volume), self._window.say("voice.volume"))

    @Slot(object)
    def _ear_changed(self, ear: Ear) -> None:
        """Headphones in: it reads, and everything. Out: silence, before anybody hears what was meant for one."""
        self.hush()
        if ear is Ear.HEADPHONES:
            self.choice = self.choice._replace(on=True)
            self.changed.emit(self.choice)
            said = page_sayings(self._window.page, self._window.say) if self._window.page is not None else ()
            self._say((Saying(self._window.say("voice.headphones_in")), *said))
        elif self.choice.on:
            self._say((Saying(self._window.say("voice.headphones_out")),))

    def _say(self, sayings: tuple[Saying, ...]) -> None:
        language, ear = self.language, self._jack.ear
        self._mouth.say(self._script(sayings, language, ear), self.choice.pace)

    def _script(self, sayings: tuple[Saying, ...], language: str, ear: Ear) -> Callable[[], tuple[Sound, ...]]:
        """Strung on the voice's own thread, so that no page waits for it."""
        return lambda: self._voices.sounds(sayings, language, ear)


def next_speed(speed: float, by: int) -> float:
    """The next of the three speeds, or the same at the end."""
    return SPEEDS[min(max(SPEEDS.index(speed) + by, 0), len(SPEEDS) - 1)]
