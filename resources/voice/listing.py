"""The list of a language's clips: one a line, `name seconds digest said place phrase`, parted by tabs."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FILE = "clips.txt"
MOST_CLIPS = 20_000


class Clip(NamedTuple):
    name: str  # of its file
    seconds: float
    digest: str  # first 8 hex of SHA-256 of the file
    said: str  # first 8 hex of the digest of what the model was told: phonemes, voice, speed
    place: str  # where the phrase stands first
    phrase: str


def read_list(home: Path) -> list[Clip]:
    path = home / FILE
    if not path.exists():
        return []
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [Clip(name, float(seconds), *rest) for name, seconds, *rest in rows]


def write_list(home: Path, clips: list[Clip]) -> None:
    lines = (
        f"{one.name}\t{one.seconds:.3f}\t{one.digest}\t{one.said}\t{one.place}\t{one.phrase}\n"
        for one in sorted(clips, key=lambda one: (one.place == "syllable", one.phrase))
    )
    (home / FILE).write_text("".join(lines), encoding="utf-8")
