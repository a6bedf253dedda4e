"""Somebody who hears the kiosk and presses keys, and does nothing else: no widget and no page is looked at.

Before they come they have been told the questions, as anybody is who was here before (`Knowledge`): which words they
will hear and what they will say to them. At the kiosk they know only the clips that were played.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from kiosk.errors import KioskBug
from kiosk.visit import events as e
from kiosk.visit import pages as p
from ui.demo.ear import Ear
from ui.demo.keys import Keypad
from ui.demo.readings import Readings
from ui.voice.speak import Saying
from ui.voice.strung import Ear as Route
from ui.voice.strung import Voices
from ui.walk import WalkKey

MOST_PRESSES = 120  # round a page, or through a row
MOST_SHEETS = 60  # of candidates
MOST_ROWS = 10
ENOUGH_SECONDS = 1.5  # of a place that is not the one
PINYIN, LATIN, LATER = "拼音", "ABC", "后面的字"  # keys, by what is heard of them


class Reply(NamedTuple):
    """What is done on a page: something with these words is pressed, or something is written."""

    words: str = ""  # as they are heard
    texts: tuple[str, ...] = ()  # for the fields, in their order
    clerk: bool = False  # a clerk has to vouch

    def __repr__(self) -> str:
        return "Reply()"


@dataclass
class Knowledge:
    """By the question as it is heard: what is done there, each time it is asked."""

    voices: Voices
    language: str
    replies: dict[str, list[list[Reply]]] = field(default_factory=dict, repr=False)
    _last: object = None

    def heard(self, text: str, *, name: bool = False) -> str:
        """How a text sounds, as the clips of it are listed."""
        sounds = self.voices.sounds((Saying(text, name=name),), self.language, Route.HEADPHONES)
        clips = (self.voices.books[sound.language].clips[sound.clip].phrase for sound in sounds if sound.clip)
        return "".join(clips)

    def heard_key(self, sign: str) -> str:
        """How the key of a character sounds: with the word to know it by."""
        sounds = self.voices.sounds((Saying(sign, personal=True, explained=True),), self.language, Route.HEADPHONES)
        clips = (self.voices.books[one.language].clips[one.clip].phrase for one in sounds if one.clip)
        return "".join(clips)

    def learn(self, page: p.Page, event: e.Event, asked: object) -> None:
        """One step of a rehearsal; `asked` tells one asking of a question from the next."""
        heading = getattr(page, "heading", None)
        title = self.heard(heading.title if heading is not None else page.title)  # type: ignore[union-attr]
        if asked != self._last:
            self.replies.setdefault(title, []).append([])
            self._last = asked
        self.replies[title][-1].append(self._reply(page, event))

    def _reply(self, page: p.Page, event: e.Event) -> Reply:
        match event:
            case e.Typed(text=text):
                return Reply(texts=(text,))
            case e.DateTyped(year=year, month=month, day=day):
                return Reply(texts=(year, month, day))
            case e.SignatureDrawn():
                assert isinstance(page, p.SignPage)
                return Reply(self.heard(page.witness_label), clerk=True)
            case _:
                return Reply(self.heard(str(_words_of(page, event))))


def _words_of(page: p.Page, event: e.Event) -> str:
    """The words on what this event presses."""
    match event:
        case e.NextPressed():
            return page.frame.next_label
        case e.TilePressed(code=code) | e.OptionPressed(code=code) | e.RegionChosen(code=code):
            options = (*getattr(page, "options", ()), *getattr(page, "tiles", ()))
            return str(next(one.label for one in options if one.code == code))
        case e.MaterialTicked(id=name) if isinstance(page, p.MaterialsPage):
            return next(one.name for one in page.materials if one.id == name)
        case e.NoticeTicked() if isinstance(page, p.NoticePage):
            return page.tick_label
        case e.ItemAdded() if isinstance(page, p.ListPage):
            return page.add_label
        case e.UnknownPressed():
            return str(getattr(page, "unknown_label", ""))
        case e.ByHandPressed() if isinstance(page, p.CardPage):
            return page.by_hand_label
        case _:
            raise KioskBug(f"nobody says {type(event).__name__} on a {type(page).__name__}")


class Listener:
    """At the kiosk, with headphones and four keys."""

    def __init__(
        self, knowledge: Knowledge, ear: Ear, pad: Keypad, readings: Readings, settle: Callable[[], None]
    ) -> None:
        self._knows, self._ear, self._pad = knowledge, ear, pad
        self._readings, self._settle = readings, settle
        self.pages = 0
        self.seconds = 0.0  # of speech: pages to their end, of the places passed by only the beginning
        self._asked = ""
        self._words: tuple[str, ...] = ()  # the last that was heard

    def listen(self) -> str:
        self._settle()
        self._words = tuple(self._ear.listen())
        return "".join(self._words)

    def press(self, key: WalkKey) -> str:
        self._pad.press(key)
        before = self._ear.seconds
        heard = self.listen()
        took = self._ear.seconds - before
        self.seconds += took if key is WalkKey.CHOOSE else min(took, ENOUGH_SECONDS)
        return heard

    def answer(self, heard: str, vouch: Callable[[], None]) -> str:
        """Do on this page what is known of it; what is heard after the last press."""
        known = self._knows.replies
        asked = [title for title in known if title and title in heard and known[title]]
        if not asked:
            raise KioskBug(f"nobody was told what to say to: {heard[:200]}")
        self.pages += 1
        self._asked = title = max(asked, key=len)
        self.press(WalkKey.PREVIOUS)  # the first answer, where the ring stands now, comes next
        for reply in known[title].pop(0):
            if reply.texts:
                for text in reply.texts:
                    self._write(text)
                continue
            heard = self._choose(reply.words)
            if reply.clerk:
                vouch()
                heard = self.listen()
        return heard

    def _choose(self, words: str) -> str:
        """Round the page until these words are heard, then press."""
        self._walk_to(lambda heard: heard.startswith(words), words)
        return self.press(WalkKey.CHOOSE)

    def _walk_to(self, wanted: Callable[[str], bool], what: str) -> str:
        for _ in range(MOST_PRESSES):
            heard = self.press(WalkKey.NEXT)
            if wanted(heard):
                return heard
        raise KioskBug(
            f"went round the page and never heard: {what}; last {' '.join(self._words)}; asked {self._asked}"
        )

    # Writing

    def _write(self, text: str) -> None:
        """Into the next field that says it is empty."""
        empty = self._knows.heard("还没有填")
        self._walk_to(lambda heard: empty in heard, empty)
        self.press(WalkKey.CHOOSE)
        tab = ""
        for sign in text:
            letters = self._readings.letters_of(sign)
            if letters and tab != PINYIN:
                tab = self._open(PINYIN)
            elif not letters and tab == PINYIN:
                tab = self._open(LATIN)
            for key in letters or sign:
                if not self._press_in_rows(self._knows.heard(key)):
                    tab = self._open(LATIN)  # it was not a board of figures
                    self._press_in_rows(self._knows.heard(key))
            if letters:
                self._pick(sign)
        panel = self._knows.heard("输入")
        for _ in range(3):
            heard = self.press(WalkKey.BACK)
            if heard.startswith(panel):
                return
        raise KioskBug("there is no way out of the panel")

    def _open(self, tab: str) -> str:
        if not self._press_in_rows(self._knows.heard(tab)):
            raise KioskBug(f"no row names {tab}; the last was {' '.join(self._words)}")
        return tab

    def _pick(self, sign: str) -> None:
        """The candidate that is explained as this character is, on one of the sheets of candidates."""
        sound = self._knows.heard(sign)
        explained = self._knows.heard_key(sign)
        for _ in range(MOST_SHEETS):
            if self._press_in_rows(sound, explained):
                return
            if not self._press_in_rows(self._knows.heard(LATER)):
                break
        raise KioskBug(f"{explained} is on no sheet of candidates; the last was {' '.join(self._words)}")

    def _press_in_rows(self, named: str, key: str = "") -> bool:
        """Up to the rows, down them until one names it, along that one until it is heard itself, and press."""
        key = key or named
        self._to_the_rows()
        for _ in range(MOST_ROWS):
            if self._names(named) and self._press_in_row(key):
                return True
            self.press(WalkKey.NEXT)
        return False

    def _names(self, named: str) -> bool:
        """Whether the row that was heard last has a key of this name; one letter is not looked for inside a word."""
        keys = self._words[2:]
        return named in keys or (len(named) > 1 and named in "".join(keys))

    def _to_the_rows(self) -> str:
        heard = "".join(self._words)
        for _ in range(3):
            if self._words[:1] == (self._knows.heard("第"),):
                break
            heard = self.press(WalkKey.BACK)
            if heard.startswith(self._knows.heard("输入")):
                heard = self.press(WalkKey.CHOOSE)
        return heard

    def _press_in_row(self, key: str) -> bool:
        leave = self._knows.heard("返回")
        heard = self.press(WalkKey.CHOOSE)
        for _ in range(MOST_PRESSES):
            if heard in (key, *(key + self._knows.heard(state) for state in ("没选", "已选"))):
                self.press(WalkKey.CHOOSE)
                return True
            if heard.startswith(leave):
                break
            heard = self.press(WalkKey.NEXT)
        self.press(WalkKey.BACK)
        return False
