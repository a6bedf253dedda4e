"""Strokes on glass: a signature as it was written, with its times.

A picture of handwriting alone is not a reliable electronic signature (Electronic Signature Law 13, 14),
so the strokes, their times and the hash of what was signed travel with the filing (`kiosk/documents/signed.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InkPoint:
    x: int  # pixels from the left edge of the field
    y: int  # pixels from the top
    ms: int  # since the first touch of the first stroke


@dataclass(frozen=True, slots=True)
class Ink:
    width: int
    height: int
    strokes: tuple[tuple[InkPoint, ...], ...] = field(repr=False)
    at: datetime | None = None  # when the last stroke ended, by the kiosk's clock
    witness: str = ""  # number of the clerk who vouched for somebody that cannot write; then there are no strokes
