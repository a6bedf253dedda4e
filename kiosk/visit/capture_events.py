"""Touches on the page where materials are photographed, and what comes back from camera, desk and clerk's scanner.

A picture is somebody's paper: it stays out of every repr, and so does the name of a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.filings.scans import Piece
from kiosk.visit.capture_state import Picture, ScanFile


class CapturePress(StrEnum):
    SHOOT = "shoot"  # 拍
    MORE = "more"  # another page
    AGAIN = "again"  # this page once more
    TURN = "turn"
    DROP = "drop"
    EARLIER = "earlier"
    LATER = "later"
    BY_CLERK = "by clerk"  # from the clerk's scanner
    CARD = "card"  # an identity card


@dataclass(frozen=True, slots=True)
class CapturePressed:
    what: CapturePress


@dataclass(frozen=True, slots=True)
class PieceTaken:
    """A page, or a file of the clerk's scanner, is safe in the store."""

    piece: Piece
    nonce: int
    picture: Picture | None = field(default=None, repr=False)
    sheet_found: bool = True
    left_behind: bool = False


@dataclass(frozen=True, slots=True)
class PieceRefused:
    key: str  # wording key
    nonce: int


@dataclass(frozen=True, slots=True)
class PieceShown:
    picture: Picture | None = field(repr=False)
    nonce: int


@dataclass(frozen=True, slots=True)
class PiecesHere:
    """Which pieces the store has of the form that came back."""

    ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class ScansListed:
    files: tuple[ScanFile, ...] = field(repr=False)
    trouble: str = ""  # wording key: why there are none


CaptureFact = PieceTaken | PieceRefused | PieceShown | PiecesHere | ScansListed
CaptureEvent = CapturePressed | CaptureFact
