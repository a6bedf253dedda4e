"""Materials as they were photographed or taken from the clerk's scanner: which pieces, how many pages, how large.

The pieces themselves lie in the encrypted store (`kiosk.store.pieces`); a visit knows them by number and never holds one.
The bounds are what an envelope, a ferry stick and a reader at the court can carry (`docs/capture.md`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

MOST_PAGES_OF_ONE = 20
MOST_PAGES = 100
MOST_BYTES_OF_ONE = 20 * 1024 * 1024
MOST_BYTES = 60 * 1024 * 1024
TURNS = (0, 90, 180, 270)


class PieceKind(StrEnum):
    PICTURE = "picture"  # one page, as a JPEG the kiosk itself wrote
    PDF = "pdf"  # a file of the clerk's scanner, as it came


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing taken: a page, or a whole PDF."""

    id: int
    kind: PieceKind
    pages: int
    size: int
    turned: int = 0  # degrees clockwise
    doubts: tuple[str, ...] = ()  # what made a retake worth offering


Scans = Mapping[str, tuple[Piece, ...]]  # by material


@dataclass(frozen=True, slots=True)
class ScannedMaterial:
    """What of one material leaves the visit."""

    material: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ScanHandedIn:
    """One file of it in the sealed filing."""

    material: str
    name: str
    pages: int
    size: int
    sha256: str
    sm3: str


def pages_of(pieces: Iterable[Piece]) -> int:
    return sum(piece.pages for piece in pieces)


def no_room(scans: Scans, material: str) -> str:
    """Why no more fits, as a wording key; "" while it does."""
    here = scans.get(material, ())
    every = [piece for pieces in scans.values() for piece in pieces]
    if pages_of(here) >= MOST_PAGES_OF_ONE or sum(piece.size for piece in here) >= MOST_BYTES_OF_ONE:
        return "capture.full"
    if pages_of(every) >= MOST_PAGES or sum(piece.size for piece in every) >= MOST_BYTES:
        return "capture.all_full"
    return ""
