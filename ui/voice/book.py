"""What can be said in one language: its clips by phrase, its templates, and for Mandarin the syllable of each character.

Read once from `resources/voice/<language>`; nothing here makes a sound. A finished sentence finds its clips again by
being cut as the renderer cut it; a sentence with places finds its template, and what stood in the places is a value.
"""

from __future__ import annotations

import re
import tomllib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from resources.voice.listing import FILE, Clip, read_list
from resources.voice.phrases import phrases_in, pieces_of
from ui.voice.figures import Manner

_PARTS = re.compile(r"[，、；：（）()·|/—。！？]+|\s{2,}|\n")
_ENDS = "。！？：；，、.!?:;, "
_BLANKS = re.compile(r"\s+")
_DEEPEST = 3
_LEAST_WEIGHT = 2  # a template of fewer signs would fit any text


class Piece(NamedTuple):
    """A stretch of a sentence: it has a clip, or it is a value and must be strung from words."""

    text: str
    clip: str = ""  # "" : a value

    def __repr__(self) -> str:
        return f"Piece({self.clip or 'value'})"


class VoiceBook:
    def __init__(self, home: Path, language: str) -> None:
        self.home, self.language = home, language
        with (home / "voice.toml").open("rb") as file:
            setting = tomllib.load(file)
        self.counts = Manner(setting["counts"])
        self.instead = str(setting["instead"])  # what a loudspeaker says where somebody's own words stand
        self.clips: dict[str, Clip] = {}
        self._by_phrase: dict[str, str] = {}
        self._loosely: dict[str, str] = {}
        self._syllables: dict[str, str] = {}
        for clip in read_list(home):
            self.clips[clip.name] = clip
            where = self._syllables if clip.place == "syllable" else self._by_phrase
            where[clip.phrase] = clip.name
        for phrase, name in self._by_phrase.items():
            self._loosely.setdefault(_loose(phrase), name)
        self._unmade = frozenset(map(_loose, _lines(home / "unmade.txt")))  # shipped, without a clip yet
        self._signs = {sign: toned for toned, signs in _pairs(home / "syllables.txt") for sign in signs}
        self._words = dict(_pairs(home / "known_words.txt"))
        self._sign_names = dict(_pairs(home / "signs.txt"))
        self._explained = dict(_pairs(home / "characters.txt"))
        longest = sorted(self._words, key=len, reverse=True)
        self._known_words = re.compile("|".join(map(re.escape, longest))) if longest else None
        templates = _lines(home / "templates.txt")
        fixed = {tuple(map(_tidy, pieces_of(one))) for one in templates}
        self._templates = sorted((one for one in fixed if _weight(one) >= _LEAST_WEIGHT), key=_weight, reverse=True)

    @cached_property
    def head(self) -> bytes:
        """What every clip's file begins with."""
        return (self.home / "head").read_bytes()

    @property
    def has_clips(self) -> bool:
        return bool(self._by_phrase)

    def clip_of(self, phrase: str) -> str:
        """The clip of a phrase, an ending sign more or less; "" when there is none."""
        return self._by_phrase.get(phrase) or self._loosely.get(_loose(phrase), "")

    @property
    def has_syllables(self) -> bool:
        return bool(self._signs)

    def ships(self, text: str) -> bool:
        """Whether this is a text of ours, with a clip or not: it is nobody's own."""
        return bool(self.clip_of(text)) or _loose(text) in self._unmade

    def syllable_clip(self, toned: str) -> str:
        return self._syllables.get(toned, "")

    def syllables_of(self, text: str, *, name: bool = False) -> tuple[tuple[str, str], ...]:
        """Each character with its toned syllable; known words and, at the head of a name, surnames have their own."""
        found: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            word = self._word_at(text, at, name=name and at == 0)
            if word:
                found += zip(word, self._words[word].split(), strict=True)
                at += len(word)
            else:
                found.append((text[at], self._signs.get(text[at], "")))
                at += 1
        return tuple(found)

    def sign_name(self, sign: str) -> str:
        """逗号 for ，: what the key of a sign is called."""
        return self._sign_names.get(sign, "")

    def explained(self, sign: str) -> str:
        """A word to know this character by, such as 紧张 for 张."""
        return self._explained.get(sign, "")

    def _word_at(self, text: str, at: int, *, name: bool) -> str:
        match = self._known_words.match(text, at) if self._known_words is not None else None
        if match is None or (len(match[0]) == 1 and not name):
            return ""
        return match[0]

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The clips and values a text is made of, in order."""
        return _pieces(self, _tidy(text), 0)

    def matches(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The template this text was made from: its fixed pieces, and what stands between them."""
        for fixed in self._templates:
            if not (text.startswith(fixed[0]) and text.endswith(fixed[-1])):
                continue
            found = _pattern(fixed).fullmatch(text)
            if found is not None:
                return fixed, found.groups()
        return None


def _pieces(book: VoiceBook, text: str, depth: int) -> tuple[Piece, ...]:
    whole = book.clip_of(text)
    if whole:
        return (Piece(text, whole),)
    phrases = phrases_in(text)
    clips = [book.clip_of(phrase) for phrase in phrases]
    if phrases and all(map(book.ships, phrases)):
        return tuple(map(Piece, phrases, clips))
    matched = book.matches(text) if depth < _DEEPEST else None
    if matched is not None:
        fixed, values = matched
        found: list[Piece] = []
        for number, piece in enumerate(fixed):
            found += _fixed(book, piece)
            if number < len(values):
                found += _pieces(book, values[number].strip(), depth + 1)
        return tuple(found)
    if len(phrases) > 1:
        return tuple(piece for phrase in phrases for piece in _pieces(book, phrase, depth))
    return _part_by_part(book, text, depth)


def _fixed(book: VoiceBook, text: str) -> list[Piece]:
    return [Piece(phrase, book.clip_of(phrase)) for phrase in phrases_in(text)]


def _part_by_part(book: VoiceBook, text: str, depth: int) -> tuple[Piece, ...]:
    """A text put together from others, such as 原件，2份: the parts that are known, and the values between them."""
    parts = [part for part in _PARTS.split(text) if part]
    if len(parts) < 2 or not any(map(book.ships, parts)):
        return (Piece(text),) if text else ()
    return tuple(piece for part in parts for piece in _pieces(book, part, depth + 1))


@lru_cache(maxsize=512)
def _pattern(fixed: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, fixed)), re.DOTALL)


def _weight(fixed: tuple[str, ...]) -> int:
    return sum(map(len, fixed))


def _tidy(text: str) -> str:
    return _BLANKS.sub(" ", text).strip("\n")


def _loose(phrase: str) -> str:
    return phrase.strip(_ENDS)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []


def _pairs(path: Path) -> list[tuple[str, str]]:
    return [(first, second) for first, _, second in (line.partition("\t") for line in _lines(path))]


def has_voice(home: Path) -> bool:
    return (home / FILE).exists()
