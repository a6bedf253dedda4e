"""The plain-words search: what was said → up to three signposts, each with the words that led there.

Three things count, all of them explainable: words of a topic's lists that occur in what was said (also with a wrong
character of the right sound), groups of words that belong together wherever they stand, and how like a phrase of the
topic or the name of a cause the whole is. Words that speak against a topic take away. Nothing is learnt or kept.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kiosk.guidance.book import GENERAL, Book, Topic
from kiosk.guidance.hearing import Heard, grams, hear, stem
from kiosk.law.shapes import Cause

SHOWN = 3
WHY_WORDS = 3
LONGEST_WORD = 8
LONGEST_PHRASE = 6  # English words in one entry of a list
WEIGHTS = {"strong": 5.0, "usual": 2.0, "faint": 0.7}
NAME = 6.0  # the name of a cause said outright
TOGETHER, MOST_TOGETHER = 3.5, 2
AGAINST, MOST_AGAINST = -2.5, -6.0
LIKENESS, SECOND_LIKENESS = 7.0, 2.0
SOUNDS_LIKE = 0.5
SMALL_WORDS = frozenset("了的不没我他她你被在是有要到给把就都也人一")  # heard too often to be a slip of another
INSIDE = 0.4  # a word inside a longer known one says less
LEAST = 1.6  # below it nothing was recognised
LEAST_SHARE = 0.2  # of the best: what is further behind is noise
ONE_IN = 0.35  # a further phrase or topic that lists the same word makes it this much weaker
GENERIC_ENDS = ("合同纠纷", "责任纠纷", "纠纷", "案件")


@dataclass(frozen=True, slots=True)
class Signpost:
    """One answer of guidance: a kind of trouble, the cause it most likely is, and the words that led there."""

    topic: str
    cause: str  # "" : no civil cause
    why: tuple[str, ...] = field(repr=False)
    score: float


class _Listed(NamedTuple):
    topic: str
    weight: float
    cause: str = ""


class _Phrase(NamedTuple):
    topic: str
    cause: str
    length: float


class _Span(NamedTuple):
    start: int
    end: int
    word: str  # as listed
    said: str  # as said
    share: float


class Search:
    """The index over a book and the causes. Making it takes some tens of milliseconds; a question some few."""

    def __init__(self, book: Book, causes: Iterable[Cause]) -> None:
        self.book = book
        self._listed: dict[str, list[_Listed]] = defaultdict(list)
        self._against: dict[str, set[str]] = defaultdict(set)
        self._groups: dict[str, set[str]] = defaultdict(set)
        self._named = {row.code: row for row in causes if row.level >= 3}
        for topic in book.topics:
            self._take_in(topic)
        for code, row in self._named.items():
            if (owner := book.by_cause.get(code)) is not None:
                self._listed[_plain_name(row.zh)].append(_Listed(owner.id, NAME, code))
        for name, words in book.groups.items():
            for word in words:
                self._groups[_key(word)].add(name)
        self._words = {*self._listed, *self._groups, *self._against}
        self._sound_of = {one: sound for sound, characters in book.sounds.items() for one in characters}
        self._by_sound: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for word in self._words:
            if 2 <= len(word) <= LONGEST_WORD and _may_be_misspelt(word) and all(one in self._sound_of for one in word):
                self._by_sound[tuple(self._sound_of[one] for one in word)].append(word)
        self._phrases: list[_Phrase] = []
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._rarity: dict[str, float] = {}
        self._index_phrases()

    def signposts(self, text: str) -> tuple[Signpost, ...]:
        """Up to three, best first; never none: what is not recognised is led to the general complaint."""
        heard = hear(text, self.book.slips, self.book.traditional)
        scores: dict[str, float] = defaultdict(float)
        words: dict[str, dict[str, float]] = defaultdict(dict)
        causes: dict[str, Counter[str]] = defaultdict(Counter)
        spans = self._spans(heard)
        self._count_words(spans, scores, words, causes)
        self._count_groups(spans, scores, words)
        self._count_likeness(heard, scores, causes)
        self._count_against(spans, scores)
        least = max(LEAST, LEAST_SHARE * max(scores.values(), default=0.0))
        ranked = sorted(
            (name for name, score in scores.items() if score >= least and name != GENERAL),
            key=lambda name: (-scores[name], name),
        )
        found = [
            Signpost(name, self._cause(name, heard, causes[name]), _why(words[name]), scores[name])
            for name in ranked[:SHOWN]
        ]
        if len(found) < SHOWN:
            found.append(Signpost(GENERAL, "", (), 0.0))
        return tuple(found)

    # Making the index

    def _take_in(self, topic: Topic) -> None:
        for name, weight in WEIGHTS.items():
            for word in getattr(topic, name):
                self._listed[_key(word)].append(_Listed(topic.id, weight))
        for word in topic.against:
            self._against[_key(word)].add(topic.id)
        for code, cause_words in topic.cause_words.items():
            for word in cause_words:
                self._listed[_key(word)].append(_Listed(topic.id, 0.0, code))

    def _index_phrases(self) -> None:
        said: list[tuple[str, str, Counter[str]]] = []
        for topic in self.book.topics:
            said += [(topic.id, "", self._grams(phrase)) for phrase in topic.phrases]
            said.append((topic.id, "", self._grams(topic.title.zh)))
            said.append((topic.id, "", self._grams(topic.title.en)))
        for code, row in self._named.items():
            if (owner := self.book.by_cause.get(code)) is not None:
                said += [(owner.id, code, self._grams(name)) for name in (_plain_name(row.zh), row.en) if name]
        seen = Counter(gram for _, _, counted in said for gram in counted)
        self._rarity = {gram: math.log(1 + len(said) / count) * _worth(gram) for gram, count in seen.items()}
        for number, (topic_id, code, counted) in enumerate(said):
            length = math.sqrt(sum(self._rarity[gram] ** 2 for gram in counted)) or 1.0
            self._phrases.append(_Phrase(topic_id, code, length))
            for gram in counted:
                self._postings[gram].append((number, self._rarity[gram] ** 2))

    def _grams(self, text: str) -> Counter[str]:
        return Counter(grams(hear(text, self.book.slips, self.book.traditional)))

    # Answering

    def _spans(self, heard: Heard) -> list[_Span]:
        """Every known word that occurs, with how much it counts: less inside a longer one, less by sound alone."""
        found: list[_Span] = []
        han = heard.han
        for start in range(len(han)):
            for end in range(start + 1, min(len(han), start + LONGEST_WORD) + 1):
                word = han[start:end]
                if word in self._words:
                    found.append(_Span(start, end, word, word, 1.0))
                elif end - start >= 2:
                    found += self._by_ear(han, start, end)
        english = heard.english
        for start in range(len(english)):
            for end in range(start + 1, min(len(english), start + LONGEST_PHRASE) + 1):
                word = " ".join(english[start:end])
                if word in self._words:
                    said = " ".join(heard.spelled[start:end])
                    found.append(_Span(1000 + start, 1000 + end, word, said, 1.0))
        whole = [span for span in found if span.share == 1.0]
        covered = [False] * (len(han) + 1)
        for span in whole:
            if span.start < 1000 and len(span.word) >= 2:
                covered[span.start : span.end] = [True] * (span.end - span.start)
        kept = whole + [s for s in found if s.share < 1.0 and not all(covered[s.start : s.end])]
        return [span._replace(share=span.share * INSIDE) if _inside(span, whole) else span for span in kept]

    def _by_ear(self, han: str, start: int, end: int) -> list[_Span]:
        said = han[start:end]
        if not _may_be_misspelt(said):
            return []
        sounds = tuple(self._sound_of.get(one, "") for one in said)
        found = []
        for word in self._by_sound.get(sounds, ()):
            same = sum(one == two for one, two in zip(word, said, strict=True))
            if same >= max(1, len(word) - 2):
                found.append(_Span(start, end, word, said, SOUNDS_LIKE))
        return found

    def _count_words(
        self,
        spans: list[_Span],
        scores: dict[str, float],
        words: dict[str, dict[str, float]],
        causes: dict[str, Counter[str]],
    ) -> None:
        best: dict[tuple[str, str], tuple[float, str]] = {}
        for span in spans:
            listed = self._listed.get(span.word, ())
            topics = {one.topic for one in listed if one.weight}
            shared = 1 / (1 + ONE_IN * max(0, len(topics) - 1))
            for one in listed:
                if one.cause:
                    causes[one.topic][one.cause] += 2 if one.weight else 1
                worth = one.weight * shared * span.share
                if worth > best.get((one.topic, span.word), (0.0, ""))[0]:
                    best[one.topic, span.word] = (worth, span.said)
        for (topic, _), (worth, said) in best.items():
            scores[topic] += worth
            words[topic][said] = max(worth, words[topic].get(said, 0.0))

    def _count_groups(self, spans: list[_Span], scores: dict[str, float], words: dict[str, dict[str, float]]) -> None:
        present: dict[str, _Span] = {}
        for span in spans:
            for name in self._groups.get(span.word, ()):
                if name not in present or span.share > present[name].share:
                    present[name] = span
        for topic in self.book.topics:
            times = 0
            for names in topic.together:
                if times < MOST_TOGETHER and all(name in present for name in names):
                    met = [present[name] for name in names]
                    if len({(span.start, span.end) for span in met}) < len(met):
                        continue  # one word cannot stand for two
                    times += 1
                    scores[topic.id] += TOGETHER
                    for span in met:
                        words[topic.id].setdefault(span.said, TOGETHER / 2)

    def _count_likeness(self, heard: Heard, scores: dict[str, float], causes: dict[str, Counter[str]]) -> None:
        counted = Counter(grams(heard))
        length = math.sqrt(sum(self._rarity.get(gram, 3.0) ** 2 for gram in counted)) or 1.0
        shared: dict[int, float] = defaultdict(float)
        for gram in counted:
            for number, worth in self._postings.get(gram, ()):
                shared[number] += worth
        best: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for number, worth in shared.items():
            phrase = self._phrases[number]
            best[phrase.topic].append((worth / (phrase.length * length), phrase.cause))
        for topic, alike in best.items():
            alike.sort(reverse=True)
            scores[topic] += LIKENESS * alike[0][0]
            if len(alike) > 1:
                scores[topic] += SECOND_LIKENESS * alike[1][0]
            if alike[0][1] and alike[0][0] > 0.5:
                causes[topic][alike[0][1]] += 1

    def _count_against(self, spans: list[_Span], scores: dict[str, float]) -> None:
        taken: dict[str, float] = defaultdict(float)
        for word in {span.word for span in spans if span.share >= SOUNDS_LIKE or len(span.word) > 1}:
            for topic in self._against.get(word, ()):
                taken[topic] = max(MOST_AGAINST, taken[topic] + AGAINST)
        for topic, loss in taken.items():
            if topic in scores:
                scores[topic] += loss

    def _cause(self, topic_id: str, heard: Heard, counted: Counter[str]) -> str:
        topic = self.book.by_id[topic_id]
        if not topic.causes:
            return ""
        return max(topic.causes, key=lambda code: (counted[code], -topic.causes.index(code)))


def signpost_of(topic: Topic, cause: str = "") -> Signpost:
    """A signpost reached by choosing, not by words."""
    return Signpost(topic.id, cause or (topic.causes[0] if topic.causes else ""), (), 0.0)


def _key(word: str) -> str:
    """How a listed word is looked up: English ones by their stems, parted by blanks."""
    return " ".join(stem(part) for part in word.replace("-", "_").split("_")) if word.isascii() else word.lower()


def _plain_name(name: str) -> str:
    for end in GENERIC_ENDS:
        if name.endswith(end) and len(name) - len(end) >= 2:
            return name.removesuffix(end)
    return name


def _may_be_misspelt(word: str) -> bool:
    return len(word) > 2 or not set(word) & SMALL_WORDS


def _worth(gram: str) -> float:
    """A single character says less than a pair."""
    return 0.45 if len(gram) == 1 else 1.0


def _inside(span: _Span, others: list[_Span]) -> bool:
    return any(
        one.start <= span.start and span.end <= one.end and one.end - one.start > span.end - span.start
        for one in others
    )


def _why(words: Mapping[str, float]) -> tuple[str, ...]:
    """The words that counted most, without those that stand inside another of them."""
    ranked = sorted(words, key=lambda word: (-words[word], -len(word), word))
    chosen: list[str] = []
    for word in ranked:
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
        if len(chosen) == WHY_WORDS:
            break
    return tuple(chosen)
