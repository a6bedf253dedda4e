"""How a run of letters may be cut into pinyin syllables. Pure: no file, no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

MOST_CUTS = 64

_FUZZY_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FUZZY_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A syllable, or (not `whole`) the beginning of one; `end` is where it ends in the letters typed."""

    letters: str
    end: int
    whole: bool = True


@dataclass(frozen=True)
class Cut:
    pieces: tuple[Piece, ...]

    @cached_property
    def whole(self) -> tuple[str, ...]:
        """The syllables before the first unfinished one."""
        syllables: list[str] = []
        for piece in self.pieces:
            if not piece.whole:
                break
            syllables.append(piece.letters)
        return tuple(syllables)

    @property
    def complete(self) -> bool:
        return len(self.whole) == len(self.pieces)

    @property
    def initials(self) -> str:
        return "".join(piece.letters[0] for piece in self.pieces)

    @property
    def unfinished(self) -> int:
        return sum(not piece.whole for piece in self.pieces)


class Syllables:
    """The syllables there are, and every way to read letters as them."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self._beginnings = frozenset(s[:n] for s in known for n in range(1, len(s)))
        self._longest = max(map(len, known))
        self._starting: dict[str, list[str]] = {}
        for syllable in sorted(known):
            for end in range(len(syllable) + 1):
                self._starting.setdefault(syllable[:end], []).append(syllable)

    def starting(self, letters: str) -> list[str]:
        return self._starting.get(letters, [])

    def cuts(self, typed: str) -> list[Cut]:
        """Finished readings first, then those that end unfinished, then initials; fewest syllables first."""
        found = [Cut(pieces) for pieces in self._walk(typed, 0, 0)]
        if not found:
            found = [Cut(pieces) for pieces in self._walk(typed, 0, 2)]
        return sorted(found, key=lambda cut: (cut.unfinished, len(cut.pieces)))[:MOST_CUTS]

    def fuzzy(self, syllable: str) -> tuple[str, ...]:
        """The other syllables it is often mistaken for: zh/z, ch/c, sh/s, n/l, ang/an, eng/en, ing/in."""
        starts = {syllable}
        for one, other in _FUZZY_INITIALS:
            if syllable.startswith(one):
                starts.add(other + syllable.removeprefix(one))
            elif syllable.startswith(other):
                starts.add(one + syllable.removeprefix(other))
        ends = set(starts)
        for one, other in _FUZZY_FINALS:
            for start in starts:
                if start.endswith(one):
                    ends.add(start.removesuffix(one) + other)
                elif start.endswith(other):
                    ends.add(start.removesuffix(other) + one)
        return tuple(sorted((ends & self._known) - {syllable}))

    def _walk(self, typed: str, at: int, loose: int) -> Iterator[tuple[Piece, ...]]:
        """All cuts from `at`; `loose` lets initials stand for syllables inside, not only at the end."""
        budget = [MOST_CUTS * 8]
        yield from self._from(typed, at, loose, budget)

    def _from(self, typed: str, at: int, loose: int, budget: list[int]) -> Iterator[tuple[Piece, ...]]:
        while at < len(typed) and typed[at] == "'":
            at += 1
        if at == len(typed):
            yield ()
            return
        stop = typed.find("'", at)
        room = len(typed) if stop < 0 else stop
        for end in range(min(room, at + self._longest), at, -1):
            if budget[0] <= 0:
                return
            letters = _spelt(typed[at:end])
            if letters in self._known:
                budget[0] -= 1
                for rest in self._from(typed, end, loose, budget):
                    yield (Piece(letters, end), *rest)
            elif end == len(typed) and letters in self._beginnings:
                yield (Piece(letters, end, whole=False),)
        if loose:
            letters = typed[at : at + 2] if typed[at : at + 2] in ("zh", "ch", "sh") else typed[at]
            end = at + len(letters)
            if end <= room and letters in self._beginnings and end < len(typed):
                budget[0] -= 1
                for rest in self._from(typed, end, loose, budget):
                    yield (Piece(letters, end, whole=False), *rest)


def _spelt(letters: str) -> str:
    """lue and nue are spelt lve and nve in the file."""
    return letters[0] + "ve" if letters in ("lue", "nue") else letters
