"""Pinyin → words, from one read-only file. No Qt here; nothing is learned and nothing is written.

Candidates come in this order: words that are exactly what was typed, by frequency; else the likeliest chain of words;
longer words that begin so; words by their initials; words a southern tongue would spell so; and last the words and
characters for the first part of the letters, so that a person can always go on piece by piece. In a name field the
surnames of the first syllable stand before all that.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Protocol

from ui.inputs.syllables import Cut, Syllables

LONGEST_WORD = 6
MOST_CANDIDATES = 200
_MOST_FUZZY = 16
_MOST_EXTENDED = 12
_LEGAL_CAP = 600_000  # how much a legal word may weigh inside a chain of words
_OFTEN = 60_000_000 * 60  # all frequencies together, near enough


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words, and how many of the typed letters they stand for."""

    words: str = field(repr=False)
    letters: int


class PinyinEngine(Protocol):
    def candidates(self, typed: str, *, name: bool = False) -> tuple[Candidate, ...]:
        """What these letters may mean, likeliest first; in a name field surnames come before the rest."""

    def forget(self) -> None:
        """Drop whatever was kept of what was typed."""


class WordEngine:
    def __init__(self, words: sqlite3.Connection) -> None:
        self._words = words
        self._kept: dict[str, tuple[tuple[str, int], ...]] = {}
        self._kept_first: dict[str, tuple[tuple[str, int], ...]] = {}
        self._syllables = Syllables(frozenset(self._all_syllables()))

    def candidates(self, typed: str, *, name: bool = False) -> tuple[Candidate, ...]:
        cuts = self._syllables.cuts(typed)
        if not cuts:
            return ()
        seen: set[str] = set()
        found: list[Candidate] = []
        for candidate in self._in_order(cuts, len(typed), name):
            if candidate.words not in seen:
                seen.add(candidate.words)
                found.append(candidate)
                if len(found) == MOST_CANDIDATES:
                    break
        return tuple(found)

    def forget(self) -> None:
        self._kept.clear()
        self._kept_first.clear()

    def close(self) -> None:
        self.forget()
        self._words.close()

    # The order

    def _in_order(self, cuts: list[Cut], length: int, name: bool) -> Iterator[Candidate]:
        complete = [cut for cut in cuts if cut.complete]
        best = complete[0] if complete else cuts[0]
        if name:
            yield from self._surnames(cuts, best, length)
        whole = self._exact(complete)
        yield from (Candidate(word, length) for word in whole)
        chain = [Candidate(self._chain(best.whole), best.pieces[len(best.whole) - 1].end)] if best.whole[1:] else []
        chain = [candidate for candidate in chain if candidate.words]
        if best.complete and not whole:
            yield from chain
        yield from (Candidate(word, length) for word in self._longer(best))
        if not best.complete:
            yield from chain
        if not best.complete:
            yield from (Candidate(word, length) for word in self._by_initials(cuts))
        yield from (Candidate(word, length) for word in self._fuzzily(complete))
        yield from self._parts(best)

    def _surnames(self, cuts: list[Cut], best: Cut, length: int) -> Iterator[Candidate]:
        """Those of all that was typed, known names, then those of the first syllable with and without the rest."""
        for cut in cuts:
            if cut.complete:
                yield from (Candidate(word, length) for word in self._surnames_of("'".join(cut.whole)))
        if best.whole:
            starts = tuple(self._surnames_of(best.whole[0]))
            known = self._exact([cut for cut in cuts if cut.complete])
            yield from (Candidate(word, length) for word in known if len(word) > 1 and word.startswith(starts))
        for count in (2, 1):
            surnames = self._surnames_of("'".join(best.whole[:count]))
            given = self._chain(best.whole[count:])
            if surnames and given and best.complete:
                yield Candidate(surnames[0] + given, length)
        for count in (2, 1):
            if len(best.pieces) > count <= len(best.whole):
                end = best.pieces[count - 1].end
                yield from (Candidate(word, end) for word in self._surnames_of("'".join(best.whole[:count])))

    def _exact(self, complete: list[Cut]) -> list[str]:
        found: dict[str, int] = {}
        for cut in complete:
            for word, frequency in self._of("'".join(cut.whole)):
                found[word] = max(frequency, found.get(word, 0))
        return sorted(found, key=lambda word: -found[word])

    def _chain(self, syllables: tuple[str, ...]) -> str:
        """The likeliest words one after another for these syllables."""
        best: list[tuple[float, str]] = [(0.0, "")]
        for end in range(1, len(syllables) + 1):
            choices = []
            for start in range(max(0, end - LONGEST_WORD), end):
                top = self._first_of("'".join(syllables[start:end]))[:1]
                if top and best[start][0] > -math.inf:
                    word, frequency = top[0]
                    weight = (
                        math.log(min(frequency, _LEGAL_CAP) / _OFTEN)
                        if end - start > 1
                        else math.log(frequency / _OFTEN)
                    )
                    choices.append((best[start][0] + weight, best[start][1] + word))
            best.append(max(choices, default=(-math.inf, "")))
        return best[-1][1]

    def _longer(self, cut: Cut) -> Iterator[str]:
        """Words that begin with what was typed; the last syllable may be unfinished."""
        if cut.unfinished > 1:
            return
        whole = "'".join(cut.whole)
        if not cut.complete:
            endings = self._syllables.starting(cut.pieces[-1].letters)
            keys = [f"{whole}'{ending}" if whole else ending for ending in endings]
            same = [row for key in keys for row in self._first_of(key)]
            yield from (word for word, _ in sorted(same, key=lambda row: -row[1])[: 2 * _MOST_EXTENDED])
            if whole:
                yield from self._between(f"{whole}'{cut.pieces[-1].letters}")
        elif len(cut.whole) > 1:
            yield from self._between(f"{whole}'")

    def _by_initials(self, cuts: list[Cut]) -> Iterator[str]:
        for cut in cuts[:4]:
            if len(cut.pieces) > 1:
                yield from islice(self._matching(cut), _MOST_EXTENDED)

    def _fuzzily(self, complete: list[Cut]) -> Iterator[str]:
        found: list[tuple[str, int]] = []
        for cut in complete[:2]:
            spellings = product(*((syllable, *self._syllables.fuzzy(syllable)) for syllable in cut.whole))
            for spelling in islice(spellings, 1, _MOST_FUZZY):
                found += self._first_of("'".join(spelling))[:6]
        yield from (word for word, _ in sorted(found, key=lambda row: -row[1])[: 2 * _MOST_EXTENDED])

    def _parts(self, cut: Cut) -> Iterator[Candidate]:
        """Words for the first syllables, the longest first, then every character of the first syllable."""
        for count in range(len(cut.whole) - (1 if cut.complete else 0), 0, -1):
            end = cut.pieces[count - 1].end
            key = "'".join(cut.whole[:count])
            rows = self._of(key) if count == 1 else self._first_of(key)[:6]
            yield from (Candidate(word, end) for word, _ in rows)

    # The file

    def _all_syllables(self) -> Iterator[str]:
        """Every key without a mark in it: one look-up each, whatever the size of the file."""
        query = "SELECT min(k) FROM e WHERE k > ?"
        (key,) = self._words.execute(query, ("",)).fetchone()
        while key is not None:
            if "'" in key:
                yield key.split("'")[0]
            else:
                yield key
            syllable = key.split("'")[0]
            (key,) = self._words.execute(query, (syllable + "'\x7f",)).fetchone()

    def _of(self, key: str) -> tuple[tuple[str, int], ...]:
        if key not in self._kept:
            rows = self._words.execute("SELECT w, -f FROM e WHERE k = ? ORDER BY f LIMIT 250", (key,))
            self._kept[key] = tuple(rows.fetchall())
        return self._kept[key]

    def _first_of(self, key: str) -> tuple[tuple[str, int], ...]:
        """The commonest words of a key, where nobody will turn the page to the rest of them."""
        if key not in self._kept and key not in self._kept_first:
            rows = self._words.execute("SELECT w, -f FROM e WHERE k = ? ORDER BY f LIMIT ?", (key, 2 * _MOST_EXTENDED))
            self._kept_first[key] = tuple(rows.fetchall())
        return self._kept[key] if key in self._kept else self._kept_first[key]

    def _between(self, beginning: str) -> list[str]:
        rows: Iterable[tuple[str]] = self._words.execute(
            "SELECT w FROM e WHERE k > ? AND k < ? ORDER BY f LIMIT ?", (beginning, beginning + "\x7f", _MOST_EXTENDED)
        )
        return [word for (word,) in rows]

    def _matching(self, cut: Cut) -> Iterator[str]:
        rows = self._words.execute("SELECT w, k FROM e WHERE i = ? ORDER BY f LIMIT 600", (cut.initials,))
        for word, key in rows:
            syllables = key.split("'")
            if all(
                syllable == piece.letters if piece.whole else syllable.startswith(piece.letters)
                for syllable, piece in zip(syllables, cut.pieces, strict=True)
            ):
                yield word

    def _surnames_of(self, key: str) -> list[str]:
        return [word for (word,) in self._words.execute("SELECT w FROM s WHERE k = ? ORDER BY r", (key,))]
