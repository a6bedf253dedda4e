"""How well a page can be read: sharpness, glare, darkness, size. Figures first, then what is doubtful.

Sharpness is the blur metric of Crete and others (SPIE 6492, 2007): blur the page once more and see how much of its edges
that takes away; a sharp page loses most, a blurred one has little left to lose. It hardly depends on what is printed.
The bounds were set on generated pages (`kiosk.pictures.made_up`) and stand in `docs/capture.md`. Only numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]
Colour = npt.NDArray[np.uint8]

LEAST_CONTRAST = 0.25  # of the paper's brightness: what counts as print
LEAST_EDGES = 0.0015  # of all pixels; fewer and there is nothing to judge by
MOST_BLUR = 0.48
GLARE_FROM = 249
LEAST_GLARE = 0.004  # of the page
BRIGHT_PAPER = 244  # paper that is as bright as glare: a scanner made it, and nothing glares
DARK_PAPER = 96
LEAST_DPI = 90
A4_INCHES, CARD_INCHES = 11.69, 3.37


class Doubt(StrEnum):
    """What makes a retake worth offering; each is a wording key below `capture.`. The most telling first."""

    CUT = "cut"
    DARK = "dark"
    GLARE = "glare"
    BLURRED = "blurred"
    SMALL = "small"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Figures:
    blur: float  # 0 sharp … 1 nothing left; -1 when there is nothing on the page to judge by
    glare: float  # share of the page
    paper: int  # brightness of the paper, 0–255
    dpi: int  # of a sheet of A4, or of a card where it has a card's shape


def figures(page: Colour, long_side: float) -> Figures:
    """Of a straightened page some 1,200 pixels high; `long_side` is how many pixels that had in the picture."""
    gray = (page.astype(np.uint16) @ np.array([77, 150, 29], np.uint16) >> 8).astype(np.uint8)
    paper = int(np.percentile(gray, 60))
    return Figures(_blur(gray), _glare(page, paper), paper, round(long_side / _inches(page.shape[0] / page.shape[1])))


def _inches(shape: float) -> float:
    """How long the long side really is: a card's (ISO/IEC 7810, 85.6 mm) or a sheet's."""
    return CARD_INCHES if 1.5 < max(shape, 1 / shape) < 1.7 else A4_INCHES


def doubts(found: Figures, *, cut: bool) -> tuple[Doubt, ...]:
    seen = {
        Doubt.CUT: cut,
        Doubt.DARK: found.paper < DARK_PAPER,
        Doubt.GLARE: found.glare >= LEAST_GLARE,
        Doubt.BLURRED: found.blur > MOST_BLUR,
        Doubt.SMALL: found.dpi < LEAST_DPI,
        Doubt.BLANK: found.blur < 0,
    }
    return tuple(doubt for doubt in Doubt if seen[doubt])


def _blur(gray: Gray) -> float:
    """Only where dark really meets bright: grain of the sensor has edges too, and they are always sharp."""
    rim = max(8, min(gray.shape) // 25)
    plain = gray[rim:-rim, rim:-rim].astype(np.float32)
    least = LEAST_CONTRAST * max(1.0, float(np.percentile(plain, 60)))
    worst = -1.0
    for axis in (0, 1):
        softer = _mean(plain, 9, axis)
        steps = np.abs(np.diff(plain, axis=axis))
        left = np.abs(np.diff(softer, axis=axis))
        edges = left * 9 > least  # how much darker or brighter it is nine pixels on
        if float(edges.mean()) < LEAST_EDGES:
            continue
        lost = np.maximum(0.0, steps - left)[edges].sum()
        worst = max(worst, float(1 - lost / steps[edges].sum()))
    return worst


def _mean(plain: npt.NDArray[np.float32], count: int, axis: int) -> npt.NDArray[np.float32]:
    """Each pixel as the mean of so many in a line with it."""
    around = [(0, 0), (0, 0)]
    around[axis] = (count // 2 + 1, count // 2)
    sums = np.cumsum(np.pad(plain, around, mode="edge"), axis=axis, dtype=np.float64)
    ends = np.take(sums, range(count, sums.shape[axis]), axis=axis)
    starts = np.take(sums, range(sums.shape[axis] - count), axis=axis)
    return ((ends - starts) / count).astype(np.float32)


def _glare(page: Colour, paper: int) -> float:
    """Patches, not points, that are white where the paper is not."""
    if paper >= BRIGHT_PAPER:
        return 0.0
    white = (page.min(axis=2) >= GLARE_FROM).astype(np.float32)
    tall, wide = (side // 8 for side in white.shape)
    blocks = white[: tall * 8, : wide * 8].reshape(tall, 8, wide, 8).mean(axis=(1, 3))
    return float((blocks > 0.95).mean())
