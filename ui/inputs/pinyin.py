"""Pinyin → words, from one read-only file. No Qt here; nothing is learned and nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


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
