"""From what is to be said to the sounds that say it: clips one after another, with the silence between them.

Whatever is not a shipped text is somebody's own: a name, a number, a sum. It is strung from words and syllables, and
goes to headphones only; a loudspeaker says instead that it stands on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from ui.voice.book import VoiceBook
from ui.voice.figures import Manner, Words, spoken_date, spoken_digits, spoken_number, spoken_sum
from ui.voice.speak import Saying

BETWEEN_WORDS = 0.04  # seconds of silence after a word of a number or a name
AFTER_PIECE = 0.06  # where a sentence goes on
AFTER_SAYING = 0.35
MOST_PUBLIC = 99  # a whole number up to this is a count, not somebody's sum
MOST_LETTERS = 4  # named one by one, as in LPR; a longer run is a foreign word
MOST_SOUNDS = 4000  # of one page
_VALUE = re.compile(
    r"(?P<date>\d{4}(?:-|年)\d{1,2}(?:-|月)\d{1,2}日?)"
    r"|(?P<sum>-?\d[\d,]*(?:\.\d+)?)(?=\s*(?:元|yuan))\s*(?:元|yuan)"
    r"|(?P<dialled>\d[\d*Xx-]{5,}[\dXx*]|(?<!\d)(?:123\d\d|1[12]0)(?!\d))"
    r"|(?P<number>-?\d+(?:,\d{3})*(?:\.\d+)?%?)"
    r"|(?P<letters>[A-Za-z]+)"
    r"|(?P<signs>[^\x00-\u2fff\u3000-\u303f\uff00-\uffef]+)"
)
_COUNT = re.compile(r"\d{1,2}")
_HAN = re.compile("([\u3400-\u9fff\U00020000-\U0003ffff]+)")
STAR = "*"  # of a masked number


class Ear(StrEnum):
    LOUDSPEAKER = "loudspeaker"
    HEADPHONES = "headphones"


class Sound(NamedTuple):
    """One clip, or where there is none what a synthesiser must say, and the silence after it."""

    text: str
    language: str
    clip: str = ""
    personal: bool = False
    pause: float = 0.0

    def __repr__(self) -> str:
        return f"Sound({self.clip or 'no clip'})"


class Voices:
    """The books of all languages that have one, and the texts of this kiosk that are nobody's own, such as the court."""

    def __init__(self, books: Iterable[VoiceBook], public: Iterable[str] = ()) -> None:
        self.books = {book.language: book for book in books}
        self._public = frozenset(public)

    def knows(self, language: str) -> bool:
        return language in self.books

    def sounds(self, sayings: Iterable[Saying], language: str, ear: Ear) -> tuple[Sound, ...]:
        """What is heard of these, in order. Nothing personal is among it for a loudspeaker."""
        found: list[Sound] = []
        for saying in sayings:
            said = self._one(saying, language)
            if ear is Ear.LOUDSPEAKER and any(sound.personal for sound in said):
                said = [*self._hidden(said, language)]
            if said:
                said[-1] = said[-1]._replace(pause=AFTER_SAYING)
            found += said
        return tuple(found[:MOST_SOUNDS])

    def _one(self, saying: Saying, language: str) -> list[Sound]:
        book = self.books.get(language)
        if book is None:
            return []
        found: list[Sound] = []
        texts = saying.text.split(" ") if saying.listed else (saying.text,)
        for piece in (piece for text in texts for piece in book.pieces(text)):
            if piece.clip:
                found.append(Sound(piece.text, language, piece.clip, saying.personal, AFTER_PIECE))
            elif (other := self._elsewhere(piece.text)) is not None:
                found.append(other._replace(personal=saying.personal))
            else:
                personal = saying.personal or not self._nobodys(piece.text, book)
                found += self._value(piece.text, book, personal, name=saying.name)
                if saying.explained:
                    found += self._explanation(piece.text, personal)
        return found

    def _nobodys(self, text: str, book: VoiceBook) -> bool:
        """A text of ours that has no clip yet, what the court calls itself, or a small count."""
        return book.ships(text) or text in self._public or _COUNT.fullmatch(text.strip()) is not None

    def _elsewhere(self, text: str) -> Sound | None:
        """A text of another language, such as its name."""
        for book in self.books.values():
            if clip := book.clip_of(text):
                return Sound(text, book.language, clip, pause=AFTER_PIECE)
        return None

    def _hidden(self, said: Iterable[Sound], language: str) -> Iterator[Sound]:
        """The same with one 请看屏幕 for each stretch of what is somebody's own."""
        stands = self.books[language].instead
        hiding = False
        for sound in said:
            if sound.personal and not hiding:
                yield Sound(stands, language, self.books[language].clip_of(stands), pause=AFTER_PIECE)
            elif not sound.personal:
                yield sound
            hiding = sound.personal

    def _value(self, text: str, book: VoiceBook, personal: bool, *, name: bool) -> list[Sound]:
        if not book.has_syllables:
            return self._synthesised(text, book, personal, name=name)
        if called := book.sign_name(text.strip()):
            clip = book.clip_of(called)
            named = Sound(called, book.language, clip, personal, BETWEEN_WORDS)
            return [named] if clip else self._signs(called, personal, name=False)
        found: list[Sound] = []
        at = 0
        for match in _VALUE.finditer(text):
            if text[at : match.start()].strip() and found:
                found[-1] = found[-1]._replace(pause=AFTER_SAYING)
            at = match.end()
            kind, said = str(match.lastgroup), match[str(match.lastgroup)]
            if kind == "signs":
                found += self._signs(said, personal, name=name and match.start() == 0)
            elif kind == "letters" and (foreign := self._reads_letters(said, book)) is not None:
                found.append(Sound(said, foreign.language, foreign.clip_of(said), personal, BETWEEN_WORDS))
            else:
                found += self._words(_read(kind, said, book.counts), book, personal)
        return found

    def _synthesised(self, text: str, book: VoiceBook, personal: bool, *, name: bool) -> list[Sound]:
        """A language without syllables: the synthesiser has the words, Chinese characters have their clips."""
        found: list[Sound] = []
        for number, part in enumerate(_HAN.split(text)):
            if number % 2:
                found += self._signs(part, personal, name=name and number == 1)
            elif part.strip():
                found.append(Sound(part.strip(), book.language, book.clip_of(part), personal, BETWEEN_WORDS))
        return found

    def _reads_letters(self, text: str, book: VoiceBook) -> VoiceBook | None:
        """Whose word this is; letters that are no word are named one by one."""
        if len(text) == 1:
            return None
        if not book.has_syllables:
            return book
        other = next((one for one in self.books.values() if not one.has_syllables), None)
        return other if len(text) > MOST_LETTERS else None

    def _words(self, words: Words, book: VoiceBook, personal: bool) -> list[Sound]:
        found = []
        for word in words:
            clip = book.clip_of(word)
            if not clip and book.has_syllables:
                clip = book.syllable_clip(book.syllables_of(word)[0][1])
            found.append(Sound(word, book.language, clip, personal, BETWEEN_WORDS))
        return found

    def _signs(self, text: str, personal: bool, *, name: bool) -> list[Sound]:
        book = next((one for one in self.books.values() if one.has_syllables), None)
        if book is None:
            return []
        return [
            Sound(sign, book.language, book.syllable_clip(toned), personal, BETWEEN_WORDS)
            for sign, toned in book.syllables_of(text, name=name)
        ]

    def _explanation(self, sign: str, personal: bool) -> list[Sound]:
        """紧张的张: which of the characters that sound alike it is."""
        book = next((one for one in self.books.values() if one.has_syllables), None)
        word = book.explained(sign) if book is not None else ""
        return self._signs(f"{word}的{sign}", personal, name=False) if word else []


def _read(kind: str, said: str, counts: Manner) -> Words:
    plain = said.replace(",", "")
    match kind:
        case "date":
            return spoken_date(said, counts) or spoken_digits(re.sub(r"\D", "", said), counts)
        case "sum":
            return spoken_sum(Decimal(plain), counts)
        case "number" if plain.endswith("%"):
            number = spoken_number(Decimal(plain[:-1]), counts)
            return ("百", "分", "之", *number) if counts is Manner.CHINESE else (*number, "percent")
        case "number" if not (plain.startswith("0") and plain[1:2].isdecimal()):
            return spoken_number(Decimal(plain.removesuffix(".00")), counts)
        case _:
            return spoken_digits("".join(sign for sign in said if sign.isalnum() or sign == STAR), counts)
